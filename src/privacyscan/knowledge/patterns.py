"""RE2 patterns: compiling them, and telling an author what is wrong with one."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import Any, cast

import re2

# RE2's shorthands are ASCII only; next to these letters they silently never match.
_CJK_RANGES = (
    (0x1100, 0x11FF),
    (0x3040, 0x30FF),
    (0x3130, 0x318F),
    (0x3400, 0x4DBF),
    (0x4E00, 0x9FFF),
    (0xAC00, 0xD7A3),
)
_ASCII_ONLY = ("\\b", "\\w", "\\d", "\\B", "\\W", "\\D")


# What RE2 may keep, for each pattern, of the automaton it learns from texts. More makes no scan faster, but lets a
# process that reads many policies grow without need: 0.6 GB after 227 of them, against 1.5 GB with 512 MB each.
_MAX_MEMORY = 4 * 1024 * 1024

# Letters beyond ASCII that RE2 takes for s and k when it disregards case; no other stands for one of ASCII.
TAKEN_FOR_ASCII = "ſ\u212a"
_BEYOND_ASCII = re.compile(r"[^\x00-\x7f]")
_NAMED_LETTERS = re.compile(r"\\[pPxC]")
# Repeats that may be shorter than this keep their bounds: few copies cost little, and matches are often longer.
_LEAST_LOOSENED = 16
_BOUND = re.compile(r",(\d+)\}")
# Letters that are not repeated; an atom that matches one letter, and its bounded repeat; a class; an escaped letter.
_CLASS = r"\[\^?\]?(?:\\.|\[:\w+:\]|[^\]\\])*\]"
_REPEATED = re.compile(rf"[^\\()\[{{]+(?!\{{)|({_CLASS}|\\.|[^\\()\[])\{{(\d+),(\d+)\}}|{_CLASS}|\\.", re.DOTALL)


# What ``re2.compile`` makes; it would copy the options one by one, and keep the pattern in a cache of its own.
_COMPILED = type(re2.compile(""))


def options() -> Any:
    """Return the RE2 options of every pattern here: no regard to case, no log output, bounded memory."""
    chosen = re2.Options()
    chosen.max_mem = _MAX_MEMORY
    chosen.case_sensitive = False
    chosen.log_errors = False
    return chosen


def compile_pattern(pattern: str) -> Any:
    """Return the compiled pattern. Raises ``ValueError`` with RE2's reason."""
    try:
        return _COMPILED(pattern, options())
    except re2.error as error:
        reason = error.args[0] if error.args else "unknown"
        text = reason.decode("utf-8", errors="replace") if isinstance(reason, bytes) else str(reason)
        raise ValueError(f"RE2 can't compile it: {text}") from None


def compile_ascii(pattern: str) -> Any:
    """Return a compiled pattern of ASCII alone for texts as bytes, one a letter.

    It finds what ``compile_pattern`` finds, by a smaller automaton.
    """
    chosen = options()
    chosen.encoding = re2.Options.Encoding.LATIN1
    return _COMPILED(pattern.encode("ascii"), chosen)


class Finder:
    """One pattern, ready to search: compiled when a text first calls for it, and each time as small as may be.

    RE2 writes out every copy of a bounded repeat, and for every copy all ways to write a letter beyond ASCII in
    bytes. So a pattern of ASCII alone searches bytes, one a letter. And a text is first searched without the larger
    bounds of repeats: where nothing is found so, the pattern finds nothing, and where no match is longer than the
    least of these bounds, it finds the same. Only else is the pattern compiled as it is written.
    """

    def __init__(self, pattern: str) -> None:
        self._pattern = pattern
        # What names letters by their class or number may tell one letter beyond ASCII from another.
        self._ascii = pattern.isascii() and not _NAMED_LETTERS.search(pattern)
        self._compiled: dict[tuple[bool, bool], Any] = {}

    def search(self, text: str, place: int = 0) -> Any | None:
        """Return the first match in ``text`` that begins at ``place`` or behind it, if any."""
        searched = self._searched(text)
        found = self._form(searched, loose=True).search(searched, place)
        return found if self._as_written(found) else self._form(searched, loose=False).search(searched, place)

    def fullmatch(self, text: str) -> Any | None:
        """Return the match of the whole of ``text``, if any."""
        searched = self._searched(text)
        found = self._form(searched, loose=True).fullmatch(searched)
        return found if self._as_written(found) else self._form(searched, loose=False).fullmatch(searched)

    def finditer(self, text: str) -> Iterator[Any]:
        """Yield all matches in ``text``, from the left."""
        searched = self._searched(text)
        found = list(self._form(searched, loose=True).finditer(searched))
        if all(map(self._as_written, found)):
            return iter(found)
        return cast("Iterator[Any]", self._form(searched, loose=False).finditer(searched))

    def _searched(self, text: str) -> str | bytes:
        if not self._ascii:
            return text
        if text.isascii():
            return text.encode()
        if any(letter in text for letter in TAKEN_FOR_ASCII):
            return text
        return _BEYOND_ASCII.sub("\x80", text).encode("latin-1")

    def _form(self, searched: str | bytes, *, loose: bool) -> Any:
        key = isinstance(searched, bytes), loose
        if key not in self._compiled:
            pattern = self._loosened[0] if loose else self._pattern
            self._compiled[key] = (compile_ascii if isinstance(searched, bytes) else compile_pattern)(pattern)
        return self._compiled[key]

    def _as_written(self, found: Any | None) -> bool:
        """Whether the pattern itself finds what was found without its bounds."""
        return found is None or found.end() - found.start() <= self._loosened[1]

    @cached_property
    def _loosened(self) -> tuple[str, float]:
        return loosened(self._pattern)


def loosened(pattern: str) -> tuple[str, float]:
    """Return ``pattern`` without the larger bounds of its repeats, and the least bound that is gone."""
    # What stands between \Q and \E is no pattern.
    if "\\Q" in pattern or all(int(bound) < _LEAST_LOOSENED for bound in _BOUND.findall(pattern)):
        return pattern, math.inf
    gone = []

    def replaced(found: re.Match[str]) -> str:
        atom, least, most = found.groups()
        if atom is None or int(most) < _LEAST_LOOSENED:
            return found.group()
        gone.append(int(most))
        return f"{atom}{{{least},}}"

    return _REPEATED.sub(replaced, pattern), min(gone, default=math.inf)


def compile_any(patterns: Iterable[str]) -> Finder | None:
    """Return one alternation of ``patterns``, or ``None`` where there are none."""
    listed = [f"(?:{pattern})" for pattern in patterns]
    return Finder("|".join(listed)) if listed else None


def misused_shorthand(pattern: str) -> str | None:
    """Return the ASCII-only shorthand that stands beside Hangul, Kana or Han, if any."""
    for index in range(len(pattern) - 1):
        shorthand = pattern[index : index + 2]
        if shorthand in _ASCII_ONLY:
            before = pattern[index - 1] if index else ""
            after = pattern[index + 2 : index + 3]
            if any(char and _is_cjk(char) for char in (before, after)):
                return shorthand
    return None


def _is_cjk(char: str) -> bool:
    return any(low <= ord(char) <= high for low, high in _CJK_RANGES)
