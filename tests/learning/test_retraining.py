"""What a research corpus is retrained with, on segments made up here."""

import numpy as np
import pytest

from privacyscan.learning.retraining import Task, decided, retrain
from privacyscan.learning.seeds import read_thesaurus
from privacyscan.learning.views import Product, Vectoriser, shape
from privacyscan.resources import data_dir
from privacyscan.scanning.classification import shipped_classifier

VIEWS = {"runs": 1.0, "concepts": 0.5, "opening": 0.4, "words": 0.5, "shape": 0.3}
WHO = ("harbour", "lantern", "meadow", "orchard", "pebble", "quarry", "ribbon", "saddle", "timber", "velvet")
COOKIES = [f"Our {name} shop sets cookies in your browser." for name in WHO]
DELETION = [f"Write to the {name} shop and we erase your account." for name in WHO]
TIDE = [f"The {name} shop opens when the tide is high." for name in WHO]
LABELS = np.repeat(np.array([[True, False], [False, True], [False, False]]), len(WHO), axis=0)


@pytest.fixture
def vectoriser(rules, scanner):
    def build(views, language="en"):
        product = Product(rules, scanner, shipped_classifier())
        return Vectoriser(language, read_thesaurus(data_dir("seeds"), language), views, product)

    return build


@pytest.mark.parametrize("never_empty", [False, True])
def test_a_label_is_learnt_and_none_is_given_where_none_fits(vectoriser, never_empty):
    task = Task(VIEWS, regularisation=1.0, centre=0.5, drawn=0.5, never_empty=never_empty)
    model = retrain([*COOKIES, *DELETION, *TIDE], LABELS, vectoriser(VIEWS), task)
    found = model.labels(
        ["A cookie is set in your browser.", "We will erase your account.", "When the tide is high, it opens."]
    )
    assert found[:2].tolist() == [[True, False], [False, True]]
    assert found[2].any() == never_empty


def test_a_segment_gets_the_label_it_is_nearest_to_not_the_likeliest():
    probabilities, thresholds = np.array([[0.4, 0.3], [0.6, 0.1]]), np.array([0.5, 0.32])
    assert decided(probabilities, thresholds, never_empty=True).tolist() == [[False, True], [True, False]]
    assert decided(probabilities, thresholds, never_empty=False).tolist() == [[False, False], [True, False]]


def test_a_threshold_is_drawn_to_the_centre(vectoriser):
    task = Task({"runs": 1.0}, regularisation=1.0, centre=0.45, drawn=1.0)
    model = retrain([*COOKIES, *DELETION, *TIDE], LABELS, vectoriser(task.views), task)
    assert model.thresholds.tolist() == [0.45, 0.45]


def test_each_view_weighs_what_it_is_given(vectoriser):
    matrix = vectoriser({"words": 1.0, "shape": 0.5}).fit([*COOKIES, *DELETION])
    assert np.mean(matrix.multiply(matrix).sum(axis=1)) == pytest.approx(1.0)
    # Known words come first; the squares of the lengths are as the squares of the weights.
    words = vectoriser({"words": 1.0}).fit([*COOKIES, *DELETION]).shape[1]
    squares = [part.multiply(part).sum() for part in (matrix[:, :words], matrix[:, words:])]
    assert squares[0] / squares[1] == pytest.approx(4.0)


def test_what_stands_in_one_segment_only_is_not_known(vectoriser):
    built = vectoriser({"words": 1.0})
    built.fit(["cookies here", "cookies there", "one lantern"])
    assert built.transform(["lantern", "cookies", ""]).getnnz(axis=1).tolist() == [0, 1, 0]


def test_the_product_says_what_it_finds(vectoriser, rules):
    names = list(rules.rules)
    built = vectoriser({"words": 1.0, "findings": 1.0})
    texts = ["We log your IP address.", "We do not log your IP address.", "The tide is high."]
    found = built.fit(texts).toarray()[:, -5 * len(names) :].reshape(len(texts), len(names), 5)
    # In any state, affirmed, conditional, denied, dismissed.
    assert found[:, names.index("ip_address"), :4].tolist() == [[1, 1, 0, 0], [1, 0, 0, 1], [0, 0, 0, 0]]
    built = vectoriser({"words": 1.0, "answers": 1.0})
    heard = built.fit(texts).toarray()[:, -len(names) :]
    column = shipped_classifier().practices.index("ip_address")
    assert heard[0, column] > 1.0 > heard[2, column]


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("(12) We keep it!", "en", {"number (0) ", "end !", "person 0", "number (0)  end !"}),
        ("Write to help@example.com or call (555) 010-0000", "en", {"number ", "address", "link", "telephone"}),
        ("一、您可以删除账号；", "zh", {"number 一、", "end ；", "person 0", "number 一、 person 0"}),
        ("", "zh", {"number ", "end ", "person -1", "length 0"}),
    ],
)
def test_a_segment_has_a_shape(text, language, expected):
    assert expected <= set(shape(text, language))
