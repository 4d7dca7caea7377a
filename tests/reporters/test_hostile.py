"""Policies made to harm: whatever they hold is shown as text, and nothing grows out of hand."""

import re

import pytest
from selectolax.lexbor import LexborHTMLParser

from privacyscan import compare
from privacyscan.history import follow
from privacyscan.reporters.html import render_comparison_html, render_history_html, render_report_html
from privacyscan.reporters.markdown import render_report_markdown
from tests.conftest import EXAMPLES

PAYLOADS = {
    "script": "<script>alert(1)</script>",
    "entities": "&lt;script&gt;alert(1)&lt;/script&gt;",
    "handler": '<img src=x onerror="alert(1)"> " onmouseover="alert(2)',
    "link": "[your name](javascript:alert(1)) <a href='javascript:alert(2)'>here</a> <javascript:alert(3)>",
    "style": "</style><style>body{display:none}</style><link rel=stylesheet href=//evil.example>",
    "svg": "<svg onload=alert(1)><use href='//evil.example#x'/></svg> </title></svg><base href=//evil.example>",
    "template": "{{ 7*7 }} {% include '/etc/passwd' %} {#x#} ${7*7} {0} %s",
    "bidi": "\u202eyour name\u202c \u2066and\u2069 \u200fmore\u200b",
    "control": "\x00 \x1b[31m \x07 \ufffe",
    "comment": "--> <!-- ]]> <![CDATA[ x",
}
BIDI = set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f")
POLICY = (
    "# {0} Privacy Policy\n\n## Information we collect {0}\n\nWe collect your IP address {0} and your keystroke "
    "patterns.\n\nYou can turn off personalized ads {0} in Settings.\n\n- your name {0}\n\n"
    "| Data {0} | Kept |\n|---|---|\n| IP address {0} | 30 days {0} |\n"
)
# The longest report that anybody shall have to open, for a policy of 30,000 words.
LARGEST = 1_500_000


def harmless(page):
    tree = LexborHTMLParser(page)
    assert tree.css("script, img, iframe, object, embed, base, form, link[rel=stylesheet]") == []
    assert len(tree.css("style")) == 1
    for node in tree.css("*"):
        for name, value in node.attributes.items():
            assert not name.startswith("on")
            if name in {"href", "src", "xlink:href", "action"}:
                assert value.startswith(("#", "https://", "data:,")), value
    return tree


@pytest.mark.parametrize("payload", PAYLOADS.values(), ids=PAYLOADS)
@pytest.mark.parametrize("format", ["markdown", "plain", "html"])
def test_every_page_shows_it_as_text(scanner, payload, format):
    text = POLICY.format(payload)
    report = scanner.scan_text(text, language="en", service=payload, source=payload, format=format)
    history = follow([report, report], [None, None])
    pages = [
        render_report_html(report, scanner.rules, "ko"),
        render_comparison_html(compare([report, report]), scanner.rules, "en"),
        render_history_html(history, scanner.rules, "en"),
    ]
    for page in pages:
        shown = harmless(page).css_first("body").text(deep=True)
        assert "root:" not in shown
        if payload is PAYLOADS["template"]:
            assert "{{ 7*7 }}" in shown


def test_letters_that_turn_the_reading_direction_are_taken_out_of_the_text(scanner):
    report = scanner.scan_text(POLICY.format(PAYLOADS["bidi"]), language="en", format="markdown")
    page = render_report_html(report, scanner.rules, "en")
    assert not BIDI & set(page)
    assert report.practices["ip_address"].state == "affirmed"


def test_markdown_stays_markdown(scanner):
    report = scanner.scan_text(POLICY.format(PAYLOADS["link"]), language="en", format="plain", service="[x](y)")
    text = render_report_markdown(report, scanner.rules, "en")
    assert not re.search(r"(?<!\\)(?:\]\(javascript:|<a href)", text)


def of_words(text, count):
    paragraphs = [part for part in text.split("\n\n") if not part.startswith("#")]
    words = sum(len(part.split()) for part in paragraphs)
    return "\n\n".join(["# Privacy policy", *paragraphs * (count // words + 1)])


@pytest.mark.parametrize("name", ["lumenqiao.en", "mirinae.ko"])
def test_the_report_on_a_very_long_policy_stays_small(scanner, name):
    text = of_words((EXAMPLES / f"{name}.md").read_text(encoding="utf-8"), 30_000)
    assert len(text.split()) >= 30_000
    report = scanner.scan_text(text, format="markdown")
    assert len(render_report_html(report, scanner.rules, "ko").encode()) < LARGEST


def test_five_megabytes_of_hostile_text_are_shown_as_text(scanner):
    line = "".join(PAYLOADS.values()) + " word" * 2_000
    text = "# Privacy policy\n\nWe collect your IP address.\n\n" + f"{line}\n\n" * (5_000_000 // len(line) + 1)
    assert len(text) > 5_000_000
    report = scanner.scan_text(text, language="en", format="plain")
    assert report.practices["ip_address"].state == "affirmed"
    page = render_report_html(report, scanner.rules, "en")
    assert "<script" not in page
    assert "<img" not in page
    assert "{{ 7*7 }}" in page
