"""Reports on the versions of one policy → what changed from each to the next."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date

from privacyscan.documents import stated_date
from privacyscan.models import Evidence, ExtractedValue, PracticeResult, Report, State, Strength, ValueKind
from privacyscan.versions import MIN_VERSIONS, Change, ChangeKind, ChangeSide, Flag, History, Version

# How far a policy goes; conflicting wording is more than a condition and less than a plain statement.
_DEGREES = {State.DENIED: 0, State.CONDITIONAL: 1, State.CONTRADICTORY: 2, State.AFFIRMED: 4}
# Lists of recipients change with every rewording.
_FOLLOWED = (ValueKind.COUNTRY, ValueKind.RETENTION_PERIOD, ValueKind.MINIMUM_AGE, ValueKind.AUTHORITY)
# What may change without a change of the text: addresses of links, numbers of sections, spaces.
_NOISE = re.compile(r"https?://\S+|^\W*\(?\d{1,3}(?:\.\d{1,3})*[.)]?(?=\s)|\W+", re.MULTILINE)


def follow(reports: Sequence[Report], dates: Sequence[date]) -> History:
    """Return the history of one policy from reports on its versions, in any order.

    Raises ``ValueError`` for fewer than two versions, another number of dates,
    or reports made with different rules.
    """
    if len(reports) < MIN_VERSIONS or len(reports) != len(dates):
        raise ValueError(f"a history takes {MIN_VERSIONS} or more versions and a date for each")
    if len({report.ruleset_digest for report in reports}) > 1:
        raise ValueError("the reports were made with different rules; scan the versions again")
    dated = sorted(zip(dates, range(len(reports)), reports, strict=True), key=lambda item: item[:2])
    versions: list[Version] = []
    previous: Report | None = None
    for day, _, report in dated:
        versions.append(_version(previous, versions[-1] if versions else None, report, day))
        previous = report
    last = dated[-1][2]
    return History(
        tool_version=last.tool_version,
        ruleset_digest=last.ruleset_digest,
        service=last.service,
        versions=tuple(versions),
    )


def _version(previous: Report | None, older: Version | None, report: Report, day: date) -> Version:
    stated = stated_date(report.document.text)
    changes = tuple(_changes(previous, report)) if previous is not None else ()
    version = Version(
        source=report.document.source,
        date=day,
        stated_date=stated,
        sha256=report.document.sha256,
        language=report.document.language,
        score=report.score,
        changes=changes,
    )
    if previous is None or older is None:
        return version
    graded = report.score.exposure is not None and previous.score.exposure is not None
    moved = (report.score.exposure or 0.0) - (previous.score.exposure or 0.0) if graded else 0.0
    other = round(moved - sum(change.points for change in changes), 2) if graded else 0.0
    same_text = _plain(previous.document.text) == _plain(report.document.text)
    flags: list[Flag] = ["text_same"] if same_text else []
    if not same_text and stated is not None and stated == older.stated_date:
        flags.append("text_changed_date_same")
    if not changes and stated is not None and older.stated_date is not None and stated != older.stated_date:
        flags.append("date_changed_meaning_same")
    return version.model_copy(update={"other_points": other, "flags": tuple(flags)})


def _changes(before: Report, after: Report) -> Iterator[Change]:
    """The changes of state and strength, the heaviest first, then those of values."""
    points = {practice: round(_points(after, practice) - _points(before, practice), 2) for practice in after.practices}
    found = []
    for practice, new in after.practices.items():
        kind = _kind(before.practices[practice], new)
        if kind is not None:
            sides = (_side(result) for result in (before.practices[practice], new))
            old_side, new_side = sides
            found.append(Change(practice=practice, kind=kind, before=old_side, after=new_side, points=points[practice]))
    yield from sorted(found, key=lambda change: (-abs(change.points), change.practice))
    for value_kind in _FOLLOWED:
        old, new_values = (_values(report, value_kind) for report in (before, after))
        if old and new_values and old.keys() != new_values.keys():
            yield Change(
                practice=next(iter(new_values.values())).practice,
                kind=ChangeKind.VALUE_CHANGED,
                before=_value_side(old, new_values),
                after=_value_side(new_values, old),
                value_kind=value_kind,
            )


def _kind(old: PracticeResult, new: PracticeResult) -> ChangeKind | None:
    if old.state is new.state is State.SILENT:
        return None
    if State.SILENT in (old.state, new.state):
        return ChangeKind.APPEARED if old.state is State.SILENT else ChangeKind.VANISHED
    degrees = _degree(old), _degree(new)
    if degrees[0] == degrees[1]:
        return None
    return ChangeKind.HARDENED if degrees[1] > degrees[0] else ChangeKind.SOFTENED


def _degree(result: PracticeResult) -> int:
    hedged = result.state is State.AFFIRMED and result.strength is Strength.HEDGED
    return _DEGREES[result.state] - hedged


def _side(result: PracticeResult) -> ChangeSide | None:
    if result.state is State.SILENT:
        return None
    evidence = result.evidence[0] if result.evidence else None
    return ChangeSide(state=result.state, strength=result.strength, evidence=evidence)


def _points(report: Report, practice: str) -> float:
    return sum(
        item.points for item in report.score.contributions if item.kind == "practice" and item.practice == practice
    )


def _values(report: Report, kind: ValueKind) -> dict[str, ExtractedValue]:
    own: dict[str, ExtractedValue] = {}
    for item in report.values:
        if item.kind is kind:
            own.setdefault(item.value, item)
    if kind is ValueKind.RETENTION_PERIOD and own:
        longest = max(own.values(), key=lambda item: item.amount or 0)
        return {longest.value: longest}
    return own


def _value_side(own: dict[str, ExtractedValue], other: dict[str, ExtractedValue]) -> ChangeSide:
    """The values of one side, proved by the first that the other side lacks."""
    telling = next((item for value, item in own.items() if value not in other), next(iter(own.values())))
    evidence = Evidence(quote=telling.quote, start=telling.start, end=telling.end, section=telling.section)
    return ChangeSide(state=State.AFFIRMED, values=tuple(own.values()), evidence=evidence)


def _plain(text: str) -> str:
    return " ".join(_NOISE.sub(" ", text).casefold().split())
