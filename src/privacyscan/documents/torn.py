"""Mends texts whose every line became a paragraph, as those copied out of a PDF do: blank lines tear the sentences."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import NamedTuple

# A line that goes on begins with a small letter, and the one above is no short title. A text with so many, and such a
# share of its lines, is torn: of 210 real policies three are, and no other has five such lines.
_LEAST_TORN, _SHARE_TORN = 8, 0.15
_LONGEST_TITLE = 40
# Of the width of the widest lines: a line so long was broken for want of room.
_FULL = 0.75
# A tenth of the lines may be longer: the lines of a text are no wider than the others.
_WIDEST = 0.9
_CLOSED = tuple(".!?:;。！？：；")
_MARKUP = re.compile(r"^(?:[-*+#|>•·◦▪‣●○]|\d{1,3}[.)]|[(（]?[a-zA-Z0-9]{1,4}[.)）]\s|```|~~~|<)")


class _Line(NamedTuple):
    text: str
    # How many empty lines stand above it.
    gap: int


def mend(text: str) -> str:
    """Return ``text`` with the lines of its sentences joined again, or as it is where nothing tore it."""
    lines = _lines(text)
    torn = [pair for pair in pairwise(lines) if _goes_on(*pair)]
    if len(torn) < max(_LEAST_TORN, _SHARE_TORN * len(lines)):
        return text
    # Between the lines of a paragraph there is less room than between paragraphs.
    gap = min(below.gap for _, below in torn)
    widths = sorted(len(line.text) for line in lines)
    full = _FULL * widths[int(_WIDEST * (len(widths) - 1))]
    # Added piece by piece: a hostile text is one sentence of a million lines.
    pieces = [lines[0].text]
    for above, below in pairwise(lines):
        # A page may end inside a sentence.
        near = below.gap <= gap or below.text[0].islower()
        if not (near and _belong(above.text, below.text, full)):
            pieces.append("\n\n")
        elif not above.text.endswith("-"):
            pieces.append(" ")
        pieces.append(below.text)
    return "".join(pieces)


def _lines(text: str) -> list[_Line]:
    lines, gap = [], 0
    for raw in text.splitlines():
        if line := raw.strip():
            lines.append(_Line(line, gap))
            gap = 0
        else:
            gap += 1
    return lines


def _goes_on(above: _Line, below: _Line) -> bool:
    broken = len(above.text) >= _LONGEST_TITLE and not above.text.endswith(_CLOSED)
    return broken and below.gap > 0 and below.text[0].islower() and not _MARKUP.match(above.text)


def _belong(above: str, below: str, full: float) -> bool:
    """Whether two lines are one sentence: the first was broken off, by its width or by how the second begins."""
    if above.endswith(_CLOSED) or _MARKUP.match(below):
        return False
    return len(above) >= full or (below[0].islower() and len(above) >= _LONGEST_TITLE)
