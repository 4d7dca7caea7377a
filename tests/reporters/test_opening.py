"""How reports and comparisons open: true of the policy, sure of what they name, well-formed in both languages."""

import re

import pytest
from msgspec.structs import replace

from privacyscan import compare
from privacyscan.knowledge.texts import load_texts
from privacyscan.models import Category, State
from privacyscan.reporters import contrast
from privacyscan.reporters.markdown import render_comparison_markdown, render_report_markdown
from privacyscan.reporters.opening import Opening
from privacyscan.reporters.telling import tell
from tests.conftest import EXAMPLES

NAMES = ["lumenqiao.en", "harborwrite.en", "mirinae.ko", "dodamnote.ko", "xingheyu.zh"]


@pytest.fixture(scope="module")
def reports(scanner):
    return {name: scanner.scan_file(EXAMPLES / f"{name}.md") for name in NAMES}


def changed(report, practice, **values):
    practices = {**report.practices, practice: replace(report.practices[practice], **values)}
    return replace(report, practices=practices)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("language", ["en", "ko"])
def test_the_lead_accounts_for_every_risk_once(reports, rules, name, language):
    report = reports[name]
    told = [
        rule for rule in rules.rules.values() if rule.polarity == "risk" and rule.category is not Category.TRANSPARENCY
    ]
    lead = Opening(report, rules, load_texts(language)).lead()[0]
    counts = [int(number) for number in re.findall(r"(\d+)(?:개로|개 항목에| of these|\.)", lead)]
    ones = len(re.findall(r"하나입니다|한 항목에|\bone of these|the one that", lead))
    assert sum(counts) + ones == len(told)
    assert "{" not in lead


def test_a_finding_that_is_not_sure_makes_no_headline(reports, rules):
    report = reports["lumenqiao.en"]
    assert "stores data in China" in Opening(report, rules, load_texts("en")).headline()
    unsure = Opening(changed(report, "storage_china", confidence=0.6), rules, load_texts("en"))
    assert "China" not in unsure.headline()
    assert not any("China" in fact for fact in unsure.facts())
    assert "China" in render_report_markdown(changed(report, "storage_china", confidence=0.6), rules, "en")


def test_a_promise_of_notice_is_not_told_as_something_ruled_out(reports, rules):
    report = changed(reports["harborwrite.en"], "policy_change_without_notice", state=State.DENIED)
    for language in ("en", "ko"):
        opening = Opening(report, rules, load_texts(language))
        short = load_texts(language).sentence("policy_change_without_notice", "short", "")
        assert short not in " ".join([opening.headline(), *opening.facts(), *opening.lead()])


@pytest.mark.parametrize(
    ("language", "headline"),
    [("ko", "생체정보와 정밀 위치 수집 명시"), ("en", "collects biometric data and precise location")],
)
def test_a_word_that_two_names_share_is_said_once(scanner, reports, rules, language, headline):
    report = reports["mirinae.ko"]
    for practice in ("biometric_data", "precise_location"):
        report = changed(report, practice, state=State.AFFIRMED, confidence=0.9, evidence=())
    for practice in ("storage_china", "keystroke_dynamics", "model_training", "advertiser_sharing", "sale_of_data"):
        report = changed(report, practice, state=State.SILENT, confidence=0.9)
    assert headline in Opening(report, rules, load_texts(language)).headline()


def test_laws_of_china_stand_only_where_data_is_there(reports, rules):
    def laws(report):
        return " ".join(law for item in tell(report, rules, "ko").why for law in item.laws)

    assert "중국" in laws(reports["lumenqiao.en"])
    elsewhere = changed(reports["lumenqiao.en"], "storage_china", state=State.SILENT)
    assert "개인정보 보호법 제" in laws(elsewhere)
    assert "중국" not in laws(elsewhere)


def test_a_text_without_a_grade_gets_no_consequences(scanner):
    report = scanner.scan_text("We collect your IP address.", language="en")
    text = render_report_markdown(report, scanner.rules, "en")
    assert load_texts("en")("sections.why") not in text
    assert load_texts("en")("sections.silent") not in text


def test_the_verdict_of_a_comparison(reports, rules, scanner):
    pair = compare([reports["lumenqiao.en"], reports["harborwrite.en"]])
    assert (
        contrast.verdict(pair, rules, "en") == "Storing data in China: stated by Lumenqiao, ruled out by Harbor Write"
    )
    assert contrast.verdict(pair, rules, "ko") == "중국 내 보관, Lumenqiao는 명시, Harbor Write는 안 한다고 밝혀"
    texts = ("We collect your IP address.", "We collect your keystroke patterns.")
    alone = compare(
        [scanner.scan_text(text, language="en", service=name) for name, text in zip("AB", texts, strict=True)]
    )
    assert contrast.verdict(alone, rules, "en") == (
        "Only B’s policy speaks of collecting keystroke patterns; elsewhere no wording was found"
    )
    same = compare([reports["lumenqiao.en"], reports["lumenqiao.en"]])
    assert "2" in contrast.verdict(same, rules, "ko")
    many = contrast.verdict(compare(list(reports.values())), rules, "ko")
    assert "{" not in many
    assert "곳은 " in many or "·" in many


@pytest.mark.parametrize("language", ["en", "ko"])
def test_what_cannot_be_compared_is_said_to_be_so(reports, rules, language):
    text = render_comparison_markdown(compare([reports["lumenqiao.en"], reports["mirinae.ko"]]), rules, language)
    texts = load_texts(language)
    assert texts("compare.open_intro") in text
    assert texts("compare.same_intro") in text


def test_what_its_quote_narrows_makes_no_headline(scanner, reports, rules):
    texts = load_texts("ko")
    bare = reports["mirinae.ko"]
    for practice in ("storage_china", "keystroke_dynamics", "model_training", "advertiser_sharing", "sale_of_data"):
        bare = changed(bare, practice, state=State.SILENT, confidence=0.9)
    # Its quote makes it depend on consent.
    tied = changed(bare, "precise_location", state=State.AFFIRMED, confidence=0.9)
    assert "정밀 위치" not in Opening(tied, rules, texts).headline()
    assert not any("정밀한 위치" in fact for fact in Opening(tied, rules, texts).facts())
    plain = changed(bare, "precise_location", state=State.AFFIRMED, confidence=0.9, evidence=())
    assert "정밀 위치" in Opening(plain, rules, texts).headline()
