"""Quotes as a reader sees them: an ellipsis where a sentence goes on, the exact words in the JSON."""

import pytest
from msgspec.structs import replace

from privacyscan.documents import read_text
from privacyscan.quoting import evidence_of
from privacyscan.reporters.html import render_report_html
from privacyscan.reporters.markdown import render_report_markdown
from privacyscan.reporters.quotation import shown


class Item:
    def __init__(self, text, quote):
        self.quote, self.section = quote, ()
        self.start = text.index(quote)
        self.end = self.start + len(quote)


@pytest.mark.parametrize(
    ("text", "quote", "said"),
    [
        ("We ask you first, and we sell names to firms, but not yours.", "and we sell names", "…and we sell names…"),
        ("We ask first. We sell names.", "We sell names.", "We sell names."),
        ("We sell names. We ask.", "We sell names", "We sell names"),
        ("(1) 이름을 수집합니다.", "이름을 수집합니다.", "이름을 수집합니다."),
        ("① 이름을 수집합니다.", "이름을 수집합니다.", "이름을 수집합니다."),
        ("동의를 받으면 이름을 수집하고, 보관합니다.", "이름을 수집하고", "…이름을 수집하고…"),
        ("경우에 따라, 이름을 수집합니다.", "이름을 수집합니다.", "…이름을 수집합니다."),
        ("- We sell names\n- We ask", "We sell names", "We sell names"),
        ("| Name | Use |\n|---|---|\n| E-mail | Ads |", "Ads", "Ads"),
    ],
)
def test_a_quote_cut_out_of_a_sentence_has_an_ellipsis(text, quote, said):
    document = read_text(text, format="markdown")
    assert shown(evidence_of(Item(document.text, quote), document)) == said


def test_the_json_holds_the_exact_words(scanner, rules):
    text = "# Acme Privacy Policy\n\nWhere you agree to it in the settings, we collect your precise location (GPS)."
    report = scanner.scan_text(text, format="markdown")
    evidence = report.practices["precise_location"].evidence[0]
    assert evidence.quote == report.document.text[evidence.start : evidence.end]
    cut = replace(evidence, cut=(True, False))
    assert "cut" not in cut.model_dump()
    result = replace(report.practices["precise_location"], evidence=(cut,))
    told = replace(report, practices={**report.practices, "precise_location": result})
    assert f"> …{evidence.quote[:20]}" in render_report_markdown(told, rules, "en")
    assert f"<p>…{evidence.quote[:20]}" in render_report_html(told, rules, "en")
