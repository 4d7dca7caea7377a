"""HTML → Document: the main content of a page, without navigation and footer."""

from __future__ import annotations

import re
from collections import Counter

from msgspec.structs import replace
from selectolax.lexbor import LexborHTMLParser, LexborNode

from privacyscan.documents.builder import DocumentBuilder, normalise
from privacyscan.documents.errors import UnreadableSourceError
from privacyscan.documents.lines import add_lines, is_heading_text, loose_heading_level
from privacyscan.models import Document

_NEVER_TEXT = (
    "script, style, noscript, template, svg, iframe, object, select, button, dialog, [hidden], [aria-hidden=true]"
)
_PAGE_FURNITURE = "nav, footer, aside, [role=navigation], [role=banner], [role=contentinfo], [role=search], [role=menu]"
_MAIN = ("main", "[role=main]", "article", "#content", "#main")
# A <main> that holds less than this part of the page's text is not where the policy is.
_MAIN_SHARE = 0.5
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_INLINE = frozenset(
    tag
    for line in (
        "a abbr b bdi bdo big cite code data del dfn em font i ins kbd label mark",
        "q s samp small span strong sub sup time tt u var wbr",
    )
    for tag in line.split()
)
_MAX_DEPTH = 150
_MAX_SPAN = 50
_MIN_TEXT_FOR_PAGE = 80
_TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9-]{0,30})")
# Tags that nothing need end, so that they say nothing of depth.
_SELF_ENDING = frozenset(
    tag
    for line in (
        "area base br col embed hr img input link meta source track wbr",
        "body dd dt head html li option p tbody td tfoot th thead tr",
    )
    for tag in line.split()
)
# Browsers stop at 512 levels. What parses pages here goes on, and takes time by the square of them.
_MAX_OPEN = 10_000


def read_html(text: str, source: str) -> Document:
    """Return the document of a web page.

    Raises ``UnreadableSourceError`` where the page holds no text because a
    script would have to render it.
    """
    if _too_deep(text):
        raise UnreadableSourceError(
            f"{source}: the page nests its parts too deeply to be read; save or copy the text, and scan that",
            "too_deep",
        )
    tree = LexborHTMLParser(text)
    has_scripts = tree.css_first("script") is not None
    title_node = tree.css_first("title")
    title = normalise(title_node.text()) if title_node else ""
    body = tree.body
    builder = DocumentBuilder(source=source)
    if body is not None:
        for node in body.css(_NEVER_TEXT):
            node.decompose()
        _Walker(builder).walk(_main_content(body))
    document = builder.build()
    if has_scripts and len(document.text) < _MIN_TEXT_FOR_PAGE:
        raise UnreadableSourceError(
            f"{source}: the page holds no text of its own; a script renders it. "
            "Open it in a browser, save or copy the text, and scan that.",
            "scripted",
        )
    if title and not any(block.kind == "heading" for block in document.blocks):
        return replace(document, title=title)
    return document


def _too_deep(text: str) -> bool:
    """Whether more elements stand open at once than any page needs."""
    standing: Counter[str] = Counter()
    total = 0
    for ends, name in _TAG.findall(text):
        tag = name.lower()
        if tag in _SELF_ENDING or (ends and not standing[tag]):
            continue
        step = -1 if ends else 1
        standing[tag] += step
        total += step
        if total > _MAX_OPEN:
            return True
    return False


def _main_content(body: LexborNode) -> LexborNode:
    whole = _text_length(body)
    for selector in _MAIN:
        nodes = body.css(selector)
        if len(nodes) == 1 and _text_length(nodes[0]) >= _MAIN_SHARE * whole:
            return nodes[0]
    for node in body.css(_PAGE_FURNITURE):
        # A page that wraps its whole text in one of these would be lost.
        if _text_length(node) < _MAIN_SHARE * whole:
            node.decompose()
    header = body.css_first("header")
    if header is not None and header.css_first("h1") is None and _text_length(header) < _MAIN_SHARE * whole:
        header.decompose()
    return body


def _text_length(node: LexborNode) -> int:
    return len(node.text(deep=True, separator=" ").split()) + 1


class _Walker:
    """Walks a tree and feeds a builder; loose inline text is gathered until a block ends."""

    def __init__(self, builder: DocumentBuilder) -> None:
        self._builder = builder
        self._loose: list[str] = []
        self._bold = True
        self._list_depth = -1
        self._item_open = False

    def walk(self, node: LexborNode, depth: int = 0) -> None:
        """Add the content of ``node``; nesting deeper than a browser shows is read as text."""
        if depth > _MAX_DEPTH:
            self._loose.append(node.text(deep=True))
            return
        child = node.child
        while child is not None:
            self._visit(child, depth)
            child = child.next
        if depth == 0:
            self._flush()

    def _visit(self, node: LexborNode, depth: int) -> None:
        tag = node.tag or ""
        if tag == "-text":
            text = node.text_content or ""
            self._gather(text, bold=False)
        elif tag.startswith("-") or tag == "!":
            return
        elif tag == "br":
            self._loose.append("\n")
        elif tag in ("b", "strong"):
            self._gather(node.text(deep=True), bold=True)
        elif tag in _INLINE:
            self.walk_inline(node, depth)
        else:
            self._flush()
            self._block(node, tag, depth)
            self._flush()

    def walk_inline(self, node: LexborNode, depth: int) -> None:
        """Walk an inline element without ending the paragraph it stands in."""
        child = node.child
        while child is not None and depth <= _MAX_DEPTH:
            self._visit(child, depth + 1)
            child = child.next

    def _block(self, node: LexborNode, tag: str, depth: int) -> None:
        if tag in _HEADINGS:
            self._builder.heading(" ".join(node.text(deep=True, separator=" ").split()), _HEADINGS[tag])
        elif tag in ("ul", "ol", "dl"):
            self._list_depth += 1
            self.walk(node, depth + 1)
            self._list_depth -= 1
            if self._list_depth < 0:
                self._builder.end_list()
        elif tag in ("li", "dd"):
            self._item_open = True
            self.walk(node, depth + 1)
            self._flush()
            self._item_open = False
        elif tag == "table":
            self._table(node, depth)
        else:
            self.walk(node, depth + 1)

    def _gather(self, text: str, *, bold: bool) -> None:
        # Line breaks inside HTML text are only spaces; <br> is the break.
        text = text.replace("\n", " ")
        if text.strip() and not bold:
            self._bold = False
        self._loose.append(text)

    def _flush(self) -> None:
        text = normalise("".join(self._loose))
        bold, self._loose, self._bold = self._bold, [], True
        if not text:
            return
        if self._list_depth >= 0:
            self._builder.list_item(text, self._list_depth if self._item_open else self._list_depth + 1)
            self._item_open = False
        elif bold and "\n" not in text and is_heading_text(text):
            self._builder.heading(text, loose_heading_level(text))
        else:
            add_lines(self._builder, text)

    def _table(self, table: LexborNode, depth: int) -> None:
        rows = [row for row in table.css("tr") if _own_table(row) == table.mem_id]
        grid = [[cell for cell in _children(row) if cell.tag in ("td", "th")] for row in rows]
        if (
            max((len(cells) for cells in grid), default=0) <= 1
            or table.css_first("table table, h1, h2, h3") is not None
        ):
            # A table that only lays out the page is read as the blocks it holds.
            for cells in grid:
                for cell in cells:
                    self.walk(cell, depth + 1)
                    self._flush()
            return
        self._builder.end_list()
        headers: list[str] = []
        pending: dict[int, int] = {}
        for index, cells in enumerate(grid):
            texts = _spread(cells, pending)
            if index == 0 and len(grid) > 1 and _heads_columns(cells):
                headers = texts
                self._builder.table_header(texts)
            else:
                self._builder.table_row(texts, headers)


def _children(node: LexborNode) -> list[LexborNode]:
    found, child = [], node.child
    while child is not None:
        found.append(child)
        child = child.next
    return found


def _own_table(row: LexborNode) -> int | None:
    parent = row.parent
    while parent is not None and parent.tag != "table":
        parent = parent.parent
    return parent.mem_id if parent is not None else None


def _heads_columns(cells: list[LexborNode]) -> bool:
    if all(cell.tag == "th" for cell in cells):
        return True
    texts = [normalise(cell.text(deep=True)) for cell in cells]
    return all(is_heading_text(text) and len(text) <= 30 for text in texts)


def _spread(cells: list[LexborNode], pending: dict[int, int]) -> list[str]:
    """Texts by column: spanned columns and rows leave empty places, so headers stay above their cells."""
    texts: list[str] = []
    queue = iter(cells)
    cell = next(queue, None)
    while cell is not None or len(texts) in pending:
        column = len(texts)
        if pending.get(column, 0) > 0:
            pending[column] -= 1
            if not pending[column]:
                del pending[column]
            texts.append("")
            continue
        if cell is None:
            break
        width, height = _span(cell, "colspan"), _span(cell, "rowspan")
        texts.append(_cell_text(cell))
        texts.extend("" for _ in range(width - 1))
        if height > 1:
            pending.update(dict.fromkeys(range(column, column + width), height - 1))
        cell = next(queue, None)
    return texts


def _span(cell: LexborNode, name: str) -> int:
    value = (cell.attributes.get(name) or "").strip()
    return min(int(value), _MAX_SPAN) if value.isascii() and value.isdigit() and int(value) > 0 else 1


def _cell_text(cell: LexborNode) -> str:
    for node in cell.css("br, p, li, div"):
        node.insert_before("\n") if node.tag == "br" else node.insert_after("\n")
    return cell.text(deep=True).strip()
