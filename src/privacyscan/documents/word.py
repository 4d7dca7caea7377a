"""Word (docx) → Markdown text, unpacked within limits (the extra ``documents``)."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from io import BytesIO
from typing import Any

from privacyscan.documents.errors import UnreadableSourceError

MAX_UNPACKED_BYTES = 50 * 1024 * 1024
MAX_MAIN_BYTES = 10 * 1024 * 1024
MAX_PARTS = 2000
_MAIN_PART = "word/document.xml"
_MISSING = "Word files need python-docx: pip install 'privacyscan[documents]', or save it as text"


def word_text(data: bytes, name: str) -> str:
    """Return the text of a docx file as Markdown. Raises ``UnreadableSourceError`` where it can't be read."""
    try:
        import docx
    except ImportError:
        raise UnreadableSourceError(f"{name}: {_MISSING}", "word_unavailable") from None
    _check_size(data, name)
    try:
        document = docx.Document(BytesIO(data))
        text = "\n\n".join(_blocks(document))
    except Exception:  # noqa: BLE001, RUF100 - python-docx lets the errors of zip, XML and its own lookups through
        raise UnreadableSourceError(f"{name}: the Word file is broken; save it anew or as text", "broken") from None
    if not text.strip():
        raise UnreadableSourceError(f"{name}: the Word file holds no text", "no_text")
    return text


def _check_size(data: bytes, name: str) -> None:
    """Refuse a bomb by the sizes its directory states; zipfile reads no more of a part than is stated."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            parts = {part.filename: part.file_size for part in archive.infolist()}
            count = len(archive.infolist())
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        raise UnreadableSourceError(f"{name}: the Word file is broken; save it anew or as text", "broken") from None
    if _MAIN_PART not in parts:
        raise UnreadableSourceError(f"{name}: this is a zip file, but no Word file", "not_text")
    if count > MAX_PARTS or sum(parts.values()) > MAX_UNPACKED_BYTES or parts[_MAIN_PART] > MAX_MAIN_BYTES:
        raise UnreadableSourceError(f"{name}: the Word file is too large once unpacked; save it as text", "too_long")


def _blocks(document: Any) -> Iterator[str]:
    for item in document.iter_inner_content():
        if hasattr(item, "rows"):
            yield from _table(item)
        elif text := " ".join(item.text.split()):
            style = (item.style.name or "") if item.style is not None else ""
            level = style.removeprefix("Heading ")
            if style == "Title":
                yield f"# {text}"
            elif style.startswith("Heading ") and level.isdigit():
                yield f"{'#' * min(int(level), 6)} {text}"
            else:
                yield f"- {text}" if style.startswith("List") else text


def _table(table: Any) -> Iterator[str]:
    rows = [[" ".join(cell.text.split()).replace("|", "\\|") for cell in row.cells] for row in table.rows]
    if rows:
        head, *body = rows
        lines = [head, ["---"] * len(head), *body]
        yield "\n".join(f"| {' | '.join(line)} |" for line in lines)
