"""What the classifier nominates: how sure it must be, and what a "not" in such a sentence is worth."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from privacyscan.models import State
from privacyscan.scanning.classification import Predictions, shipped_classifier
from privacyscan.scanning.fusing import Voting


class Voice:
    """A second voice that thinks one thing of every clause."""

    def __init__(self, denial: float) -> None:
        self._denial = denial

    def probability(self, practice, clause):
        return 0.99

    def nominations(self, rephrased):
        return [(0, "model_training")] if rephrased(0, "model_training") else []

    def denial(self, practice, clause):
        return self._denial

    def strongest(self, practice, clause):
        return [(0, 1)]


@pytest.mark.parametrize(
    ("denial", "state"), [(0.0, State.AFFIRMED), (0.29, State.AFFIRMED), (0.4, None), (0.5, State.DENIED)]
)
def test_a_denial_counts_where_it_is_likely_to_be_of_the_practice(rules, denial, state):
    assert Voting(rules.scoring.fusion, Voice(denial)).polarity("model_training", 0) is state


def test_without_a_second_voice_a_denial_is_one(rules):
    assert Voting(rules.scoring.fusion, None).polarity("model_training", 0) is State.DENIED


@pytest.mark.parametrize("rephrased", [True, False])
def test_a_sentence_in_words_of_its_own_is_believed_sooner(rules, rephrased):
    voting = Voting(rules.scoring.fusion, Voice(0.0), lambda *_: rephrased)
    assert bool(list(voting.nominations(set()))) is rephrased


def test_the_thresholds_are_those_of_the_model():
    classifier = shipped_classifier()
    model = replace(
        classifier.model("en"),
        nominates=np.full(len(classifier.practices), 0.95, dtype=np.float32),
        rephrases=np.full(len(classifier.practices), 0.8, dtype=np.float32),
    )
    matrix = np.zeros((3, len(classifier.practices)), dtype=np.float32)
    matrix[:, 0] = (0.96, 0.85, 0.7)
    predictions = Predictions(model, classifier.practices, ["a", "b", "c"], matrix)
    practice = classifier.practices[0]
    assert predictions.nominations(lambda *_: False) == [(0, practice)]
    assert predictions.nominations(lambda *_: True) == [(0, practice), (1, practice)]


@pytest.mark.parametrize("language", ["en", "ko", "zh"])
def test_every_practice_is_believed_sooner_or_as_soon_in_other_words(language):
    model = shipped_classifier().model(language)
    assert (model.rephrases <= model.nominates).all()
    assert (model.rephrases >= 0.8 - 1e-6).all()


@pytest.mark.parametrize(
    ("language", "affirming", "denying", "practice"),
    [
        (
            "en",
            "A script sets the price of your cover, and no clerk has a say in it.",
            "No machine here has the last word: an officer decides every claim.",
            "automated_decision",
        ),
        (
            "ko",
            "사람의 개입 없이 점수 프로그램이 합격자를 가립니다.",
            "저희는 프로그램만으로 이용자에게 불리한 결정을 내리지 않습니다.",
            "automated_decision",
        ),
        (
            "zh",
            "保费由程序直接算出，没有人再看一遍。",
            "是否放款不由机器决定，一律由审批员拍板。",
            "automated_decision",
        ),
    ],
)
def test_the_model_tells_a_denial_from_a_not(language, affirming, denying, practice):
    classifier = shipped_classifier()
    model, column = classifier.model(language), classifier.practices.index(practice)
    assert model.denial(affirming, column) < model.denial(denying, column)


def test_a_sentence_without_any_known_word_still_has_a_probability():
    model = shipped_classifier().model("en")
    assert all(0 <= model.denial(text, 0) <= 1 for text in ("", "\x00", "ㅁ" * 500))


@pytest.mark.parametrize(
    ("text", "practice", "state"),
    [
        # The list denies what the classifier nominates in it.
        (
            "The band and its app do not do any of the following:\n\n- show you adverts picked by your workouts;",
            "targeted_advertising",
            State.DENIED,
        ),
        # A reply says nothing without its question.
        (
            "### Do you sell my data?\n\nNo. We live off the fees of our members, and off nothing else.",
            "sale_of_data",
            State.DENIED,
        ),
        # A label is answered behind its colon.
        (
            "**Automated decision-making:** None.\n**Language of this notice:** English.",
            "automated_decision",
            State.DENIED,
        ),
    ],
)
def test_what_stands_around_a_nomination_decides(scanner, text, practice, state):
    assert scanner.scan_text(text, language="en", format="markdown").practices[practice].state is state
