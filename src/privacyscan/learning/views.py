"""Segments → weighted features: what the shipped classifier looks at, and more, for retraining on research corpora.

Each view is a kind of feature, weighted and brought to length one by itself,
so that many features of one kind don't drown few of another. Besides the
shipped runs of symbols and concepts there are the opening symbols (a segment
often begins with its heading), words uncut, the shape of the segment, and what
this product says of it: its classifier's answers and its findings.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from math import log2
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from sklearn.feature_extraction.text import CountVectorizer

from privacyscan.documents import DocumentBuilder
from privacyscan.knowledge.rules import RuleSet
from privacyscan.models import Document, Language, State
from privacyscan.scanning.classification import ModelFile
from privacyscan.scanning.ngrams import BUCKET_BITS, concepts_of, runs_of
from privacyscan.scanning.scanner import Scanner
from privacyscan.scanning.segmentation import segment
from privacyscan.scanning.symbols import symbols_of
from privacyscan.scanning.thesaurus import Thesaurus

_LONGEST_RUN = 3
_OPENING = 6
# A feature of a single segment teaches nothing about others.
_MIN_SEGMENTS = 2
# Rarer than one in some 3,000 is never, to the shipped classifier; its log-odds are brought to about 0 to 1.6.
_NEVER, _LOWEST, _RANGE = 3e-4, 8.0, 10.0
_STATES = (State.AFFIRMED, State.CONDITIONAL, State.DENIED)

_NUMBERING = re.compile(r"(?:[^\w]|\d|_|[a-zA-Z](?![a-zA-Z])|[一二三四五六七八九十]+(?=[^\w])){0,10}")
_ENDING = re.compile(r"[^\w]{0,2}\Z")
_SIGNS = {
    "address": re.compile(r"\S@\S"),
    "link": re.compile(r"https?:|www\.|\.com\b"),
    "telephone": re.compile(r"\d{3}\)?[-. ]\d{3,4}[-. ]?\d{4}"),
    "postcode": re.compile(r"\b[A-Z]{2}\.? \d{5}"),
    "question": re.compile(r"[?？]"),
    "quoted": re.compile(r'""|[“”]'),
}
_PERSONS: dict[Language, tuple[re.Pattern[str], ...]] = {
    "en": tuple(
        re.compile(words, re.IGNORECASE) for words in (r"\b(?:we|our)\b", r"\byou", r"third|partner|partie|advertis")
    ),
    "zh": tuple(re.compile(word) for word in ("您", "你", "用户")),
}

Array = NDArray[Any]


@dataclass(frozen=True)
class Product:
    """What this product knows of a segment before any corpus is learnt from: its scanner and its classifier."""

    rules: RuleSet
    scanner: Scanner
    classifier: ModelFile


class Vectoriser:
    """Weighs segments by what it saw in those it was fitted on; one language.

    ``weights`` says which views there are and what each counts; "answers" and
    "findings" are the product's own words.
    """

    def __init__(
        self, language: Language, thesaurus: Thesaurus, weights: Mapping[str, float], product: Product
    ) -> None:
        """Take the views that have a weight."""
        self._language, self._product = language, product
        own = {name: weight for name, weight in weights.items() if name in ("answers", "findings")}
        self._own = own
        counted: dict[str, Callable[[Sequence[str]], sparse.csr_matrix]] = {
            "runs": _runs,
            "concepts": lambda texts: _concepts(texts, thesaurus),
            "opening": _opening,
        }
        listed: dict[str, Callable[[str], list[str]]] = {
            "words": lambda text: re.findall(r"\w+", text),
            "shape": lambda text: shape(text, language),
        }
        self._views = [
            _View(counted[name] if name in counted else _Listed(listed[name]), weight)
            for name, weight in weights.items()
            if name not in own
        ]
        self._scale = 1.0

    def fit(self, texts: Sequence[str]) -> sparse.csr_matrix:
        """Learn the features of ``texts`` and their weights; return their matrix (texts × features)."""
        matrix = sparse.hstack([view.fit(texts) for view in self._views]).tocsr()
        # Of length one on average, so that the regularisation means the same for every choice of views.
        self._scale = float(np.sqrt(len(texts) / matrix.multiply(matrix).sum()))
        return self._with_own(matrix, texts)

    def transform(self, texts: Sequence[str]) -> sparse.csr_matrix:
        """Return the matrix of other texts, in the features learnt."""
        return self._with_own(sparse.hstack([view.weighed(texts) for view in self._views]).tocsr(), texts)

    def _with_own(self, matrix: sparse.csr_matrix, texts: Sequence[str]) -> sparse.csr_matrix:
        parts = [matrix * self._scale]
        if self._own:
            documents = [_document(text) for text in texts]
            kinds = {"answers": self._answers, "findings": self._findings}
            parts += [sparse.csr_matrix(kinds[name](documents) * weight) for name, weight in self._own.items()]
        return sparse.hstack(parts).tocsr()

    def _answers(self, documents: Sequence[Document]) -> Array:
        """How sure the shipped classifier is at its surest clause, a practice a column."""
        abbreviations = self._product.rules.lexicons[self._language].abbreviations
        clauses = [[clause.text for clause in segment(document, abbreviations)] for document in documents]
        owners = np.repeat(np.arange(len(documents)), [len(own) for own in clauses])
        model = self._product.classifier.model(self._language)
        answers = np.full((len(documents), len(self._product.classifier.practices)), _NEVER)
        np.maximum.at(answers, owners, model.probabilities([text for own in clauses for text in own]))
        answers = np.minimum(answers, 1 - _NEVER)
        found: Array = (np.log(answers / (1 - answers)) + _LOWEST) / _RANGE
        return found

    def _findings(self, documents: Sequence[Document]) -> Array:
        """What was found of every practice: in any state, in each, or dismissed, 0 or 1 a column."""
        practices = {name: number for number, name in enumerate(self._product.rules.rules)}
        found = np.zeros((len(documents), len(practices), len(_STATES) + 2))
        for row, document in enumerate(documents):
            report = self._product.scanner.scan_document(document, language=self._language)
            for finding in report.findings:
                found[row, practices[finding.practice], [0, 1 + _STATES.index(finding.state)]] = 1
            for dismissed in report.dismissed:
                found[row, practices[dismissed.practice], -1] = 1
        flat: Array = found.reshape(len(documents), -1)
        return flat


class _View:
    """One kind of feature: which of them are known, and their inverse document frequency."""

    def __init__(self, count: Callable[[Sequence[str]], sparse.csr_matrix], weight: float) -> None:
        self._count, self._weight = count, weight
        self._kept: Array = np.zeros(0, dtype=np.int64)
        self._idf: Array = np.zeros(0)

    def fit(self, texts: Sequence[str]) -> sparse.csr_matrix:
        counts = self._count(texts)
        frequency = np.bincount(counts.indices, minlength=counts.shape[1])
        self._kept = np.flatnonzero(frequency >= _MIN_SEGMENTS)
        self._idf = np.log((1 + len(texts)) / (1 + frequency[self._kept])) + 1
        return self._scaled(counts)

    def weighed(self, texts: Sequence[str]) -> sparse.csr_matrix:
        return self._scaled(self._count(texts))

    def _scaled(self, counts: sparse.csr_matrix) -> sparse.csr_matrix:
        known = counts[:, self._kept].astype(np.float64)
        # What stands there ten times doesn't say ten times as much.
        known.data = 1 + np.log(known.data)
        known = known @ sparse.diags(self._idf)
        length = np.sqrt(np.asarray(known.multiply(known).sum(axis=1)).ravel())
        scaled: sparse.csr_matrix = sparse.diags(self._weight / np.maximum(length, 1e-9)) @ known
        return scaled


class _Listed:
    """Counts features that have names; those first seen are the columns."""

    def __init__(self, names: Callable[[str], list[str]]) -> None:
        self._counter = CountVectorizer(analyzer=names)

    def __call__(self, texts: Sequence[str]) -> sparse.csr_matrix:
        fitted = hasattr(self._counter, "vocabulary_")
        counts: sparse.csr_matrix = (self._counter.transform if fitted else self._counter.fit_transform)(texts)
        return counts


def shape(text: str, language: Language) -> list[str]:
    """Return what a segment looks like, as names: its numbering, ending, length, signs and persons."""
    numbering, ending = _NUMBERING.match(text), _ENDING.search(text)
    number = re.sub(r"[一二三四五六七八九十]+", "一", numbering.group()) if numbering else ""
    number = re.sub(r"[a-zA-Z]", "a", re.sub(r"\d+", "0", number))
    end = ending.group() if ending else ""
    words = max(len(symbols_of([text]).hashes), 1)
    persons = [len(person.findall(text)) for person in _PERSONS[language]]
    first = next((place for place, times in enumerate(persons) if times), -1)
    sentences = len(re.findall(r"[.!?](?:\s|$)|[。！？]", text))
    return [
        f"number {number}",
        f"end {end}",
        f"person {first}",
        f"number {number} end {end}",
        f"number {number} person {first}",
        f"end {end} person {first}",
        f"number {number} end {end} person {first}",
        f"length {min(int(log2(words / 5 + 1) * 1.5), 9)}",
        f"sentences {min(sentences, 6)}",
        *(f"share {place} {min(25 * times // words, 4)}" for place, times in enumerate(persons)),
        *(name for name, sign in _SIGNS.items() if sign.search(text)),
    ]


def _runs(texts: Sequence[str]) -> sparse.csr_matrix:
    return _counted(list(runs_of(symbols_of(texts), _LONGEST_RUN)), len(texts))


def _concepts(texts: Sequence[str], thesaurus: Thesaurus) -> sparse.csr_matrix:
    return _counted(list(concepts_of(symbols_of(texts), thesaurus)), len(texts))


def _opening(texts: Sequence[str]) -> sparse.csr_matrix:
    symbols = symbols_of(texts)
    first = np.searchsorted(symbols.clause, symbols.clause)
    clause, bucket, start, end = next(runs_of(symbols, 1))
    near = np.arange(len(clause)) - first < _OPENING
    return _counted([(clause[near], bucket[near], start[near], end[near])], len(texts))


def _counted(parts: Sequence[tuple[Array, Array, Array, Array]], texts: int) -> sparse.csr_matrix:
    clause, bucket = (np.concatenate([part[place] for part in parts]) for place in (0, 1))
    counts = sparse.csr_matrix((np.ones(len(clause)), (clause, bucket)), shape=(texts, 1 << BUCKET_BITS))
    counts.sum_duplicates()
    return counts


def _document(text: str) -> Document:
    builder = DocumentBuilder(source="")
    builder.paragraph(text)
    return builder.build()
