"""Two or more reports → one comparison, a row a practice."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from privacyscan.models import (
    ComparedPolicy,
    Comparison,
    ComparisonRow,
    ExtractedValue,
    PracticeResult,
    Relation,
    Report,
    Side,
    State,
    ValueKind,
    ValueRow,
)

MIN_POLICIES = 2
MAX_POLICIES = 5
_ROW_ORDER = (Relation.DIFFERENT, Relation.NOT_COMPARABLE, Relation.SAME, Relation.ALL_SILENT)


def compare(reports: Sequence[Report]) -> Comparison:
    """Return the reports side by side, differing rows first, in the order of the practices within each group.

    A row where one side is silent is ``not_comparable``: silence counts
    neither for nor against. Raises ``ValueError`` for fewer than two or more
    than five reports, or reports made with different rules.
    """
    if not MIN_POLICIES <= len(reports) <= MAX_POLICIES:
        raise ValueError(f"a comparison takes {MIN_POLICIES} to {MAX_POLICIES} policies, not {len(reports)}")
    if len({report.ruleset_digest for report in reports}) > 1:
        raise ValueError("the reports were made with different rules; scan the policies again")
    rows = [_row(practice, [report.practices[practice] for report in reports]) for practice in reports[0].practices]
    return Comparison(
        tool_version=reports[0].tool_version,
        ruleset_digest=reports[0].ruleset_digest,
        policies=tuple(_head(report) for report in reports),
        rows=tuple(sorted(rows, key=lambda row: _ROW_ORDER.index(row.relation))),
        values=tuple(_value_rows(reports)),
    )


def _head(report: Report) -> ComparedPolicy:
    return ComparedPolicy(
        service=report.service,
        source=report.document.source,
        language=report.document.language,
        sha256=report.document.sha256,
        score=report.score,
    )


def _value_rows(reports: Sequence[Report]) -> Iterator[ValueRow]:
    """A row for every kind that any of the policies names."""
    for kind in ValueKind:
        sides = tuple(_side(kind, report.values) for report in reports)
        if any(sides):
            yield ValueRow(kind=kind, sides=sides)


def _side(kind: ValueKind, values: Sequence[ExtractedValue]) -> tuple[ExtractedValue, ...]:
    own: dict[str, ExtractedValue] = {}
    for item in values:
        if item.kind is kind:
            own.setdefault(item.value, item)
    if kind is ValueKind.RETENTION_PERIOD and own:
        return (max(own.values(), key=lambda item: item.amount or 0),)
    return tuple(own.values())


def _row(practice: str, results: Sequence[PracticeResult]) -> ComparisonRow:
    sides = tuple(
        Side(state=result.state, strength=result.strength, evidence=result.evidence[0] if result.evidence else None)
        for result in results
    )
    states = {side.state for side in sides}
    if states == {State.SILENT}:
        relation = Relation.ALL_SILENT
    elif State.SILENT in states:
        relation = Relation.NOT_COMPARABLE
    else:
        relation = Relation.SAME if len(states) == 1 else Relation.DIFFERENT
    return ComparisonRow(practice=practice, category=results[0].category, relation=relation, sides=sides)
