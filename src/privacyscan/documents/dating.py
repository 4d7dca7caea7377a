"""Dates: the one a policy states of itself, and the one in a file's name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

_MONTHS = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
_MONTH = r"(?P<name>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.?"
_DATES = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"(?P<year>20\d\d)\s?[-./년年]\s?(?P<month>\d{1,2})\s?[-./월月]\s?(?P<day>\d{1,2})",
        rf"{_MONTH}\s(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s(?P<year>20\d\d)",
        rf"(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s{_MONTH},?\s(?P<year>20\d\d)",
    )
)
# What stands beside a policy's own date; a date without it may be that of a law.
_CUE = re.compile(
    r"last (?:updated?|modified|revised|changed|reviewed)|updated(?: on)?:|effective"
    r"|^\W{0,6}(?:updated|revised|modified)(?: on)?(?= \w)"
    r"|date of (?:last )?(?:revision|update)"
    r"|most recent (?:changes?|update|revision)|changes? (?:\w+ ){0,6}(?:was|were) made on"
    r"|시행 ?일|시행일자|개정 ?일|공고 ?일|최종 ?(?:수정|업데이트)|적용됩니다|시행됩니다|부터 ?(?:시행|적용)"
    r"|更新日期|更新时间|生效日期|生效时间|发布日期|最近更新|版本(?:更新|发布)",
    re.IGNORECASE | re.MULTILINE,
)
_REACH = 60
# A policy dates itself at its beginning or at its end.
_HEAD, _TAIL = 4_000, 3_000


def stated_date(text: str) -> date | None:
    """Return the day on which a policy says it was last changed or takes effect, if it says so.

    Of several days (announced, in force, updated since) the latest is that of the text at hand.
    """
    for stretch in (text[:_HEAD], text[-_TAIL:]):
        if days := list(_cued(stretch)):
            return max(days)
    return None


def _cued(stretch: str) -> Iterator[date]:
    """The day beside each cue."""
    for cue in _CUE.finditer(stretch):
        around = stretch[max(cue.start() - _REACH, 0) : cue.end() + _REACH]
        found = sorted(_dates(around), key=lambda item: abs(item[0] - min(cue.start(), _REACH)))
        if found:
            yield found[0][1]


def date_in_name(name: str) -> date | None:
    """Return the date in a file's name (``2025-02-14.md``, ``policy_20250214.html``), if there is one."""
    for found in re.finditer(r"(?<!\d)(20\d\d)[-_.]?(\d\d)[-_.]?(\d\d)(?!\d)", name):
        day = _day(int(found[1]), int(found[2]), int(found[3]))
        if day is not None:
            return day
    return None


def _dates(text: str) -> Iterator[tuple[int, date]]:
    for pattern in _DATES:
        for found in pattern.finditer(text):
            parts = found.groupdict()
            month = parts.get("month")
            number = (
                int(month)
                if month
                else 1 + next(index for index, name in enumerate(_MONTHS) if name.startswith(parts["name"].lower()))
            )
            day = _day(int(parts["year"]), number, int(parts["day"]))
            if day is not None:
                yield found.start(), day


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
