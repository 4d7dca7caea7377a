"""What we read: bytes, text, Markdown or HTML → ``Document`` of blocks with exact offsets.

The reader of a format, and the library behind it, is imported with the first
document of that format.
"""

from __future__ import annotations

import hashlib
import re
from typing import BinaryIO, Literal

from privacyscan.documents.builder import DocumentBuilder
from privacyscan.documents.errors import UnreadableSourceError
from privacyscan.documents.language import detect_language
from privacyscan.documents.naming import guess_service
from privacyscan.documents.source import RawSource, decode, fetch
from privacyscan.documents.torn import mend
from privacyscan.models import PASTED, Document, Original

__all__ = [
    "DocumentBuilder",
    "Format",
    "UnreadableSourceError",
    "detect_language",
    "guess_service",
    "read_original",
    "read_raw",
    "read_source",
    "read_text",
    "text_of",
]

Format = Literal["auto", "plain", "markdown", "html"]

_HTML_START = re.compile(
    r"^\s*(?:<\?xml[^>]{0,200}\?>\s*)?(?:<!--.{0,2000}?-->\s*)*<(?:!doctype html|html|head|body|div|p|h[1-6])\b",
    re.IGNORECASE | re.DOTALL,
)
_MARKDOWN_MARK = re.compile(r"^(?:#{1,6} \S|[*-] {1,3}\S|={3,}$|-{3,}$|\|.*\|\s*$|> )|\*\*\S|\]\(https?:", re.MULTILINE)
_SUFFIXES: dict[str, Format] = {
    ".md": "markdown",
    ".markdown": "markdown",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".txt": "plain",
}


def read_source(source: str, stdin: BinaryIO | None = None) -> Document:
    """Return the document of a file path, ``-`` (stdin) or an http(s) address.

    Raises ``UnreadableSourceError`` with one line that says what is wrong and
    how to mend it.
    """
    return read_raw(fetch(source, stdin))


def read_raw(raw: RawSource) -> Document:
    """Return the document of bytes that were fetched already."""
    text, format = text_of(raw)
    return read_text(text, source=raw.name, format=format)


def text_of(raw: RawSource) -> tuple[str, Format]:
    """Return the text that bytes hold, and what it is written in. Raises ``UnreadableSourceError``."""
    # By their first bytes, not their names: those may say anything.
    if raw.data.startswith(b"%PDF-"):
        from privacyscan.documents.pdf import pdf_text

        return pdf_text(raw.data, raw.name), "plain"
    if raw.data.startswith(b"PK\x03\x04"):
        from privacyscan.documents.word import word_text

        return word_text(raw.data, raw.name), "markdown"
    return decode(raw), _declared_format(raw)


def read_original(source: str, stdin: BinaryIO | None = None) -> tuple[Document, Original]:
    """Return the document of a source as ``read_source`` does, and what it was read from."""
    raw = fetch(source, stdin)
    text, format = text_of(raw)
    document = read_text(text, source=raw.name, format=format)
    return document, Original(text=text, sha256=hashlib.sha256(raw.data).hexdigest())


def read_text(text: str, *, source: str = PASTED, format: Format = "auto") -> Document:
    """Return the document of ``text``; ``auto`` tells HTML and Markdown by their marks."""
    match _sniff(text) if format == "auto" else format:
        case "html":
            from privacyscan.documents.webpage import read_html

            return read_html(text, source)
        case "markdown":
            from privacyscan.documents.markdown import read_markdown

            return read_markdown(mend(text), source)
        case _:
            from privacyscan.documents.plain import read_plain

            return read_plain(mend(text), source)


def _declared_format(raw: RawSource) -> Format:
    kind = raw.content_type.split(";")[0].strip().lower()
    if kind in ("text/html", "application/xhtml+xml"):
        return "html"
    match = re.search(r"\.[A-Za-z]+$", raw.name)
    return _SUFFIXES.get(match.group().lower(), "auto") if match else "auto"


def _sniff(text: str) -> Format:
    if _HTML_START.match(text):
        return "html"
    return "markdown" if _MARKDOWN_MARK.search(text) else "plain"
