"""Lays out the whole policy text with its quotes marked; every character appears once, no format."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import accumulate, groupby, pairwise
from typing import Literal

from privacyscan.knowledge.rules import RuleSet
from privacyscan.knowledge.texts import ReportLanguage
from privacyscan.models import Block, BlockKind, Category, Evidence, Polarity, Report, Severity, State
from privacyscan.reporters.story import practice_anchor, quote_anchor
from privacyscan.scripts import KOREAN_COUNTERS

MAX_LIST_DEPTH = 5
_ENUMERATOR = re.compile(
    r"[①-⑳㉮-㉻•※]|[(（]?(?:\d{1,3}|[" + KOREAN_COUNTERS + r"]|[a-zA-Z]|[ivx]{2,4}|[一二三四五六七八九十])[.)）、]"
)
_TOP_HEADING, _LAST_HEADING = 3, 6
NodeKind = Literal["heading", "paragraph", "list", "table"]
_KINDS: dict[BlockKind, NodeKind] = {
    BlockKind.HEADING: "heading",
    BlockKind.LIST_ITEM: "list",
    BlockKind.TABLE_HEADER: "table",
    BlockKind.TABLE_ROW: "table",
}


@dataclass(frozen=True)
class Mark:
    """A practice that quotes a stretch of the text."""

    practice: str
    title: str
    category: Category
    severity: Severity
    state: State
    protective: bool
    anchor: str


@dataclass(frozen=True)
class Piece:
    """A stretch of text under the same quotes; ``anchors`` are those of the quotes that begin here."""

    text: str
    marks: tuple[Mark, ...] = ()
    anchors: tuple[str, ...] = ()


@dataclass(frozen=True)
class Line:
    """The text of a block or a cell in pieces, with the practices whose quotes end in it."""

    pieces: tuple[Piece, ...]
    notes: tuple[Mark, ...] = ()


@dataclass
class Item:
    """A list item with the items nested under it."""

    line: Line
    items: list[Item] = field(default_factory=list)

    @property
    def numbered(self) -> bool:
        """Whether the item brings a number or letter of its own."""
        return bool(self.line.pieces and _ENUMERATOR.match(self.line.pieces[0].text))


@dataclass(frozen=True)
class Node:
    """A heading, paragraph, whole list or whole table; only the fields of its kind are filled.

    ``labels`` repeat a table's column heads for layouts that show a row as a block.
    """

    kind: NodeKind
    level: int = 0
    line: Line = Line(())
    items: tuple[Item, ...] = ()
    heads: tuple[tuple[Line, ...], ...] = ()
    rows: tuple[tuple[Line, ...], ...] = ()
    labels: tuple[str, ...] = ()


def full_text(report: Report, rules: RuleSet, language: ReportLanguage) -> tuple[Node, ...]:
    """Return the policy of ``report`` as nodes, in order, with every quote marked and anchored.

    Joined, the pieces are the document's text without the separators between
    blocks and cells. A document without blocks is one paragraph.
    """
    return tuple(_Layout(report, rules, language).nodes())


@dataclass(frozen=True)
class _Span:
    start: int
    end: int
    mark: Mark
    anchor: str


class _Layout:
    def __init__(self, report: Report, rules: RuleSet, language: ReportLanguage) -> None:
        self._report, self._rules, self._language = report, rules, language
        self._text = report.document.text
        self._spans = sorted(self._collect(), key=lambda span: (span.start, -span.end))
        self._starts = [span.start for span in self._spans]
        # The furthest end so far: quotes that end before a line can be skipped by bisection.
        self._reach = list(accumulate((span.end for span in self._spans), max))
        self._anchored: set[str] = set()

    def nodes(self) -> Iterator[Node]:
        whole = Block(start=0, end=len(self._text), kind=BlockKind.PARAGRAPH)
        blocks = self._report.document.blocks or ((whole,) if self._text else ())
        for kind, run in groupby(blocks, key=_kind):
            match kind:
                case "list":
                    yield Node(kind, items=self._items(run))
                case "table":
                    yield from self._tables(run)
                case _:
                    for block in run:
                        level = min(_TOP_HEADING + len(block.section), _LAST_HEADING) if kind == "heading" else 0
                        yield Node(kind, level=level, line=self._line(block.start, block.end))

    def _items(self, blocks: Iterable[Block]) -> tuple[Item, ...]:
        top: list[Item] = []
        open_lists = [(-1, top)]
        for block in blocks:
            level = min(block.level, MAX_LIST_DEPTH)
            while open_lists[-1][0] >= level:
                open_lists.pop()
            item = Item(self._line(block.start, block.end))
            open_lists[-1][1].append(item)
            open_lists.append((level, item.items))
        return tuple(top)

    def _tables(self, blocks: Iterable[Block]) -> Iterator[Node]:
        """Cut a run of rows where a row of column heads follows an ordinary one, or the heads change."""
        heads: list[Block] = []
        rows: list[Block] = []
        for block in blocks:
            is_head = block.kind is BlockKind.TABLE_HEADER
            if rows and (is_head or _labels(block) != _labels(rows[0])):
                yield self._table(heads, rows)
                heads, rows = [], []
            (heads if is_head else rows).append(block)
        yield self._table(heads, rows)

    def _table(self, heads: list[Block], rows: list[Block]) -> Node:
        labels = _labels(rows[0]) if rows else ()
        return Node("table", heads=tuple(map(self._row, heads)), rows=tuple(map(self._row, rows)), labels=labels)

    def _row(self, block: Block) -> tuple[Line, ...]:
        return tuple(self._line(part.start, part.end) for part in block.cells or (block,))

    def _line(self, start: int, end: int) -> Line:
        first, last = bisect_right(self._reach, start), bisect_left(self._starts, end)
        spans = [span for span in self._spans[first:last] if span.end > start]
        cuts = {start, end}
        cuts.update(cut for span in spans for cut in (span.start, span.end) if start < cut < end)
        points = sorted(cuts)
        pieces = tuple(self._piece(left, right, spans) for left, right in pairwise(points))
        ending = {span.mark.practice: span.mark for span in spans if span.end <= end}
        return Line(pieces, tuple(ending.values()))

    def _piece(self, start: int, end: int, spans: list[_Span]) -> Piece:
        covering = [span for span in spans if span.start < end and span.end > start]
        anchors = [anchor for anchor in dict.fromkeys(span.anchor for span in covering) if anchor not in self._anchored]
        self._anchored.update(anchors)
        marks = {span.mark.practice: span.mark for span in covering}
        return Piece(self._text[start:end], tuple(marks.values()), tuple(anchors))

    def _collect(self) -> Iterator[_Span]:
        results, findings = self._report.practices.items(), self._report.findings
        states = {(name, quote.start, quote.end): result.state for name, result in results for quote in result.evidence}
        # A finding knows its own state; the practice's may be another.
        states.update({(item.practice, item.start, item.end): item.state for item in findings})
        for (practice, start, end), state in states.items():
            anchor = quote_anchor(Evidence(quote="", start=start, end=end))
            yield _Span(start, end, self._mark(practice, state), anchor)

    def _mark(self, practice: str, state: State) -> Mark:
        rule = self._rules.rules[practice]
        title, protective = rule.text[self._language].title, rule.polarity is Polarity.PROTECTION
        return Mark(practice, title, rule.category, rule.severity, state, protective, practice_anchor(practice))


def _kind(block: Block) -> NodeKind:
    return _KINDS.get(block.kind, "paragraph")


def _labels(block: Block) -> tuple[str, ...]:
    return tuple(cell.header for cell in block.cells)
