"""A quotation as a reader sees it: without marks of Markdown, cells with their columns, an ellipsis where it is cut.

The evidence itself keeps the policy's characters and their offsets.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator

from privacyscan.models import BlockKind, Evidence, ReportDocument

_LINK = re.compile(r"!?\[([^\[\]]{0,300})\]\([^()\s]{0,500}\)")
# Emphasis and pipes at the edges; a single star inside may be a footnote's.
_EMPHASIS = re.compile(r"\*{2,3}|(?<!\w)_{1,3}(?=\S)|(?<=\S)_{1,3}(?!\w)|(?<!`)`{1,3}(?!`)")
_EDGES = re.compile(r"^[\s|*>#]+|[\s|*]+$")
_PIPE = re.compile(r"\s+\|\s+")
_BETWEEN = " · "
# How far a sentence is looked for round some of its words, and where one ends.
_REACH = 400
_BOUNDARY = re.compile(r"[.!?](?=\s)|[。！？\n]")
_SENTENCE_END = re.compile(r"[.!?。！？][\"'”’)\]」』）]{0,3}$")


def shown(evidence: Evidence, document: ReportDocument | None = None) -> str:
    """Return the quote for a reader; the cells of a row get the names of their columns where ``document`` is given."""
    cells = list(_cells(evidence, document)) if document is not None else []
    text = _BETWEEN.join(cells) if cells else _PIPE.sub(_BETWEEN, plain(evidence.quote))
    before, after = evidence.cut
    return ("…" if before else "") + text + ("…" if after else "")


def plain(text: str) -> str:
    """Return ``text`` without marks of Markdown; words and white space stay."""
    bare = _EDGES.sub("", _EMPHASIS.sub("", _LINK.sub(r"\1", text)))
    return bare or text


def sentence_around(text: str, start: int, end: int) -> str:
    """Return the sentence of ``text`` that the words from ``start`` to ``end`` stand in."""
    before = max((found.end() for found in _BOUNDARY.finditer(text, max(start - _REACH, 0), start)), default=None)
    behind = _BOUNDARY.search(text, end, min(end + _REACH, len(text)))
    return text[before if before is not None else start : behind.end() if behind else end].strip()


def _cells(evidence: Evidence, document: ReportDocument) -> Iterator[str]:
    """The cells that a quote from a table row covers, each behind the name of its column."""
    index = bisect_right(document.blocks, evidence.start, key=lambda block: block.start) - 1
    block = document.blocks[index] if index >= 0 else None
    if block is None or block.kind is not BlockKind.TABLE_ROW:
        return
    covered = [cell for cell in block.cells if cell.start < evidence.end and evidence.start < cell.end]
    for cell in covered:
        words = plain(document.text[max(cell.start, evidence.start) : min(cell.end, evidence.end)].strip())
        if words.strip():
            whole = len(covered) == 1 and _SENTENCE_END.search(words)
            head = "" if whole else plain(" ".join(cell.header.split()))
            yield f"{head}: {words}" if head and head != words else words
