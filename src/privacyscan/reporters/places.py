"""Finds the place of a quote in the file it is from: the report's text is that file without its markup."""

from __future__ import annotations

import html
import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from privacyscan.models import ReportDocument

# What a reader of the file leaves out or changes: tags, link targets, images, marks of Markdown, white space,
# control characters and what parsers put for them, characters that print nothing. Every repeat is bounded
# and stops at its own opener, so that no file takes more than linear time.
_LEFT_OUT = (
    r"<!--[^<>]{0,2000}-->"
    r"|</?[A-Za-z][A-Za-z0-9-]{0,30}(?:\s[^<>]{0,2000})?/?>"
    r"|!\[[^\[\]]{0,500}\]\([^()]{0,2000}\)"
    r"|\]\([^()]{0,2000}\)|\]\[[^\[\]]{0,500}\]"
    r"|[\s\\`*_\[\]<>#|~\x00-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufffd\U000e0000-\U000e007f]"
)
_MARKS = "\\`*_[]<>#|~"
_TOKEN = re.compile(rf"(?P<entity>&(?:#[0-9]{{1,7}}|#[xX][0-9a-fA-F]{{1,6}}|[A-Za-z][A-Za-z0-9]{{1,31}});)|{_LEFT_OUT}")
_HIDDEN = re.compile(r"<(?:script|style)\b", re.IGNORECASE)
_HIDDEN_END = re.compile(r"</(?:script|style)\b", re.IGNORECASE)
# A letter with what composes with it: accents, and the vowels and finals of decomposed Hangul.
_CLUSTER = re.compile(r"[\s\S][\u0300-\u036f\u1160-\u11ff\u3099\u309a]{0,30}")


@dataclass(frozen=True)
class Region:
    """A stretch of a file as editors count: lines and columns from 1, the end column excluded."""

    start_line: int
    start_column: int
    end_line: int
    end_column: int


class Places:
    """Finds quotes of one report in the text of its source file."""

    def __init__(self, source: str, document: ReportDocument) -> None:
        """Lay the blocks of ``document`` along ``source``, each behind the one before.

        Whole blocks tell repeated sentences apart better than the quotes
        alone, and a quote then stands where it stands in its block.
        """
        self._source, self._document = source, document
        self._folded = _Folded(source)
        self._lines = [0, *(found.end() for found in re.finditer("\n", source))]
        self._block_starts = [block.start for block in document.blocks]
        # For each block where it was found, and from where on to look for it or for what is in it.
        self._found: list[tuple[int | None, int]] = []
        behind = 0
        for block in document.blocks:
            letters = _fold(document.text[block.start : block.end])
            at = self._folded.text.find(letters, behind)
            self._found.append((at if at >= 0 else None, behind))
            behind = at + len(letters) if at >= 0 else behind

    def find(self, start: int, end: int) -> Region | None:
        """Return where ``document.text[start:end]`` stands in the source, or nothing where it can't be found."""
        quote = self._document.text[start:end]
        letters = _fold(quote)
        at = self._position(start, letters) if letters else -1
        if at < 0:
            return None
        first, last = self._widened(quote, *self._folded.span(at, at + len(letters)))
        start_line, end_line = bisect_right(self._lines, first), bisect_right(self._lines, last - 1)
        return Region(
            start_line=start_line,
            start_column=first - self._lines[start_line - 1] + 1,
            end_line=end_line,
            end_column=last - self._lines[end_line - 1] + 1,
        )

    def _widened(self, quote: str, first: int, last: int) -> tuple[int, int]:
        """Take in the brackets and the like that a quote begins or ends with."""
        before = quote[: len(quote) - len(quote.lstrip(_MARKS))]
        behind = quote[len(quote.rstrip(_MARKS)) :]
        if before and self._source.endswith(before, 0, first):
            first -= len(before)
        return first, last + len(behind) if self._source.startswith(behind, last) else last

    def _position(self, start: int, letters: str) -> int:
        behind = 0
        if self._found:
            index = max(bisect_right(self._block_starts, start) - 1, 0)
            block, behind = self._found[index]
            if block is not None:
                within = block + len(_fold(self._document.text[self._block_starts[index] : start]))
                if self._folded.text.startswith(letters, within):
                    return within
        at = self._folded.text.find(letters, behind)
        return at if at >= 0 else self._folded.text.find(letters)


class _Folded:
    """The letters of a text without markup and spaces, and where in the text each of them stands."""

    def __init__(self, text: str) -> None:
        self._at: list[int] = []
        self._runs: list[tuple[int, int]] = []
        parts, length = [], 0
        for start, end, letters in _runs(text):
            self._at.append(length)
            self._runs.append((start, end))
            parts.append(letters)
            length += len(letters)
        self.text = "".join(parts)

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return the stretch of the text that the letters ``start`` to ``end`` (excluded) come from."""
        return self._origin(start)[0], self._origin(end - 1)[1]

    def _origin(self, index: int) -> tuple[int, int]:
        run = bisect_right(self._at, index) - 1
        start, end = self._runs[run]
        length = (self._at[run + 1] if run + 1 < len(self._at) else len(self.text)) - self._at[run]
        if length != end - start:
            # An entity or a composed letter: all of it, or nothing.
            return start, end
        place = start + index - self._at[run]
        return place, place + 1


def _fold(text: str) -> str:
    return "".join(letters for _, _, letters in _runs(text))


def _runs(text: str) -> Iterator[tuple[int, int, str]]:
    """Yield the stretches of ``text`` that count, as start, end and their letters in NFC."""
    composed = unicodedata.is_normalized("NFC", text)
    position, hidden_until, closed = 0, 0, True
    for token in _TOKEN.finditer(text):
        if token.start() < hidden_until:
            continue
        yield from _composed(text, position, token.start(), composed)
        position = token.end()
        if token["entity"]:
            if letters := _TOKEN.sub("", unicodedata.normalize("NFC", html.unescape(token.group()))):
                yield token.start(), token.end(), letters
        elif closed and _HIDDEN.match(token.group()):
            ending = _HIDDEN_END.search(text, token.end())
            # Without an end to this one there is none for any later one; looking once is enough.
            closed = ending is not None
            position = hidden_until = ending.start() if ending else token.end()
    yield from _composed(text, position, len(text), composed)


def _composed(text: str, start: int, end: int, composed: bool) -> Iterator[tuple[int, int, str]]:
    if composed:
        if start < end:
            yield start, end, text[start:end]
        return
    for cluster in _CLUSTER.finditer(text, start, end):
        yield cluster.start(), cluster.end(), unicodedata.normalize("NFC", cluster.group())
