"""Patterns by number, found where they stand in a text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from privacyscan.knowledge.patterns import Finder


class ExactPatterns:
    """The patterns of a sequence, to be found in texts by their place in it."""

    def __init__(self, patterns: Sequence[str]) -> None:
        self._finders = [Finder(pattern) for pattern in patterns]

    def find(self, number: int, text: str) -> Iterator[tuple[int, int]]:
        """Yield the spans where a pattern matches ``text`` and holds some of it."""
        return (found.span() for found in self._finders[number].finditer(text) if found.end() > found.start())

    def find_any(self, numbers: Sequence[int], text: str) -> Iterator[tuple[int, int]]:
        """Yield the spans, none empty, that one alternation of several patterns would find in ``text``.

        Each is looked for on its own, so that none is compiled for the others'
        sake: from where the last span ended, the leftmost match counts, and of
        two the pattern listed first.
        """
        finders = [self._finders[number] for number in numbers]
        upcoming = [finder.search(text) for finder in finders]
        place = 0
        while place <= len(text):
            for index, finder in enumerate(finders):
                found = upcoming[index]
                if found is not None and found.start() < place:
                    upcoming[index] = finder.search(text, place)
            spans = [found.span() for found in upcoming if found is not None]
            if not spans:
                return
            start, end = min(spans, key=lambda span: span[0])
            if end > start:
                yield start, end
            place = max(end, start + 1)
