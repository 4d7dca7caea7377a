"""Symbols → hashed features: the one vectoriser that training and scanning share.

A feature is a run of one or two symbols inside a clause, a concept of the
thesaurus, or two concepts that stand near each other. "The rhythm at which you
type" shares no word with "keystroke patterns", and both concepts.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np

from privacyscan.scanning.symbols import Array, Symbols, symbols_of
from privacyscan.scanning.thesaurus import Thesaurus

BUCKET_BITS = 22
# Symbols in the longest n-gram.
_ORDER = 2
# Every concept makes pairs with so many that follow it.
_NEAR = 2
# What keeps features of a kind apart from those of the others.
_CONCEPT, _PAIR = np.uint64(0x9AE16A3B2F90404F), np.uint64(0xC3A5C85C97CB3127)
_SHIFT = np.uint64(64 - BUCKET_BITS)
_SPREAD = np.uint64(0x9E3779B97F4A7C15)


class Ngrams(NamedTuple):
    """The features of some clauses: row by row which clause, which bucket, and where the words stand.

    ``clause`` and ``bucket`` are parallel; ``start`` and ``end`` are offsets
    into the clause's own text, -1 for a pair of concepts, which stands in two places.
    """

    clause: Array
    bucket: Array
    start: Array
    end: Array


def ngrams(texts: Sequence[str], thesaurus: Thesaurus) -> Ngrams:
    """Return all features of ``texts``, repeats included."""
    symbols = symbols_of(texts)
    parts = [*runs_of(symbols), *concepts_of(symbols, thesaurus)]
    return Ngrams(*(np.concatenate(column) for column in zip(*parts, strict=True)))


def runs_of(symbols: Symbols, longest: int = _ORDER) -> Iterator[tuple[Array, Array, Array, Array]]:
    """Yield the runs of up to ``longest`` symbols, an order at a time: clause, bucket, start and end."""
    for order in range(1, longest + 1):
        runs = symbols.runs(order)
        first = symbols.inside(np.arange(len(runs)), order)
        yield symbols.clause[first], _bucket(runs[first]), symbols.start[first], symbols.end[first + order - 1]


def concepts_of(symbols: Symbols, thesaurus: Thesaurus) -> Iterator[tuple[Array, Array, Array, Array]]:
    """Yield the concepts, then their pairs by distance: clause, bucket, start and end."""
    number, first, last = thesaurus.found_in(symbols)
    clause, wide = symbols.clause[first], number.astype(np.uint64) + np.uint64(1)
    yield clause, _bucket(wide * _CONCEPT), symbols.start[first], symbols.end[last]
    for step in range(1, min(_NEAR, len(number) - 1) + 1):
        together = (clause[:-step] == clause[step:]) & (number[:-step] != number[step:])
        left, right = wide[:-step][together], wide[step:][together]
        pair = (np.minimum(left, right) * _CONCEPT) ^ (np.maximum(left, right) * _PAIR)
        nowhere = np.full(len(pair), -1, dtype=np.int64)
        yield clause[:-step][together], _bucket(pair * _SPREAD), nowhere, nowhere


def _bucket(hashed: Array) -> Array:
    return (hashed >> _SHIFT).view(np.int64)
