"""The report: the contract, evidence, reasons, no grade without coverage, the same bytes twice."""

import json
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from privacyscan import Scanner
from privacyscan.reporters.json import render_json
from tests.conftest import EXAMPLES

EXAMPLE = EXAMPLES / "lumenqiao.en.md"


@pytest.fixture(scope="module")
def report(scanner):
    return scanner.scan_file(EXAMPLE)


def test_the_json_has_the_fields_of_the_contract(report, rules):
    data = json.loads(render_json(report))
    assert data["schema_version"] == "1"
    assert {"tool_version", "ruleset_digest", "document", "practices", "findings", "dismissed", "score"} <= data.keys()
    assert data["document"].keys() == {"source", "title", "language", "characters", "sha256", "text"}
    assert {"exposure", "transparency", "grade", "percentile", "contributions"} <= data["score"].keys()
    assert data["practices"].keys() == rules.rules.keys()
    for result in data["practices"].values():
        assert {
            "category",
            "state",
            "severity",
            "confidence",
            "contribution",
            "evidence",
            "reasons",
            "voices",
        } <= result.keys()
        assert result["voices"].keys() == {"rule", "classifier"}
        assert result["voices"]["classifier"] is None or 0 <= result["voices"]["classifier"] <= 1
        assert (result["state"] == "silent") == (not result["evidence"])
        assert (result["state"] == "silent") == bool(result["searched"])


def test_every_quote_is_in_the_text_at_its_place(report):
    text = report.document.text
    quotes = [*report.findings, *report.dismissed]
    quotes += [evidence for result in report.practices.values() for evidence in result.evidence]
    assert quotes
    for item in quotes:
        assert text[item.start : item.end] == item.quote


def test_every_decision_has_a_reason(report):
    assert all(item.reasons for item in (*report.findings, *report.dismissed))
    assert all(result.reasons for result in report.practices.values())


def test_finding_ids_are_unique_and_survive_edits_elsewhere(scanner, report):
    ids = [finding.id for finding in report.findings]
    assert len(set(ids)) == len(ids)
    edited = EXAMPLE.read_text(encoding="utf-8").replace("\n\n", "\n\nA new sentence without meaning.\n\n", 1)
    again = {finding.id for finding in scanner.scan_text(edited, format="markdown").findings}
    assert set(ids) <= again


def test_the_same_text_gives_the_same_bytes(scanner, report):
    assert render_json(scanner.scan_file(EXAMPLE)) == render_json(report)


def test_threads_share_a_scanner(scanner, report):
    with ThreadPoolExecutor(4) as pool:
        assert all(again == report for again in pool.map(lambda _: scanner.scan_file(EXAMPLE), range(8)))


def test_both_voices_judge_and_are_told_apart(report):
    assert "rules_only" not in [notice.code for notice in report.notices]
    assert all(0 <= finding.voices.classifier <= 1 for finding in report.findings)
    assert all(finding.voices.rule for finding in report.findings if finding.reasons[0].code != "classifier_nominated")


def test_without_a_classifier_only_rules_judge_and_the_report_says_so():
    report = Scanner(classifier=None).scan_file(EXAMPLE)
    assert "rules_only" in [notice.code for notice in report.notices]
    assert all(finding.voices.rule and finding.voices.classifier is None for finding in report.findings)


RECIPE = "Heat the oil in a large pan and fry the onions for ten minutes. Add the lentils and the stock. " * 30
GERMAN = "Wir verarbeiten Ihre personenbezogenen Daten, wenn Sie unsere Website besuchen. " * 40
LICENCE = (
    "Permission is hereby granted to use, copy and modify the software, provided that the notice below is kept. "
    "The software comes without warranty of any kind, and no liability is accepted for damages of any sort. "
) * 20


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "empty"),
        (" \n\t ", "empty"),
        (RECIPE, "not_a_policy"),
        (LICENCE, "not_a_policy"),
        (GERMAN, "unsupported_language"),
        ("We collect your name.", "too_short"),
    ],
)
def test_no_grade_without_coverage(scanner, text, code):
    score = scanner.scan_text(text).score
    assert score.grade == "N/A"
    assert score.reason.code == code
    assert score.exposure is None
    assert score.percentile is None
    assert score.contributions == ()


def test_a_second_language_is_noticed(scanner):
    english = EXAMPLE.read_text(encoding="utf-8")
    korean = (EXAMPLES / "dodamnote.ko.md").read_text(encoding="utf-8")
    report = scanner.scan_text(english + "\n\n" + korean[: len(english) // 4])
    assert report.document.language == "en"
    assert any(notice.code == "mixed_languages" and "ko" in notice.detail for notice in report.notices)


def test_a_text_of_two_languages_gets_no_grade(scanner):
    english = (EXAMPLES / "harborwrite.en.md").read_text(encoding="utf-8")
    korean = (EXAMPLES / "mirinae.ko.md").read_text(encoding="utf-8")
    score = scanner.scan_text(english + "\n\n" + korean).score
    assert score.grade == "N/A"
    assert score.reason.code == "mixed_languages"


def test_a_policy_that_says_hardly_anything_gets_no_good_grade(scanner):
    text = (
        "Privacy policy. We collect personal information such as your name. We use your information for analytics. "
        "Your data is stored. We use cookies. We share personal data with our affiliates. We may log your IP address. "
    ) * 8
    assert scanner.scan_text(text, language="en").score.grade not in ("A", "B")


def test_one_endless_line_is_read_in_linear_time(scanner):
    text = "We collect your email, name and device ID with our partners and " * 4_000
    assert scanner.scan_text(text, language="en").practices["contact_identity"].state == "affirmed"


def test_a_language_set_by_hand_is_noticed(scanner):
    report = scanner.scan_text(EXAMPLE.read_text(encoding="utf-8"), language="ko")
    assert report.document.language == "ko"
    assert any(notice.code == "language_forced" and notice.detail == "en" for notice in report.notices)


POLICY_WORDS = st.sampled_from(
    "we you do not never collect share sell cookies IP address keystrokes data consent without unless except but "
    "is are may , . ; : ( ) “ ” ’ | - 1. ① 가. 제1조 수집 하지 않습니다 쿠키 를 동의 다만 개인정보 의 "
    "我们 不会 收集 您的 信息 ， 。 ； 除非 同意 \n \n\n # * <br> &amp; [x](http://a.example) "
    "\u00a0 \u200b \u3000".split(" ")
)


@settings(max_examples=150)
@given(
    st.lists(POLICY_WORDS, max_size=80),
    st.sampled_from(["en", "ko", "zh"]),
    st.sampled_from(["plain", "markdown", "html"]),
)
def test_quotes_hold_for_invented_text(scanner, words, language, format):
    report = scanner.scan_text(" ".join(words), language=language, format=format)
    for item in (*report.findings, *report.dismissed):
        assert report.document.text[item.start : item.end] == item.quote
        assert item.quote
