"""Reads structure out of bare lines: headings, enumerations, bullets, wrapped prose.

Plain text has nothing else; Markdown paragraphs and HTML line breaks often hide
the same structure, so all readers send their loose text through here.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from privacyscan.documents.builder import DocumentBuilder, normalise

_BULLET = re.compile(r"^(?:[-*+•·●○◦▪■□▶▷►‣∙※◆◇◎]|[oO](?= ))\s+")
# Enumerators by style; a line that holds one is a list item unless it reads as a heading.
_ENUMERATORS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("decimal", re.compile(r"^\d{1,2}(?:\.\d{1,2}){0,3}[.．、]?(?=\s)\s*|^\d{1,2}(?:\.\d{1,2}){0,3}[.．、](?=\D)")),
    ("paren", re.compile(r"^[(（]\d{1,2}[)）]\s*|^\d{1,2}[)）]\s*")),
    ("circled", re.compile(r"^[①-⑳]\s*")),
    ("hangul", re.compile(r"^[가나다라마바사아자차카타파하][.)]\s+")),
    ("letter", re.compile(r"^[(（]?[a-zA-Z][.)）]\s+")),
    ("roman", re.compile(r"^[(（]?[ivxIVX]{1,5}[.)）]\s+|^[ⅰ-ⅿⅠ-Ⅿ][.)]?\s*")),
    ("han_paren", re.compile(r"^[(（][一二三四五六七八九十]{1,3}[)）]\s*")),
)
_ARTICLE = re.compile(
    r"^(?:제\s?\d{1,3}\s?[조장절](?:의\s?\d{1,2})?\s?(?:[(（\[【<〈][^)）\]】>〉]{1,50}[)）\]】>〉])?"
    r"|第[一二三四五六七八九十百\d]{1,5}[条章节](?=\s|[：:]|$)"
    r"|[一二三四五六七八九十]{1,3}[、.．])\s*"
)
# "1. 관리적 조치 : 내부 관리계획 수립": a label and what it holds, not a heading.
_LABELLED = re.compile(r"[:：]\s*\S")
_BARE_NUMBER = re.compile(r"^(?:\d{1,2}[.)]|제\s?\d{1,3}\s?조|[一二三四五六七八九十]{1,3}、)$")
_ENDS_SENTENCE = re.compile(r"[.!?。！？;；:：,，、]$|(?:니다|함|음|됨|임|요)$")
_MARKDOWN_HEADING = re.compile(r"^(#{1,6})\s+(.*?)\s*#*$")
# Kana, Han and single Hangul letters: a line broken between two of them is joined without a space.
_UNSPACED = (("\u1100", "\u11ff"), ("\u3040", "\u30ff"), ("\u3130", "\u318f"), ("\u4e00", "\u9fff"))
HEADING_LIMIT = 80
_LOOSE_HEADING_LEVEL = {"article": 3, "decimal": 4, "other": 5}


@dataclass(frozen=True)
class _Line:
    text: str
    style: str  # "" for prose, "bullet", "article", "markdown", or an enumerator style
    rest: str


def add_lines(builder: DocumentBuilder, text: str, *, depth: int = 0) -> None:
    """Add the lines of ``text`` to ``builder`` as headings, items and paragraphs."""
    lines = _join_bare_numbers(_unwrap(normalise(text).split("\n")))
    marked = [_mark(line) for line in lines if line]
    for index, line in enumerate(marked):
        before = marked[index - 1].style if index else ""
        after = marked[index + 1].style if index + 1 < len(marked) else ""
        _add_line(builder, line, before, after, depth)


def is_heading_text(text: str) -> bool:
    """True where a short text has no sentence end, as headings have none."""
    return 0 < len(text) <= HEADING_LIMIT and not _ENDS_SENTENCE.search(text)


def _add_line(builder: DocumentBuilder, line: _Line, before: str, after: str, depth: int) -> None:
    match line.style:
        case "":
            builder.paragraph(line.text)
        case "markdown":
            level = len(line.text) - len(line.text.lstrip("#"))
            builder.heading(line.rest, level)
        case "bullet":
            builder.list_item(line.rest, depth + 5)
        case "article":
            _add_article(builder, line)
        case style:
            # "1. 수집 항목" alone is a heading; the same line among its like is a list.
            alone = style not in (before, after) and not _LABELLED.search(line.rest)
            if style in ("decimal", "hangul") and alone and is_heading_text(line.text) and line.rest:
                builder.heading(line.text, _LOOSE_HEADING_LEVEL["decimal" if style == "decimal" else "other"])
            else:
                rank = [name for name, _ in _ENUMERATORS].index(style)
                builder.list_item(line.text, depth + min(rank, 4))


def _add_article(builder: DocumentBuilder, line: _Line) -> None:
    head = line.text[: len(line.text) - len(line.rest)].strip()
    if is_heading_text(line.text) or not line.rest:
        builder.heading(line.text, _LOOSE_HEADING_LEVEL["article"])
    elif re.search(r"[)）\]】>〉]$", head):
        # "제3조 (보유기간) 회사는 …": the heading and its first sentence share a line.
        builder.heading(head, _LOOSE_HEADING_LEVEL["article"])
        builder.paragraph(line.rest)
    else:
        builder.list_item(line.text, 0)


def _mark(line: str) -> _Line:
    if found := _MARKDOWN_HEADING.match(line):
        return _Line(line, "markdown", found.group(2))
    if found := _BULLET.match(line):
        return _Line(line, "bullet", line[found.end() :])
    if found := _ARTICLE.match(line):
        return _Line(line, "article", line[found.end() :])
    for style, pattern in _ENUMERATORS:
        if found := pattern.match(line):
            return _Line(line, style, line[found.end() :])
    return _Line(line, "", line)


def _join_bare_numbers(lines: Sequence[str]) -> list[str]:
    """Some pages put "2." and its title on two lines; they are one heading."""
    joined: list[str] = []
    for line in lines:
        if joined and _BARE_NUMBER.match(joined[-1]):
            joined[-1] = f"{joined[-1]} {line}"
        else:
            joined.append(line)
    return joined


def _unwrap(lines: list[str]) -> list[str]:
    """Undo hard wrapping: lines of nearly equal length are one paragraph."""
    if len(lines) < 3:
        return lines
    width = max(len(line) for line in lines)
    full = sum(len(line) >= 0.7 * width for line in lines[:-1])
    if width > 120 or full < 0.7 * (len(lines) - 1) or sum(bool(_mark(line).style) for line in lines) > 1:
        return lines
    text = lines[0]
    for line in lines[1:]:
        text += line if _unspaced(text[-1]) and _unspaced(line[0]) else " " + line
    return [text]


def _unspaced(letter: str) -> bool:
    return any(first <= letter <= last for first, last in _UNSPACED)
