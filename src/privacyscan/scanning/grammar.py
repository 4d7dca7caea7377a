"""How a clause is read: segments, governing verbs, negation, conditions.

What all languages share stands here; where they differ, in ``word_order``. All
positions are offsets into the folded
clause text.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Any

from privacyscan.knowledge.lexicon import Frame, Lexicon
from privacyscan.knowledge.patterns import compile_any

Span = tuple[int, int]
# Filler for words that only look like negation; no pattern matches it.
_MASK = "\x1f"
# What may stand around the word of an answer cell.
_CELL_EDGES = " \t•*·-|.;"


@dataclass(frozen=True)
class Governor:
    """The verb that states the action, and whether the user is the one who acts."""

    start: int
    end: int
    by_user: bool = False


class Grammar:
    """The compiled cue words of one language."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        self._patterns: dict[str, Any] = {}

    def pattern(self, name: str) -> Any | None:
        """Return the alternation of one cue list of the lexicon, compiled once."""
        if name not in self._patterns:
            self._patterns[name] = compile_any(getattr(self.lexicon, name))
        return self._patterns[name]

    def core(self, frame: Frame) -> Any | None:
        """Return the verbs that state the frame's action by themselves, compiled once."""
        key = f"core:{frame}"
        if key not in self._patterns:
            self._patterns[key] = compile_any(self.lexicon.frames.get(frame, ())[:1])
        return self._patterns[key]

    def frame(self, frame: Frame) -> Any | None:
        """Return the alternation of one frame's verbs, compiled once."""
        key = f"frame:{frame}"
        if key not in self._patterns:
            self._patterns[key] = compile_any(self.lexicon.frames.get(frame, ()))
        return self._patterns[key]

    def find(self, name: str, text: str) -> list[Span]:
        """Return all spans of one cue list in ``text``."""
        pattern = self.pattern(name)
        return [found.span() for found in pattern.finditer(text)] if pattern else []

    def actions(self, header: str) -> set[Frame]:
        """Return the frames whose own verbs stand in a column header ("Collected", "Sold or shared")."""
        frames = self.lexicon.frames
        return {frame for frame in frames if (pattern := self.core(frame)) is not None and pattern.search(header)}

    def answer(self, cell: str) -> bool | None:
        """Return True for a yes, False for a no, None where a cell holds no answer."""
        text = cell.strip(_CELL_EDGES)
        for value, words in ((False, self.lexicon.answers.no), (True, self.lexicon.answers.yes)):
            key = f"answer:{value}"
            if key not in self._patterns:
                self._patterns[key] = compile_any(words)
            if self._patterns[key] is not None and self._patterns[key].fullmatch(text):
                return value
        return None


class Reading:
    """One clause, read; subclasses know on which side the negation stands."""

    def __init__(self, grammar: Grammar, text: str) -> None:
        self.grammar = grammar
        self.text = text

    def governor(self, frame: Frame, match: Span) -> tuple[Governor | None, bool]:
        """Return the verb that governs ``match``, and whether a user's own act was passed over."""
        raise NotImplementedError

    def negation(self, governor: Governor, match: Span) -> Span | None:
        """Return the negation that denies ``governor``, if any."""
        raise NotImplementedError

    def in_exception(self, match: Span) -> bool:
        """Return whether ``match`` stands in an exception to what the clause says."""
        raise NotImplementedError

    def main_governor(self, frame: Frame, match: Span) -> Governor | None:
        """Return the verb of the main clause that an exception belongs to."""
        raise NotImplementedError

    def service_verb(self, frame: Frame) -> Governor | None:
        """Return the first verb that states ``frame`` by itself and is not the user's, if any."""
        raise NotImplementedError

    def inner_verb(self, frame: Frame, match: Span) -> Governor | None:
        """Return a verb inside the matched words themselves ("tracking pixels"), if any."""
        inside = (verb for verb in self.verbs(frame) if match[0] <= verb[0] and verb[1] <= match[1])
        return next((Governor(*verb) for verb in inside), None)

    def verbs(self, frame: Frame) -> list[Span]:
        """Return all verbs of ``frame`` in the clause."""
        pattern = self.grammar.frame(frame)
        return [found.span() for found in pattern.finditer(self.text)] if pattern else []

    def is_core(self, frame: Frame, verb: Governor) -> bool:
        """Return whether ``verb`` states the frame's action by itself."""
        pattern = self.grammar.core(frame)
        return bool(pattern and pattern.search(self.text[verb.start : verb.end]))

    def cues(self, name: str) -> list[Span]:
        """Return all spans of one cue list in the clause."""
        return self.grammar.find(name, self.text)

    def without_consent(self) -> Span | None:
        """Return the "without your consent" of the clause, if any."""
        return next(iter(self.cues("without_consent")), None)

    def condition(self, match: Span) -> tuple[str, str] | None:
        """Return the reason code and the words of the consent or switch that ``match`` depends on, if any."""
        if self.cues("opt_out"):
            return None
        for name in ("consent", "feature"):
            # On the masked text: "unauthorised access" (未经授权访问) holds no consent.
            for cue in self.grammar.find(name, self.masked):
                if self._reaches(cue, match) and not self._one_of_several(cue):
                    return f"{name}_condition", self.text[cue[0] : cue[1]]
        return None

    def hedged(self, match: Span) -> bool:
        """Return whether the segment around ``match`` only says "may"."""
        start, end = self.segment(match)
        return any(start <= cue[0] < end for cue in self.cues("hedges"))

    def segment(self, match: Span) -> Span:
        """Return the stretch around ``match`` that no contrast or exception cuts."""
        for start, end in pairwise(self._cuts):
            if start <= match[0] < end:
                return start, end
        return 0, len(self.text)

    @cached_property
    def masked(self) -> str:
        """The clause with everything blanked that only looks like negation."""
        text = self.text
        for name in ("without_consent", "not_negation"):
            for start, end in self.grammar.find(name, text):
                text = text[:start] + _MASK * (end - start) + text[end:]
        return text

    @cached_property
    def negations(self) -> list[Span]:
        """All negation cues that are really negation."""
        return self.grammar.find("negation", self.masked)

    @cached_property
    def _cuts(self) -> list[int]:
        return sorted({0, len(self.text), *self._cut_points()})

    def _cut_points(self) -> Iterable[int]:
        raise NotImplementedError

    def _reaches(self, cue: Span, match: Span) -> bool:
        """A condition reaches what shares its segment, or what its exception belongs to."""
        segment = self.segment(match)
        if segment[0] <= cue[0] < segment[1]:
            between = self.text[cue[1] : match[0]] if cue[1] <= match[0] else self.text[match[1] : cue[0]]
            return cue[1] <= match[0] or not _starts_new_conjunct(between)
        start, end = self.segment(cue)
        return self.in_exception(cue) and (start == segment[1] or end == segment[0])

    def _one_of_several(self, cue: Span) -> bool:
        around = self.text[max(cue[0] - 8, 0) : cue[0]], self.text[cue[1] : cue[1] + 8]
        pattern = self.grammar.pattern("alternatives")
        return bool(pattern and any(pattern.search(part) for part in around))


def _starts_new_conjunct(between: str) -> bool:
    return any(mark in between for mark in (", and ", "; ", ". ", "，并", "；", "。"))
