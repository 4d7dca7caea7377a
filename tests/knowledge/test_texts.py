"""Both report languages say everything the other says."""

from string import Formatter

import pytest

from privacyscan.knowledge.texts import load_texts
from privacyscan.knowledge.yamlfile import YamlFile
from privacyscan.models import Category, Grade, Severity, State, Strength
from privacyscan.resources import data_dir


def flat(node, prefix=""):
    if isinstance(node, dict):
        return {path: text for key, value in node.items() for path, text in flat(value, f"{prefix}{key}.").items()}
    return {prefix.rstrip("."): str(node)}


def read(name):
    return flat(YamlFile.read(data_dir("reports/templates") / name).data)


@pytest.mark.parametrize("kind", ["strings", "sentences"])
def test_both_languages_have_the_same_keys(kind):
    assert read(f"{kind}.en.yaml").keys() == read(f"{kind}.ko.yaml").keys()


FORMS = {"policy", "subject", "short", "act", "does"} | {
    f"{form}_{place}" for form in ("short", "act", "does") for place in ("first", "second")
}


def test_both_languages_fill_in_the_same_names():
    english, korean = read("strings.en.yaml"), read("strings.ko.yaml")
    for key, text in english.items():
        names, others = ({name for _, name, _, _ in Formatter().parse(line) if name} for line in (text, korean[key]))
        # A headline takes a verb in English and a noun in Korean.
        assert names == others or (key.split(".")[0] in ("headline", "deck") and names | others <= FORMS), key


def test_no_sentences_are_left_of_a_practice_that_is_gone(rules):
    for language in ("en", "ko"):
        assert {key.split(".")[1] for key in read(f"sentences.{language}.yaml")} <= set(rules.rules)


@pytest.mark.parametrize("language", ["en", "ko"])
def test_a_practice_without_sentences_gets_the_general_ones(language):
    texts = load_texts(language)
    for form in (*State, "hedged", "short", "act"):
        assert "Mind reading" in texts.sentence("mind_reading", str(form), "Mind reading")


@pytest.mark.parametrize("language", ["en", "ko"])
def test_every_word_of_the_models_has_a_string(language):
    texts = load_texts(language)
    for key in (
        *(f"states.{state}.chip" for state in State),
        *(f"strength.{strength}" for strength in Strength),
        *(f"severity.{severity}" for severity in Severity),
        *(f"categories.{category}" for category in Category),
        *(f"grade.meaning.{grade}" for grade in Grade),
    ):
        assert texts(key)


def test_every_reason_that_can_be_given_can_be_read(rules, scanner, data):
    codes = set()
    for path in (data / "gold").glob("*.md"):
        report = scanner.scan_file(path)
        codes |= {reason.code for item in (*report.findings, *report.dismissed) for reason in item.reasons}
        codes |= {reason.code for result in report.practices.values() for reason in result.reasons}
    for language in ("en", "ko"):
        texts = load_texts(language)
        for code in codes:
            assert texts(f"reasons.{code}", detail="…")


BANNED = ("충격", "경악", "빼돌", "무단", "위법합니다", "위반합니다", "동의하지 마")


def test_korean_keeps_the_tone():
    for name in ("strings.ko.yaml", "sentences.ko.yaml"):
        for key, text in read(name).items():
            assert not any(word in text for word in BANNED), (key, text)
