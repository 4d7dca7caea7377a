"""Fits a classifier on the segments of a research corpus; nothing of it ships.

One linear support vector machine a label over the views of ``views``; Platt
scaling and thresholds from cross-validation. These corpora were split segment
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
from sklearn.model_selection import KFold
from sklearn.svm import LinearSVC
from threadpoolctl import threadpool_limits

from privacyscan.learning.training import best_threshold, platt
from privacyscan.learning.views import Vectoriser

_FOLDS = 5
_SEED = 20261122
_TOLERANCE = 1e-4
_ROUNDS = 5000

Array = NDArray[Any]


@dataclass(frozen=True)
class Task:
    """How a corpus is learnt: the views and their weights, the inverse regularisation, and where thresholds stand.

    A threshold is the one of the highest F1, drawn by ``drawn`` of the way
    towards ``centre``: of fifty positives the best is mostly luck. Where
    ``never_empty``, a segment that passes none gets the label it is nearest to.
    """

    views: dict[str, float]
    regularisation: float
    centre: float
    drawn: float
    never_empty: bool = False


@dataclass(frozen=True)
class Retrained:
    """A fitted corpus: how segments are weighed, weights and bias a label (log-odds), and thresholds."""

    vectoriser: Vectoriser
    weights: Array
    bias: Array
    thresholds: Array
    never_empty: bool

    def labels(self, texts: Sequence[str]) -> Array:
        """Return which label each text has: boolean, (texts, labels)."""
        return decided(
            _probability(self.vectoriser.transform(texts) @ self.weights + self.bias), self.thresholds, self.never_empty
        )


def retrain(texts: Sequence[str], labels: Array, vectoriser: Vectoriser, task: Task) -> Retrained:
    """Return the model of a corpus; ``labels`` is boolean, (texts, labels)."""
    # Many small fits: threads would only wait for one another.
    with threadpool_limits(1):
        matrix = vectoriser.fit(texts)
        probabilities, weights, bias = _fit(matrix, labels, task)
    thresholds = [
        (1 - task.drawn) * best_threshold(probabilities[:, column], labels[:, column]) + task.drawn * task.centre
        for column in range(labels.shape[1])
    ]
    return Retrained(vectoriser, weights, bias, np.array(thresholds), task.never_empty)


def decided(probabilities: Array, thresholds: Array, never_empty: bool) -> Array:
    """Return which labels pass their thresholds: boolean, in the shape of ``probabilities``."""
    passed: Array = probabilities >= thresholds
    if never_empty:
        empty = np.flatnonzero(~passed.any(axis=1))
        passed[empty, np.argmax(probabilities[empty] / thresholds, axis=1)] = True
    return passed


def _fit(matrix: sparse.csr_matrix, labels: Array, task: Task) -> tuple[Array, Array, Array]:
    """Cross-validated probabilities, and the weights and bias of the whole, calibrated."""
    scores = np.zeros(labels.shape)
    weights, bias = np.zeros((matrix.shape[1], labels.shape[1])), np.zeros(labels.shape[1])
    folds = list(KFold(_FOLDS, shuffle=True, random_state=_SEED).split(matrix))
    for column in range(labels.shape[1]):
        wanted = labels[:, column]
        for learn, test in folds:
            scores[test, column] = _machine(matrix[learn], wanted[learn], task).decision_function(matrix[test])
        slope, shift = platt(scores[:, column], wanted)
        whole = _machine(matrix, wanted, task)
        weights[:, column] = whole.coef_[0] * slope
        bias[column] = whole.intercept_[0] * slope + shift
        scores[:, column] = scores[:, column] * slope + shift
    return _probability(scores), weights, bias


def _machine(matrix: sparse.csr_matrix, wanted: Array, task: Task) -> LinearSVC:
    machine = LinearSVC(C=task.regularisation, tol=_TOLERANCE, max_iter=_ROUNDS, random_state=_SEED)
    return machine.fit(matrix, wanted)


def _probability(scores: Array) -> Array:
    probability: Array = 1 / (1 + np.exp(-scores))
    return probability
