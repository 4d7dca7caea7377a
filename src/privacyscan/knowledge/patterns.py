"""RE2 patterns: compiling them, and telling an author what is wrong with one."""

from __future__ import annotations

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
        return re2.compile(pattern, options())
    except re2.error as error:
        reason = error.args[0] if error.args else "unknown"
        text = reason.decode("utf-8", errors="replace") if isinstance(reason, bytes) else str(reason)
        raise ValueError(f"RE2 can't compile it: {text}") from None


def compile_ascii(pattern: str) -> Any:
    """Return a compiled pattern of ASCII alone for texts of ASCII alone, as bytes.

    It finds what ``compile_pattern`` finds, by a smaller automaton: a letter is one byte.
    """
    chosen = options()
    chosen.encoding = re2.Options.Encoding.LATIN1
    return re2.compile(pattern.encode("ascii"), chosen)


class Alternation:
    """Several patterns as one, compiled when a text first calls for it: as bytes where all is ASCII, else as text."""

    def __init__(self, pattern: str) -> None:
        self._pattern = pattern
        self._ascii = pattern.isascii()

    def search(self, text: str) -> Any | None:
        """Return the first match in ``text``, if any."""
        return self._bytes.search(text.encode()) if self._ascii and text.isascii() else self._text.search(text)

    def fullmatch(self, text: str) -> Any | None:
        """Return the match of the whole of ``text``, if any."""
        return self._bytes.fullmatch(text.encode()) if self._ascii and text.isascii() else self._text.fullmatch(text)

    def finditer(self, text: str) -> Iterator[Any]:
        """Yield all matches in ``text``, from the left."""
        found = self._bytes.finditer(text.encode()) if self._ascii and text.isascii() else self._text.finditer(text)
        return cast("Iterator[Any]", found)

    @cached_property
    def _bytes(self) -> Any:
        return compile_ascii(self._pattern)

    @cached_property
    def _text(self) -> Any:
        return compile_pattern(self._pattern)


def compile_any(patterns: Iterable[str]) -> Alternation | None:
    """Return one alternation of ``patterns``, or ``None`` where there are none."""
    listed = [f"(?:{pattern})" for pattern in patterns]
    return Alternation("|".join(listed)) if listed else None


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
