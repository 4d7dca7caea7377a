"""Fits the classifier: seeds → one model file, the same on every machine.

One-vs-rest logistic regression (scikit-learn, liblinear) over binary hashed
features weighted by inverse document frequency; Platt scaling (Platt 1999) and
thresholds from cross-validation by groups of similar clauses, so that no
clause is judged by its own near-copy.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold
from threadpoolctl import threadpool_limits

from privacyscan.learning.seeds import LANGUAGES, Seed, digest, read_seeds, read_thesaurus
from privacyscan.learning.similarity import groups_of
from privacyscan.models import State
from privacyscan.scanning.classification import FIELDS, MODEL_FORMAT, THESAURUS_FIELDS, LanguageModel
from privacyscan.scanning.ngrams import BUCKET_BITS, ngrams
from privacyscan.scanning.thesaurus import Thesaurus

# A feature of a single clause teaches nothing about others.
_MIN_CLAUSES = 3
_TOLERANCE = 1e-5
_FOLDS = 4
_SEED = 20261122
# Inverse, of the regression.
_REGULARISATION = 20.0
# A clause is scaled by its number of features to this power, negated; whole normalisation would drown one word
# in a long list.
LENGTH_POWER = 0.25
# Precision counts for more than recall: a policy has hundreds of clauses.
_BETA = 0.5
# A nomination should be right this often; below, silence is the better answer.
_NOMINATION_PRECISION = 0.97
_LOWEST_NOMINATION, _HIGHEST_NOMINATION = 0.9, 0.95
# In a sentence that avoids the words of the trade the rules can't be expected to hear anything.
_REPHRASED_PRECISION = 0.9
_LOWEST_REPHRASED, _HIGHEST_REPHRASED = 0.8, 0.85
# Inverse, of the regression that tells denials: one for all practices, so it has more to learn from.
_DENIAL_REGULARISATION = 10.0
# What is known of a practice alone ("policies rarely deny rights") against what a sentence says.
_PRACTICE_WEIGHT = 2.0
_LOWEST_SPEAKING, _HIGHEST_SPEAKING = 0.5, 0.99

Array = NDArray[Any]


@dataclass(frozen=True)
class Fitted:
    """A fitted language: the model, and the cross-validated probabilities it was tuned on.

    ``held_out`` has the shape (clauses, practices); every row was predicted by
    a model that saw neither the clause nor one like it. ``held_out_denials``,
    in the same shape, says how likely a clause denies a practice that it
    speaks of, and is not a number for the others.
    """

    model: LanguageModel
    held_out: Array
    held_out_denials: Array


def design(texts: Sequence[str], thesaurus: Thesaurus, length_power: float) -> tuple[sparse.csr_matrix, Array, Array]:
    """Return the feature matrix (texts × features), the buckets of its columns, and their weight (idf and scale)."""
    found = ngrams(texts, thesaurus)
    pairs = np.unique(found.clause * (1 << BUCKET_BITS) + found.bucket)
    rows, buckets = pairs >> BUCKET_BITS, pairs & ((1 << BUCKET_BITS) - 1)
    known, frequency = np.unique(buckets, return_counts=True)
    common = frequency >= _MIN_CLAUSES
    kept, idf = known[common], np.log((1 + len(texts)) / (1 + frequency[common])) + 1
    inside = np.isin(buckets, kept)
    rows, columns = rows[inside], np.searchsorted(kept, buckets[inside])
    counts = np.maximum(np.bincount(rows, minlength=len(texts)), 1)
    values = idf[columns] / counts[rows] ** length_power
    # Of length one on average, so that the regularisation means the same for every language.
    scale = np.sqrt(len(texts) / np.sum(values**2))
    matrix = sparse.csr_matrix((values * scale, (rows, columns)), shape=(len(texts), len(kept)))
    return matrix, kept, idf * scale


def fit(
    texts: Sequence[str],
    labels: Array,
    denials: Array,
    thesaurus: Thesaurus,
    on_progress: Callable[[], None] | None = None,
) -> Fitted:
    """Return the model of one language; ``labels`` and ``denials`` are boolean, (texts, practices)."""
    # Many small fits: threads would only wait for one another.
    with threadpool_limits(1):
        return _fit(texts, labels, denials, thesaurus, on_progress)


def _fit(
    texts: Sequence[str],
    labels: Array,
    denials: Array,
    thesaurus: Thesaurus,
    on_progress: Callable[[], None] | None,
) -> Fitted:
    matrix, buckets, idf = design(texts, thesaurus, LENGTH_POWER)
    folds = list(GroupKFold(_FOLDS).split(matrix, groups=groups_of(texts)))
    count = labels.shape[1]
    weights, bias = np.zeros((len(buckets), count)), np.zeros(count)
    held_out = np.zeros(labels.shape)
    # Cut once for all practices: that takes as long as some of the fits.
    parts = [(matrix[learn], matrix[test]) for learn, test in folds]
    for practice in range(count):
        wanted = labels[:, practice]
        scores = np.zeros(len(texts))
        for (learn, test), (learnt, tested) in zip(folds, parts, strict=True):
            scores[test] = _regression(learnt, wanted[learn]).decision_function(tested)
        slope, shift = platt(scores, wanted)
        whole = _regression(matrix, wanted)
        weights[:, practice] = whole.coef_[0] * idf * slope
        bias[practice] = whole.intercept_[0] * slope + shift
        held_out[:, practice] = 1 / (1 + np.exp(-(scores * slope + shift)))
        if on_progress is not None:
            on_progress()
    denies, denial_bias, held_out_denials = _denials(matrix, idf, labels, denials, folds)
    model = LanguageModel(
        thesaurus=thesaurus,
        buckets=buckets.astype(np.int32),
        weights=weights.astype(np.float32),
        bias=bias.astype(np.float32),
        speaks=np.array([_speaking(held_out[:, k], labels[:, k]) for k in range(count)], dtype=np.float32),
        nominates=_thresholds(held_out, labels, _NOMINATION_PRECISION, (_LOWEST_NOMINATION, _HIGHEST_NOMINATION)),
        rephrases=_thresholds(held_out, labels, _REPHRASED_PRECISION, (_LOWEST_REPHRASED, _HIGHEST_REPHRASED)),
        denies=denies.astype(np.float32),
        denial_bias=denial_bias.astype(np.float32),
        length_power=LENGTH_POWER,
    )
    return Fitted(model, held_out, held_out_denials)


def _denials(
    matrix: Any, idf: Array, labels: Array, denials: Array, folds: Sequence[tuple[Array, Array]]
) -> tuple[Array, Array, Array]:
    """Weights (features,) and bias (practices,) of the log-odds that a clause denies a practice it speaks of.

    With them the cross-validated probabilities (clauses, practices), not a number where it speaks of none.
    """
    clauses, practices = np.nonzero(labels)
    held_out = np.full(labels.shape, np.nan)
    denied, count = denials[clauses, practices], labels.shape[1]
    if not denied.any() or denied.all():
        sure = denied.all() and len(denied) > 0
        held_out[clauses, practices] = float(sure)
        return np.zeros(matrix.shape[1]), np.full(count, math.inf if sure else -math.inf), held_out
    ones = np.full(len(practices), _PRACTICE_WEIGHT)
    which = sparse.csr_matrix((ones, (np.arange(len(practices)), practices)), shape=(len(practices), count))
    pairs = sparse.hstack([matrix[clauses], which]).tocsr()
    scores = np.zeros(len(denied))
    for learn, test in folds:
        learning, tested = np.isin(clauses, learn), np.isin(clauses, test)
        fitted = _regression(pairs[learning], denied[learning], _DENIAL_REGULARISATION)
        scores[tested] = fitted.decision_function(pairs[tested])
    slope, shift = platt(scores, denied)
    whole = _regression(pairs, denied, _DENIAL_REGULARISATION)
    weights = whole.coef_[0] * slope
    bias = weights[matrix.shape[1] :] * _PRACTICE_WEIGHT + whole.intercept_[0] * slope + shift
    held_out[clauses, practices] = 1 / (1 + np.exp(-(scores * slope + shift)))
    return weights[: matrix.shape[1]] * idf, bias, held_out


def _regression(matrix: Any, wanted: Array, regularisation: float = _REGULARISATION) -> LogisticRegression:
    return LogisticRegression(C=regularisation, solver="liblinear", tol=_TOLERANCE, random_state=_SEED).fit(
        matrix, wanted
    )


def platt(scores: Array, wanted: Array) -> tuple[float, float]:
    """Return the slope and shift that turn scores into log-odds."""
    fitted = LogisticRegression(C=1e6, tol=_TOLERANCE).fit(scores[:, None], wanted)
    return float(fitted.coef_[0, 0]), float(fitted.intercept_[0])


def _curve(probabilities: Array, wanted: Array) -> tuple[Array, Array, Array]:
    """Probabilities in falling order, with precision and recall from each of them on."""
    order = np.argsort(-probabilities, kind="stable")
    right = np.cumsum(wanted[order])
    return probabilities[order], right / np.arange(1, len(order) + 1), right / max(int(wanted.sum()), 1)


def best_threshold(probabilities: Array, wanted: Array, beta: float = 1.0) -> float:
    """Return the threshold of the highest F-measure; ``beta`` below 1 favours precision (van Rijsbergen 1979)."""
    sorted_, precision, recall = _curve(probabilities, wanted)
    weight = beta**2
    measure = (1 + weight) * precision * recall / np.maximum(weight * precision + recall, 1e-9)
    return float(sorted_[int(np.argmax(measure))])


def _speaking(probabilities: Array, wanted: Array) -> float:
    return float(np.clip(best_threshold(probabilities, wanted, _BETA), _LOWEST_SPEAKING, _HIGHEST_SPEAKING))


def _thresholds(probabilities: Array, labels: Array, wanted: float, limits: tuple[float, float]) -> Array:
    """For every practice the lowest threshold, within ``limits``, from which on nominations have that precision."""
    lowest = []
    for practice in range(labels.shape[1]):
        sorted_, precision, _ = _curve(probabilities[:, practice], labels[:, practice])
        reached = np.flatnonzero(precision >= wanted)
        lowest.append(sorted_[reached[-1]] if len(reached) else limits[1])
    return np.clip(lowest, *limits).astype(np.float32)


def labels_of(seeds: Sequence[Seed], practices: Sequence[str]) -> Array:
    """Return which seed speaks of which practice, in whatever state: boolean, (seeds, practices)."""
    return np.array([[practice in seed.practices for practice in practices] for seed in seeds])


def denials_of(seeds: Sequence[Seed], practices: Sequence[str]) -> Array:
    """Return which seed denies which practice: boolean, (seeds, practices)."""
    return np.array([[seed.practices.get(practice) is State.DENIED for practice in practices] for seed in seeds])


def train(
    seeds: Path, practices: Sequence[str], output: Path, on_progress: Callable[[int, int], None] | None = None
) -> None:
    """Fit all languages on the clauses in ``seeds`` and write the model file ``output``."""
    arrays: dict[str, Any] = {"format": MODEL_FORMAT, "practices": np.array(practices), "digest": digest(seeds)}
    done, total = 0, len(LANGUAGES) * len(practices)

    def step() -> None:
        nonlocal done
        done += 1
        if on_progress is not None:
            on_progress(done, total)

    for language in LANGUAGES:
        clauses = read_seeds(seeds, language, practices)
        thesaurus = read_thesaurus(seeds, language)
        texts, labels = [seed.text for seed in clauses], labels_of(clauses, practices)
        fitted = fit(texts, labels, denials_of(clauses, practices), thesaurus, step)
        arrays |= {f"{language}_{name}": getattr(fitted.model, name) for name in FIELDS}
        # Half the digits are more than the weights are known to, and half the file.
        arrays[f"{language}_weights"] = fitted.model.weights.astype(np.float16)
        arrays |= {f"{language}_{name}": getattr(thesaurus, name) for name in THESAURUS_FIELDS}
    output.parent.mkdir(parents=True, exist_ok=True)
    with output.open("wb") as file:
        # Not compressed: unpacking takes longer than reading, and half the digits don't get much smaller.
        np.savez(file, **arrays)
