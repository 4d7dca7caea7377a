"""Clauses → probabilities: the second voice, a linear model over hashed n-grams.

The model file holds, for each language, a vocabulary of n-gram buckets, one
row of weights a bucket, and a calibration a practice. ``privacyscan train``
writes it from ``seeds/clauses/``; here numpy alone runs it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from threading import Lock
from typing import Any
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

from privacyscan.models import Language
from privacyscan.resources import data_dir
from privacyscan.scanning.ngrams import BUCKET_BITS, Ngrams, ngrams
from privacyscan.scanning.thesaurus import Thesaurus
from privacyscan.scanning.voice import MODEL_NAME, ModelError

# Raised with every change that an older program could not read.
MODEL_FORMAT = 3
# The arrays of one language; the last is a number.
FIELDS = ("buckets", "weights", "bias", "speaks", "nominates", "rephrases", "denies", "denial_bias", "length_power")
# Those of its thesaurus; the last is a number.
THESAURUS_FIELDS = ("runs", "concepts", "longest")
# How many n-grams explain a nomination.
EXPLAINED = 5
# So much is looked at together that what is computed of it stays in the processor's cache.
_CHARACTERS_TOGETHER, _WEIGHTS_TOGETHER = 100_000, 4_000

Array = NDArray[Any]


@dataclass(frozen=True)
class LanguageModel:
    """The weights of one language, as they stand in the model file.

    ``thesaurus`` says which words mean alike; ``buckets`` (n,) are the
    features known, in rising order; ``weights`` (n, practices) and ``bias``
    (practices,) give the log-odds, calibrated by Platt's method;
    ``length_power`` says how much a long clause is scaled down. A clause
    *speaks* of a practice from ``speaks`` on, and is *nominated* for it, where
    no rule saw it, from ``nominates`` on, or from ``rephrases`` on where it
    holds no word of the trade: one probability a practice each. ``denies``
    (n,) and ``denial_bias`` (practices,) give the log-odds that a clause which
    speaks of a practice denies it.
    """

    thesaurus: Thesaurus
    buckets: Array
    weights: Array
    bias: Array
    speaks: Array
    nominates: Array
    rephrases: Array
    denies: Array
    denial_bias: Array
    length_power: float

    def probabilities(self, texts: Sequence[str]) -> Array:
        """Return the probability of every practice in every text: (texts, practices), float32."""
        scores = np.zeros((len(texts), self.weights.shape[1]), dtype=np.float32)
        for batch in _portions([len(text) for text in texts], _CHARACTERS_TOGETHER):
            self._score(texts[batch], scores[batch])
        return np.asarray(1.0 / (1.0 + np.exp(-(scores + self.bias))), dtype=np.float32)

    def _score(self, texts: Sequence[str], scores: Array) -> None:
        """Fill in the log-odds of every practice in every text, without the bias."""
        found = ngrams(texts, self.thesaurus)
        known, places = self._known(found)
        if not len(places):
            return
        # Each kind of n-gram comes clause by clause, so that there are only a few runs to merge.
        keys = np.sort(found.clause[known] * len(self.buckets) + places, kind="stable")
        keys = keys[_new(keys)]
        rows = keys // len(self.buckets)
        places = keys - rows * len(self.buckets)
        firsts = np.flatnonzero(_new(rows))
        counts = np.diff(np.concatenate((firsts, [len(rows)])))
        sums = np.empty((len(firsts), self.weights.shape[1]), dtype=np.float32)
        for portion in _portions(counts.tolist(), _WEIGHTS_TOGETHER):
            start, end = firsts[portion.start], firsts[portion.stop - 1] + counts[portion.stop - 1]
            weights = self.weights.take(places[start:end], axis=0)
            np.add.reduceat(weights, firsts[portion] - start, axis=0, out=sums[portion])
        scores[rows[firsts]] = sums / (counts.astype(np.float32) ** self.length_power)[:, None]

    def denial(self, text: str, practice: int) -> float:
        """Return how likely ``text``, if it speaks of a practice, denies it: 0 to 1."""
        found = ngrams([text], self.thesaurus)
        _, places = self._known(found)
        places = np.unique(places)
        score = self.denies[places].sum() / max(len(places), 1) ** self.length_power + self.denial_bias[practice]
        return float(1.0 / (1.0 + np.exp(-score)))

    def strongest(self, text: str, practice: int, count: int) -> list[tuple[int, int]]:
        """Return where the words stand in ``text`` that speak most for a practice, the strongest first."""
        found = ngrams([text], self.thesaurus)
        known, places = self._known(found)
        # A pair of concepts stands in two places; its concepts speak for themselves.
        start, end = found.start[known], found.end[known]
        whole = start >= 0
        weights = self.weights[places[whole], practice]
        spans = list(zip(start[whole].tolist(), end[whole].tolist(), strict=True))
        ranked = sorted(zip((-weights).tolist(), spans, strict=True))
        chosen = dict.fromkeys(span for weight, span in ranked if weight < 0)
        return list(chosen)[:count]

    def _known(self, found: Ngrams) -> tuple[Array, Array]:
        """Which n-grams have weights, by number, and their rows in ``weights``."""
        numbered = self._numbers.take(found.bucket)
        known = np.flatnonzero(numbered)
        return known, numbered[known].astype(np.int64) - 1

    @cached_property
    def _numbers(self) -> Array:
        """For every bucket there is the number of its row in ``weights``, from 1; 0 where it has none."""
        numbers = np.zeros(1 << BUCKET_BITS, dtype=np.min_scalar_type(len(self.buckets)))
        numbers[self.buckets] = np.arange(1, len(self.buckets) + 1)
        return numbers


def _portions(sizes: Sequence[int], together: int) -> Iterator[slice]:
    """Cut a row of things into stretches of about the same size."""
    start = size = 0
    for place, own in enumerate(sizes):
        size += own
        if size >= together:
            yield slice(start, place + 1)
            start, size = place + 1, 0
    if start < len(sizes):
        yield slice(start, len(sizes))


def _new(ordered: Array) -> Array:
    """Whether each number differs from the one before it."""
    return np.concatenate((np.ones(min(len(ordered), 1), dtype=bool), ordered[1:] != ordered[:-1]))


class Predictions:
    """What the classifier thinks of every clause of one document."""

    def __init__(
        self,
        model: LanguageModel,
        practices: Sequence[str],
        texts: Sequence[str],
        matrix: Array | None = None,
    ) -> None:
        """Judge all ``texts`` at once, or take ``matrix`` (texts, practices) for the judgement."""
        self._model = model
        self._columns = {practice: column for column, practice in enumerate(practices)}
        self._texts = texts
        self.matrix = model.probabilities(texts) if matrix is None else matrix

    def probability(self, practice: str, clause: int) -> float | None:
        """Return how likely a clause speaks of a practice, 0 to 1; ``None`` for a practice it never learned."""
        column = self._columns.get(practice)
        return None if column is None else float(self.matrix[clause, column])

    def nominations(self, rephrased: Callable[[int, str], bool]) -> list[tuple[int, str]]:
        """Return the clauses, by index, that pass the threshold of a practice, in document order.

        ``rephrased`` says of a clause whether it may speak of a practice in words of its own.
        """
        names = list(self._columns)
        lowest = np.minimum(self._model.nominates, self._model.rephrases)
        found = ((int(row), int(column)) for row, column in np.argwhere(self.matrix >= lowest))
        return [
            (row, names[column])
            for row, column in found
            if self.matrix[row, column] >= self._model.nominates[column] or rephrased(row, names[column])
        ]

    def denial(self, practice: str, clause: int) -> float:
        """Return how likely the clause, if it speaks of a practice, denies it: 0 to 1."""
        return self._model.denial(self._texts[clause], self._columns[practice])

    def strongest(self, practice: str, clause: int) -> list[tuple[int, int]]:
        """Return where the words stand in the clause that speak most for a practice, the strongest first."""
        text = self._texts[clause]
        return self._model.strongest(text, self._columns[practice], EXPLAINED) or [(0, len(text))]


class ModelFile:
    """A model file; each language is read when it is first asked for. May be used from several threads."""

    def __init__(self, path: Path) -> None:
        """Open the model in ``path``; raises ``ModelError`` where it is missing, damaged or of another format."""
        self._path = path
        self._models: dict[Language, LanguageModel] = {}
        self._lock = Lock()
        head = self._read(("format", "practices", "digest"))
        if int(head["format"]) != MODEL_FORMAT:
            raise ModelError(f"{path} has format {int(head['format'])}, this program reads {MODEL_FORMAT}; retrain it")
        self.practices = tuple(str(name) for name in head["practices"])
        self.digest = str(head["digest"])

    def predict(self, texts: Sequence[str], language: Language) -> Predictions:
        """Return the predictions on the clauses of one document."""
        return Predictions(self.model(language), self.practices, texts)

    def model(self, language: Language) -> LanguageModel:
        """Return the weights of one language."""
        with self._lock:
            if language not in self._models:
                held = self._read(tuple(f"{language}_{name}" for name in (*FIELDS, *THESAURUS_FIELDS)))
                fields: dict[str, Any] = {name: held[f"{language}_{name}"] for name in FIELDS}
                fields["weights"] = fields["weights"].astype(np.float32)
                runs, concepts, longest = (held[f"{language}_{name}"] for name in THESAURUS_FIELDS)
                self._models[language] = LanguageModel(
                    Thesaurus(runs, concepts, int(longest)), **fields | {"length_power": float(fields["length_power"])}
                )
            return self._models[language]

    def _read(self, names: Sequence[str]) -> dict[str, Array]:
        try:
            with self._path.open("rb") as file, np.load(file, allow_pickle=False) as arrays:
                return {name: arrays[name] for name in names}
        except FileNotFoundError:
            raise ModelError(f"{self._path} is missing: reinstall the package or run `privacyscan train`") from None
        except (OSError, ValueError, KeyError, EOFError, BadZipFile) as error:
            raise ModelError(f"{self._path} is no model of privacyscan ({error}); run `privacyscan train`") from None


def shipped_classifier() -> ModelFile:
    """Return the classifier that ships with the package; raises ``ModelError`` where it doesn't."""
    return ModelFile(data_dir("models") / MODEL_NAME)
