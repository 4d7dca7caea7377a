"""The picture of a history: where versions, stretches, announcements and dates stand, as parts of its length."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from privacyscan.reporters.chronicle import Chronicle, ToldVersion
from privacyscan.reporters.story import PublicRecord

# Announcements closer together than this part of the length share a mark, numbers closer together give way.
_CLOSE = 0.03
# Months between two dates on the axis: the fewest of these that leave no more dates than fit.
_STEPS = (1, 3, 6, 12, 24, 60)
_MAX_TICKS = 6


@dataclass(frozen=True)
class Dot:
    """One version: where it begins, at what exposure; ``label`` is its number where it changed something."""

    at: float
    level: float
    label: str
    changed: bool
    dated: bool


@dataclass(frozen=True)
class Stretch:
    """A stretch at one exposure; ``known`` is false where versions may be missing."""

    start: float
    end: float
    level: float
    known: bool


@dataclass(frozen=True)
class Mark:
    """Announcements at about the same time; ``label`` counts them where there are several."""

    at: float
    label: str


@dataclass(frozen=True)
class Tick:
    """A date on the axis."""

    at: float
    label: str


@dataclass(frozen=True)
class Timeline:
    """Everything the picture draws; positions are parts of its length, levels are points of exposure."""

    dots: tuple[Dot, ...]
    stretches: tuple[Stretch, ...]
    marks: tuple[Mark, ...]
    ticks: tuple[Tick, ...]
    gaps: bool
    undated: bool


def timeline(told: Chronicle) -> Timeline:
    """Return the picture of ``told``: to scale where days are known, else evenly spaced."""
    days = [day for item in told.versions for day in (item.day, item.version.date) if day is not None]
    recorded = [date.fromisoformat(record.date) for record in told.records]
    axis = _Axis(min([*days, *recorded]), max([*days, *recorded])) if len(set(days)) > 1 else None
    places = _places(told.versions, axis)
    seen = [
        max(at, axis.at(item.version.date)) if axis and item.version.date else at
        for at, item in zip(places, told.versions, strict=True)
    ]
    stretches = tuple(_stretches(told.versions, places, seen))
    return Timeline(
        dots=tuple(_dots(told.versions, places)),
        stretches=stretches,
        marks=tuple(_marks(told.records, axis)) if axis else (),
        ticks=tuple(axis.ticks()) if axis else (),
        gaps=any(not stretch.known for stretch in stretches),
        undated=any(item.day is None for item in told.versions),
    )


class _Axis:
    def __init__(self, first: date, last: date) -> None:
        self.first, self.days = first, (last - first).days

    def at(self, day: date) -> float:
        return (day - self.first).days / self.days

    def ticks(self) -> Iterator[Tick]:
        """The first days of months, as many as fit."""
        last = self.first + timedelta(days=self.days)
        months = [
            date(year, month, 1)
            for year in range(self.first.year, last.year + 1)
            for month in range(1, 13)
            if self.first <= date(year, month, 1) <= last
        ]
        for step in _STEPS:
            shown = [day for day in months if (day.year * 12 + day.month - 1) % step == 0]
            if len(shown) <= _MAX_TICKS:
                break
        return (Tick(self.at(day), f"{day:%Y-%m}") for day in shown)


def _places(versions: Sequence[ToldVersion], axis: _Axis | None) -> list[float]:
    """Where each version begins; those without a date share the space between their neighbours."""
    known = [axis.at(item.day) if axis and item.day else None for item in versions]
    if axis is None:
        return [index / (len(versions) - 1) for index in range(len(versions))]
    places = list(known)
    for index, place in enumerate(known):
        if place is None:
            before = next((at for at in reversed(places[:index]) if at is not None), 0.0)
            rest = known[index:]
            waiting = next((count for count, at in enumerate(rest) if at is not None), len(rest))
            after = next((at for at in rest if at is not None), 1.0)
            places[index] = before + (after - before) / (waiting + 1)
    return [place for place in places if place is not None]


def _dots(versions: Sequence[ToldVersion], places: Sequence[float]) -> Iterator[Dot]:
    labelled = -1.0
    for at, item in zip(places, versions, strict=True):
        if item.version.score.exposure is None:
            continue
        changed = bool(item.changes) or item.number == 1
        label = str(item.number) if changed and at - labelled >= _CLOSE else ""
        labelled = at if label else labelled
        yield Dot(at, item.version.score.exposure, label, bool(item.changes), item.day is not None)


def _stretches(versions: Sequence[ToldVersion], places: Sequence[float], seen: Sequence[float]) -> Iterator[Stretch]:
    for index, (item, following) in enumerate(pairwise([*versions, None])):
        if item is None or item.version.score.exposure is None:
            continue
        level = item.version.score.exposure
        end = places[index + 1] if following is not None else seen[index]
        unsure = following is not None and (following.gap or item.day is None or following.day is None)
        sure = min(seen[index], end) if unsure else end
        if sure > places[index]:
            yield Stretch(places[index], sure, level, known=True)
        if end > sure:
            yield Stretch(max(sure, places[index]), end, level, known=False)


def _marks(records: Sequence[PublicRecord], axis: _Axis) -> Iterator[Mark]:
    group: list[float] = []
    for place in [axis.at(date.fromisoformat(record.date)) for record in records]:
        if group and place - group[0] > _CLOSE:
            yield _mark(group)
            group = []
        group.append(place)
    if group:
        yield _mark(group)


def _mark(places: Sequence[float]) -> Mark:
    return Mark(sum(places) / len(places), str(len(places)) if len(places) > 1 else "")
