"""What a policy does not say: which articles ask for it, and what it is good not to find."""

import io

import pytest
from msgspec.structs import replace
from rich.console import Console
from selectolax.lexbor import LexborHTMLParser

from privacyscan.knowledge.texts import load_texts
from privacyscan.models import State
from privacyscan.reporters.html import render_report_html
from privacyscan.reporters.markdown import render_report_markdown
from privacyscan.reporters.opening import Opening
from privacyscan.reporters.telling import tell
from privacyscan.reporters.terminal import print_report
from tests.conftest import EXAMPLES


@pytest.fixture(scope="module")
def report(scanner):
    """A graded policy that names no contact, and keeps the wordings that cost transparency out."""
    text = (EXAMPLES / "lumenqiao.en.md").read_text(encoding="utf-8")
    whole = scanner.scan_text(text, language="en", format="markdown", service="Lumenqiao")
    gone = ("contact_or_dpo", "ip_address", "breach_notification", *scanner.rules.scoring.transparency_deductions)
    silent = {name: replace(whole.practices[name], state=State.SILENT, evidence=()) for name in gone}
    return replace(whole, practices={**whole.practices, **silent})


def test_silence_names_the_article_that_asks(report, rules):
    laws = {item.bullet.practice: item.law for item in tell(report, rules, "en").silent}
    assert laws["contact_or_dpo"] == "PIPA (Korea) art. 30, GDPR art. 13"
    # Nothing in the tables asks for it; and other practices show which data is collected.
    assert laws["breach_notification"] == ""
    assert laws["ip_address"] == ""


def test_of_several_practices_the_article_tells_what_it_asks(report, rules):
    expected = next(item for item in rules.scoring.expected if item.id == "recipients")
    silent = {name: replace(report.practices[name], state=State.SILENT) for name in expected.practices}
    bare = replace(report, practices={**report.practices, **silent})
    laws = {item.bullet.practice: item.law for item in tell(bare, rules, "ko").silent}
    assert laws[expected.practices[0]] == "개인정보 보호법 제17조·제30조, GDPR 제13조 (제3자 제공)"
    assert not any(laws[practice] for practice in expected.practices[1:])


def test_no_law_is_said_to_ask_for_a_word_on_one_country(report, rules):
    silent = {
        name: replace(report.practices[name], state=State.SILENT) for name in ("cross_border_transfer", "storage_china")
    }
    bare = replace(report, practices={**report.practices, **silent})
    laws = {item.bullet.practice: item.law for item in tell(bare, rules, "ko").silent}
    assert laws["cross_border_transfer"]
    assert not laws["storage_china"]


def test_the_list_and_the_conclusion_count_what_the_table_calls_silent(report, rules):
    story = tell(report, rules, "en")
    listed = {item.bullet.practice for item in story.silent}
    assert listed == {name for name, result in report.practices.items() if result.state == "silent"}
    assert f"on {len(listed)} practices" in " ".join(story.conclusion)


@pytest.mark.parametrize("language", ["en", "ko"])
def test_every_format_gives_the_article(report, rules, language):
    item = next(item for item in tell(report, rules, language).silent if item.bullet.practice == "contact_or_dpo")
    tree = LexborHTMLParser(render_report_html(report, rules, language))
    assert tree.css_first("#p-contact_or_dpo .laws").text() == item.law
    ids = [node.attributes["id"] for node in tree.css("[id]")]
    assert len(ids) == len(set(ids))
    assert {node.attributes["href"][1:] for node in tree.css('a[href^="#p-"]')} <= set(ids)
    line = f"{item.bullet.title} — {item.law}"
    assert f"- {line}\n" in render_report_markdown(report, rules, language)
    written = io.StringIO()
    print_report(Console(file=written, width=200), report, rules, language)
    assert line in written.getvalue()


def test_a_passage_that_only_touches_on_a_practice_is_quoted(report, scanner, rules):
    offer = "You can turn off personalized ads in Settings."
    quill = scanner.scan_text(f"# Quill privacy policy\n\n{offer}", language="en", format="markdown")
    assert quill.practices["targeted_advertising"].state is State.SILENT
    silent = {"targeted_advertising": quill.practices["targeted_advertising"]}
    beside = replace(report, dismissed=quill.dismissed, practices={**report.practices, **silent})
    touched = {item.bullet.practice: item.touched for item in tell(beside, rules, "en").silent}
    assert offer in touched["targeted_advertising"]
    assert "something the user does" in touched["targeted_advertising"]
    assert touched["contact_or_dpo"] == ""
    for rendered in (render_report_markdown(beside, rules, "en"), render_report_html(beside, rules, "en")):
        assert offer in rendered


def test_what_is_said_of_third_parties_at_large_is_quoted_in_the_lead(report, rules):
    expected = next(item for item in rules.scoring.expected if item.wording)
    silent = {name: replace(report.practices[name], state=State.SILENT) for name in expected.practices}
    said = "We do not share your personal information with third parties."

    def lead(text, practices):
        document = replace(report.document, text=text)
        changed = replace(report, document=document, practices={**report.practices, **practices})
        return Opening(changed, rules, load_texts("en")).lead()[0]

    assert lead(f"Welcome. {said} Write to us.", silent).endswith(f"(“{said}”).")
    assert "in general" not in lead("Welcome. Third parties may not use our logo.", silent)
    # What the policy says of advertisers or authorities is told by itself.
    assert "in general" not in lead(said, {})
