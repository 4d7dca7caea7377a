"""The literals of all patterns of a language, numbered."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from privacyscan.scanning.literals import Literals, branches


class IndexedBranch(NamedTuple):
    """A branch of a pattern: its sets in order, and the rarest, by number."""

    pattern: int
    rarest: int
    row: Sequence[int]


class LiteralIndex(NamedTuple):
    """What ``literals.branches`` says of many patterns; sets hold numbers of literals."""

    # How many patterns there are, and which may match any text.
    patterns: int
    always: Sequence[int]
    literals: Sequence[str]
    sets: Sequence[Sequence[int]]
    branches: Sequence[IndexedBranch]


def index_patterns(patterns: Sequence[str]) -> LiteralIndex:
    """Return the literals of ``patterns``, which go by their place in the sequence."""
    always: list[int] = []
    numbers: dict[str, int] = {}
    sets: dict[Literals, int] = {}
    listed: list[IndexedBranch] = []
    for pattern, text in enumerate(patterns):
        found = branches(text)
        if found is None:
            always.append(pattern)
            continue
        for branch in found:
            row = [sets.setdefault(literals, len(sets)) for literals in branch.row]
            listed.append(IndexedBranch(pattern, row[branch.rarest], row))
    members = [[numbers.setdefault(literal, len(numbers)) for literal in sorted(literals)] for literals in sets]
    return LiteralIndex(len(patterns), always, list(numbers), members, listed)
