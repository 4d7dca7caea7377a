"""PDF → text, page by page and within limits (the extra ``documents``)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from privacyscan.documents.errors import UnreadableSourceError

MAX_PAGES = 300
MAX_CHARACTERS = 2 * 1024 * 1024
_MISSING = "PDF files need pypdfium2: pip install 'privacyscan[documents]', or copy the text into a .txt file"


def pdf_text(data: bytes, name: str) -> str:
    """Return the text of a PDF. Raises ``UnreadableSourceError`` where it is broken, locked, too long or an image."""
    try:
        import pypdfium2
    except ImportError:
        raise UnreadableSourceError(f"{name}: {_MISSING}", "pdf_unavailable") from None
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            raise UnreadableSourceError(f"{name}: the PDF is locked; save it without a password", "locked") from None
        raise UnreadableSourceError(f"{name}: the PDF is broken; copy its text into a .txt file", "broken") from None
    try:
        if len(document) > MAX_PAGES:
            raise UnreadableSourceError(
                f"{name}: the PDF has {len(document)} pages, more than {MAX_PAGES}; give the policy alone", "too_long"
            )
        text = "\n\n".join(_bounded(_pages(document), name)).replace("\r\n", "\n")
    except pypdfium2.PdfiumError:
        raise UnreadableSourceError(f"{name}: the PDF is broken; copy its text into a .txt file", "broken") from None
    finally:
        document.close()
    if not text.strip():
        raise UnreadableSourceError(f"{name}: the PDF holds pictures and no text; copy the policy's text", "no_text")
    return text


def _pages(document: Any) -> Iterator[str]:
    for page in document:
        text = page.get_textpage()
        # PDFium marks a hyphen at the end of a line with U+FFFE.
        yield text.get_text_bounded().replace("\ufffe", "")
        text.close()
        page.close()


def _bounded(pages: Iterator[str], name: str) -> Iterator[str]:
    left = MAX_CHARACTERS
    for page in pages:
        left -= len(page)
        if left < 0:
            raise UnreadableSourceError(f"{name}: the PDF holds more than 2 MB of text", "too_long")
        yield page
