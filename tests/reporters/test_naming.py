"""What reports call a policy that nothing names: never after its file, in words with the right particles."""

from datetime import date

import pytest
from msgspec.structs import replace

from privacyscan import compare
from privacyscan.history import follow
from privacyscan.knowledge.texts import load_texts
from privacyscan.models import Grade
from privacyscan.reporters import contrast
from privacyscan.reporters.chronicle import chronicle
from privacyscan.reporters.html import render_comparison_html, render_report_html
from privacyscan.reporters.markdown import render_comparison_markdown, render_report_markdown
from privacyscan.reporters.naming import file_name, origin, policy_of
from privacyscan.reporters.opening import Opening
from privacyscan.reporters.telling import tell
from tests.conftest import EXAMPLES

KEYSTROKES = "**Input behaviour.**"


@pytest.fixture(scope="module")
def text():
    whole = (EXAMPLES / "lumenqiao.en.md").read_text("utf-8")
    return "# Privacy Policy\n" + whole.partition("\n")[2].replace("Lumenqiao", "Our")


@pytest.fixture(scope="module", params=["text", "-", "/home/someone/naver-ko.md"])
def report(scanner, text, request):
    return scanner.scan_text(text, source=request.param, format="markdown")


def test_a_policy_without_a_name_is_this_policy(report, rules):
    assert not report.service
    korean, english = (tell(report, rules, language) for language in ("ko", "en"))
    assert korean.headline.startswith("이 방침, ")
    assert korean.lead[0].startswith("이 개인정보 처리방침에서 ")
    assert english.headline.startswith("This policy ")
    assert english.lead[0].startswith("We checked this privacy policy for ")
    ungraded = replace(report, score=replace(report.score, grade=Grade.NONE))
    assert Opening(ungraded, rules, load_texts("ko")).headline() == "이 방침, 등급을 매기지 않음"


def test_policies_without_names_are_numbered_in_comparisons(report, scanner, rules):
    comparison = compare([report, scanner.scan_file(EXAMPLES / "harborwrite.en.md")])
    assert contrast.title(comparison, "ko").startswith("방침 1과 Harbor Write의")
    assert "방침 1은 명시" in contrast.verdict(comparison, rules, "ko")
    assert "policy 1" in contrast.verdict(comparison, rules, "en")
    assert "|  | Policy 1 | Harbor Write |" in render_comparison_markdown(comparison, rules, "en")
    assert "방침 1</h3>" in render_comparison_html(comparison, rules, "ko")


def test_histories_without_a_name_speak_of_this_policy(scanner, rules, text):
    later = "\n".join(line for line in text.split("\n") if KEYSTROKES not in line)
    reports = [scanner.scan_text(part, source=f"p{n}.md", format="markdown") for n, part in enumerate((text, later))]
    history = follow(reports, [date(2025, 1, 1), date(2025, 3, 1)])
    assert chronicle(history, rules, "ko").headline.startswith("이 방침, 2025년 3월 1일 판본에서 ")
    assert chronicle(history, rules, "en").headline.startswith("This policy drops ")
    same = follow(reports[:1] * 2, [date(2025, 1, 1), date(2025, 3, 1)])
    assert chronicle(same, rules, "ko").headline.startswith("이 방침 판본 2개")


def test_a_report_shows_the_name_of_the_file_and_not_its_folder(report, rules):
    for render in (render_report_html, render_report_markdown):
        assert "/home/someone" not in render(report, rules, "ko")
    shown = {"text": "직접 입력한 글", "-": "표준 입력"}.get(report.document.source, "naver-ko.md")
    assert f"<dd>{shown}</dd>" in render_report_html(report, rules, "ko")


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        ("https://acme.example/legal/privacy", "https://acme.example/legal/privacy"),
        ("C:\\Users\\someone\\p.md", "p.md"),
        ("0123abcdef:Acme/Privacy Policy.md", "0123abcdef:Privacy Policy.md"),
    ],
)
def test_an_address_is_shown_whole_and_a_path_by_its_last_part(source, shown):
    assert origin(source, load_texts("en")) == shown


def test_of_an_address_the_name_is_the_last_part():
    assert file_name("https://acme.example/legal/privacy/") == "privacy"


def test_a_settled_name_is_shown_in_the_script_of_the_report():
    korean, english = load_texts("ko"), load_texts("en")
    assert policy_of("百度", korean) == "바이두 방침"
    assert policy_of("百度", english) == "Baidu’s policy"
    assert policy_of("도담노트", english) == "도담노트’s policy"
