"""One policy through time: what counts as a change, what is noise, and how it is shown."""

import io
import json
import re
import subprocess
from datetime import date

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from rich.console import Console

from privacyscan.cli import app
from privacyscan.documents.dating import date_in_name, stated_date
from privacyscan.documents.scope import scope_of
from privacyscan.history import follow
from privacyscan.knowledge.texts import load_texts
from privacyscan.models import State
from privacyscan.reporters.chronicle import chronicle
from privacyscan.reporters.html import render_history_html
from privacyscan.reporters.markdown import render_history_markdown
from privacyscan.reporters.terminal_history import print_history
from privacyscan.reporters.timeline import timeline
from privacyscan.versions import ChangeKind
from tests.conftest import EXAMPLES

HEAD = "# Privacy policy of Kelpie\n\nLast updated: {date}\n\n## What we collect\n\n"
FIRST = HEAD + (
    "We collect your keystroke patterns and your IP address. We may share your data with advertisers.\n\n"
    "Your data is stored on servers in China. We keep it for 30 days.\n"
)
SECOND = HEAD + (
    "We collect your IP address. With your consent, we collect your precise location. "
    "We share your data with advertisers.\n\nYour data is stored on servers in China and Singapore. "
    "We keep it for 2 years.\n"
)
GRADED = re.sub(r"(?m)^.*20\d\d.*$", "", (EXAMPLES / "lumenqiao.en.md").read_text(encoding="utf-8"))
runner = CliRunner()


def history_of(scanner, *texts, days=None):
    reports = [scanner.scan_text(text, language="en", format="markdown", service="Kelpie") for text in texts]
    days = days or [date(2025, 1, number + 1) for number in range(len(texts))]
    return follow(reports, days)


@pytest.fixture(scope="module")
def history(scanner):
    return history_of(scanner, FIRST.format(date="1 January 2025"), SECOND.format(date="2 February 2025"))


def kinds(version):
    return {(change.practice, change.kind) for change in version.changes}


def test_each_kind_of_change_is_told(history):
    assert history.versions[0].changes == ()
    found = kinds(history.versions[1])
    assert ("keystroke_dynamics", ChangeKind.VANISHED) in found
    assert ("precise_location", ChangeKind.APPEARED) in found
    assert ("advertiser_sharing", ChangeKind.HARDENED) in found
    values = {change.value_kind for change in history.versions[1].changes if change.kind is ChangeKind.VALUE_CHANGED}
    assert {"country", "retention_period"} <= values


def test_the_change_of_exposure_is_accounted_for(scanner):
    whole = (EXAMPLES / "lumenqiao.en.md").read_text(encoding="utf-8")
    lines = [line for line in whole.splitlines() if "keystroke" not in line.casefold()]
    before, after = history_of(scanner, whole, "\n".join(lines)).versions
    moved = after.score.exposure - before.score.exposure
    assert after.changes
    assert sum(change.points for change in after.changes) + after.other_points == pytest.approx(moved, abs=0.05)


def test_both_sides_are_quoted(history):
    vanished = next(change for change in history.versions[1].changes if change.kind is ChangeKind.VANISHED)
    assert "keystroke patterns" in vanished.before.evidence.quote
    assert vanished.after is None


def test_noise_is_no_change(scanner):
    text = FIRST.format(date="1 January 2025")
    noisy = text.replace("We keep", "We   keep").replace("## What", "## 1. What") + "\nhttps://example.org/a\n"
    second = history_of(scanner, text, noisy).versions[1]
    assert second.changes == ()
    assert second.flags == ("text_same",)


def test_dates_and_meaning_that_part_ways_are_flagged(scanner):
    text = FIRST.format(date="1 January 2025")
    silent_edit = text + "\nWe like sheep.\n"
    assert history_of(scanner, text, silent_edit).versions[1].flags == ("text_changed_date_same",)
    redated = FIRST.format(date="1 March 2025")
    assert history_of(scanner, text, redated).versions[1].flags == ("date_changed_meaning_same",)


def test_a_sentence_read_in_another_context_is_no_change(scanner):
    quiet = HEAD.format(date="1 January 2025") + "We keep your data for as long as we need it.\n"
    versions = history_of(scanner, quiet, quiet.replace("as long as we need it", "30 days")).versions
    assert ("retention_period_stated", ChangeKind.APPEARED) in kinds(versions[1])
    reports = [scanner.scan_text(quiet, language="en", format="markdown", service="Kelpie") for _ in range(2)]
    practice = reports[1].practices["retention_indefinite"]
    told = {**reports[1].practices, "retention_indefinite": replace(practice, state=State.CONDITIONAL)}
    reports[1] = replace(reports[1], practices=told)
    assert follow(reports, [date(2025, 1, 1), date(2025, 1, 2)]).versions[1].changes == ()


def test_other_words_for_a_grave_practice_are_told_with_both_quotes(scanner):
    before = HEAD + "We store your data on servers in China.\n"
    after = HEAD + "We keep what you send us in data centres located in Beijing, China.\n"
    changes = history_of(scanner, before, after).versions[1].changes
    (change,) = (item for item in changes if item.practice == "storage_china" and item.value_kind is None)
    assert (change.kind, change.points) == (ChangeKind.REWORDED, 0.0)
    assert "servers in China" in change.before.evidence.quote
    assert "Beijing" in change.after.evidence.quote


def test_a_firm_sentence_beside_a_standing_hedge_is_told_as_added(scanner, rules):
    hedged = HEAD.format(date="1 January 2025") + "We may share your data with advertisers.\n"
    added = hedged + "\nOn our website, we share your IP address with advertising networks.\n"
    reworded = hedged.replace("may share", "share")
    words = []
    for later in (added, reworded):
        history = history_of(scanner, hedged, later)
        change = next(item for item in history.versions[1].changes if item.practice == "advertiser_sharing")
        assert change.kind is ChangeKind.HARDENED
        words.append(chronicle(history, rules, "en").versions[1].changes[0].wording)
    assert words == ["firm_added", "firmer"]


def test_a_denial_that_appears_is_not_told_as_the_practice(scanner, rules):
    before = HEAD.format(date="1 January 2025") + "We collect your IP address.\n"
    history = history_of(scanner, before, before + "\nWe never sell your personal data.\n")
    told = chronicle(history, rules, "ko").versions[1].changes
    assert [(change.practice, change.word) for change in told] == [("sale_of_data", "하지 않는다는 문구가 새로 나옴")]


def test_the_headline_tells_of_a_change_that_still_holds(scanner, rules):
    plain = HEAD.format(date="1 January 2025") + "We collect your IP address.\n"
    typed = plain + "\nWe collect your keystroke patterns.\n"
    located = plain + "\nWe collect your precise GPS location.\n"
    headline = chronicle(history_of(scanner, plain, typed, located), rules, "en").headline
    assert headline == "Kelpie drops “Keystroke patterns or rhythms” from its policy of 3 January 2025"
    assert chronicle(history_of(scanner, plain, typed, plain + "x"), rules, "en").headline.startswith("Kelpie drops")


def test_stretches_without_a_version_are_shown(scanner, rules):
    dates = (f"*Last updated: {stated}*\n\n" for stated in ("1 January 2025", "2 June 2025"))
    texts = [stated + GRADED for stated in dates]
    history = history_of(scanner, *texts, texts[1], days=[date(2025, 1, 10), date(2025, 6, 3), date(2025, 12, 1)])
    told = chronicle(history, rules, "en")
    assert [item.gap for item in told.versions] == [0, 143, 0]
    assert [part.known for part in timeline(told).stretches] == [True, False, True]
    assert "For 143 days" in render_history_markdown(history, rules, "en")
    assert 'class="gap"' in render_history_html(history, rules, "en")


def test_versions_without_a_date_stay_where_they_were_given(scanner, rules):
    texts = [f"{GRADED}\n\n{more}\n" for more in ("", "We collect your precise location.", "We sell your data.")]
    history = history_of(scanner, *texts, days=[date(2025, 3, 1), None, date(2025, 5, 1)])
    assert [version.date for version in history.versions] == [date(2025, 3, 1), None, date(2025, 5, 1)]
    line = timeline(chronicle(history, rules, "en"))
    assert line.undated
    for language, word in (("en", "date unknown"), ("ko", "날짜를 알 수 없음")):
        assert word in render_history_html(history, rules, language)
        assert word in render_history_markdown(history, rules, language)
    none = history_of(scanner, *texts, days=[None, None, None])
    assert timeline(chronicle(none, rules, "en")).ticks == ()
    assert "date unknown" in render_history_html(none, rules, "en")


def test_what_authorities_announced_stands_in_its_own_lane(scanner, rules):
    texts = [f"*Last updated: {stated}*\n\n{GRADED}" for stated in ("5 December 2024", "14 February 2025")]
    reports = [scanner.scan_text(text, language="en", format="markdown", service="DeepSeek") for text in texts]
    history = follow(reports, [date(2025, 2, 16), date(2025, 2, 23)])
    told = chronicle(history, rules, "ko")
    marks = timeline(told).marks
    assert sum(int(mark.label or 1) for mark in marks) == len(told.records) >= 10
    assert [told.versions[0].day, told.versions[1].day] == [date(2024, 12, 5), date(2025, 2, 14)]
    page = render_history_html(history, rules, "ko")
    assert page.count('class="tl-mark"') == 2 * len(marks)
    assert "개인정보보호위원회" in render_history_markdown(history, rules, "ko")
    assert "당국" not in render_history_html(history_of(scanner, *texts), rules, "ko")


def test_versions_are_put_in_order(scanner):
    texts = SECOND.format(date="2 February 2025"), FIRST.format(date="1 January 2025")
    versions = history_of(scanner, *texts, days=[date(2025, 2, 2), date(2025, 1, 1)]).versions
    assert [version.date.month for version in versions] == [1, 2]


def test_too_few_versions_are_refused(scanner):
    with pytest.raises(ValueError, match="2 or more"):
        history_of(scanner, FIRST.format(date="1 January 2025"))


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Last updated: 14 February 2025", date(2025, 2, 14)),
        ("Last Update: December 5th, 2024", date(2024, 12, 5)),
        ("이 처리방침은 2025년 4월 28일부터 시행됩니다.", date(2025, 4, 28)),
        ("시행일자: 2024. 12. 5.", date(2024, 12, 5)),
        ("更新日期：2025年12月23日", date(2025, 12, 23)),
        ("发布及生效日期：2024 年 1 月 5 日起\n\n更新日期：2024 年 12 月 19 日", date(2024, 12, 19)),
        ("공고일자: 2020년 10월 29일 / 시행일자: 2020년 11월 10일", date(2020, 11, 10)),
        ("The most recent changes to this policy were made on: 8 July 2026", date(2026, 7, 8)),
        ("The act of 3 May 2018 applies.", None),
        ("Last updated: 31 February 2025", None),
    ],
)
def test_the_date_a_policy_states(text, day):
    assert stated_date(text) == day


@pytest.mark.parametrize(
    ("name", "day"),
    [("2025-02-16_a48.md", date(2025, 2, 16)), ("p20240105.html", date(2024, 1, 5)), ("v2.md", None)],
)
def test_the_date_in_a_name(name, day):
    assert date_in_name(name) == day


@given(st.text(max_size=200))
def test_dates_never_fail(text):
    stated_date(text)
    date_in_name(text)


@pytest.mark.parametrize("language", ["en", "ko"])
def test_pages_hold_every_change_and_ask_for_nothing(history, rules, language):
    page = render_history_html(history, rules, language)
    assert "<script" not in page
    assert "keystroke patterns" in page
    assert f'lang="{load_texts(language)("html_lang")}"' in page
    text = render_history_markdown(history, rules, language)
    assert "### 1. 2025-01-01" in text
    assert "### 2. 2025-01-02" in text


def test_a_hostile_version_is_shown_as_text(scanner, rules):
    hostile = FIRST.format(date="1 January 2025").replace("IP address", "IP address <img src=x onerror=alert(1)>")
    page = render_history_html(history_of(scanner, hostile, SECOND.format(date="2 May 2025")), rules, "en")
    assert "<img" not in page


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "2025-01-01.md").write_text(FIRST.format(date="1 January 2025"), encoding="utf-8")
    (tmp_path / "2025-02-02.md").write_text(SECOND.format(date="2 February 2025"), encoding="utf-8")
    return tmp_path


def test_the_command_takes_dates_from_names(folder):
    names = [str(folder / "2025-02-02.md"), str(folder / "2025-01-01.md")]
    result = runner.invoke(app, ["history", *names, "--format", "json"])
    assert result.exit_code == 0, result.output
    versions = json.loads(result.stdout)["versions"]
    assert [version["date"] for version in versions] == ["2025-01-01", "2025-02-02"]
    assert {"practice", "kind", "before", "after"} <= versions[1]["changes"][0].keys()


def test_the_command_reads_a_repository(folder):
    def git(*arguments):
        subprocess.run(
            ["git", "-c", "user.name=x", "-c", "user.email=x@example.org", *arguments],
            cwd=folder, check=True, capture_output=True,
        )  # fmt: skip

    git("init", "-q")
    for name in ("2025-01-01.md", "2025-02-02.md"):
        (folder / "policy.md").write_bytes((folder / name).read_bytes())
        git("add", "policy.md")
        git("commit", "-qm", name)
    result = runner.invoke(app, ["history", "--git", str(folder), "--file", "policy.md", "--format", "json"])
    assert result.exit_code == 0, result.output
    assert len(json.loads(result.stdout)["versions"]) == 2
    missing = runner.invoke(app, ["history", "--git", str(folder), "--file", "other.md"])
    assert missing.exit_code != 0


def test_the_command_takes_unknown_dates(folder):
    names = [str(folder / "2025-01-01.md"), str(folder / "2025-02-02.md")]
    result = runner.invoke(app, ["history", *names, "--dates", "2025-01-01,?", "--format", "json"])
    assert result.exit_code == 0, result.output
    assert [version["date"] for version in json.loads(result.stdout)["versions"]] == ["2025-01-01", None]
    assert runner.invoke(app, ["history", *names, "--dates", "2025-01-01,soon"]).exit_code == 2


@pytest.mark.parametrize("language", ["en", "ko"])
def test_the_terminal_tells_the_same(folder, language):
    names = [str(folder / "2025-01-01.md"), str(folder / "2025-02-02.md")]
    result = runner.invoke(app, ["history", *names, "--report-lang", language, "--service", "DeepSeek"])
    assert result.exit_code == 0, result.output
    texts = load_texts(language)
    assert texts("sections.authorities") in result.stdout
    assert f"2. 2025-02-02 · {texts('grade.exposure')}" in result.stdout


@pytest.mark.parametrize(
    "arguments",
    [[], ["one.md"], ["one.md", "two.md", "--dates", "2025-01-01"], ["--git", "."], ["--file", "x.md"]],
)
def test_wrong_use_is_refused(folder, arguments, monkeypatch):
    monkeypatch.chdir(folder)
    for name in ("one.md", "two.md"):
        (folder / name).write_text(FIRST.format(date="some day"), encoding="utf-8")
    assert runner.invoke(app, ["history", *arguments]).exit_code == 2


def test_deepseek_lost_its_keystrokes_with_the_second_version(scanner, data):
    paths = sorted((data / "history" / "deepseek").glob("*.md"))[:2]
    reports = [scanner.scan_file(path) for path in paths]
    versions = follow(reports, [date_in_name(path.name) for path in paths]).versions
    assert ("keystroke_dynamics", ChangeKind.VANISHED) in kinds(versions[1])


@pytest.mark.parametrize("language", ["en", "ko"])
def test_what_no_listed_change_explains_is_told_in_every_format(scanner, rules, language):
    whole = (EXAMPLES / "lumenqiao.en.md").read_text(encoding="utf-8")
    later = "\n".join(line for line in whole.splitlines() if "keystroke" not in line.casefold())
    history = history_of(scanner, whole, later)
    last = replace(history.versions[1], other_points=-2.5)
    history = replace(history, versions=(history.versions[0], last))
    line = load_texts(language)("history.other_points", points="−2.5")
    for text in pages(history, rules, language):
        assert text.count(line) == 1
    still = replace(last, other_points=0.04)
    history = replace(history, versions=(history.versions[0], still))
    for text in pages(history, rules, language):
        assert load_texts(language)("history.other_points", points="+0.0") not in text


@pytest.mark.parametrize("language", ["en", "ko"])
def test_what_is_perhaps_another_document_is_flagged_in_every_format(scanner, rules, language):
    first, second = FIRST.format(date="1 March 2025"), SECOND.format(date="2 February 2025")
    second = second.replace("# Privacy policy", "# Europe privacy policy")
    history = history_of(scanner, first, second)
    assert history.versions[1].flags == ("title_names_another", "date_went_back")
    for text in pages(history, rules, language):
        assert text.count({"en": "Perhaps another document", "ko": "다른 문서일 수 있습니다"}[language]) == 2
        assert "Europe privacy policy of Kelpie" in text
        assert "2025-03-01" in text


def test_the_headline_leaves_out_what_is_perhaps_another_document(scanner, rules):
    plain = HEAD.format(date="1 January 2025") + "We collect your IP address.\n"
    typed = plain.replace("# Privacy", "# California privacy") + "\nWe sell your data. We collect your voiceprints.\n"
    located = typed + "\nWe may collect your coarse location.\n"
    told = chronicle(history_of(scanner, plain, typed, located), rules, "en")
    assert told.versions[1].changes
    assert "3 January 2025" in told.headline


@pytest.mark.parametrize(
    ("title", "scope"),
    [
        ("Privacy policy", set()),
        ("Acme privacy and cookie notice: about us", set()),
        ("Privacy notice for EEA and UK users", {"europe", "uk"}),
        ("US Privacy Policy", {"us"}),
        ("한국 이용자 개인정보 처리방침", {"korea"}),
        ("隐私政策（欧洲）", {"europe"}),
        ("Cookie policy", {"cookies"}),
        ("이용약관", {"terms"}),
    ],
)
def test_a_title_names_its_region_and_kind(title, scope):
    assert scope_of(title) == scope


def test_the_name_of_a_service_is_no_region():
    assert scope_of("Bank of China privacy policy", "Bank of China") == frozenset()


def test_chatgpt_became_another_document(scanner, data):
    paths = sorted((data / "history" / "chatgpt").glob("*.md"))[:2]
    versions = follow([scanner.scan_file(path) for path in paths], [date_in_name(path.name) for path in paths]).versions
    assert versions[1].flags[0] == "title_names_another"


def pages(history, rules, language):
    """The history as HTML, Markdown and in the terminal."""
    written = io.StringIO()
    print_history(Console(file=written, width=400), history, rules, language)
    html, markdown = (render(history, rules, language) for render in (render_history_html, render_history_markdown))
    return html, markdown, written.getvalue()
