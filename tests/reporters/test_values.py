"""Values in the reports and the comparison: named, quoted, linked; silence is silence."""

import pytest
from msgspec.structs import replace

from privacyscan import compare
from privacyscan.knowledge.texts import load_texts
from privacyscan.models import ValueKind
from privacyscan.reporters.html import render_comparison_html, render_report_html
from privacyscan.reporters.markdown import render_comparison_markdown, render_report_markdown
from privacyscan.reporters.values import named

POLICY = (
    "We store your personal data on servers in Singapore and Hong Kong. We keep your messages for twelve months, "
    "and server logs for 1 year. You must be at least 16 years old to use the service. "
    "We may disclose your data to the police."
)
SILENT = "We collect your name."


@pytest.fixture(scope="module")
def report(scanner):
    return scanner.scan_text(POLICY, language="en", service="Named")


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        (
            "en",
            [
                "Singapore",
                "Hong Kong",
                "12 months (“We keep your messages",
                "1 year",
                "age 16",
                "Police",
            ],
        ),
        ("ko", ["싱가포르 (“Singapore”)", "홍콩", "12개월 (“We keep your messages", "1년", "만 16세", "경찰"]),
    ],
)
def test_markdown_names_values_and_quotes_them(report, rules, language, expected):
    text = render_report_markdown(report, rules, language)
    assert all(words in text for words in expected)


def test_every_value_leads_to_its_quote(report, rules):
    page = render_report_html(report, rules, "en")
    findings = {finding.id: finding for finding in report.findings}
    for item in report.values:
        anchor = f"t-{findings[item.finding].start}-{findings[item.finding].end}"
        assert f'href="#{anchor}"' in page
        assert f'id="{anchor}"' in page


def test_a_value_of_two_practices_is_named_once(report, rules):
    double = [report.values[0], replace(report.values[0], practice="storage_china")]
    assert len(named(double, rules, load_texts("en"))) == 1


def test_a_comparison_sets_values_side_by_side(scanner, report, rules):
    comparison = compare([report, scanner.scan_text(SILENT, language="en", service="Silent")])
    rows = {row.kind: row.sides for row in comparison.values}
    assert [item.value for item in rows[ValueKind.COUNTRY][0]] == ["SG", "HK"]
    assert [item.value for item in rows[ValueKind.RETENTION_PERIOD][0]] == ["365"]
    assert all(sides[1] == () for sides in rows.values())
    text = render_comparison_markdown(comparison, rules, "en")
    assert "| Longest period stated | 1 year | not stated |" in text
    assert "언급 없음" in render_comparison_html(comparison, rules, "ko")


def test_no_row_without_values(scanner, rules):
    comparison = compare([scanner.scan_text(SILENT, language="en", service=name) for name in ("One", "Two")])
    assert comparison.values == ()
    assert "What they name" not in render_comparison_html(comparison, rules, "en")


@pytest.mark.parametrize("language", ["en", "ko"])
def test_every_kind_and_value_has_a_name(rules, language):
    texts = load_texts(language)
    for kind, table in rules.values.items():
        assert texts(f"values.{kind}")
        assert texts(f"compare.value_rows.{kind}")
        assert all(value.names[language] for value in table.values if table.between is None)


def test_an_age_from_a_promise_not_to_sell_is_no_limit(scanner, rules):
    text = "We do not sell the personal information of consumers under 16 years of age."
    told = render_report_markdown(scanner.scan_text(f"{POLICY} {text}", language="en"), rules, "en")
    assert "age 16 (“You must be at least 16" in told.replace("\n", " ")


def test_an_event_is_no_recipient(scanner, rules):
    shared = "We share your data with service providers such as Google Cloud."
    text = f"We may transfer your personal data in a merger. {shared}"
    told = render_report_markdown(scanner.scan_text(text, language="en"), rules, "en")
    assert "successor in a merger" not in told
    assert "Cloud and hosting providers (“Google Cloud”)" in told
