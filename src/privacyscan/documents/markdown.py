"""Markdown → Document, by markdown-it-py's tokens (CommonMark with tables)."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from markdown_it import MarkdownIt
from markdown_it.token import Token

from privacyscan.documents.builder import DocumentBuilder, normalise
from privacyscan.documents.lines import add_lines, enumerated_lines, is_heading_text, loose_heading_level
from privacyscan.models import Document

# A cell above this many characters is text, not the name of a column.
_LONGEST_HEADER = 120
_TAG = re.compile(r"<[^<>]{0,2000}>")
_BREAK_TAG = re.compile(r"^<\s*/?\s*(?:br|p|div|li|tr)\b", re.IGNORECASE)


def read_markdown(text: str, source: str) -> Document:
    """Return the document of a Markdown text; links and emphasis leave only their words."""
    parser = MarkdownIt("commonmark", {"html": True}).enable("table")
    builder = DocumentBuilder(source=source)
    _Walker(builder).walk(parser.parse(text))
    return builder.build()


class _Walker:
    """Feeds a token stream to a builder."""

    def __init__(self, builder: DocumentBuilder) -> None:
        self._builder = builder
        self._depth = -1
        self._item_open = False
        self._row: list[str] = []
        self._headers: list[str] = []
        self._rows = 0
        self._in_head = False
        # How deep the list nests that is open, below a numbered line of prose.
        self._below = 0
        # Numbered lines inside items, which Markdown takes for prose: the depth of the item, the style, the line's.
        self._inside: list[tuple[int, str, int]] = []

    def walk(self, tokens: list[Token]) -> None:
        """Add every block of ``tokens`` in order."""
        stream = iter(tokens)
        for token in stream:
            match token.type:
                case "heading_open":
                    self._builder.heading(_inline_text(next(stream)), int(token.tag[1]))
                case "bullet_list_open" | "ordered_list_open":
                    if self._depth < 0:
                        self._below = self._builder.numbered_above
                    self._depth += 1
                case "bullet_list_close" | "ordered_list_close":
                    self._depth -= 1
                    if self._depth < 0:
                        self._builder.end_list()
                case "list_item_open":
                    self._item_open = True
                case "paragraph_open":
                    self._paragraph(next(stream))
                case "code_block" | "fence":
                    add_lines(self._builder, token.content)
                case "html_block":
                    add_lines(self._builder, _strip_tags(token.content))
                case _:
                    self._table_part(token, stream)

    def _table_part(self, token: Token, stream: Iterator[Token]) -> None:
        match token.type:
            case "table_open":
                self._headers, self._rows = [], 0
            case "thead_open" | "thead_close":
                self._in_head = token.type == "thead_open"
            case "tr_open":
                self._row = []
            case "th_open" | "td_open":
                self._row.append(_inline_text(next(stream)))
            case "tr_close":
                self._close_row()

    def _paragraph(self, inline: Token) -> None:
        text = _inline_text(inline)
        if self._depth >= 0:
            # Every line of an item keeps the item's place, so that its intro decides for it.
            self._item(text)
        elif _all_bold(inline) and is_heading_text(normalise(text)):
            self._builder.heading(text, loose_heading_level(normalise(text)))
        else:
            add_lines(self._builder, text)

    def _item(self, text: str) -> None:
        if self._item_open:
            self._inside = [line for line in self._inside if line[0] < self._depth]
        depth = self._depth + self._below + len(self._inside) + (not self._item_open)
        self._item_open = False
        for style, line in enumerated_lines(text):
            if style:
                styles = [known for _, known, _ in self._inside]
                if style in styles:
                    depth = self._inside[styles.index(style)][2]
                    del self._inside[styles.index(style) + 1 :]
                else:
                    depth += 1
                    self._inside.append((self._depth, style, depth))
            self._builder.list_item(line, depth)

    def _close_row(self) -> None:
        self._rows += not self._in_head
        # Exported pages often leave the header row empty and put the headings in the first row.
        unnamed = self._rows == 1 and not any(normalise(header) for header in self._headers)
        if self._in_head or (unnamed and _heads(self._row)):
            self._headers = self._row
            self._builder.table_header(self._row)
        else:
            self._builder.table_row(self._row, self._headers)


def _heads(row: list[str]) -> bool:
    """Return whether a first row is brief enough to name its columns."""
    return all(len(normalise(cell)) <= _LONGEST_HEADER for cell in row)


def _inline_text(token: Token) -> str:
    return "".join(_pieces(token.children or []))


def _pieces(children: list[Token]) -> Iterator[str]:
    for child in children:
        match child.type:
            case "text" | "code_inline":
                yield child.content
            case "softbreak" | "hardbreak":
                yield "\n"
            case "html_inline" if _BREAK_TAG.match(child.content):
                yield "\n"
            case "image":
                yield ""


def _all_bold(token: Token) -> bool:
    children = [child for child in token.children or [] if child.type != "text" or child.content.strip()]
    return (
        len(children) >= 3
        # Broken by hand, bold lines are a postal address or a notice, not a title.
        and not any(child.type == "hardbreak" for child in children)
        and children[0].type == "strong_open"
        and children[-1].type == "strong_close"
        and sum(child.type == "strong_open" for child in children) == 1
    )


def _strip_tags(raw: str) -> str:
    return html.unescape(_TAG.sub("\n", raw))
