"""The picture of a grade: its exposure in rows that sum to it, areas beside the middle half of the reference."""

from __future__ import annotations

from collections.abc import Iterator
from math import fsum
from typing import NamedTuple

from privacyscan.knowledge.rules import RuleSet
from privacyscan.models import Category, Contribution, Report

# What protections take off is told with the cap that gives part of it back.
_PROTECTION_CAP = "protection_cap"


class Area(NamedTuple):
    """Points of exposure in one row: an area with the quartiles of the reference policies, or what else counts.

    ``name`` is a category, "combinations", "protections", or the id of a limit ("floor", "ceiling").
    """

    name: str
    points: float
    quartiles: tuple[float, float, float] | None = None


def areas(report: Report, rules: RuleSet) -> tuple[Area, ...]:
    """Return the rows that sum to the exposure of a policy, areas first; none without a grade.

    Every area that has a reference is there; what else counts only where it counts something.
    """
    if report.score.exposure is None:
        return ()
    points, reference = points_by_area(report, rules), rules.scoring.reference_areas
    known = [Area(category.value, points.get(category, 0.0), quartiles) for category, quartiles in reference.items()]
    others = [Area(category.value, own) for category, own in points.items() if category not in reference]
    beside: dict[str, list[float]] = {}
    for item in report.score.contributions:
        if name := _row(item):
            beside.setdefault(name, []).append(item.points)
    rows = [Area(name, round(fsum(own), 2)) for name, own in sorted(beside.items())]
    return (*known, *others, *(row for row in rows if row.points))


def _row(item: Contribution) -> str:
    """The row for what no area holds, else nothing."""
    if item.kind == "combination":
        return "combinations"
    if item.practice == _PROTECTION_CAP or (item.kind == "practice" and item.points < 0):
        return "protections"
    return item.practice if item.kind == "limit" else ""


def points_by_area(report: Report, rules: RuleSet) -> dict[Category, float]:
    """Return the sum of what single practices add to exposure, by category; protections take nothing off here."""
    found: dict[Category, list[float]] = {}
    for category, points in _added(report, rules):
        found.setdefault(category, []).append(points)
    return {category: round(fsum(points), 2) for category, points in found.items()}


def _added(report: Report, rules: RuleSet) -> Iterator[tuple[Category, float]]:
    for item in report.score.contributions:
        if item.kind == "practice" and item.points > 0:
            yield rules.rules[item.practice].category, item.points
