"""States → score: exposure, transparency, grade, and the contributions that make them."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Mapping
from math import fsum

from privacyscan.knowledge.lexicon import Lexicon
from privacyscan.knowledge.patterns import compile_any
from privacyscan.knowledge.rules import Rule, RuleSet
from privacyscan.knowledge.scales import ScoringTables
from privacyscan.models import (
    Contribution,
    Disclosure,
    DocumentLanguage,
    Grade,
    NoGrade,
    Polarity,
    PracticeResult,
    Score,
    State,
    Strength,
)
from privacyscan.scanning.folding import fold

_FULL = 100.0
_STATED = (State.AFFIRMED, State.CONDITIONAL, State.CONTRADICTORY)


def score(
    rules: RuleSet, practices: Mapping[str, PracticeResult], reason: NoGrade | None, said: Collection[str] = ()
) -> Score:
    """Return the score of one policy; with a ``reason`` against grading, an empty one.

    ``said`` are the things a policy must state that it states at large (``said_at_large``).

    The points of ``contributions`` sum to ``exposure``; those of
    ``disclosures`` to ``transparency``.
    """
    if reason is not None:
        return Score(exposure=None, transparency=None, grade=Grade.NONE, percentile=None, reason=reason)
    contributions = _contributions(rules, practices)
    exposure = round(fsum(item.points for item in contributions), 2)
    disclosures = _disclosures(rules.scoring, practices, said)
    transparency = round(fsum(item.points for item in disclosures), 2)
    return Score(
        exposure=exposure,
        transparency=transparency,
        grade=grade_of(rules.scoring, exposure),
        percentile=percentile_of(rules.scoring, exposure),
        contributions=contributions,
        disclosures=disclosures,
    )


def grade_of(tables: ScoringTables, exposure: float) -> Grade:
    """Return the grade whose cut is the highest that ``exposure`` reaches."""
    return max((cut, grade) for grade, cut in tables.grades.items() if exposure >= cut)[1]


def percentile_of(tables: ScoringTables, exposure: float) -> int | None:
    """Return the percentage of the reference policies with a lower exposure."""
    if not tables.reference:
        return None
    return int(100 * bisect_left(tables.reference, exposure) / len(tables.reference))


def no_grade(
    rules: RuleSet, language: DocumentLanguage, text: str, practices: Mapping[str, PracticeResult]
) -> NoGrade | None:
    """Return why ``text`` may not be graded, or ``None`` where it may."""
    if not text.strip():
        return NoGrade(code="empty")
    lexicon = next((item for code, item in rules.lexicons.items() if code == language.code), None)
    if lexicon is None:
        return NoGrade(code="unsupported_language", detail=language.code)
    judged = dict(language.shares).get(language.code, 1.0)
    if judged < rules.scoring.coverage.minimum_share:
        return NoGrade(code="mixed_languages", detail=f"{language.code} {judged:.0%}")
    if len(text) < lexicon.minimum_characters:
        return NoGrade(code="too_short", detail=f"{len(text)} < {lexicon.minimum_characters}")
    if not _is_policy(rules.scoring, lexicon, text, practices):
        return NoGrade(code="not_a_policy")
    stated = fsum(item.points for item in _disclosures(rules.scoring, practices))
    # What a policy leaves out must not earn it a good grade.
    return NoGrade(code="says_too_little") if stated < rules.scoring.coverage.minimum_transparency else None


def _is_policy(tables: ScoringTables, lexicon: Lexicon, text: str, practices: Mapping[str, PracticeResult]) -> bool:
    pattern = compile_any(lexicon.policy_terms)
    terms = sum(1 for _ in pattern.finditer(fold(text))) if pattern else 0
    stated = [result for result in practices.values() if result.state is not State.SILENT]
    demand = tables.coverage
    return (
        terms >= demand.minimum_terms
        and 1000 * terms / len(text) >= demand.minimum_terms_per_1000
        and len(stated) >= demand.minimum_practices
        and len({result.category for result in stated}) >= demand.minimum_categories
    )


def _contributions(rules: RuleSet, practices: Mapping[str, PracticeResult]) -> tuple[Contribution, ...]:
    points = {
        rule.id: round(_share(rules.scoring, practices[rule.id]) * _signed_weight(rule), 2)
        for rule in rules.rules.values()
    }
    items = [Contribution(practice=practice, points=value) for practice, value in points.items() if value]
    for combination in rules.combinations:
        factors = [_share(rules.scoring, practices[practice]) for practice in combination.practices]
        lifted = any(
            practices[practice].state in (State.AFFIRMED, State.CONTRADICTORY) for practice in combination.unless
        )
        if all(factors) and not lifted:
            value = round(min(factors) * combination.points, 2)
            items.append(Contribution(practice=combination.id, points=value, kind="combination"))
    protected = fsum(-item.points for item in items if item.points < 0)
    if protected > rules.scoring.protection_cap:
        excess = round(protected - rules.scoring.protection_cap, 2)
        items.append(Contribution(practice="protection_cap", points=excess, kind="limit"))
    total = fsum(item.points for item in items)
    if total < 0:
        items.append(Contribution(practice="floor", points=round(-total, 2), kind="limit"))
    elif total > _FULL:
        items.append(Contribution(practice="ceiling", points=round(_FULL - total, 2), kind="limit"))
    return tuple(sorted(items, key=lambda item: (-item.points, item.kind, item.practice)))


def _signed_weight(rule: Rule) -> float:
    return rule.weight if rule.polarity is Polarity.RISK else -rule.weight


def _share(tables: ScoringTables, result: PracticeResult) -> float:
    """The part of a practice's weight that its state makes count."""
    factors = tables.factors
    match result.state:
        case State.AFFIRMED:
            return factors.hedged if result.strength is Strength.HEDGED else factors.affirmed
        case State.CONDITIONAL:
            return factors.conditional
        case State.CONTRADICTORY:
            return factors.contradictory
        case _:
            return 0.0


def _disclosures(
    tables: ScoringTables, practices: Mapping[str, PracticeResult], said: Collection[str] = ()
) -> tuple[Disclosure, ...]:
    items = []
    for expected in tables.expected:
        if expected.id in said or any(practices[name].state is not State.SILENT for name in expected.practices):
            earned = expected.points
        elif any(practices[name].state is not State.SILENT for name in expected.partly):
            earned = expected.points / 2
        else:
            earned = 0.0
        items.append(Disclosure(id=expected.id, points=earned, possible=expected.points))
    for name, points in tables.transparency_deductions.items():
        if practices[name].state in _STATED:
            # The axis ends at nought: a deduction can't take more than was earned.
            left = fsum(item.points for item in items)
            items.append(Disclosure(id=name, points=-min(points, left), possible=0.0))
    return tuple(items)
