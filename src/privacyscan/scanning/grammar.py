"""The cue words of one language, compiled: verbs by the action they state, negation, conditions, hedges."""

from __future__ import annotations

from enum import StrEnum
from typing import Any, NamedTuple

from privacyscan.knowledge.lexicon import Frame, Lexicon
from privacyscan.knowledge.patterns import compile_any
from privacyscan.knowledge.rules import Rule

Span = tuple[int, int]
# A row, not a set: where several frames have a verb, the first one decides, in every process the same.
PASSING_ON: tuple[Frame, ...] = ("share", "disclose", "sell")
# What may stand around the word of an answer cell.
_CELL_EDGES = " \t•*·-|.;"


class Role(StrEnum):
    """What a verb does in its sentence."""

    MAIN = "main"
    # "cookies that identify you": describes a noun that another verb may govern.
    EMBEDDED = "embedded"
    # "the data we collect", "수집한 정보", "您提供的信息": takes for granted that it happens.
    PRESUPPOSED = "presupposed"
    # "includes", "포함", "包括": says of its object whatever was said of its subject.
    LINK = "link"


class Governor(NamedTuple):
    """The verb that states the action, its role, and whether the user is the one who acts."""

    start: int
    end: int
    by_user: bool = False
    role: Role = Role.MAIN


class Condition(NamedTuple):
    """A consent or a switch: its reason code, its words, and whether it is the only way ("only if", "unless")."""

    code: str
    words: str
    exclusive: bool
    start: int


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

    def announcing(self, frame: Frame) -> Any | None:
        """Return the verbs by which a heading says what stands below it: all but the frame's weakest, compiled once."""
        key = f"announcing:{frame}"
        if key not in self._patterns:
            verbs = self.lexicon.frames.get(frame, ())
            self._patterns[key] = compile_any(verbs[:-1] or verbs)
        return self._patterns[key]

    def frame(self, frame: Frame) -> Any | None:
        """Return the alternation of one frame's verbs, compiled once."""
        key = f"frame:{frame}"
        if key not in self._patterns:
            self._patterns[key] = compile_any(self.lexicon.frames.get(frame, ()))
        return self._patterns[key]

    def written(self, pattern: str) -> Any:
        """Return one pattern of a rule, compiled once."""
        key = f"written:{pattern}"
        if key not in self._patterns:
            self._patterns[key] = compile_any((pattern,))
        return self._patterns[key]

    def names(self, rule: Rule, text: str) -> bool:
        """Return whether ``text`` holds a word that the rule asks of nominated clauses, or it asks for none."""
        words = rule.names.get(self.lexicon.language, ())
        key = f"names:{rule.id}"
        if key not in self._patterns:
            self._patterns[key] = compile_any(words)
        return self._patterns[key] is None or self._patterns[key].search(text) is not None

    def find(self, name: str, text: str) -> list[Span]:
        """Return all spans of one cue list in ``text``."""
        pattern = self.pattern(name)
        return [found.span() for found in pattern.finditer(text)] if pattern else []

    def has(self, name: str, text: str) -> bool:
        """Return whether a cue of one list stands in ``text``."""
        pattern = self.pattern(name)
        return pattern is not None and pattern.search(text) is not None

    def actions(self, header: str) -> set[Frame]:
        """Return the frames whose own verbs stand in a column header ("Collected", "Sold or shared")."""
        frames = self.lexicon.frames
        return {frame for frame in frames if (pattern := self.core(frame)) is not None and pattern.search(header)}

    def denies(self, heading: str, frame: Frame, words: str) -> bool:
        """Return whether a denying heading speaks of ``frame``: "What we don't share" denies no collecting.

        A wording without a frame (``words``) is denied where it holds the heading's verb.
        """
        if self.find("general_denials", heading):
            return True
        if frame == "none":
            return heading.rsplit(maxsplit=1)[-1].casefold() in words.casefold()
        verbs = self.frame(frame)
        passing_on = any((core := self.core(other)) and core.search(heading) for other in PASSING_ON)
        return bool(verbs and verbs.search(heading)) and not (frame == "collect" and passing_on)

    def denies_all(self, denial: str, frame: Frame) -> bool:
        """Return whether a denial over a list takes in ``frame``: "We do not sell:" says nothing of collecting."""
        if frame != "collect":
            return True
        passing_on = any((core := self.core(other)) and core.search(denial) for other in PASSING_ON)
        collects = self.core("collect")
        return not passing_on or bool(collects and collects.search(denial))

    def restricts(self, condition: str) -> bool:
        """Return whether the words of a condition make it the only way ("unless", "only if")."""
        return self.has("restrictive", condition)

    def explicit(self, condition: str) -> bool:
        """Return whether a condition asks for consent in so many words, and not only that the user acts."""
        return self.has("explicit_consent", condition)

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
