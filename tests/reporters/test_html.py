"""The HTML pages: self-contained, escaped, every claim tied to its quote."""

import re
from itertools import pairwise

import pytest
from selectolax.lexbor import LexborHTMLParser

from privacyscan import compare
from privacyscan.models import BlockKind
from privacyscan.reporters.html import render_comparison_html, render_report_html
from tests.conftest import EXAMPLES

PAYLOAD = "<script>alert(1)</script><img src=x onerror=alert(2)>{{ 7*7 }}"
HOSTILE = (
    f"# {PAYLOAD} Privacy Policy\n\n## Information we collect {PAYLOAD}\n\n"
    f"We collect your IP address and {PAYLOAD.replace('<', '&lt;')} your keystroke patterns.\n\n"
    '| Data | Kept |\n|---|---|\n| IP address " onmouseover=alert(3) | 30 days |\n'
)


@pytest.fixture(scope="module", params=["en", "ko"])
def page(request, scanner):
    report = scanner.scan_file(EXAMPLES / "lumenqiao.en.md")
    return report, render_report_html(report, scanner.rules, request.param)


def test_pages_ask_for_nothing_and_run_nothing(page):
    tree = LexborHTMLParser(page[1])
    assert tree.css("script, iframe, object, embed, form, link[rel=stylesheet], img") == []
    for node in tree.css("*"):
        for name, value in node.attributes.items():
            assert not name.startswith("on")
            if name in ("href", "src"):
                assert value.startswith(("#", "https://", "data:,")), value
    style = "".join(node.text() for node in tree.css("style"))
    assert "url(" not in style
    assert "@import" not in style


def test_ids_are_unique_and_links_lead_somewhere(page):
    tree = LexborHTMLParser(page[1])
    ids = [node.attributes["id"] for node in tree.css("[id]")]
    assert len(ids) == len(set(ids))
    for node in tree.css('a[href^="#"]'):
        assert node.attributes["href"][1:] in ids


def test_every_claim_links_to_its_quote_in_the_full_text(page):
    report, html = page
    tree = LexborHTMLParser(html)
    targets = {node.attributes["href"] for node in tree.css("a[href]")}
    for result in report.practices.values():
        for evidence in result.evidence[:1]:
            assert f"#t-{evidence.start}-{evidence.end}" in targets


def test_headings_do_not_jump(page):
    levels = [int(node.tag[1]) for node in LexborHTMLParser(page[1]).css("h1, h2, h3, h4, h5, h6")]
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


@pytest.mark.parametrize("language", ["en", "ko"])
def test_policy_text_is_escaped_everywhere(scanner, language):
    report = scanner.scan_text(HOSTILE, language="en", service=PAYLOAD, source=PAYLOAD, format="markdown")
    pages = [
        render_report_html(report, scanner.rules, language),
        render_comparison_html(compare([report, report]), scanner.rules, language),
    ]
    for html in pages:
        tree = LexborHTMLParser(html)
        assert tree.css("script, img") == []
        assert "49" not in "".join(node.text() for node in tree.css("h1"))
        assert not any(name.startswith("on") for node in tree.css("*") for name in node.attributes)


@pytest.mark.parametrize(
    "text", ["", "Kurzer deutscher Text über Datenschutz und Cookies auf unserer Seite.", "x" * 50]
)
def test_a_page_without_a_grade_shows_none(scanner, text):
    html = render_report_html(scanner.scan_text(text), scanner.rules, "en")
    assert "No grade" in html
    assert not re.search(r"grade [A-E]\b", html)


@pytest.mark.parametrize("name", ["lumenqiao.en", "mirinae.ko", "xingheyu.zh"])
def test_the_full_text_is_whole(scanner, name):
    report = scanner.scan_file(EXAMPLES / f"{name}.md")
    html = render_report_html(report, scanner.rules, "en")
    shown = LexborHTMLParser(html).css_first("body").text(deep=True)
    squeezed = "".join(shown.split())
    for block in report.document.blocks:
        if block.kind in (BlockKind.PARAGRAPH, BlockKind.LIST_ITEM):
            assert "".join(report.document.text[block.start : block.end].split()) in squeezed
