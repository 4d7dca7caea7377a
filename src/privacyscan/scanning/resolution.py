"""Matches → findings: judges every match, keeps one finding a clause, practice and state."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Sequence

from privacyscan.knowledge.rules import Pattern, Rule, RuleSet
from privacyscan.models import (
    BlockKind,
    Clause,
    Dismissed,
    Document,
    Finding,
    Prediction,
    RuleMatch,
    State,
    Strength,
    Voices,
)
from privacyscan.scanning.folding import fold
from privacyscan.scanning.grammar import Grammar, Span
from privacyscan.scanning.judging import Judge, Verdict

_ROW_QUOTE_LIMIT = 360
_QUOTE_LIMIT = 480
_CUT_MARKS = " \n，、,；;"


def resolve(
    rules: RuleSet,
    grammar: Grammar,
    document: Document,
    clauses: Sequence[Clause],
    matches: Iterable[RuleMatch],
    pattern_of: Callable[[RuleMatch], Pattern],
    predictions: Sequence[Prediction],
) -> tuple[tuple[Finding, ...], tuple[Dismissed, ...]]:
    """Return the findings and what was dismissed, both in document order.

    A clause that says the same about a practice twice gives one finding; a
    match is dismissed only where its clause says nothing else about the practice.
    """
    judge = Judge(rules, grammar, document, clauses)
    probabilities = {(item.practice, item.clause): item.probability for item in predictions}
    findings: dict[tuple[int, str, State], Finding] = {}
    dismissed: dict[tuple[int, str], Dismissed] = {}
    for match in matches:
        rule, clause = rules.rules[match.practice], clauses[match.clause]
        verdict = judge.judge(match, rule, pattern_of(match), clause)
        span = _quote(document, match, clause)
        if verdict.state is None:
            dismissed.setdefault((match.clause, rule.id), _dismissal(document, rule, verdict, clause, span))
            continue
        voices = Voices(rule=True, classifier=probabilities.get((rule.id, match.clause)))
        finding = _finding(document, rule, verdict, verdict.state, match, clause, span, voices)
        finding = finding.model_copy(update={"qualified": judge.qualified(finding.quote)})
        key = (match.clause, rule.id, verdict.state)
        if key not in findings or _weight(findings[key]) < _weight(finding):
            findings[key] = finding
    stated = {(clause_index, practice) for clause_index, practice, _ in findings}
    ordered = sorted(findings.values(), key=lambda item: (item.start, item.match_start, item.practice, item.state))
    return _numbered(ordered), tuple(item for key, item in dismissed.items() if key not in stated)


def _finding(
    document: Document,
    rule: Rule,
    verdict: Verdict,
    state: State,
    match: RuleMatch,
    clause: Clause,
    span: Span,
    voices: Voices,
) -> Finding:
    return Finding(
        id=_fingerprint(rule.id, clause.text, state),
        practice=rule.id,
        state=state,
        strength=verdict.strength,
        qualified=False,
        severity=rule.severity,
        confidence=verdict.confidence,
        quote=document.text[span[0] : span[1]],
        start=span[0],
        end=span[1],
        match_start=match.start,
        match_end=match.end,
        section=document.blocks[clause.block].section,
        reasons=verdict.reasons,
        voices=voices,
    )


def _dismissal(document: Document, rule: Rule, verdict: Verdict, clause: Clause, span: Span) -> Dismissed:
    return Dismissed(
        practice=rule.id,
        quote=document.text[span[0] : span[1]],
        start=span[0],
        end=span[1],
        section=document.blocks[clause.block].section,
        reasons=verdict.reasons,
    )


def _weight(finding: Finding) -> tuple[float, bool]:
    return finding.confidence, finding.strength is Strength.FIRM


def _quote(document: Document, match: RuleMatch, clause: Clause) -> Span:
    """What is quoted: a short table row whole, else the clause, else the stretch around the match."""
    block = document.blocks[clause.block]
    if block.kind is BlockKind.TABLE_ROW and block.end - block.start <= _ROW_QUOTE_LIMIT:
        return block.start, block.end
    if clause.end - clause.start <= _QUOTE_LIMIT:
        return clause.start, clause.end
    room = max((_QUOTE_LIMIT - (match.end - match.start)) // 2, 0)
    start, end = max(clause.start, match.start - room), min(clause.end, match.end + room)
    while clause.start < start < match.start and document.text[start - 1] not in _CUT_MARKS:
        start += 1
    while match.end < end < clause.end and document.text[end] not in _CUT_MARKS:
        end -= 1
    return start, end


def _fingerprint(practice: str, text: str, state: State) -> str:
    """An id that survives edits elsewhere: the practice, the state, and the clause's own words."""
    words = " ".join(fold(text).casefold().split())
    return "f-" + hashlib.sha256(f"{practice}\0{state}\0{words}".encode()).hexdigest()[:12]


def _numbered(findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """Number the repeats of a clause that a document holds twice, so that every id is one finding's."""
    seen: dict[str, int] = {}
    numbered = []
    for finding in findings:
        repeat = seen[finding.id] = seen.get(finding.id, 0) + 1
        numbered.append(finding if repeat == 1 else finding.model_copy(update={"id": f"{finding.id}-{repeat}"}))
    return tuple(numbered)
