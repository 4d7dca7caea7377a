"""Reports on the versions of one policy → what changed from each to the next."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import accumulate

from msgspec.structs import replace

from privacyscan.documents.dating import stated_date
from privacyscan.documents.scope import scope_of
from privacyscan.models import (
    Category,
    Evidence,
    ExtractedValue,
    Finding,
    PracticeResult,
    Report,
    ReportDocument,
    Severity,
    State,
    Strength,
    ValueKind,
)
from privacyscan.quoting import evidence_of
from privacyscan.versions import MIN_VERSIONS, Change, ChangeKind, ChangeSide, Flag, History, Version

# How far a policy goes; conflicting wording is more than a condition and less than a plain statement.
_DEGREES = {State.DENIED: 0, State.CONDITIONAL: 1, State.CONTRADICTORY: 2, State.AFFIRMED: 4}
# Of these, other words are told even where the state is the same.
_GRAVE = (Severity.HIGH, Severity.CRITICAL)
# Lists of recipients change with every rewording.
_FOLLOWED = (ValueKind.COUNTRY, ValueKind.RETENTION_PERIOD, ValueKind.MINIMUM_AGE, ValueKind.AUTHORITY)
# What may change without a change of the text: addresses of links, numbers of sections, spaces.
_NOISE = re.compile(r"https?://\S+|^\W*\(?\d{1,3}(?:\.\d{1,3})*[.)]?(?=\s)|\W+", re.MULTILINE)


def follow(reports: Sequence[Report], dates: Sequence[date | None]) -> History:
    """Return the history of one policy from reports on its versions, in any order.

    A version without a date comes after the one it was given after. Raises
    ``ValueError`` for fewer than two versions, another number of dates, or
    reports made with different rules.
    """
    if len(reports) < MIN_VERSIONS or len(reports) != len(dates):
        raise ValueError(f"a history takes {MIN_VERSIONS} or more versions and a date for each")
    if len({report.ruleset_digest for report in reports}) > 1:
        raise ValueError("the reports were made with different rules; scan the versions again")
    places = accumulate(dates, lambda before, day: day or before, initial=date.min)
    next(places)
    ordered = sorted(zip(places, range(len(reports)), strict=True))
    versions: list[Version] = []
    previous: Report | None = None
    for _, index in ordered:
        report, day = reports[index], dates[index]
        versions.append(_version(previous, versions[-1] if versions else None, report, day))
        previous = report
    last = reports[ordered[-1][1]]
    named = (reports[index].service for _, index in reversed(ordered))
    return History(
        tool_version=last.tool_version,
        ruleset_digest=last.ruleset_digest,
        service=next(filter(None, named), ""),
        versions=tuple(versions),
    )


def _version(previous: Report | None, older: Version | None, report: Report, day: date | None) -> Version:
    stated = stated_date(report.document.text)
    changes = tuple(_changes(previous, report)) if previous is not None else ()
    version = Version(
        source=report.document.source,
        title=report.document.title,
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
    if not same_text and _scope(report) != _scope(previous):
        flags.append("title_names_another")
    if stated is not None and older.stated_date is not None and stated < older.stated_date:
        flags.append("date_went_back")
    if not same_text and stated is not None and stated == older.stated_date:
        flags.append("text_changed_date_same")
    meant = any(change.kind is not ChangeKind.REWORDED for change in changes)
    if not meant and stated is not None and older.stated_date is not None and stated != older.stated_date:
        flags.append("date_changed_meaning_same")
    return replace(version, other_points=other, flags=tuple(flags))


def _scope(report: Report) -> frozenset[str]:
    return scope_of(report.document.title, report.service)


def _changes(before: Report, after: Report) -> Iterator[Change]:
    """The changes of state and strength, the heaviest first, then those of values."""
    points = {practice: round(_points(after, practice) - _points(before, practice), 2) for practice in after.practices}
    texts = _plain(before.document.text), _plain(after.document.text)
    found = []
    for practice in after.practices:
        old, new = _Told(before, practice, texts[1]), _Told(after, practice, texts[0])
        kind = _kind(old, new)
        if kind is not None:
            stands = old.result.state is new.result.state and old.hedges and new.hedges
            found.append(
                Change(
                    practice=practice,
                    kind=kind,
                    before=old.side(),
                    after=new.side(),
                    points=points[practice],
                    stands=stands,
                )
            )
    yield from sorted(found, key=lambda change: (-abs(change.points), change.practice))
    for value_kind in _FOLLOWED:
        named, now_named = (_values(report, value_kind) for report in (before, after))
        if named and now_named and named.keys() != now_named.keys():
            yield Change(
                practice=next(iter(now_named.values())).practice,
                kind=ChangeKind.VALUE_CHANGED,
                before=_value_side(named, now_named, before.document),
                after=_value_side(now_named, named, after.document),
                value_kind=value_kind,
            )


class _Told:
    """What one version says of a practice, beside the text of the other version."""

    def __init__(self, report: Report, practice: str, other: str) -> None:
        self.document, self.result = report.document, report.practices[practice]
        own = [finding for finding in report.findings if finding.practice == practice]
        self.fresh = [finding for finding in own if _plain(finding.quote) not in other]
        same = [finding for finding in own if finding.state is self.result.state]
        self.deciding = [finding for finding in same if finding.strength is self.result.strength]
        self.grave = self.result.severity in _GRAVE
        self.protects = self.result.category is Category.PROTECTION
        # The sentence that says it best doesn't stand in the other version.
        best = self.result.evidence[0] if self.result.evidence else None
        self.replaced = best is not None and any(finding.start == best.start for finding in self.fresh)
        self.hedges = any(finding.strength is Strength.HEDGED for finding in same)

    def side(self) -> ChangeSide | None:
        """The state with its proof: a sentence that decides and is not in the other version, if there is one."""
        if self.result.state is State.SILENT:
            return None
        new = {(finding.start, finding.end) for finding in self.deciding if finding in self.fresh}
        shown = [item for item in self.result.evidence if (item.start, item.end) in new]
        chosen = next(iter(shown or _quoted(self.deciding, new, self.document) or self.result.evidence), None)
        return ChangeSide(state=self.result.state, strength=self.result.strength, evidence=chosen)


def _quoted(findings: Sequence[Finding], places: set[tuple[int, int]], document: ReportDocument) -> list[Evidence]:
    return [evidence_of(item, document) for item in findings if (item.start, item.end) in places]


def _kind(old: _Told, new: _Told) -> ChangeKind | None:
    """What happened, if the sentences themselves changed: one read in another context is no change of the policy."""
    states = old.result.state, new.result.state
    if states[0] is states[1] is State.SILENT:
        return None
    if states[0] is State.SILENT:
        return ChangeKind.APPEARED if new.fresh else None
    if states[1] is State.SILENT:
        return ChangeKind.VANISHED if old.fresh else None
    degrees = _degree(old.result), _degree(new.result)
    if degrees[0] == degrees[1]:
        # Of a grave practice, that its plainest sentence went; of a protection, that another took its place.
        told = old.grave or (old.protects and new.replaced)
        return ChangeKind.REWORDED if told and old.replaced else None
    if not (old.fresh or new.fresh):
        return None
    return ChangeKind.HARDENED if degrees[1] > degrees[0] else ChangeKind.SOFTENED


def _degree(result: PracticeResult) -> int:
    hedged = result.state is State.AFFIRMED and result.strength is Strength.HEDGED
    return _DEGREES[result.state] - hedged


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


def _value_side(
    own: dict[str, ExtractedValue], other: dict[str, ExtractedValue], document: ReportDocument
) -> ChangeSide:
    """The values of one side, proved by the first that the other side lacks."""
    telling = next((item for value, item in own.items() if value not in other), next(iter(own.values())))
    return ChangeSide(state=State.AFFIRMED, values=tuple(own.values()), evidence=evidence_of(telling, document))


def _plain(text: str) -> str:
    return " ".join(_NOISE.sub(" ", text).casefold().split())
