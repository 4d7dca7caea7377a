"""Clauses → rule matches: literals say which patterns may fire (``prefilter``), RE2 says where they do."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from itertools import groupby

from privacyscan.knowledge.rules import Pattern, RuleSet
from privacyscan.models import Clause, Language, RuleMatch, State
from privacyscan.scanning.exact import ExactPatterns
from privacyscan.scanning.folding import fold
from privacyscan.scanning.indexing import literal_index, number_patterns
from privacyscan.scanning.prefilter import Prefilter

_ADDRESS = re.compile(r"\bhttps?://[^\s)\]>]+")
# Where a match begins and ends, and which of its rule's patterns made it.
Place = tuple[int, int, int]


class Matcher:
    """The patterns of one language, ready to run. Time is linear in the text, whatever a rule says."""

    def __init__(self, rules: RuleSet, language: Language) -> None:
        self._rules = rules
        self._language = language
        self._practices = tuple(rules.rules)
        self._numbered = number_patterns(rules, language)
        self._prefilter = Prefilter(literal_index(self._numbered.patterns))
        self._exact = ExactPatterns(self._numbered.patterns)

    def match(self, clauses: Sequence[Clause]) -> tuple[RuleMatch, ...]:
        """Return all matches in clause order; overlapping matches of one rule are merged into the longest.

        Where a rule names a state that prevails, a wording that states it is
        kept before a longer one: "we may change this policy and will e-mail you".
        """
        texts = [fold(clause.text) for clause in clauses]
        return tuple(
            match
            for index, nominated in enumerate(self._prefilter.nominate(texts))
            for match in self._match_clause(index, clauses[index], texts[index], nominated)
        )

    def excepted(self, practice: str, folded: str) -> list[tuple[int, int]]:
        """Return the spans of a folded text that the exceptions of a rule set aside, in order."""
        nominated = next(iter(self._prefilter.nominate([folded])))
        exceptions = self._numbered.exceptions[self._practices.index(practice)]
        return list(self._exact.find_any([number for number in exceptions if number in nominated], folded))

    def pattern(self, match: RuleMatch) -> Pattern:
        """Return the pattern that made ``match``."""
        return self._rules.rules[match.practice].patterns[self._language][match.pattern]

    def _match_clause(self, index: int, clause: Clause, folded: str, nominated: set[int]) -> Iterator[RuleMatch]:
        # "Opt out: https://news.example/help/tailored-ads" is where something is said, not what is said.
        addresses = [found.span() for found in _ADDRESS.finditer(folded)] if "://" in folded else []
        owned = sorted((*owner, number) for number in nominated for owner in self._numbered.owners.get(number, ()))
        for rank, listed in groupby(owned, key=lambda item: item[0]):
            # A space at its head may belong to the segment before: "…, and we …".
            spans = [
                (end - len(folded[start:end].lstrip()), end, place)
                for _, place, number in listed
                for start, end in self._exact.find(number, folded)
                if not any(first < start and end <= last for first, last in addresses)
            ]
            if not spans:
                continue
            # Exceptions are only compiled for a clause that a match and their own literals stand in.
            exceptions = [number for number in self._numbered.exceptions[rank] if number in nominated]
            excepted = list(self._exact.find_any(exceptions, folded))
            aside = {span for span in spans if any(span[0] < stop and begin < span[1] for begin, stop in excepted)}
            practice = self._practices[rank]
            for start, end, place in _widest(spans, self._prevailing(practice), aside, self._placed(practice)):
                yield RuleMatch(
                    practice=self._practices[rank],
                    clause=index,
                    pattern=place,
                    start=clause.start + start,
                    end=clause.start + end,
                    excepted=(start, end, place) in aside,
                )

    def _prevailing(self, practice: str) -> frozenset[int]:
        """The places of the patterns of a rule that state what prevails in it."""
        rule = self._rules.rules[practice]
        if rule.prevails is State.AFFIRMED:
            return frozenset()
        patterns = enumerate(rule.patterns[self._language])
        return frozenset(place for place, pattern in patterns if pattern.state is rule.prevails)

    def _placed(self, practice: str) -> frozenset[int]:
        """The places of the patterns of a rule that count only under a head or behind a sentence."""
        patterns = enumerate(self._rules.rules[practice].patterns[self._language])
        return frozenset(place for place, pattern in patterns if pattern.under or pattern.after)


def _widest(
    spans: list[Place], prevailing: frozenset[int], aside: Collection[Place], placed: frozenset[int] = frozenset()
) -> list[Place]:
    """Keep, of overlapping spans, a prevailing one, else one that no exception sets ``aside``, else the longest.

    The first pattern wins a tie. What counts only in its place (``placed``) is kept beside all others: whether it
    stands there is not known yet. "We will notify you of changes" stands, whatever else of the sentence is about the
    date at its top; and what is not entrusted is not, whatever is said of entrusting it one day.
    """
    kept: list[Place] = []

    def rank(span: Place) -> tuple[bool, bool, int, int, int]:
        start, end, place = span
        prevails = place in prevailing
        return not prevails, span in aside, start - end, place, start

    for span in sorted(spans, key=rank):
        rivals = () if span[2] in placed else (other for other in kept if other[2] not in placed)
        if all(span[1] <= other[0] or span[0] >= other[1] for other in rivals):
            kept.append(span)
    return sorted(kept)
