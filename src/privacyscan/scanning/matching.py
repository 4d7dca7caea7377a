"""Clauses → rule matches: a ``re2.Set`` a rule says which patterns may fire, RE2 again says where."""

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
# A repeat with an upper bound, not preceded by a backslash.
_BOUNDED_REPEAT = re.compile(r"(?<!\\)\{(\d{1,3}),\d{1,3}\}")


class Matcher:
    """The patterns of one language, ready to run. Time is linear in the text, whatever a rule says."""

    def __init__(self, rules: RuleSet, language: Language) -> None:
        self._rules = rules
        self._language = language
        self._sets = [
            (rule.id, _prefilter(patterns))
            for rule in rules.rules.values()
            if (patterns := rule.patterns.get(language, ()))
        ]
        self._compiled: dict[tuple[str, int], Any] = {}

    def match(self, clauses: Sequence[Clause]) -> tuple[RuleMatch, ...]:
        """Return all matches in clause order; overlapping matches of one rule are merged into the longest."""
        return tuple(found for index, clause in enumerate(clauses) for found in self._match_clause(index, clause))

    def pattern(self, match: RuleMatch) -> Pattern:
        """Return the pattern that made ``match``."""
        return self._rules.rules[match.practice].patterns[self._language][match.pattern]

    def _match_clause(self, index: int, clause: Clause) -> Iterator[RuleMatch]:
        folded = fold(clause.text)
        # The sets take bytes; encoding once serves all of them.
        encoded = folded.encode()
        for practice, prefilter in self._sets:
            spans = [
                (found.start(), found.end(), number)
                for number in sorted(prefilter.Match(encoded) or ())
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


def _prefilter(patterns: Sequence[Pattern]) -> Any:
    """The set that says which of a rule's patterns may fire on a clause.

    One set a rule, not one for all: the automaton of a set remembers every
    pattern whose beginning it has seen, and hundreds of patterns with gaps
    make more combinations than it can keep (benchmarks/matching.py).
    """
    prefilter = re2.Set.SearchSet(options())
    for pattern in patterns:
        prefilter.Add(_loosened(pattern.match))
    prefilter.Compile()
    return prefilter


def _loosened(pattern: str) -> str:
    """Return a pattern that matches wherever ``pattern`` does, and compiles in a fraction of the time.

    RE2 writes out every copy of a bounded repeat, so "{0,80}" makes eighty; as
    "*" it is one. The set only says what may fire: the exact pattern decides.
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
