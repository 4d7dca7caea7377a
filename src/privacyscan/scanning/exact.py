"""Patterns by number, compiled when a text first calls for one, each time as small as the text allows.

RE2 writes out every copy of a bounded repeat, and for every copy all ways to write a
letter beyond ASCII in bytes. So a text of ASCII alone is searched as bytes, and in a
text shorter than a repeat may be long the repeat needs no bound: both find the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from privacyscan.knowledge.patterns import compile_ascii, compile_pattern

# Most clauses are shorter than the first; the last bounds are those of repeats that cost the most.
_SHORTER_THAN = (100, 300)
# An atom, and the bounded repeat behind it where it has one. Only one that matches a single letter loses its bound.
_ATOM = re.compile(r"(\[\^?\]?(?:\\.|\[:\w+:\]|[^\]\\])*\]|\\[^pPQ]|[^\\()])(?:\{(\d+),(\d+)\})?", re.DOTALL)
_BOUND = re.compile(r",(\d+)\}")


class ExactPatterns:
    """The patterns of a sequence, to be found in texts by their place in it."""

    def __init__(self, patterns: Sequence[str]) -> None:
        self._patterns = patterns
        # Each pattern as texts of some length need it, and what was compiled of these.
        self._worded: dict[tuple[int, int], str] = {}
        self._compiled: dict[tuple[str, bool], Any] = {}

    def find(self, number: int, text: str) -> Iterator[tuple[int, int]]:
        """Yield the spans where a pattern matches ``text`` and holds some of it."""
        pattern, searched = self._for(number, text)
        return (found.span() for found in pattern.finditer(searched) if found.end() > found.start())

    def find_any(self, numbers: Sequence[int], text: str) -> Iterator[tuple[int, int]]:
        """Yield the spans, none empty, that one alternation of several patterns would find in ``text``.

        Each is looked for on its own, so that none is compiled for the others'
        sake: from where the last span ended, the leftmost match counts, and of
        two the pattern listed first.
        """
        chosen = [self._for(number, text) for number in numbers]
        upcoming = [pattern.search(searched) for pattern, searched in chosen]
        place = 0
        while place <= len(text):
            for index, (pattern, searched) in enumerate(chosen):
                found = upcoming[index]
                if found is not None and found.start() < place:
                    upcoming[index] = pattern.search(searched, place)
            spans = [found.span() for found in upcoming if found is not None]
            if not spans:
                return
            start, end = min(spans, key=lambda span: span[0])
            if end > start:
                yield start, end
            place = max(end, start + 1)

    def _for(self, number: int, text: str) -> tuple[Any, str | bytes]:
        """Return a pattern compiled for texts like ``text``, and the text as it searches it."""
        length = next((limit for limit in _SHORTER_THAN if len(text) < limit), 0)
        if (number, length) not in self._worded:
            self._worded[number, length] = unbounded(self._patterns[number], length)
        pattern = self._worded[number, length]
        ascii_only = text.isascii() and pattern.isascii()
        if (pattern, ascii_only) not in self._compiled:
            self._compiled[pattern, ascii_only] = (compile_ascii if ascii_only else compile_pattern)(pattern)
        return self._compiled[pattern, ascii_only], text.encode() if ascii_only else text


def unbounded(pattern: str, length: int) -> str:
    """Return ``pattern`` without the bounds that no text shorter than ``length`` reaches; 0 keeps all."""
    # What stands between \Q and \E is no pattern.
    if not length or "\\Q" in pattern or all(int(bound) < length for bound in _BOUND.findall(pattern)):
        return pattern

    def replaced(found: re.Match[str]) -> str:
        atom, least, most = found.groups()
        return f"{atom}{{{least},}}" if most and int(most) >= length else found.group()

    return _ATOM.sub(replaced, pattern)
