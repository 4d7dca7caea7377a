"""Document → clauses: blocks first, sentences second.

A heading is never cut, a cell at its sentences; a paragraph or list item is cut where
a sentence ends, not at "e.g.", "Inc.", "3.5", an address or an enumerator.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from privacyscan.models import Block, BlockKind, Clause, Document
from privacyscan.scripts import EASTERN, KOREAN_COUNTERS, has_cjk

# Marks of emphasis that no reader of Markdown took away stand outside the sentence they close.
_LATIN_END = re.compile(r"[.!?]{1,4}[\"'”’)\]*_]{0,3}(?=\s)|\n")
_CJK_END = re.compile(r"[。！？!?]{1,4}[”’」』）)]{0,2}|\n|[.](?=\s)")
_LAST_WORD = re.compile(r"(?:^|[\s(\[“\"'/–-])([A-Za-z](?:[A-Za-z.]{0,10}[A-Za-z])?)$")
_ENUMERATOR = re.compile(
    r"(?:^|\s)[(（]?(?:\d{1,3}(?:\.\d{1,3}){0,3}|[" + KOREAN_COUNTERS + r"]|[ivxIVX]{1,5}|[a-zA-Z])[)）]?$"
)
# "3. ", "가. ", "(c) ", "① " and "（一）" number a clause and are no part of what it says.
_LEADING_NUMBER = re.compile(
    r"(?:[(（]?\d{1,2}(?:\.\d{1,2}){0,3}[.)）](?=\D)|[①-⑳]|["
    + KOREAN_COUNTERS
    + r"][.)](?=\s)|[(（][一二三四五六七八九十]{1,3}[)）]"
    r"|[一二三四五六七八九十]{1,3}、|[(（]?(?:[a-zA-Z]|[ivxIVX]{1,5})[.)）](?=\s))\s*"
)
# "2024. 12. 5." is a date, not three sentences.
_DATE_PART = re.compile(r"(?:^|\D)\d{1,4}$")
# "… in the U.S. We rely on …" ends a sentence, "the U.S. Department of Commerce" doesn't.
_INITIALS = re.compile(r"[A-Z](?:\.[A-Z])+")
_OPENS_SENTENCE = re.compile(
    r"(?:We|Our|You|Your|It|They|This|These|Those|If|When|Where|While|For|However|Please|Although|To|By)\b"
)
_NEXT_STARTS = re.compile(r"[\"'“‘(\[]{0,2}(?:[A-Z0-9•\-]|" + EASTERN + r")")
# A list run into one sentence by semicolons is read item by item beyond this length.
LONG_CLAUSE = 900
# A run without any sentence end is cut at its commas or spaces beyond this length, to keep reading time linear.
LONGEST_CLAUSE = 2_000


def segment(document: Document, abbreviations: Sequence[str] = ()) -> tuple[Clause, ...]:
    """Return the clauses of ``document`` in order.

    Every clause lies inside one block, holds no line break at its ends, and
    ``document.text[clause.start:clause.end] == clause.text``.
    """
    known = frozenset(word.casefold() for word in abbreviations)
    return tuple(_clauses(document, known))


def _clauses(document: Document, abbreviations: frozenset[str]) -> Iterator[Clause]:
    for index, block in enumerate(document.blocks):
        for start, end in _spans(document.text, block, abbreviations):
            raw = document.text[start:end]
            left, right = len(raw) - len(raw.lstrip()), len(raw.rstrip())
            if right > left:
                yield Clause(start=start + left, end=start + right, text=raw[left:right], block=index)


def _spans(text: str, block: Block, abbreviations: frozenset[str]) -> Iterator[tuple[int, int]]:
    if block.kind is BlockKind.HEADING:
        yield block.start, block.end
    elif block.kind in (BlockKind.TABLE_HEADER, BlockKind.TABLE_ROW):
        for cell in block.cells:
            yield from _sentences(text, cell.start, cell.end, abbreviations)
    else:
        number = _LEADING_NUMBER.match(text[block.start : block.end])
        start = block.start + (number.end() if number and number.end() < block.end - block.start else 0)
        yield from _sentences(text, start, block.end, abbreviations)


def _sentences(text: str, start: int, end: int, abbreviations: frozenset[str]) -> Iterator[tuple[int, int]]:
    piece = text[start:end]
    # The script decides what ends a sentence: "다." and "。" need no capital after them.
    pattern = _CJK_END if has_cjk(piece) else _LATIN_END
    previous = 0
    for found in pattern.finditer(piece):
        if _ends_here(piece, previous, found, abbreviations, cjk=pattern is _CJK_END):
            yield from _shortened(piece, previous, found.end(), start)
            previous = found.end()
    yield from _shortened(piece, previous, len(piece), start)


def _ends_here(piece: str, previous: int, found: re.Match[str], abbreviations: frozenset[str], *, cjk: bool) -> bool:
    mark = found.group()
    if not mark.startswith("."):
        return True
    before = piece[max(previous, found.start() - 12) : found.start()]
    if _ENUMERATOR.search(before) and found.start() - previous < 12:
        return False
    word = _LAST_WORD.search(before)
    following = piece[found.end() :].lstrip(" ")
    if word and (word.group(1).casefold() in abbreviations or re.fullmatch(r"[A-Z]", word.group(1))):
        return bool(_INITIALS.fullmatch(word.group(1)) and _OPENS_SENTENCE.match(following))
    if cjk and _DATE_PART.search(before) and following[:1].isdigit():
        return False
    return not following or following[0] == "\n" or bool(_NEXT_STARTS.match(following))


def _shortened(piece: str, start: int, end: int, offset: int) -> Iterator[tuple[int, int]]:
    """Cut a very long sentence at its semicolons; a shorter one stays whole."""
    while end - start > LONG_CLAUSE:
        cut = max(piece.rfind(mark, start, start + LONG_CLAUSE) for mark in (";", "；"))
        if cut <= start and end - start > LONGEST_CLAUSE:
            cut = max(piece.rfind(mark, start, start + LONGEST_CLAUSE) for mark in (",", "，", "、", " "))
            cut = cut if cut > start else start + LONGEST_CLAUSE - 1
        if cut <= start:
            break
        yield offset + start, offset + cut + 1
        start = cut + 1
    yield offset + start, offset + end
