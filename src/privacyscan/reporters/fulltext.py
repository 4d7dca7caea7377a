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
from privacyscan.models import Block, BlockKind, Category, Cell, Evidence, Polarity, Report, Severity, State
from privacyscan.reporters.story import practice_anchor, quote_anchor

MAX_LIST_DEPTH = 5
_ENUMERATOR = re.compile(r"[①-⑳㉮-㉻•※]|[(（]?(?:\d{1,3}|[가-하]|[a-zA-Z]|[ivx]{2,4}|[一-十])[.)）、]")
_TOP_HEADING, _LAST_HEADING = 3, 6
NodeKind = Literal["heading", "paragraph", "list", "table"]


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
    """A heading, paragraph, whole list or whole table; only the fields of its kind are filled."""

    kind: NodeKind
    level: int = 0
    line: Line = Line(())
    items: tuple[Item, ...] = ()
    headers: tuple[str, ...] = ()
    rows: tuple[tuple[Line, ...], ...] = ()


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
        for (kind, _), run in groupby(blocks, key=_group):
            match kind:
                case "list":
                    yield Node(kind, items=self._items(run))
                case "table":
                    yield self._table(list(run))
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

    def _table(self, blocks: list[Block]) -> Node:
        headers = tuple(cell.header for cell in blocks[0].cells)
        rows = tuple(
            tuple(self._line(cell.start, cell.end) for cell in block.cells or (Cell(start=block.start, end=block.end),))
            for block in blocks
        )
        return Node("table", headers=headers if any(headers) else (), rows=rows)

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
        seen: set[tuple[str, int, int]] = set()
        for finding in self._report.findings:
            evidence = Evidence(quote=finding.quote, start=finding.start, end=finding.end)
            seen.add((finding.practice, finding.start, finding.end))
            yield self._span(finding.practice, finding.state, evidence)
        for practice, result in self._report.practices.items():
            for evidence in result.evidence:
                if (practice, evidence.start, evidence.end) not in seen:
                    yield self._span(practice, result.state, evidence)

    def _span(self, practice: str, state: State, evidence: Evidence) -> _Span:
        rule = self._rules.rules[practice]
        mark = Mark(
            practice=practice,
            title=rule.text[self._language].title,
            category=rule.category,
            severity=rule.severity,
            state=state,
            protective=rule.polarity is Polarity.PROTECTION,
            anchor=practice_anchor(practice),
        )
        return _Span(evidence.start, evidence.end, mark, quote_anchor(evidence))


def _group(block: Block) -> tuple[NodeKind, tuple[str, ...]]:
    """What a block is shown as; tables with other column heads are other tables."""
    match block.kind:
        case BlockKind.HEADING:
            return "heading", ()
        case BlockKind.LIST_ITEM:
            return "list", ()
        case BlockKind.TABLE_ROW:
            return "table", tuple(cell.header for cell in block.cells)
        case _:
            return "paragraph", ()
