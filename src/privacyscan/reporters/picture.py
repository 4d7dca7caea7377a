"""The picture of a grade: exposure by area, beside the middle half of the reference policies."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import fsum

from privacyscan.knowledge.rules import RuleSet
from privacyscan.models import Category, Report


@dataclass(frozen=True)
class Area:
    """Points of exposure in one area, and the quartiles of the reference policies there."""

    category: Category
    points: float
    quartiles: tuple[float, float, float]


def areas(report: Report, rules: RuleSet) -> tuple[Area, ...]:
    """Return the areas in which a policy can earn exposure, in the order of the report; none without a grade."""
    if report.score.exposure is None:
        return ()
    points = points_by_area(report, rules)
    return tuple(
        Area(category, points.get(category, 0.0), quartiles)
        for category, quartiles in rules.scoring.reference_areas.items()
    )


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
