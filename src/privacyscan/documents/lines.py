"""Reads structure out of bare lines: headings, enumerations, bullets, wrapped prose.

Plain text has nothing else; Markdown paragraphs and HTML line breaks often hide
the same structure, so all readers send their loose text through here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

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
_NUMBERED = frozenset(style for style, _ in _ENUMERATORS)
_ARTICLE = re.compile(
    r"^(?:제\s?\d{1,3}\s?[조장절](?:의\s?\d{1,2})?\s?(?:[(（\[【<〈][^)）\]】>〉]{1,50}[)）\]】>〉])?"
    r"|第[一二三四五六七八九十百\d]{1,5}[条章节](?=\s|[：:]|$)"
    r"|[一二三四五六七八九十]{1,3}[、.．])\s*"
)
# "1. 관리적 조치 : 내부 관리계획 수립": a label and what it holds, not a heading.
_LABELLED = re.compile(r"[:：]\s*\S")
_BARE_NUMBER = re.compile(r"^(?:\d{1,2}[.)]|제\s?\d{1,3}\s?조|[一二三四五六七八九十]{1,3}、)$")
_ENDS_SENTENCE = re.compile(r"[.!?。！？;；:：,，、]$|(?:니다|함|음|됨|임|요)$")
_CLOSES = re.compile(r"[.!?;:。！？；：]$|니다$")
_MARKDOWN_HEADING = re.compile(r"^(#{1,6})\s+(.*?)\s*#*$")
# Kana, Han and single Hangul letters: a line broken between two of them is joined without a space.
_UNSPACED = (("\u1100", "\u11ff"), ("\u3040", "\u30ff"), ("\u3130", "\u318f"), ("\u4e00", "\u9fff"))
# Headings that no markup makes stand below all that markup makes, numbered ones above bare ones.
_ARTICLE_LEVEL, _DECIMAL_LEVEL, _LETTERED_LEVEL, _UNNUMBERED_LEVEL = 11, 12, 15, 16
_DECIMAL_DEPTH = re.compile(r"^\d{1,2}((?:\.\d{1,2}){0,2})")
_FIGURE = re.compile(r"^[0-9]+(?:\.[0-9]+)*$")
HEADING_LIMIT = 80


class _Line(NamedTuple):
    text: str
    style: str  # "" for prose, "article", "markdown", "hanging", a bullet or an enumerator style
    rest: str
    indent: int = 0


def add_lines(builder: DocumentBuilder, text: str) -> None:
    """Add the lines of ``text`` to ``builder`` as headings, items and paragraphs."""
    marked = _hang(_mark(line, indent) for line, indent in _join_bare_numbers(_unwrap(_indented(text))))
    # Where one letter heads a sentence ("다. 결제: 카드 번호"), none of them heads a section.
    lettered = all(line.style != "hangul" or _titles(line) for line in marked)
    for index, line in enumerate(marked):
        before = marked[index - 1].style if index else ""
        after = marked[index + 1].style if index + 1 < len(marked) else ""
        _add_line(builder, line, alone=line.style not in (before, after), lettered=lettered)


def enumerated_lines(text: str) -> list[tuple[str, str]]:
    """Return the lines of a list item as (style, text): "" for its own, joined, else how a line is numbered or dotted.

    A numbered line inside an item ("2. What we collect", "2.1 …", "(1) …") is an item below it
    that Markdown knows no mark for; a figure ("30", "1.5 years") only begins a wrapped line.
    """
    lines: list[tuple[str, str]] = []
    for line in normalise(text).split("\n"):
        marked = _mark(line)
        mark = line[: len(line) - len(marked.rest)].strip()
        listed = marked.style in _NUMBERED or marked.style.startswith("bullet")
        figure = _FIGURE.match(mark) and (mark.isdigit() or marked.rest[:1].islower())
        if not lines:
            lines.append(("", line))
        elif listed and not figure:
            lines.append((marked.style, line if marked.style in _NUMBERED else marked.rest))
        else:
            lines[-1] = (lines[-1][0], f"{lines[-1][1]}\n{line}")
    return lines


def is_heading_text(text: str) -> bool:
    """True where a short text has no sentence end, as headings have none."""
    return 0 < len(text) <= HEADING_LIMIT and not _ENDS_SENTENCE.search(text)


def loose_heading_level(text: str) -> int:
    """Return the level of a heading that no markup makes: by its number, "제3조" over "2." over "2.1" over none."""
    if _ARTICLE.match(text):
        return _ARTICLE_LEVEL
    for style, pattern in _ENUMERATORS:
        if not pattern.match(text):
            continue
        if style == "decimal" and (found := _DECIMAL_DEPTH.match(text)):
            return _DECIMAL_LEVEL + found.group(1).count(".")
        return _LETTERED_LEVEL
    return _UNNUMBERED_LEVEL


def _add_line(builder: DocumentBuilder, line: _Line, *, alone: bool, lettered: bool) -> None:
    match line.style:
        case "":
            builder.paragraph(line.text)
        case "markdown":
            level = len(line.text) - len(line.text.lstrip("#"))
            builder.heading(line.rest, level)
        case "article":
            _add_article(builder, line)
        # "1. 수집 항목" alone is a heading; the same line among its like is a list.
        case "decimal" | "hangul" if alone and _titles(line) and (lettered or line.style == "decimal"):
            builder.heading(line.text, loose_heading_level(line.text))
        case style if style in _NUMBERED:
            builder.enumerated(line.text, style)
        case style:
            builder.enumerated(line.rest, style)


def _titles(line: _Line) -> bool:
    return bool(line.rest) and is_heading_text(line.text) and not _LABELLED.search(line.rest)


def _add_article(builder: DocumentBuilder, line: _Line) -> None:
    head = line.text[: len(line.text) - len(line.rest)].strip()
    if is_heading_text(line.text) or not line.rest:
        builder.heading(line.text, _ARTICLE_LEVEL)
    elif re.search(r"[)）\]】>〉]$", head):
        # "제3조 (보유기간) 회사는 …": the heading and its first sentence share a line.
        builder.heading(head, _ARTICLE_LEVEL)
        builder.paragraph(line.rest)
    else:
        builder.enumerated(line.text, "article")


def _mark(line: str, indent: int = 0) -> _Line:
    if found := _MARKDOWN_HEADING.match(line):
        return _Line(line, "markdown", found.group(2), indent)
    if found := _BULLET.match(line):
        return _Line(line, f"bullet {line[0]}", line[found.end() :], indent)
    if found := _ARTICLE.match(line):
        return _Line(line, "article", line[found.end() :], indent)
    for style, pattern in _ENUMERATORS:
        if found := pattern.match(line):
            return _Line(line, style, line[found.end() :], indent)
    return _Line(line, "", line, indent)


def _indented(text: str) -> list[tuple[str, int]]:
    """Return the lines of ``text``, normalised, each with the columns it stands in from the left."""
    lines: list[tuple[str, int]] = []
    for raw in text.replace("\r\n", "\n").replace("\r", "\n").split("\n"):
        wide = raw.expandtabs(4)
        indent = len(wide) - len(wide.lstrip())
        lines.extend((line, indent) for line in normalise(raw).split("\n") if line)
    return lines


def _hang(lines: Iterable[_Line]) -> list[_Line]:
    """Tie prose that stands deeper than the item above it to that item.

    It goes on with a sentence that the item broke off, or is a line of its own
    below it ("바. 아래의 정보가 수집될 수 있습니다." and, deeper, what they are).
    """
    hung: list[list[_Line]] = []
    for line in lines:
        above = hung[-1][0] if hung else None
        itemised = above is not None and above.style not in ("", "article", "markdown")
        if above is None or not itemised or line.style or line.indent <= above.indent:
            hung.append([line])
        elif _CLOSES.search(hung[-1][-1].text):
            hung.append([line._replace(style="hanging", indent=above.indent)])
        else:
            hung[-1].append(line)
    return [_whole(parts) for parts in hung]


def _whole(parts: list[_Line]) -> _Line:
    first, *rest = parts
    if not rest:
        return first
    tail = [line.text for line in rest]
    return first._replace(text=_joined([first.text, *tail]), rest=_joined([first.rest, *tail]))


def _join_bare_numbers(lines: Sequence[tuple[str, int]]) -> list[tuple[str, int]]:
    """Some pages put "2." and its title on two lines; they are one heading."""
    joined: list[tuple[str, int]] = []
    for line, indent in lines:
        if joined and _BARE_NUMBER.match(joined[-1][0]):
            joined[-1] = (f"{joined[-1][0]} {line}", joined[-1][1])
        else:
            joined.append((line, indent))
    return joined


def _unwrap(lines: list[tuple[str, int]]) -> list[tuple[str, int]]:
    """Undo hard wrapping: lines of nearly equal length are one paragraph."""
    if len(lines) < 3:
        return lines
    width = max(len(line) for line, _ in lines)
    full = sum(len(line) >= 0.7 * width for line, _ in lines[:-1])
    if width > 120 or full < 0.7 * (len(lines) - 1) or sum(bool(_mark(line).style) for line, _ in lines) > 1:
        return lines
    return [(_joined([line for line, _ in lines]), lines[0][1])]


def _joined(lines: Iterable[str]) -> str:
    """Return hard-wrapped lines as one, with a space where the script has one."""
    parts: list[str] = []
    for line in lines:
        if parts and not (parts[-1] and _unspaced(parts[-1][-1]) and _unspaced(line[0])):
            parts.append(" ")
        parts.append(line)
    return "".join(parts)


def _unspaced(letter: str) -> bool:
    return any(first <= letter <= last for first, last in _UNSPACED)
