"""Findings → values: the countries, periods, recipients, authorities and ages that their quotes name."""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from functools import cached_property
from typing import Any, NamedTuple

import re2

from privacyscan.knowledge.patterns import compile_any, compile_pattern, options
from privacyscan.knowledge.rules import RuleSet
from privacyscan.knowledge.values import ADJECTIVE_SIGN, VALUE_SIGN, Value, ValueTable
from privacyscan.models import BlockKind, Document, ExtractedValue, Finding, Language, State, ValueKind
from privacyscan.scanning.folding import fold

# Finds the spans that the exceptions of a rule, by its practice, set aside in a folded text.
Excepted = Callable[[str, str], Sequence[tuple[int, int]]]
_TAKEN_FROM = (State.AFFIRMED, State.CONDITIONAL)


class Extractor:
    """The value tables of one language, ready to read with."""

    def __init__(self, rules: RuleSet, language: Language, excepted: Excepted) -> None:
        """Prepare to read; ``excepted`` finds what the exceptions of a rule set aside in a folded text."""
        self._rules = rules
        self._excepted = excepted
        # Korean and Chinese policies write names and periods in English too.
        self._languages: tuple[Language, ...] = ("en",) if language == "en" else (language, "en")
        self._readers: dict[ValueKind, _Reader] = {}

    def extract(self, document: Document, findings: Sequence[Finding]) -> tuple[ExtractedValue, ...]:
        """Return what the quotes of ``findings`` name, by kind, then in document order.

        Only an affirmed or a conditional finding gives a value; a value that
        several findings of a practice give is kept with its first place.
        """
        kept: dict[tuple[ValueKind, str, str], ExtractedValue] = {}
        for found in self._values(document, findings):
            key = found.kind, found.value, found.practice
            if key not in kept or (found.start, found.end) < (kept[key].start, kept[key].end):
                kept[key] = found
        order = list(ValueKind)
        return tuple(
            sorted(kept.values(), key=lambda item: (order.index(item.kind), item.start, item.end, item.practice))
        )

    def _values(self, document: Document, findings: Sequence[Finding]) -> Iterator[ExtractedValue]:
        starts = [block.start for block in document.blocks]
        for table in self._rules.values.values():
            for finding in findings:
                if finding.state not in _TAKEN_FROM or finding.practice not in table.practices:
                    continue
                for start, end in _stretches(document, starts, finding, whole_row=bool(table.counts)):
                    yield from self._read(document, table, finding, start, end)

    def _read(
        self, document: Document, table: ValueTable, finding: Finding, start: int, end: int
    ) -> Iterator[ExtractedValue]:
        folded = fold(document.text[start:end])
        mentions = [
            mention
            for mention in self._reader(table).read(folded)
            if not mention.value.practices or finding.practice in mention.value.practices
        ]
        # What a rule's exceptions set aside (another law's period, an office's address) is no value either.
        aside = self._excepted(finding.practice, folded) if mentions else []
        for mention in mentions:
            if any(mention.start < stop and begin < mention.end for begin, stop in aside):
                continue
            first, last = start + mention.start, start + mention.end
            yield ExtractedValue(
                kind=table.kind,
                value=mention.value.id if mention.amount is None else str(mention.amount),
                amount=mention.amount,
                practice=finding.practice,
                finding=finding.id,
                quote=document.text[first:last],
                start=first,
                end=last,
                section=finding.section,
            )

    def _reader(self, table: ValueTable) -> _Reader:
        if table.kind not in self._readers:
            self._readers[table.kind] = _Reader(table, self._languages)
        return self._readers[table.kind]


class _Mention(NamedTuple):
    """A value where a text names it; ``adjective`` where it does so by "German", not by "Germany"."""

    value: Value
    amount: int | None
    start: int
    end: int
    adjective: bool


class _Wording(NamedTuple):
    """One way to write one value."""

    value: Value
    language: Language
    pattern: str
    adjective: bool


class _Reader:
    """The patterns of one table."""

    def __init__(self, table: ValueTable, languages: Sequence[Language]) -> None:
        self._table = table
        self._wordings = [
            _Wording(value, language, _with_number(pattern, table.number(language)), adjective)
            for value in table.values
            for language in languages
            for adjective, patterns in ((False, value.patterns), (True, value.adjectives))
            for pattern in patterns.get(language, ())
        ]
        self._prefilter = re2.Set.SearchSet(options())
        for wording in self._wordings:
            self._prefilter.Add(wording.pattern)
        self._prefilter.Compile()
        self._compiled: dict[int, Any] = {}
        self._languages = languages
        self._exceptions = [
            (language, pattern) for language in languages for pattern in table.exceptions.get(language, ())
        ]

    # What stands around values is compiled with the first text that names one.

    @cached_property
    def _set_aside(self) -> Any | None:
        return compile_any(pattern for _, pattern in self._exceptions if "{values}" not in pattern)

    @cached_property
    def _never(self) -> Any | None:
        patterns = [self._table.context(pattern, code) for code, pattern in self._exceptions if "{values}" in pattern]
        return compile_any(patterns)

    @cached_property
    def _counts(self) -> Any | None:
        counts = [(code, pattern) for code in self._languages for pattern in self._table.counts.get(code, ())]
        return compile_any(self._table.context(pattern, code) for code, pattern in counts)

    def read(self, text: str) -> list[_Mention]:
        """Return the values that the folded ``text`` names, in order."""
        mentions = self._mentions(text)
        if not mentions:
            return []
        aside = [found.span() for found in self._set_aside.finditer(text)] if self._set_aside else []
        signs, places = _signed(text, mentions)
        never = [found.span() for found in self._never.finditer(signs)] if self._never else []
        counted = [found.span() for found in self._counts.finditer(signs)] if self._counts else [(0, len(signs))]
        return [
            mention
            for mention, place in zip(mentions, places, strict=True)
            if any(begin <= place < stop for begin, stop in counted)
            and not any(begin <= place < stop for begin, stop in never)
            and not any(mention.start < stop and begin < mention.end for begin, stop in aside)
            and self._believed(mention.amount)
        ]

    def _mentions(self, text: str) -> list[_Mention]:
        """Every value in ``text``; of overlapping ones the longest: "Hong Kong, China" is not China."""
        found = [
            _Mention(wording.value, self._amount(wording, match), match.start(), match.end(), wording.adjective)
            for number in sorted(self._prefilter.Match(text.encode()) or ())
            for wording in [self._wordings[number]]
            for match in self._exact(number).finditer(text)
        ]
        kept: list[_Mention] = []
        for mention in sorted(found, key=lambda item: (item.start - item.end, item.start)):
            if all(mention.end <= other.start or mention.start >= other.end for other in kept):
                kept.append(mention)
        return sorted(kept, key=lambda item: item.start)

    def _exact(self, number: int) -> Any:
        if number not in self._compiled:
            self._compiled[number] = compile_pattern(self._wordings[number].pattern)
        return self._compiled[number]

    def _amount(self, wording: _Wording, match: Any) -> int | None:
        if self._table.between is None:
            return None
        written = match.groupdict().get("number")
        count = 1 if written is None else self._number(written, wording.language)
        # Rounded first, so that 24 hours, a fraction of a day each, are one day and not two.
        return math.ceil(round(count * wording.value.times, 3)) + wording.value.plus

    def _number(self, written: str, language: Language) -> int:
        return int(written) if written.isdecimal() else self._table.numbers[language][written.casefold()]

    def _believed(self, amount: int | None) -> bool:
        if amount is None or self._table.between is None:
            return True
        least, most = self._table.between
        return least <= amount <= most


def _with_number(pattern: str, number: str) -> str:
    """Fill in the number; the last of several is the amount, where the pattern does not mark it itself."""
    if "(?P<number>" not in pattern:
        before, placeholder, after = pattern.rpartition("{number}")
        pattern = before + (f"(?P<number>{number})" if placeholder else "") + after
    return pattern.replace("{number}", number)


def _signed(text: str, mentions: Sequence[_Mention]) -> tuple[str, list[int]]:
    """Return ``text`` with every mention cut down to one sign, and the places of the signs."""
    parts, places, end, length = [], [], 0, 0
    for mention in mentions:
        between = text[end : mention.start]
        places.append(length + len(between))
        parts += [between, ADJECTIVE_SIGN if mention.adjective else VALUE_SIGN]
        length += len(between) + 1
        end = mention.end
    return "".join([*parts, text[end:]]), places


def _stretches(
    document: Document, starts: Sequence[int], finding: Finding, *, whole_row: bool
) -> Iterator[tuple[int, int]]:
    """The stretches of a quote to read: all of it, or in a table row the matched cell alone.

    A value with a place of its own in a table (a country's column) is looked for in every cell.
    """
    index = bisect_right(starts, finding.start) - 1
    block = document.blocks[index] if index >= 0 else None
    if block is None or block.kind is not BlockKind.TABLE_ROW:
        yield finding.start, finding.end
        return
    cells = [
        (max(cell.start, finding.start), min(cell.end, finding.end))
        for cell in block.cells
        if cell.start < finding.end and finding.start < cell.end
    ]
    matched = [(start, end) for start, end in cells if start <= finding.match_start < end]
    yield from cells if whole_row else matched or cells
