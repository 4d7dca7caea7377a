"""Clauses → rule matches: a ``re2.Filter`` says which patterns may fire, RE2 again says where."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

import re2

from privacyscan.knowledge.patterns import compile_any, compile_pattern, options
from privacyscan.knowledge.rules import Pattern, RuleSet
from privacyscan.models import Clause, Language, RuleMatch
from privacyscan.scanning.folding import fold

# Stands for a rule's exceptions where others are numbered patterns.
_EXCEPTIONS = -1
# As many patterns share a filter at most; above some 700 RE2 can't hold the automaton of their literals.
_FILTER_SIZE = 400
# A repeat with an upper bound, not preceded by a backslash.
_BOUNDED_REPEAT = re.compile(r"(?<!\\)\{(\d{1,3}),\d{1,3}\}")


class Matcher:
    """The patterns of one language, ready to run. Time is linear in the text, whatever a rule says."""

    def __init__(self, rules: RuleSet, language: Language) -> None:
        self._rules = rules
        self._language = language
        self._compiled: dict[tuple[str, int], Any] = {}
        # The rules and numbers under which each distinct pattern stands.
        self._owners: dict[str, list[tuple[str, int]]] = {}
        for rule in rules.rules.values():
            for number, pattern in enumerate(rule.patterns.get(language, ())):
                self._owners.setdefault(pattern.match, []).append((rule.id, number))
        distinct = tuple(self._owners)
        self._filters = [
            pair
            for start in range(0, len(distinct), _FILTER_SIZE)
            for pair in _filters(distinct[start : start + _FILTER_SIZE])
        ]

    def match(self, clauses: Sequence[Clause]) -> tuple[RuleMatch, ...]:
        """Return all matches in clause order; overlapping matches of one rule are merged into the longest."""
        return tuple(found for index, clause in enumerate(clauses) for found in self._match_clause(index, clause))

    def pattern(self, match: RuleMatch) -> Pattern:
        """Return the pattern that made ``match``."""
        return self._rules.rules[match.practice].patterns[self._language][match.pattern]

    def _match_clause(self, index: int, clause: Clause) -> Iterator[RuleMatch]:
        folded = fold(clause.text)
        # The filters take bytes; encoding once serves all of them.
        encoded = folded.encode()
        nominated: dict[str, list[int]] = {}
        for prefilter, patterns in self._filters:
            for index_in_filter in prefilter.Match(encoded) or ():
                for practice, number in self._owners[patterns[index_in_filter]]:
                    nominated.setdefault(practice, []).append(number)
        for practice in (rule for rule in self._rules.rules if rule in nominated):
            spans = [
                (found.start(), found.end(), number)
                for number in sorted(nominated[practice])
                for found in self._exact(practice, number).finditer(folded)
                if found.end() > found.start()
            ]
            if not spans:
                continue
            excepted = [found.span() for found in self._exception(practice, folded)]
            for start, end, number in _widest(spans):
                yield RuleMatch(
                    practice=practice,
                    clause=index,
                    pattern=number,
                    start=clause.start + start,
                    end=clause.start + end,
                    excepted=any(start < stop and begin < end for begin, stop in excepted),
                )

    def _exact(self, practice: str, number: int) -> Any:
        if (practice, number) not in self._compiled:
            pattern = self._rules.rules[practice].patterns[self._language][number]
            self._compiled[practice, number] = compile_pattern(pattern.match)
        return self._compiled[practice, number]

    def _exception(self, practice: str, folded: str) -> Iterator[Any]:
        key = (practice, _EXCEPTIONS)
        if key not in self._compiled:
            self._compiled[key] = compile_any(self._rules.rules[practice].exceptions.get(self._language, ()))
        pattern = self._compiled[key]
        return pattern.finditer(folded) if pattern is not None else iter(())


def _filters(patterns: Sequence[str]) -> list[tuple[Any, Sequence[str]]]:
    """The filters that say which patterns may fire on a clause, each with its patterns.

    A filter looks for literals first, so that a clause costs what the patterns
    whose words it holds cost, not what all rules cost (benchmarks/matching.py).
    """
    prefilter = re2.Filter()
    for pattern in patterns:
        prefilter.Add(_loosened(pattern), options())
    try:
        prefilter.Compile()
    except re2.error:
        # Too many literals for one automaton: two smaller ones hold them.
        half = len(patterns) // 2
        return [*_filters(patterns[:half]), *_filters(patterns[half:])] if half else []
    return [(prefilter, patterns)]


def _loosened(pattern: str) -> str:
    """Return a pattern that matches wherever ``pattern`` does, and compiles in a fraction of the time.

    RE2 writes out every copy of a bounded repeat, so "{0,80}" makes eighty; as
    "*" it is one. The filter only says what may fire: the exact pattern decides.
    """
    return _BOUNDED_REPEAT.sub(
        lambda found: {"0": "*", "1": "+"}.get(found.group(1), f"{{{found.group(1)},}}"), pattern
    )


def _widest(spans: list[tuple[int, int, int]]) -> list[tuple[int, int, int]]:
    """Keep, of overlapping spans, the longest; the first pattern wins a tie."""
    kept: list[tuple[int, int, int]] = []
    for span in sorted(spans, key=lambda item: (item[0] - item[1], item[2], item[0])):
        if all(span[1] <= other[0] or span[0] >= other[1] for other in kept):
            kept.append(span)
    return sorted(kept)
