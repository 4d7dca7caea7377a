"""How plainly a clause says what it is evidence for: whole sentences first, headings and pointers last."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Mapping
from enum import IntEnum
from functools import cache

from privacyscan.knowledge.lexicon import Frame, Lexicon
from privacyscan.knowledge.patterns import Finder, compile_any
from privacyscan.models import BlockKind, Document, Finding, Language
from privacyscan.scripts import has_cjk

# Sentences end so; Korean ones without a full stop end in their verb.
_SENTENCE_END = re.compile(r"(?:[.!?。！？;；]|[다요음임함])[\"'”’)\]」』）*_]{0,4}$")
_SHORT, _CAPTION, _LONG = 16, 90, 420
# Beyond this a clause is a long list rather than a telling one.
_MENTIONS_COUNTED = 3
# "3.4 With our affiliates."
_NUMBERED = re.compile(r"\d{1,2}(?:\.\d{1,2})+\.? .{1,70}$")
# What stands in brackets is said by the way.
_BRACKETS = ("(", "（")


class Form(IntEnum):
    """What kind of clause a quote is, the plainest first."""

    SENTENCE = 0
    ITEM = 1
    ROW = 2
    ASIDE = 3
    POINTER = 4
    HEADING = 5


class Clarity:
    """Tells quotes by how plainly they speak, with the cue words of all languages: many policies mix two."""

    def __init__(self, lexicons: Mapping[Language, Lexicon]) -> None:
        """Prepare to read with the cue words of ``lexicons``."""
        known = list(lexicons.values())
        self._lexicons = known
        self._points = _any(pattern for lexicon in known for pattern in lexicon.leads_elsewhere)
        self._refuses = _any(pattern for lexicon in known for pattern in lexicon.refusing)
        self._turns_down = _any(pattern for lexicon in known for pattern in lexicon.turning_down)
        self._acts = _any(pattern for lexicon in known for pattern in lexicon.acts_on_data)
        self._speaker = _any(pattern for lexicon in known for pattern in lexicon.speakers)
        self._regional = _any(pattern for lexicon in known for pattern in lexicon.regional_headings)

    def form_of(self, finding: Finding, document: Document, *, act: bool) -> Form:
        """Return what kind of clause the quote of ``finding`` is; ``act``: it is to tell what a service does."""
        text = " ".join(finding.quote.split())
        kind = kind_at(document, finding.start)
        short = len(text) < (_SHORT // 2 if has_cjk(text) else _SHORT)
        ended = bool(_SENTENCE_END.search(text))
        caption = not ended and len(text) < _CAPTION and kind in (BlockKind.PARAGRAPH, BlockKind.HEADING, None)
        if kind is BlockKind.HEADING or caption or _NUMBERED.match(text):
            return Form.HEADING
        if (
            text.startswith(_BRACKETS)
            or _heads(finding)
            or short
            or _found(self._points, text)
            or self._aside(text, act=act)
        ):
            return Form.POINTER
        if kind in (BlockKind.TABLE_ROW, BlockKind.TABLE_HEADER):
            return Form.ROW
        if act and not _borrowed(finding) and not _found(self._acts, text):
            return Form.ASIDE
        return Form.SENTENCE if ended and not _borrowed(finding) else Form.ITEM

    def away(self, finding: Finding, frame: Frame) -> tuple[bool, bool]:
        """Return whether a quote stands in a chapter for some regions only, and whether outside those on its act."""
        headings = " ".join(finding.section)
        verbs = _any(pattern for lexicon in self._lexicons for pattern in lexicon.frames.get(frame, ())[:1])
        return _found(self._regional, headings), not _found(verbs, headings)

    def plainness(self, finding: Finding, document: Document, *, act: bool) -> tuple[int, bool, int, bool]:
        """Return a key by which the plainest quote sorts first: form, length, what it names, whether it says who."""
        text = finding.quote
        long = len(text) > (_LONG // 2 if has_cjk(text) else _LONG)
        named = -min(finding.mentions, _MENTIONS_COUNTED)
        return int(self.form_of(finding, document, act=act)), long, named, not _found(self._speaker, text)

    def _aside(self, text: str, *, act: bool) -> bool:
        """Whether how to refuse a thing, or in which cases a right is turned down, shows it only by the way."""
        return _found(self._refuses if act else self._turns_down, text)


def _any(patterns: Iterable[str]) -> Finder | None:
    return _compiled(tuple(patterns))


@cache
def _compiled(patterns: tuple[str, ...]) -> Finder | None:
    return compile_any(patterns)


def _found(cue: Finder | None, text: str) -> bool:
    return cue is not None and bool(cue.search(text))


def _heads(finding: Finding) -> bool:
    """Whether nothing but the heading above says what is done: the clause is a caption under it."""
    codes = {reason.code for reason in finding.reasons}
    return "heading_verb" in codes and not _SENTENCE_END.search(finding.quote.strip())


def _borrowed(finding: Finding) -> bool:
    """Whether the verb stands outside the clause: in the sentence over a list, a table's head, a heading."""
    return any(reason.code in ("intro_verb", "row_verb", "heading_verb", "bare_list") for reason in finding.reasons)


def kind_at(document: Document, place: int) -> BlockKind | None:
    """Return the kind of the block that a place of the text stands in, if any."""
    index = bisect_right(document.blocks, place, key=lambda block: block.start) - 1
    return document.blocks[index].kind if index >= 0 else None
