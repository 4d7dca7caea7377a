"""How a clause is read: segments, governing verbs, negation, conditions.

English and Chinese put the negation before the verb, Korean after it; the two
readers below share everything else. All positions are offsets into the folded
clause text.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Any

from privacyscan.knowledge.lexicon import Frame, Lexicon
from privacyscan.knowledge.patterns import compile_any

Span = tuple[int, int]
# Filler for words that only look like negation; no pattern matches it.
_MASK = "\x1f"
# A negation further from its verb than this governs something else.
_MAX_NEGATION_GAP = 140
_MAX_DETERMINER_GAP = 80
_SUBJECT_WINDOW = 90


@dataclass(frozen=True)
class Governor:
    """The verb that states the action, and whether the user is the one who acts."""

    start: int
    end: int
    by_user: bool = False


class Grammar:
    """The compiled cue words of one language; ``read`` parses a clause."""

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

    def read(self, folded: str) -> Reading:
        """Return the reading of one folded clause."""
        return (NegationAfter if self.lexicon.negation_side == "after" else NegationBefore)(self, folded)

    def find(self, name: str, text: str) -> list[Span]:
        """Return all spans of one cue list in ``text``."""
        pattern = self.pattern(name)
        return [found.span() for found in pattern.finditer(text)] if pattern else []

    def answer(self, cell: str) -> bool | None:
        """Return True for a yes, False for a no, None where a cell holds no answer."""
        text = cell.strip()
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


class NegationBefore(Reading):
    """English and Chinese: the negation precedes its verb, the verb mostly its object."""

    def governor(self, frame: Frame, match: Span) -> tuple[Governor | None, bool]:
        """See ``Reading.governor``: the nearest verb before, or a passive right behind."""
        start, end = self.segment(match)
        saw_user = False
        behind = next((verb for verb in self.verbs(frame) if match[1] <= verb[0] < end), None)
        before = [verb for verb in self.verbs(frame) if start <= verb[0] and verb[1] <= match[0]]
        passive = self.grammar.pattern("passive")
        if behind and passive and passive.search(self.text[match[1] : behind[0]]):
            return Governor(*behind), False
        for verb in reversed(before):
            if not self._by_user(verb, start):
                return Governor(*verb), False
            if self._gives(verb):
                return Governor(*verb, by_user=True), False
            saw_user = True
        if behind and not saw_user and not self._by_user(behind, start):
            return Governor(*behind), False
        return None, saw_user

    def negation(self, governor: Governor, match: Span) -> Span | None:
        """See ``Reading.negation``."""
        if governor.by_user:
            return None
        start, _ = self.segment(match)
        blockers = self.grammar.pattern("negation_blockers")
        for cue in reversed(self.negations):
            if cue[0] < start or cue[0] >= max(governor.end, match[1]):
                continue
            if cue[1] <= governor.start:
                gap, limit = self.masked[cue[1] : governor.start], _MAX_NEGATION_GAP
            elif governor.start <= cue[0] and cue[1] <= governor.end:
                return cue
            elif governor.end <= cue[0] and cue[1] <= match[0] and self._is_determiner(cue):
                gap, limit = self.masked[cue[1] : match[0]], _MAX_DETERMINER_GAP
            else:
                continue
            if len(gap) <= limit and not (blockers and blockers.search(gap)):
                return cue
        return None

    def in_exception(self, match: Span) -> bool:
        """See ``Reading.in_exception``: an exception runs from its opener to the segment's end."""
        start, _ = self.segment(match)
        return any(cue[0] == start for cue in self._openers)

    def main_governor(self, frame: Frame, match: Span) -> Governor | None:
        """See ``Reading.main_governor``: the last verb before the exception, else the first after it."""
        start, end = self.segment(match)
        verbs = self.verbs(frame)
        before = [verb for verb in verbs if verb[1] <= start]
        after = [verb for verb in verbs if verb[0] >= end]
        chosen = before[-1] if before else after[0] if after else None
        return Governor(*chosen) if chosen else None

    def service_verb(self, frame: Frame) -> Governor | None:
        """See ``Reading.service_verb``."""
        own = (Governor(*verb) for verb in self.verbs(frame) if not self._by_user(verb, self.segment(verb)[0]))
        return next((verb for verb in own if self.is_core(frame, verb)), None)

    @cached_property
    def _openers(self) -> list[Span]:
        return self.cues("exception_openers")

    def _cut_points(self) -> Iterator[int]:
        for start, end in self.grammar.find("scope_breaks", self.masked):
            yield end if self.text[start:end].strip() in (";", "；", ".", "。") else start
        for start, _ in self._openers:
            yield start
            # "Except as the law requires, we do not …": the exception ends at its comma.
            comma = min((at for at in (self.text.find(",", start), self.text.find("，", start)) if at > 0), default=-1)
            if start < 4 and comma > 0:
                yield comma

    def _by_user(self, verb: Span, start: int) -> bool:
        pattern = self.grammar.pattern("user_subject")
        before = self.text[max(start, verb[0] - _SUBJECT_WINDOW) : verb[0]]
        return bool(pattern and pattern.search(before))

    def _gives(self, verb: Span) -> bool:
        pattern = self.grammar.pattern("user_gives")
        return bool(pattern and pattern.search(self.text[verb[0] : verb[1]]))

    def _is_determiner(self, cue: Span) -> bool:
        pattern = self.grammar.pattern("negation_determiners")
        return bool(pattern and pattern.search(self.text[cue[0] : cue[1]]))


class NegationAfter(Reading):
    """Korean: the verb closes its clause, and the negation hangs on the verb."""

    def governor(self, frame: Frame, match: Span) -> tuple[Governor | None, bool]:
        """See ``Reading.governor``: the first verb behind, else the last one before."""
        start, end = self.segment(match)
        if self._user_controls(match, start, end):
            return None, True
        verbs = self.verbs(frame)
        behind = [verb for verb in verbs if match[1] <= verb[0] < end]
        if behind:
            return Governor(*behind[0]), False
        before = [verb for verb in verbs if start <= verb[0] and verb[1] <= match[0]]
        if before:
            return Governor(*before[-1]), False
        # "A를 받으며, 이를 저장합니다": a segment without a verb leans on the next one.
        later = next((verb for verb in verbs if verb[0] >= end), None)
        return (Governor(*later) if later else None), False

    def negation(self, governor: Governor, match: Span) -> Span | None:
        """See ``Reading.negation``: nothing that modifies a later noun may stand between."""
        _, end = self.segment((max(governor.start, match[0]), governor.end))
        origin = max(governor.end, match[1])
        for cue in self.negations:
            if (governor.start, governor.end) == match and match[0] <= cue[0] and cue[1] <= match[1]:
                return cue
            if governor.start <= cue[0] and cue[0] < end and cue[1] > origin:
                # The cue may begin inside the verb's own ending; only what lies before it can part them.
                gap = self.masked[origin : cue[0]] if cue[0] > origin else ""
                stop = self.grammar.pattern("adnominal")
                if len(gap) <= _MAX_NEGATION_GAP and not (stop and stop.search(gap)):
                    return cue
        return None

    def in_exception(self, match: Span) -> bool:
        """See ``Reading.in_exception``: "…을 제외하고" closes the exception it follows."""
        _, end = self.segment(match)
        return any(cue[1] == end for cue in self._openers)

    def main_governor(self, frame: Frame, match: Span) -> Governor | None:
        """See ``Reading.main_governor``: the first verb after the exception."""
        _, end = self.segment(match)
        later = next((verb for verb in self.verbs(frame) if verb[0] >= end), None)
        return Governor(*later) if later else None

    def service_verb(self, frame: Frame) -> Governor | None:
        """See ``Reading.service_verb``."""
        own = (Governor(*verb) for verb in self.verbs(frame) if not self._user_controls(verb, *self.segment(verb)))
        return next((verb for verb in own if self.is_core(frame, verb)), None)

    @cached_property
    def _openers(self) -> list[Span]:
        return self.cues("exception_openers")

    def _cut_points(self) -> Iterator[int]:
        for start, end in self.grammar.find("scope_breaks", self.text):
            # A connective ends its segment; 다만 opens the next one.
            yield (
                start
                if self.text[start:end].strip(" .,") in ("다만", "단", "하지만", "그러나", "반면", "그렇지만")
                else end
            )
        for _, end in self._openers:
            yield end

    def _user_controls(self, match: Span, start: int, end: int) -> bool:
        subject, control = self.grammar.pattern("user_subject"), self.grammar.pattern("user_controls")
        if not subject or not control or not control.search(self.text[match[1] : end]):
            return False
        return bool(subject.search(self.text[start : match[0]])) or not self._service_named(start, match[0])

    def _service_named(self, start: int, end: int) -> bool:
        return any(word in self.text[start:end] for word in ("회사는", "회사가", "당사는", "저희는", "서비스는"))
