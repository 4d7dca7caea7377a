"""The lines beside a grade: true of the policy among those used for reference, and of what protections took off."""

import pytest
from msgspec.structs import replace

from privacyscan.knowledge.texts import load_texts
from privacyscan.models import Contribution, NoGrade
from privacyscan.reporters.telling import no_grade_line, tell
from tests.conftest import EXAMPLES


@pytest.fixture(scope="module")
def report(scanner):
    return scanner.scan_file(EXAMPLES / "harborwrite.en.md")


def lines(report, rules, language, **score):
    changed = replace(report, score=replace(report.score, **score))
    return " ".join(tell(changed, rules, language).grade_lines)


def test_none_is_lower_only_where_none_is(report, rules):
    lowest, second, *_ = rules.scoring.reference
    count = len(rules.scoring.reference)
    assert lowest < second
    for language, none, few in (
        ("ko", "이보다 노출도가 낮은 것은 없습니다", f"{count}개 가운데 이보다 노출도가 낮은 것은 1개뿐입니다"),
        ("en", "is lower", f"All but 1 of {count} real policies"),
    ):
        assert none in lines(report, rules, language, exposure=lowest, percentile=0)
        told = lines(report, rules, language, exposure=second, percentile=0)
        assert none not in told
        assert few in told


def test_higher_than_any_only_where_it_is(report, rules):
    highest = rules.scoring.reference[-1]
    assert "than any of" in lines(report, rules, "en", exposure=highest + 0.1, percentile=100)
    assert "than any of" not in lines(report, rules, "en", exposure=highest, percentile=99)


def test_protections_that_take_everything_are_told(report, rules):
    items = (
        Contribution(practice="contact_identity", points=14.0),
        Contribution(practice="security_measures", points=-15.0),
        Contribution(practice="floor", points=1.0, kind="limit"),
    )
    emptied = {"exposure": 0.0, "percentile": 0, "contributions": items}
    assert "14.0점이지만" in lines(report, rules, "ko", **emptied)
    assert "come to 14.0 points; the protections stated take them to 0" in lines(report, rules, "en", **emptied)
    assert "protections stated" not in lines(report, rules, "en", exposure=0.0, percentile=0, contributions=())
    assert "protections stated" not in lines(report, rules, "en", exposure=9.1, percentile=0, contributions=items)


def test_a_text_too_short_is_told_in_words():
    reason = NoGrade(code="too_short", detail="11 < 800")
    assert "11자" in (korean := no_grade_line(reason, load_texts("ko")))
    assert "800자 이상" in korean
    assert "it has 11 characters, and a grade needs at least 800" in no_grade_line(reason, load_texts("en"))
    mixed = NoGrade(code="mixed_languages", detail="ko 60%")
    assert "한국어 60%" in no_grade_line(mixed, load_texts("ko"))


@pytest.mark.parametrize(("language", "rules_word", "voice"), [("ko", "규칙", "분류기"), ("en", "rules", "classifier")])
def test_the_method_names_both_voices(language, rules_word, voice):
    texts = load_texts(language)
    for key in ("method", "web.method"):
        assert rules_word in texts(key)
        assert voice in texts(key)
    assert "보고서" not in texts("web.method")
