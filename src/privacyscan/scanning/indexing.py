"""The literals of all patterns of a language, numbered; those of the shipped rules are read off beforehand.

``models/literals.tsv`` has a line a language: the SHA-256 of its patterns, its name,
and their index as JSON. An index is looked up by the patterns alone, so that rules
that were changed since, or are somebody's own, are read as what they are.
``scanning/compiling.py`` writes the lines.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from privacyscan.knowledge.rules import RuleSet
from privacyscan.models import Language
from privacyscan.resources import MissingDataError, data_dir

if TYPE_CHECKING:
    from privacyscan.scanning.literals import Literals

FILE_NAME = "literals.tsv"


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


class NumberedPatterns(NamedTuple):
    """The distinct patterns of a language, whether rules look for them or make exceptions by them."""

    patterns: tuple[str, ...]
    # Under which rules, counted, and as which of their patterns the patterns with these numbers stand.
    owners: dict[int, list[tuple[int, int]]]
    # For each rule the numbers of its exceptions.
    exceptions: tuple[tuple[int, ...], ...]


def number_patterns(rules: RuleSet, language: Language) -> NumberedPatterns:
    """Return the patterns and exceptions of ``rules`` in one language, each once."""
    numbers: dict[str, int] = {}
    owners: dict[int, list[tuple[int, int]]] = {}
    exceptions = []
    for rank, rule in enumerate(rules.rules.values()):
        for place, pattern in enumerate(rule.patterns.get(language, ())):
            owners.setdefault(numbers.setdefault(pattern.match, len(numbers)), []).append((rank, place))
        excepted = rule.exceptions.get(language, ())
        exceptions.append(tuple(numbers.setdefault(pattern, len(numbers)) for pattern in excepted))
    return NumberedPatterns(tuple(numbers), owners, tuple(exceptions))


def literal_index(patterns: Sequence[str]) -> LiteralIndex:
    """Return the index of ``patterns``: the shipped one where these are the shipped patterns, else a fresh one."""
    known = digest(patterns).encode()
    for line in _shipped():
        if line.startswith(known):
            return msgspec.json.decode(line.split(b"\t", 2)[2], type=LiteralIndex)
    return index_patterns(patterns)


def index_patterns(patterns: Sequence[str]) -> LiteralIndex:
    """Return the literals of ``patterns``, which go by their place in the sequence."""
    # Imported here: those of the shipped rules were read beforehand.
    from privacyscan.scanning.literals import branches

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


def digest(patterns: Sequence[str]) -> str:
    """Return the SHA-256 by which the index of ``patterns`` is looked up."""
    return hashlib.sha256("\n".join(patterns).encode()).hexdigest()


def _shipped() -> list[bytes]:
    try:
        return (data_dir("models") / FILE_NAME).read_bytes().split(b"\n")
    except (MissingDataError, FileNotFoundError):
        return []
