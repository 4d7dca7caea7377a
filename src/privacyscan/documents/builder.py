"""Collects blocks into one normalised text with exact offsets.

Every reader (plain, Markdown, HTML) speaks to this one builder, so that the
same policy gives the same blocks whatever format it came in.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field

from msgspec.structs import replace

from privacyscan.models import Block, BlockKind, Cell, Document

# Characters that print nothing: zero-width spaces and joiners, the word joiner
# that some sites put after links, soft hyphens, byte order marks, direction marks and isolates, tags.
_INVISIBLE = dict.fromkeys(
    [
        *(0x00AD, 0x061C, 0x180E, 0xFEFF),
        *range(0x200B, 0x2010),
        *range(0x2028, 0x202F),
        *range(0x2060, 0x2070),
        *range(0xE0000, 0xE0080),
    ]
)
_SPACES = re.compile(r"[^\S\n]+")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
_CELL_SEPARATOR = " | "
# "(4)", "3.1.2 ", "나." or "三、": no first item of a list; "(i)" may be one.
_LATER_ITEM = re.compile(
    r"[(（]?(?:\d{1,2}\.){0,4}(?:[2-9]|[1-9]\d)(?:[)）.、．]|(?<=\.\d)\s|(?<=\.\d\d)\s)(?!\d)|[②-⑳]"
    r"|[(（]?[b-hj-z나다라마바사아자차카타파하][)）.](?=\s|[^\x00-\x7f])|[(（]?[二三四五六七八九十]{1,3}[)）、]"
)
_COLONS = (":", "：")
MAX_SECTION_DEPTH = 8


def normalise(text: str) -> str:
    """Return ``text`` in NFC with plain single spaces and no invisible characters.

    Line breaks are kept, each line is stripped, empty lines are dropped. No
    letter is changed, so a quotation reads as the policy wrote it.
    """
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    text = _CONTROL.sub(" ", text.replace("\u2028", "\n").translate(_INVISIBLE))
    lines = (_SPACES.sub(" ", line).strip() for line in text.split("\n"))
    return "\n".join(line for line in lines if line)


@dataclass
class DocumentBuilder:
    """Appends blocks in reading order; ``build`` returns the document."""

    source: str
    title: str = ""
    _parts: list[str] = field(default_factory=list)
    _length: int = 0
    _blocks: list[Block] = field(default_factory=list)
    _headings: list[tuple[int, str]] = field(default_factory=list)
    _intro: int | None = None
    # What introduced the last list of the section.
    _listed_under: int | None = None
    _items: list[tuple[int, int]] = field(default_factory=list)
    _styles: list[str] = field(default_factory=list)
    # The numbered line of prose ("② …") that a table stands right below.
    _numbered: int | None = None

    def heading(self, text: str, level: int) -> None:
        """Add a heading; it closes every heading of the same or a deeper level."""
        text = normalise(text).replace("\n", " ")
        if not text:
            return
        while self._headings and self._headings[-1][0] >= level:
            self._headings.pop()
        start = self._append(text)
        self._add(Block(start=start, end=self._length, kind=BlockKind.HEADING, section=self._section, level=level))
        if len(self._headings) < MAX_SECTION_DEPTH:
            self._headings.append((level, text))
        self._intro = self._listed_under = None
        self._items.clear()
        self._styles.clear()
        if not self.title and level <= 2:
            self.title = text

    def paragraph(self, text: str) -> None:
        """Add a paragraph; whatever list or table follows is introduced by it."""
        text = normalise(text)
        if not text:
            return
        start = self._append(text)
        self._intro = len(self._blocks)
        self._items.clear()
        self._add(Block(start=start, end=self._length, kind=BlockKind.PARAGRAPH, section=self._section))

    def list_item(self, text: str, depth: int) -> None:
        """Add a list item at nesting ``depth`` (0 is the outermost)."""
        text = normalise(text)
        if not text:
            return
        while self._items and self._items[-1][0] >= depth:
            self._items.pop()
        if not self._items and self._goes_on(text):
            self._intro = self._listed_under
        self._listed_under = self._intro
        self._mark_intro()
        start = self._append(text, separator="\n")
        parent = self._items[-1][1] if self._items else None
        self._items.append((depth, len(self._blocks)))
        self._add(
            Block(
                start=start,
                end=self._length,
                kind=BlockKind.LIST_ITEM,
                section=self._section,
                level=depth,
                intro=self._intro,
                parent=parent,
            )
        )

    def enumerated(self, text: str, style: str) -> None:
        """Add a list item by the style of its number or bullet: one not seen yet in the section nests deeper."""
        if style in self._styles:
            del self._styles[self._styles.index(style) + 1 :]
        else:
            self._styles.append(style)
        self.list_item(text, len(self._styles) - 1)

    @property
    def numbered_above(self) -> int:
        """How deep a list nests that stands right below a numbered line of prose: "② We collect:" over bullets."""
        last = len(self._blocks) - 1
        return len(self._styles) if self._styles and self._items and self._items[-1][1] == last else 0

    def table_header(self, cells: Sequence[str]) -> None:
        """Add the row that names the columns of a table."""
        self._row(cells, (), BlockKind.TABLE_HEADER)

    def table_row(self, cells: Sequence[str], headers: Sequence[str]) -> None:
        """Add a table row; ``headers`` are the texts above the cells, where known."""
        self._row(cells, headers, BlockKind.TABLE_ROW)

    def _row(self, cells: Sequence[str], headers: Sequence[str], kind: BlockKind) -> None:
        texts = [normalise(cell) for cell in cells]
        if not any(texts):
            return
        self._mark_intro()
        if self._blocks and self._blocks[-1].kind not in (BlockKind.TABLE_ROW, BlockKind.TABLE_HEADER):
            self._numbered = len(self._blocks) - 1 if self.numbered_above else None
        start = self._append(_CELL_SEPARATOR.join(texts), separator="\n")
        built, position = [], start
        for column, text in enumerate(texts):
            header = normalise(headers[column]).replace("\n", " ") if column < len(headers) else ""
            built.append(Cell(start=position, end=position + len(text), header=header))
            position += len(text) + len(_CELL_SEPARATOR)
        self._add(
            Block(
                start=start,
                end=self._length,
                kind=kind,
                section=self._section,
                intro=self._intro if self._numbered is None else self._numbered,
                cells=tuple(built),
            )
        )

    def end_list(self) -> None:
        """Forget the open list items; what comes next nests under none of them."""
        self._items.clear()

    def build(self) -> Document:
        """Return the document; its title is the first heading, else the source's name."""
        return Document(
            source=self.source,
            title=self.title or self.source.rsplit("/", 1)[-1],
            text="".join(self._parts),
            blocks=tuple(self._blocks),
        )

    @property
    def _section(self) -> tuple[str, ...]:
        return tuple(text for _, text in self._headings)

    def _append(self, text: str, separator: str = "\n\n") -> int:
        if self._parts:
            self._parts.append(separator)
            self._length += len(separator)
        start = self._length
        self._parts.append(text)
        self._length += len(text)
        return start

    def _add(self, block: Block) -> None:
        self._blocks.append(block)

    def _goes_on(self, text: str) -> bool:
        """Whether an item goes on with a list that paragraphs stand between: "(4) …" behind what is said of "(3) …"."""
        above = None if self._intro is None else self._blocks[self._intro]
        if above is None or above.kind is not BlockKind.PARAGRAPH or _LATER_ITEM.match(text) is None:
            return False
        return not self._parts[-1].endswith(_COLONS)

    def _mark_intro(self) -> None:
        if self._intro is not None and self._blocks[self._intro].kind is BlockKind.PARAGRAPH:
            self._blocks[self._intro] = replace(self._blocks[self._intro], kind=BlockKind.LIST_INTRO)
