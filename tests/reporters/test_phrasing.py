"""Sentences name as examples only what their quotes do, and every count tells the same states apart."""

import pytest

from privacyscan.knowledge.mentions import things_named, variant_of
from privacyscan.knowledge.texts import load_texts
from privacyscan.models import State, Strength
from privacyscan.reporters.marks import manner, state_words
from privacyscan.reporters.phrasing import Phrasing, third_person
from privacyscan.reporters.quotation import plain


def said(scanner, text, practice, report_language, language="en"):
    report = scanner.scan_text(text, language=language)
    return Phrasing(report, scanner.rules, load_texts(report_language)).sentence(practice)


@pytest.mark.parametrize(
    ("text", "practice", "expected"),
    [
        ("We use cookies on our website.", "cookies_tracking", "The policy says it uses cookies."),
        ("We collect your name.", "contact_identity", "The policy says it collects details that identify you"),
        (
            "We may share your data with our affiliates.",
            "affiliate_sharing",
            "companies of its group (affiliates)",
        ),
    ],
)
def test_a_sentence_names_what_the_quote_names(scanner, text, practice, expected):
    sentence = said(scanner, text, practice, "en")
    assert expected in sentence
    assert not {"SDK", "pixel", "e-mail", "subsidiar", "parent"} & set(sentence.replace(",", "").split())


def test_korean_sentences_take_the_particle_of_what_is_named(scanner):
    assert said(scanner, "We use cookies.", "cookies_tracking", "ko") == "쿠키를 쓴다고 안내하고 있습니다."
    assert said(scanner, "We use cookies and pixels.", "cookies_tracking", "ko").startswith("쿠키와 픽셀을 ")


def test_processing_in_china_is_not_told_as_storage():
    assert variant_of("storage_china", ["Our team in China accesses your data to process it."]) == "handled"
    assert variant_of("storage_china", ["Your data is stored on servers in China."]) == ""
    assert variant_of("storage_china", []) == ""


def test_things_come_in_the_order_of_the_quotes():
    assert things_named("payment_financial", ["your purchases and card number"], "en") == ("purchases", "card details")


@pytest.mark.parametrize(("verb", "third"), [("collect", "collects"), ("pass", "passes"), ("do", "does")])
def test_third_person(verb, third):
    assert third_person(verb) == third


def test_what_is_only_possible_has_a_word_of_its_own():
    texts = load_texts("en")
    assert manner(State.AFFIRMED, Strength.HEDGED) == "hedged"
    assert state_words(State.AFFIRMED, Strength.HEDGED, texts) != state_words(State.AFFIRMED, Strength.FIRM, texts)
    assert texts("strength.hedged") in state_words(State.CONDITIONAL, Strength.HEDGED, texts)


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("Ad partners.** Our partners share data", "Ad partners. Our partners share data"),
        ("_You have the right", "You have the right"),
        ("snake_case names and 2 * 3", "snake_case names and 2 * 3"),
        ("see [our list](https://example.org/a)", "see our list"),
        ("| Name | E-mail |", "Name | E-mail"),
    ],
)
def test_marks_of_markdown_are_not_shown(raw, clean):
    assert plain(raw) == clean
