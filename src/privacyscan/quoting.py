"""Evidence out of a document: a quote, and whether it begins or ends in the middle of a sentence."""

from __future__ import annotations

import re
from bisect import bisect_right

from privacyscan.models import Document, Evidence, ExtractedValue, Finding, ReportDocument

_ENDED = re.compile(r"[.!?。！？][\"'”’)\]」』）]*\s*$")
_ENDS = re.compile(r"[\"'”’)\]」』）\s]*(?:[.!?。！？]|$)")
# A full stop that shortens a word ends no sentence.
_ABBREVIATED = re.compile(
    r"(?:\b[A-Z]\.){2,4}$|\b(?:Inc|Ltd|Co|Corp|Pte|No|St|Mr|Ms|Dr|vs|e\.g|i\.e)\.$", re.IGNORECASE
)
_BRACKETS = (("(", ")"), ("（", "）"))
# A number, letter or bullet opens a line; nothing is cut off behind it.
_OPENER = re.compile(r"\s*(?:[^\w\s]|[①-⑳㉮-㉻]|[(（]?\w{1,3}[.)）、:])*\s*")


def evidence_of(item: Finding | ExtractedValue, document: Document | ReportDocument) -> Evidence:
    """Return the evidence for ``item``."""
    return Evidence(
        quote=item.quote,
        start=item.start,
        end=item.end,
        section=item.section,
        cut=(_begins_inside(document, item.start, item.end), _ends_inside(document, item.start, item.end)),
    )


def _begins_inside(document: Document | ReportDocument, start: int, end: int) -> bool:
    before = document.text[_stretch(document, start)[0] : start].rpartition("\n")[2]
    if _OPENER.fullmatch(before):
        return False
    ended = _ENDED.search(before) and not _ABBREVIATED.search(before.rstrip())
    return not ended or _closes_unopened(document.text[start:end])


def _ends_inside(document: Document | ReportDocument, start: int, end: int) -> bool:
    last = max(start, end - 1)
    after = document.text[end : _stretch(document, last)[1]].partition("\n")[0]
    quote = document.text[start:end]
    if not re.search(r"\w", after):
        return False
    if _ABBREVIATED.search(quote):
        return True
    return not _ENDED.search(quote) and not _ENDS.match(after)


def _closes_unopened(quote: str) -> bool:
    """Whether a bracket is closed that the quote does not open: it stands in the middle of a sentence."""
    for opening, closing in _BRACKETS:
        depth = 0
        for letter in quote:
            depth += (letter == opening) - (letter == closing)
            if depth < 0:
                return True
    return False


def _stretch(document: Document | ReportDocument, place: int) -> tuple[int, int]:
    """The block or cell around ``place``."""
    index = bisect_right(document.blocks, place, key=lambda block: block.start) - 1
    if index < 0:
        return 0, len(document.text)
    block = document.blocks[index]
    parts = (cell for cell in block.cells if cell.start <= place < cell.end)
    part = next(parts, block)
    return part.start, part.end
