"""Evidence out of a document: a quote, and whether it begins or ends in the middle of a sentence."""

from __future__ import annotations

import re
from bisect import bisect_right

from privacyscan.models import Document, Evidence, ExtractedValue, Finding, ReportDocument

_ENDED = re.compile(r"[.!?。！？][\"'”’)\]」』）]*\s*$")
_ENDS = re.compile(r"[\"'”’)\]」』）\s]*(?:[.!?。！？]|$)")
# A number, letter or bullet opens a line; nothing is cut off behind it.
_OPENER = re.compile(r"\s*(?:[^\w\s]|[①-⑳㉮-㉻]|[(（]?\w{1,3}[.)）、:])*\s*")


def evidence_of(item: Finding | ExtractedValue, document: Document | ReportDocument) -> Evidence:
    """Return the evidence for ``item``."""
    return Evidence(
        quote=item.quote,
        start=item.start,
        end=item.end,
        section=item.section,
        cut=(_begins_inside(document, item.start), _ends_inside(document, item.start, item.end)),
    )


def _begins_inside(document: Document | ReportDocument, start: int) -> bool:
    before = document.text[_stretch(document, start)[0] : start].rpartition("\n")[2]
    return not _OPENER.fullmatch(before) and not _ENDED.search(before)


def _ends_inside(document: Document | ReportDocument, start: int, end: int) -> bool:
    last = max(start, end - 1)
    after = document.text[end : _stretch(document, last)[1]].partition("\n")[0]
    return not _ENDED.search(document.text[start:end]) and not _ENDS.match(after) and bool(re.search(r"\w", after))


def _stretch(document: Document | ReportDocument, place: int) -> tuple[int, int]:
    """The block or cell around ``place``."""
    index = bisect_right(document.blocks, place, key=lambda block: block.start) - 1
    if index < 0:
        return 0, len(document.text)
    block = document.blocks[index]
    parts = (cell for cell in block.cells if cell.start <= place < cell.end)
    part = next(parts, block)
    return part.start, part.end
