"""What authorities found, beside what the policy at hand says: two voices, never one."""

import io
import shutil

import pytest
from rich.console import Console
from selectolax.lexbor import LexborHTMLParser

from privacyscan.knowledge.ledger import load_ledgers
from privacyscan.knowledge.texts import load_texts
from privacyscan.knowledge.yamlfile import KnowledgeError
from privacyscan.reporters.html import render_report_html
from privacyscan.reporters.markdown import render_report_markdown
from privacyscan.reporters.telling import tell
from privacyscan.reporters.terminal import print_report
from privacyscan.resources import data_dir
from tests.conftest import EXAMPLES


@pytest.fixture(scope="module")
def report(scanner):
    """A policy that records keystrokes, names its security measures and says nothing of an opt-out."""
    text = (EXAMPLES / "lumenqiao.en.md").read_text(encoding="utf-8")
    return scanner.scan_text(text, language="en", format="markdown", service="DeepSeek")


def beside(report, rules, record):
    story = tell(report, rules, "en")
    return next(item for item in story.records if item.id == f"r-{record}").beside


def test_the_strongest_quote_stands_beside_the_finding(report, rules):
    (said,) = beside(report, rules, "kr-pipc-2025-04-24-keystrokes")
    assert said.bullet.practice == "keystroke_dynamics"
    assert said.bullet.quotes[0].text == report.practices["keystroke_dynamics"].evidence[0].quote
    assert said.reading == ""


def test_silence_is_told_as_silence(report, rules):
    silent = [item for item in _all(report, rules) if item.bullet.state == "silent"]
    assert silent
    assert {item.says for item in silent} == {load_texts("en")("authorities_silent")}
    assert {item.reading for item in silent} == {""}


def test_what_was_missing_and_now_stands_is_told(scanner, rules):
    line = "We use appropriate technical measures such as encryption to protect your data.\n"
    texts = (line, "We keep your data for 30 days.\n")
    whole = (EXAMPLES / "lumenqiao.en.md").read_text(encoding="utf-8")
    bare = "\n".join(item for item in whole.splitlines() if "secur" not in item.casefold())
    told = []
    for text in texts:
        report = scanner.scan_text(f"{bare}\n\n{text}", language="en", format="markdown", service="DeepSeek")
        found = beside(report, rules, "kr-pipc-2025-04-24-policy")
        told.append(next(item.reading for item in found if item.bullet.practice == "security_measures"))
    assert told == [load_texts("en")("authorities_stated"), ""]


def test_a_text_that_was_not_read_is_not_called_silent(scanner, rules):
    report = scanner.scan_text("DeepSeek", language="en", service="DeepSeek")
    assert report.score.grade == "N/A"
    assert tell(report, rules, "en").records
    assert _all(report, rules) == []


@pytest.mark.parametrize("language", ["en", "ko"])
def test_every_format_tells_the_voices_apart(report, rules, language):
    texts = load_texts(language)
    policy, authority = texts("labels.policy"), texts("labels.regulator")
    quote = report.practices["keystroke_dynamics"].evidence[0]
    tree = LexborHTMLParser(render_report_html(report, rules, language))
    pair = tree.css_first("#r-kr-pipc-2025-04-24-keystrokes .versus")
    stated, found = pair.css(".side")
    assert stated.css_first(".voice").text() == policy
    assert stated.css_first(f'a[href="#t-{quote.start}-{quote.end}"]')
    assert found.css_first(".voice").text() == authority
    assert found.css_first("blockquote") is None
    markdown = render_report_markdown(report, rules, language)
    at = markdown.index("2025-04-24")
    assert f"**{authority}** 2025-04-24" in markdown
    assert f"  - **{policy}** ●" in markdown[at:]
    written = io.StringIO()
    print_report(Console(file=written, width=400, no_color=True), report, rules, language)
    lines = written.getvalue().splitlines()
    row = next(number for number, line in enumerate(lines) if f"{authority}  2025-04-24" in line)
    assert f" {policy} " in lines[row + 1]
    assert "“" in lines[row + 2]


def test_ledgers_speak_of_known_practices(rules):
    named = {name for ledger in load_ledgers() for entry in ledger.entries for name in entry.practices}
    assert named
    assert named <= rules.rules.keys()


def test_what_is_missing_must_be_spoken_of(tmp_path):
    shutil.copytree(data_dir("seeds") / "ledger", tmp_path, dirs_exist_ok=True)
    path = next(path for path in tmp_path.iterdir() if "    missing: [" in path.read_text("utf-8"))
    path.write_text(path.read_text("utf-8").replace("    missing: [", "    missing: [somersaults, ", 1), "utf-8")
    with pytest.raises(KnowledgeError, match=r"entries\.\d+\.missing: not among the practices: somersaults"):
        load_ledgers(tmp_path)


def _all(report, rules):
    return [item for record in tell(report, rules, "en").records for item in record.beside]
