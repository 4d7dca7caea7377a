"""Clauses → symbols: the words and characters that n-grams and concepts are made of.

A symbol is a word cut to its first letters (truncation stemming: "cookies" and
"cookie" fall together) or one Hangul or Han character. Everything is computed
on the array of code points of the whole document at once.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from privacyscan.scanning.folding import fold

_WORD_LENGTH = 5
# Stands between clauses; nothing crosses it.
_BREAK = "\x1f"
_HANGUL, _HAN, _HAN_EXTENSION = (0xAC00, 0xD7A3), (0x4E00, 0x9FFF), (0x3400, 0x4DBF)
_DIGITS, _LOWER, _ACCENTED = (0x30, 0x39), (0x61, 0x7A), (0xDF, 0x24F)
# FNV-1a and Knuth's multiplicative hashing, on 64 bits.
_PRIME = np.uint64(0x100000001B3)
_GOLDEN = np.uint64(0x9E3779B97F4A7C15)

Array = NDArray[Any]


class Symbols(NamedTuple):
    """The symbols of some clauses in order: hash, clause, and offsets ``start`` and ``end`` in the clause's text."""

    hashes: Array
    clause: Array
    start: Array
    end: Array

    def runs(self, order: int) -> Array:
        """Return the hash of every run of ``order`` symbols, by its first."""
        count = max(len(self.hashes) - order + 1, 0)
        mixed: Array = np.full(count, order, dtype=np.uint64)
        # In place: new arrays would take as long as what is computed.
        for place in range(order):
            np.multiply(mixed, _PRIME, out=mixed)
            np.bitwise_xor(mixed, self.hashes[place : place + count], out=mixed)
        np.multiply(mixed, _GOLDEN, out=mixed)
        return mixed

    def inside(self, firsts: Array, order: int) -> Array:
        """Return those of ``firsts`` from which a run of ``order`` symbols stays inside one clause."""
        kept: Array = firsts[self.clause[firsts] == self.clause[firsts + (order - 1)]]
        return kept


def symbols_of(texts: Sequence[str]) -> Symbols:
    """Return all symbols of ``texts``."""
    lowered = [_lower(fold(text)) for text in texts]
    joined = _BREAK.join(lowered)
    codes = np.frombuffer(joined.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    lengths = np.fromiter((len(text) + 1 for text in lowered), dtype=np.int64, count=len(lowered))
    firsts = np.cumsum(lengths) - lengths
    hashes, starts, ends = _hashed(codes)
    # Few clauses are sought among many symbols, not the other way round.
    bounds = np.append(np.searchsorted(starts, firsts), len(starts))
    clause = np.repeat(np.arange(len(firsts)), np.diff(bounds))
    offset = firsts[clause]
    return Symbols(hashes, clause, starts - offset, ends - offset)


def _hashed(codes: Array) -> tuple[Array, Array, Array]:
    """The hash, the start and the end of every word and every Hangul or Han character."""
    single = _within(codes, _HANGUL) | _within(codes, _HAN) | _within(codes, _HAN_EXTENSION)
    letter = _within(codes, _LOWER) | _within(codes, _DIGITS) | _within(codes, _ACCENTED)
    first = letter.copy()
    first[1:] &= ~letter[:-1]
    starts = np.flatnonzero(first | single)
    # Every word ends where the next code point is no letter.
    last = letter.copy()
    last[:-1] &= ~letter[1:]
    ends = np.flatnonzero(last | single) + 1
    wide = codes.astype(np.uint64)
    hashed = wide[starts]
    room = ends - starts
    longer = np.arange(len(starts))
    for place in range(1, _WORD_LENGTH):
        longer = longer[room[longer] > place]
        hashed[longer] = (hashed[longer] * _PRIME) ^ wide[starts[longer] + place]
    return hashed, starts, ends


def _within(codes: Array, bounds: tuple[int, int]) -> Array:
    # What is smaller wraps round to the largest numbers.
    return (codes - np.uint32(bounds[0])) <= np.uint32(bounds[1] - bounds[0])


def _lower(text: str) -> str:
    """Lower-case ``text``, character by character where that would change its length."""
    lowered = text.lower()
    if len(lowered) == len(text):
        return lowered
    return "".join(small if len(small := letter.lower()) == 1 else letter for letter in text)
