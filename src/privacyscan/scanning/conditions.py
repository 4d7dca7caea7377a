"""Findings under conditions that stand elsewhere: earlier in the paragraph, or where the data are collected."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence

from msgspec.structs import replace

from privacyscan.knowledge.rules import RuleSet
from privacyscan.models import Clause, Finding, Reason, State, Strength
from privacyscan.scanning.folding import fold
from privacyscan.scanning.judging import Judge

# A clause's index, a practice, and what the clause says of it.
Key = tuple[int, str, State]


def under_condition(
    findings: Mapping[Key, Finding], clauses: Sequence[Clause], rules: RuleSet, judge: Judge
) -> dict[Key, Finding]:
    """Make conditional what a paragraph goes on to say of data that it collects on condition.

    "With your permission we read your address book. We use these contacts to …"
    """
    conditions: dict[tuple[int, str], Finding] = {}
    revised: dict[Key, Finding] = {}
    for key, finding in sorted(findings.items(), key=lambda item: item[0][0]):
        index, practice, state = key
        paragraph = clauses[index].block, practice
        above = conditions.get(paragraph)
        if state is State.CONDITIONAL:
            conditions.setdefault(paragraph, finding)
        elif (
            state is State.AFFIRMED
            and above is not None
            and above.start < finding.start
            and rules.rules[practice].frame == "collect"
            and not judge.adds(clauses[index].text)
        ):
            reason = Reason(code="condition_above", detail=above.reasons[-1].detail)
            ident = fingerprint(practice, clauses[index].text, State.CONDITIONAL)
            hung = replace(finding, id=ident, state=State.CONDITIONAL, reasons=(*finding.reasons, reason))
            revised.setdefault((index, practice, State.CONDITIONAL), hung)
            continue
        revised[key] = finding
    return _presupposing(revised, clauses, rules, judge)


def _presupposing(
    findings: Mapping[Key, Finding], clauses: Sequence[Clause], rules: RuleSet, judge: Judge
) -> dict[Key, Finding]:
    """Make conditional what is done with data that the policy collects on condition alone.

    "If you wish, we collect your voice print." … "We pass your voice print to the provider that processes it."
    """
    revised: dict[Key, Finding] = {}
    for key, finding in findings.items():
        index, practice, state = key
        above = None
        if state is State.AFFIRMED and rules.rules[practice].frame == "collect":
            above = _collected_above(finding, [item for item in findings.values() if item.practice == practice], judge)
        if above is None:
            revised[key] = finding
            continue
        ident = fingerprint(practice, clauses[index].text, State.CONDITIONAL)
        hung = replace(finding, id=ident, state=State.CONDITIONAL, reasons=(*finding.reasons, above.reasons[-1]))
        revised.setdefault((index, practice, State.CONDITIONAL), hung)
    return revised


def _collected_above(finding: Finding, own: Sequence[Finding], judge: Judge) -> Finding | None:
    """The firm statement that what ``finding`` speaks of is collected on condition, if nothing else collects it."""
    taken = [item for item in own if judge.collects(item)]
    if any(item.state is State.AFFIRMED for item in taken):
        return None
    subject = judge.subject(finding)
    firm = (item for item in taken if item.state is State.CONDITIONAL and item.strength is Strength.FIRM)
    return next((item for item in firm if judge.subject(item) == subject), None)


def fingerprint(practice: str, text: str, state: State) -> str:
    """Return an id that survives edits elsewhere: the practice, the state, and the clause's own words."""
    words = " ".join(fold(text).casefold().split())
    return "f-" + hashlib.sha256(f"{practice}\0{state}\0{words}".encode()).hexdigest()[:12]
