"""Plain text → Document."""

from __future__ import annotations

import re

from privacyscan.documents.builder import DocumentBuilder, normalise
from privacyscan.documents.lines import add_lines, is_heading_text, loose_heading_level
from privacyscan.models import Document

_PARAGRAPH_BREAK = re.compile(r"\n[^\S\n]*\n+")
_TITLE_LEVEL = 1


def read_plain(text: str, source: str) -> Document:
    """Return the document of a plain text; blank lines part paragraphs, lone short lines head sections."""
    builder = DocumentBuilder(source=source)
    chunks = [
        chunk for chunk in _PARAGRAPH_BREAK.split(text.replace("\r\n", "\n").replace("\r", "\n")) if chunk.strip()
    ]
    for index, chunk in enumerate(chunks):
        lone = normalise(chunk)
        starts_like_text = bool(lone) and (lone[0].isupper() or not lone[0].isascii())
        if "\n" not in lone and starts_like_text and is_heading_text(lone) and index + 1 < len(chunks):
            builder.heading(lone, _TITLE_LEVEL if index == 0 else loose_heading_level(lone))
        else:
            add_lines(builder, chunk)
    return builder.build()
