"""The proof beside a finding: its quotes with what introduces them, where they stand, and why they were read so."""

from __future__ import annotations

import re
from bisect import bisect_right
from itertools import takewhile

from privacyscan.knowledge.texts import Texts
from privacyscan.models import BlockKind, Category, Evidence, Reason, Report, State
from privacyscan.reporters.marks import shorten
from privacyscan.reporters.quotation import plain, shown
from privacyscan.reporters.story import Quote, quote_anchor
from privacyscan.scripts import KOREAN_COUNTERS, is_hangul

_MAX_HEADING = 60
_MAX_DENIAL = 160
_MAX_LEAD = 240
_MAX_TOUCHING = 200
_STOPS = " .。;；,，"
# "2. …" and "가. …" are numbered anew under every article.
_NUMBERED = re.compile(r"[(（]?(?:\d{1,2}|[" + KOREAN_COUNTERS + r"]|[①-⑳])[.)）]")
_LONGEST_ENDING = 6
_ENDED = re.compile(r"[.!?。！？][\"'”’)\]」』）]{0,3}$")
_ARTICLE = re.compile(r"제 ?\d+ ?[조장]|第[一二三四五六七八九十\d]+[条章]")
# An item of a list whose verb stands in the sentence above it.
_INTRODUCED = ("intro_verb", "list_intro_denies")
# Why a passage on a practice is no statement of it, the most telling first; other words of the same look tell nothing.
_TOUCHING = ("user_control", "denied_for_minors", "not_the_service", "elsewhere", "statutory_definition")


class Proof:
    """The proof of one report in one language."""

    def __init__(self, report: Report, texts: Texts) -> None:
        self._report, self._texts = report, texts
        self._introduced = {
            (item.start, item.end)
            for item in report.findings
            if any(reason.code in _INTRODUCED for reason in item.reasons)
        }

    def quote(self, evidence: Evidence) -> Quote:
        """Return a quote as it is shown: an item of a list behind the sentence that introduces it."""
        text = shown(evidence, self._report.document)
        if lead := self._lead_in(evidence):
            text = f"{lead} … {text.removeprefix('…')}"
        return Quote(text, quote_anchor(evidence), evidence.start, evidence.end, place(evidence.section))

    def reason(self, practice: str, reason: Reason) -> str:
        """Return one reason in words."""
        narrower = reason.code == "denial_of_narrower_scope"
        detail = self._denial(practice) if narrower else self._whole_word(practice, reason.detail)
        return self._texts(f"reasons.{reason.code}", detail=detail.rstrip(_STOPS))

    def _whole_word(self, practice: str, detail: str) -> str:
        """The words of a reason with the ending of a Korean word that a pattern leaves off: "처리하" → "처리하는"."""
        if not is_hangul(detail[-1:]):
            return detail
        for evidence in self._report.practices[practice].evidence:
            _, found, behind = evidence.quote.partition(detail)
            if found and (ending := "".join(takewhile(is_hangul, behind[:_LONGEST_ENDING]))):
                return detail + ending
        return detail

    def touched(self, practice: str) -> str:
        """Return a passage that speaks of a practice and was read as no statement of it, and why; or nothing."""
        found = [
            (_TOUCHING.index(reason.code), item.start, item, reason)
            for item in self._report.dismissed
            for reason in item.reasons[-1:]
            if item.practice == practice and reason.code in _TOUCHING
        ]
        # Catch-all words stand in many a definition and are about no practice of their own.
        if not found or self._report.practices[practice].category is Category.TRANSPARENCY:
            return ""
        *_, item, reason = min(found, key=lambda entry: entry[:2])
        quote = shorten(plain(item.quote), _MAX_TOUCHING)
        return self._texts("touched", quote=quote, reason=self.reason(practice, reason))

    def _lead_in(self, evidence: Evidence) -> str:
        if (evidence.start, evidence.end) not in self._introduced:
            return ""
        document = self._report.document
        index = bisect_right(document.blocks, evidence.start, key=lambda block: block.start) - 1
        block = document.blocks[index]
        if block.kind is not BlockKind.LIST_ITEM or block.intro is None:
            return ""
        above = document.blocks[block.intro]
        lead = " ".join(plain(document.text[above.start : above.end]).split())
        # A whole sentence above an item introduces nothing.
        return lead if len(lead) <= _MAX_LEAD and not _ENDED.search(lead) else ""

    def _denial(self, practice: str) -> str:
        """The first sentence that denies a practice which another one affirms."""
        own = (item for item in self._report.findings if item.practice == practice and item.state is State.DENIED)
        return shorten(plain(next(own).quote), _MAX_DENIAL)


def place(section: tuple[str, ...]) -> str:
    """Return where a quote stands: a heading that is only numbered ("2. …") with the one above it."""
    own = [plain(" ".join(heading.split())) for heading in section]
    if len(own) > 1 and _NUMBERED.match(own[-1]) and (len(own) > 2 or _ARTICLE.match(own[-2])):
        return " › ".join(shorten(heading, _MAX_HEADING) for heading in own[-2:])
    return own[-1] if own else ""
