"""Fits a classifier on the segments of a research corpus; nothing of it ships.

One linear support vector machine a label over the views of ``views``, beside
it extremely randomised trees (Geurts et al. 2006), which see what stands
together; Platt scaling and thresholds from cross-validation. These corpora were split segment
by segment, so that a sentence many policies share stands on both sides; the
folds are cut the same way, or the probabilities would be those of another task.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from sklearn.ensemble import ExtraTreesClassifier
from sklearn.model_selection import KFold
from sklearn.svm import LinearSVC
from threadpoolctl import threadpool_limits

from privacyscan.learning.training import best_threshold, platt
from privacyscan.learning.views import Vectoriser

_FOLDS = 5
_SEED = 20261122
_TOLERANCE = 1e-4
_ROUNDS = 5000
_TREES = 200
# What no tree has seen is rare, not impossible.
_RAREST = 1e-3

Array = NDArray[Any]


@dataclass(frozen=True)
class Task:
    """How a corpus is learnt: the views and their weights, the inverse regularisation, and where thresholds stand.

    A threshold is the one of the highest F1, drawn by ``drawn`` of the way
    towards ``centre``: of fifty positives the best is mostly luck. Where
    ``never_empty``, a segment that passes none gets the label it is nearest to.
    ``trees`` is the share that the trees have in the log-odds; 0 grows none.
    """

    views: dict[str, float]
    regularisation: float
    centre: float
    drawn: float
    never_empty: bool = False
    trees: float = 0.0


@dataclass(frozen=True)
class Lines:
    """A linear machine a label: weights (features, labels) and bias (labels,), in log-odds."""

    weights: Array
    bias: Array

    def scores(self, matrix: sparse.csr_matrix) -> Array:
        """Return the log-odds of every label: (texts, labels)."""
        found: Array = matrix @ self.weights + self.bias
        return found


@dataclass(frozen=True)
class Trees:
    """Trees grown for all labels at once, with slope and shift a label that turn their votes into log-odds."""

    forest: ExtraTreesClassifier
    slope: Array
    shift: Array

    def scores(self, matrix: sparse.csr_matrix) -> Array:
        """Return the log-odds of every label: (texts, labels)."""
        found: Array = _votes(self.forest, matrix) * self.slope + self.shift
        return found


@dataclass(frozen=True)
class Retrained:
    """A fitted corpus: how segments are weighed, the learners with their shares, and thresholds."""

    vectoriser: Vectoriser
    learners: Sequence[tuple[float, Lines | Trees]]
    thresholds: Array
    never_empty: bool

    def labels(self, texts: Sequence[str]) -> Array:
        """Return which label each text has: boolean, (texts, labels)."""
        matrix = self.vectoriser.transform(texts)
        scores = np.sum([share * learner.scores(matrix) for share, learner in self.learners], axis=0)
        return decided(_probability(scores), self.thresholds, self.never_empty)


def retrain(texts: Sequence[str], labels: Array, vectoriser: Vectoriser, task: Task) -> Retrained:
    """Return the model of a corpus; ``labels`` is boolean, (texts, labels)."""
    folds = list(KFold(_FOLDS, shuffle=True, random_state=_SEED).split(texts))
    # Many small fits: threads would only wait for one another.
    with threadpool_limits(1):
        matrix = vectoriser.fit(texts)
        scores, lines = _fit_lines(matrix, labels, folds, task)
    learners: list[tuple[float, Lines | Trees]] = [(1 - task.trees, lines)]
    if task.trees:
        voted, trees = _fit_trees(matrix, labels, folds)
        scores = (1 - task.trees) * scores + task.trees * voted
        learners.append((task.trees, trees))
    probabilities = _probability(scores)
    thresholds = [
        (1 - task.drawn) * best_threshold(probabilities[:, column], labels[:, column]) + task.drawn * task.centre
        for column in range(labels.shape[1])
    ]
    return Retrained(vectoriser, learners, np.array(thresholds), task.never_empty)


def decided(probabilities: Array, thresholds: Array, never_empty: bool) -> Array:
    """Return which labels pass their thresholds: boolean, in the shape of ``probabilities``."""
    passed: Array = probabilities >= thresholds
    if never_empty:
        empty = np.flatnonzero(~passed.any(axis=1))
        passed[empty, np.argmax(probabilities[empty] / thresholds, axis=1)] = True
    return passed


def _fit_lines(
    matrix: sparse.csr_matrix, labels: Array, folds: Sequence[tuple[Array, Array]], task: Task
) -> tuple[Array, Lines]:
    """Cross-validated log-odds, and the machines of the whole, calibrated."""
    scores = np.zeros(labels.shape)
    weights, bias = np.zeros((matrix.shape[1], labels.shape[1])), np.zeros(labels.shape[1])
    for column in range(labels.shape[1]):
        wanted = labels[:, column]
        for learn, test in folds:
            scores[test, column] = _machine(matrix[learn], wanted[learn], task).decision_function(matrix[test])
        slope, shift = platt(scores[:, column], wanted)
        whole = _machine(matrix, wanted, task)
        weights[:, column] = whole.coef_[0] * slope
        bias[column] = whole.intercept_[0] * slope + shift
        scores[:, column] = scores[:, column] * slope + shift
    return scores, Lines(weights, bias)


def _fit_trees(matrix: sparse.csr_matrix, labels: Array, folds: Sequence[tuple[Array, Array]]) -> tuple[Array, Trees]:
    """Cross-validated log-odds, and the trees of the whole, calibrated."""
    votes = np.zeros(labels.shape)
    for learn, test in folds:
        votes[test] = _votes(_forest(matrix[learn], labels[learn]), matrix[test])
    fitted = np.array([platt(votes[:, column], labels[:, column]) for column in range(labels.shape[1])])
    slope, shift = fitted[:, 0], fitted[:, 1]
    return votes * slope + shift, Trees(_forest(matrix, labels), slope, shift)


def _forest(matrix: sparse.csr_matrix, labels: Array) -> ExtraTreesClassifier:
    return ExtraTreesClassifier(_TREES, random_state=_SEED, n_jobs=-1).fit(matrix, labels)


def _votes(forest: ExtraTreesClassifier, matrix: sparse.csr_matrix) -> Array:
    """The log-odds of the share of trees that vote for each label: (texts, labels)."""
    said = forest.predict_proba(matrix)
    shares = np.array([label[:, -1] for label in (said if isinstance(said, list) else [said])]).T
    shares = np.clip(shares, _RAREST, 1 - _RAREST)
    votes: Array = np.log(shares / (1 - shares))
    return votes


def _machine(matrix: sparse.csr_matrix, wanted: Array, task: Task) -> LinearSVC:
    machine = LinearSVC(C=task.regularisation, tol=_TOLERANCE, max_iter=_ROUNDS, random_state=_SEED)
    return machine.fit(matrix, wanted)


def _probability(scores: Array) -> Array:
    probability: Array = 1 / (1 + np.exp(-scores))
    return probability
