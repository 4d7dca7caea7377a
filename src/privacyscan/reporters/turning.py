"""What would change the grade: how the same sum comes out without its heaviest parts."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from math import fsum

from privacyscan.knowledge.rules import RuleSet
from privacyscan.knowledge.texts import Texts
from privacyscan.models import Contribution, Grade, Report
from privacyscan.reporters.phrasing import Phrasing

_FULL = 100.0
_MAX_NAMED = 4


def turning(report: Report, rules: RuleSet, texts: Texts) -> Iterator[str]:
    """Yield what the policy would have to leave out for the next better grade, and what the next worse one takes."""
    exposure, grade = report.score.exposure, report.score.grade
    if exposure is None:
        return
    cuts = sorted((cut, other) for other, cut in rules.scoring.grades.items())
    better = next((other for cut, other in reversed(cuts) if cut < rules.scoring.grades[grade]), None)
    worse = next(((cut, other) for cut, other in cuts if cut > rules.scoring.grades[grade]), None)
    if better is not None:
        yield from _better(report, rules, texts, better)
    if worse is not None:
        yield texts("grade.turn_worse", points=f"{worse[0] - exposure:.1f}", grade=worse[1].value)


def _better(report: Report, rules: RuleSet, texts: Texts, better: Grade) -> Iterator[str]:
    heaviest = [item.practice for item in _risks(report)]
    cut = rules.scoring.grades[report.score.grade]
    single = [practice for practice in heaviest if _without(report, rules, {practice}) < cut]
    if single:
        key = "grade.turn_single" if len(single) == 1 else "grade.turn_one"
        yield texts(key, grade=better.value, names=_names(report, single, rules, texts))
        return
    for count in range(2, len(heaviest) + 1):
        if _without(report, rules, set(heaviest[:count])) < cut:
            names = _names(report, heaviest[:count], rules, texts)
            yield texts("grade.turn_several", grade=better.value, count=count, names=names)
            return


def _risks(report: Report) -> list[Contribution]:
    parts = [item for item in report.score.contributions if item.kind == "practice" and item.points > 0]
    return sorted(parts, key=lambda item: (-item.points, item.practice))


def _without(report: Report, rules: RuleSet, left_out: Collection[str]) -> float:
    """The exposure without some practices, and without the combinations they are part of."""
    parts = {item.id: item.practices for item in rules.combinations}
    kept = [
        item.points
        for item in report.score.contributions
        if (item.kind == "practice" and item.practice not in left_out)
        or (item.kind == "combination" and not set(parts[item.practice]) & set(left_out))
        or (item.kind == "limit" and item.practice == "protection_cap")
    ]
    return min(max(fsum(kept), 0.0), _FULL)


def _names(report: Report, practices: list[str], rules: RuleSet, texts: Texts) -> str:
    phrasing = Phrasing(report, rules, texts)
    shown = [phrasing.title(practice) for practice in practices[:_MAX_NAMED]]
    rest = len(practices) - len(shown)
    return ", ".join(shown) + (texts("grade.turn_more", count=rest) if rest else "")
