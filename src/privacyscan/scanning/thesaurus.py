"""Words of like meaning: what lets the classifier hear a paraphrase made of words it never met.

``seeds/thesaurus/{en,ko,zh}.yaml`` names concepts, each with words and short
phrases. In a text, an entry is a run of symbols (``scanning/symbols.py``), so
that looking for all entries is looking up one hash a position and length.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from privacyscan.scanning.symbols import Array, Symbols, symbols_of

# Entries are first looked up in a table of this many bits, which few other runs pass.
_TABLE_BITS = 20
_SHIFT = np.uint64(64 - _TABLE_BITS)
# The bits of what was found: the position of its first symbol, how many symbols it has, its concept.
_FIRST, _LENGTH = 24, 16
_LONGEST, _CONCEPT = (1 << _FIRST - _LENGTH) - 1, (1 << _LENGTH) - 1


@dataclass(frozen=True)
class Thesaurus:
    """The entries of one language as they stand in the model file.

    ``runs`` (n,) are the hashes of the entries, ascending; ``concepts`` (n,)
    the number of the concept of each; ``longest`` is the number of symbols of
    the longest entry. An entry of two concepts stands twice.
    """

    runs: Array
    concepts: Array
    longest: int

    @cached_property
    def _table(self) -> Array:
        table = np.zeros(1 << _TABLE_BITS, dtype=bool)
        table[self.runs >> _SHIFT] = True
        return table

    def found_in(self, symbols: Symbols) -> tuple[Array, Array, Array]:
        """Return every concept that stands in the clauses: its number, its first and its last symbol, by position."""
        found = [np.zeros(0, dtype=np.int64)]
        for order in range(1, self.longest + 1):
            runs = symbols.runs(order)
            places = symbols.inside(np.flatnonzero(self._table.take((runs >> _SHIFT).view(np.int64))), order)
            left = np.searchsorted(self.runs, runs[places], side="left")
            right = np.searchsorted(self.runs, runs[places], side="right")
            times = right - left
            at = np.repeat(places, times)
            # The entries from left on, as many as there are.
            entries = np.arange(len(at)) - np.repeat(np.cumsum(times) - times - left, times)
            # One number says it all, and sorts as it should.
            found.append((at << _FIRST) | (order << _LENGTH) | self.concepts[entries])
        ranked = np.sort(np.concatenate(found), kind="stable")
        first = ranked >> _FIRST
        last = first + ((ranked >> _LENGTH) & _LONGEST) - 1
        return ranked & _CONCEPT, first, last


def thesaurus_of(concepts: Mapping[str, Sequence[str]]) -> Thesaurus:
    """Return the thesaurus of one language; its concepts are numbered in the order of ``concepts``."""
    entries = sorted(set(_entries(concepts)))
    runs = np.array([run for run, _, _ in entries], dtype=np.uint64)
    numbers = np.array([number for _, number, _ in entries], dtype=np.int16)
    return Thesaurus(runs, numbers, max((order for _, _, order in entries), default=0))


def _entries(concepts: Mapping[str, Sequence[str]]) -> Iterator[tuple[int, int, int]]:
    """The run, the number of the concept, and the length of every entry."""
    for number, words in enumerate(concepts.values()):
        for word in words:
            symbols = symbols_of([word])
            order = len(symbols.hashes)
            if order:
                yield int(symbols.runs(order)[0]), number, order
