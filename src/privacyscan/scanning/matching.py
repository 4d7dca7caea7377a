"""Clauses → rule matches: one ``re2.Set`` a language says which patterns fire, RE2 again says where."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import Any

import re2

from privacyscan.knowledge.patterns import compile_any, compile_pattern, options
from privacyscan.knowledge.rules import Pattern, RuleSet
from privacyscan.models import Clause, Language, RuleMatch
from privacyscan.scanning.folding import fold

# A repeat with an upper bound, not preceded by a backslash.
_BOUNDED_REPEAT = re.compile(r"(?<!\\)\{(\d{1,3}),\d{1,3}\}")


class Matcher:
    """The patterns of one language, ready to run. Time is linear in the text, whatever a rule says."""

    def __init__(self, rules: RuleSet, language: Language) -> None:
        self._rules = rules
        self._language = language
        self._entries: list[tuple[str, int, Pattern]] = [
            (rule.id, index, pattern)
            for rule in rules.rules.values()
            for index, pattern in enumerate(rule.patterns.get(language, ()))
        ]
        self._set = re2.Set.SearchSet(options())
        for _, _, pattern in self._entries:
            self._set.Add(_loosened(pattern.match))
        if self._entries:
            self._set.Compile()
        self._compiled: dict[int, Any] = {}

    def match(self, clauses: Sequence[Clause]) -> tuple[RuleMatch, ...]:
        """Return all matches in clause order; overlapping matches of one rule are merged into the longest."""
        return tuple(found for index, clause in enumerate(clauses) for found in self._match_clause(index, clause))

    def pattern(self, match: RuleMatch) -> Pattern:
        """Return the pattern that made ``match``."""
        return self._rules.rules[match.practice].patterns[self._language][match.pattern]

    @cached_property
    def _exceptions(self) -> dict[str, Any]:
        compiled = {
            rule.id: compile_any(rule.exceptions.get(self._language, ())) for rule in self._rules.rules.values()
        }
        return {practice: pattern for practice, pattern in compiled.items() if pattern is not None}

    def _match_clause(self, index: int, clause: Clause) -> Iterator[RuleMatch]:
        folded = fold(clause.text)
        if not self._entries:
            return
        by_practice: dict[str, list[tuple[int, int, int]]] = {}
        for entry in sorted(self._set.Match(folded) or ()):
            practice, number, pattern = self._entries[entry]
            if entry not in self._compiled:
                self._compiled[entry] = compile_pattern(pattern.match)
            for found in self._compiled[entry].finditer(folded):
                if found.end() > found.start():
                    by_practice.setdefault(practice, []).append((found.start(), found.end(), number))
        for practice, spans in by_practice.items():
            excepted = (
                [found.span() for found in self._exceptions[practice].finditer(folded)]
                if practice in self._exceptions
                else []
            )
            for start, end, number in _widest(spans):
                yield RuleMatch(
                    practice=practice,
                    clause=index,
                    pattern=number,
                    start=clause.start + start,
                    end=clause.start + end,
                    excepted=any(start < stop and begin < end for begin, stop in excepted),
                )


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
