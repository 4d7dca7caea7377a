"""Findings under conditions that stand elsewhere: earlier in the paragraph, or where the data are collected."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence

from msgspec.structs import replace

from privacyscan.knowledge.rules import RuleSet
from privacyscan.models import Clause, Finding, Reason, State, Strength
from privacyscan.scanning.folding import fold
from privacyscan.scanning.reach import Reach
from privacyscan.scanning.verdict import CONDITIONS

# A clause's index, a practice, and what the clause says of it.
Key = tuple[int, str, State]
# A block's index, and a practice.
Paragraph = tuple[int, str]
# The headings above a finding, and a practice.
Section = tuple[tuple[str, ...], str]
# A finding, and the index of its clause.
Placed = tuple[int, Finding]

_HANGS = State.CONDITIONAL
# So many clauses are one matter under one heading.
_CHAPTER = 12
# Reasons of a finding that needs no verb from elsewhere.
_OWN = ("own_verb", "own_wording")


def under_condition(
    findings: Mapping[Key, Finding], clauses: Sequence[Clause], rules: RuleSet, reach: Reach
) -> dict[Key, Finding]:
    """Make conditional what a paragraph says of data that it collects on condition.

    "With your permission we read your address book. We use these contacts to …"; of a practice that is ``asked_once``
    also "You may enter with a fingerprint. It is stored only with your consent.".
    """
    first, only = _by_paragraph(findings, clauses, rules, reach)
    sections: dict[Section, Placed] = {}
    for (_, practice), (index, finding) in only.items():
        if finding.section:
            sections.setdefault((finding.section, practice), (index, finding))
    revised: dict[Key, Finding] = {}
    for key, finding in findings.items():
        index, practice, state = key
        affirmed = state is State.AFFIRMED
        if (
            affirmed
            and rules.rules[practice].asked_once
            and _is_label(finding, findings.get((index, practice, _HANGS)))
        ):
            continue
        paragraph = clauses[index].block, practice
        chapter = sections.get((finding.section, practice))
        if chapter is not None and abs(chapter[0] - index) > _CHAPTER:
            chapter = None
        reason = _set_beside(index, first.get(paragraph), only.get(paragraph) or chapter)
        if affirmed and reason is not None and not reach.adds(clauses[index].text):
            revised.setdefault((index, practice, _HANGS), _hung(finding, clauses[index], reason))
        else:
            revised[key] = finding
    return _presupposing(revised, clauses, rules, reach, {practice: item for (_, practice), (_, item) in only.items()})


def _by_paragraph(
    findings: Mapping[Key, Finding], clauses: Sequence[Clause], rules: RuleSet, reach: Reach
) -> tuple[dict[Paragraph, Placed], dict[Paragraph, Placed]]:
    """What each paragraph says first on condition, and what it says is done on that condition alone."""
    first: dict[Paragraph, Placed] = {}
    only: dict[Paragraph, Placed] = {}
    for (index, practice, state), finding in sorted(findings.items(), key=lambda item: item[0][0]):
        rule = rules.rules[practice]
        if state is not _HANGS or not (rule.frame == "collect" or rule.asked_once):
            continue
        first.setdefault((clauses[index].block, practice), (index, finding))
        if rule.asked_once and reach.only_on_condition(finding, clauses[index]):
            only.setdefault((clauses[index].block, practice), (index, finding))
    return first, only


def _set_beside(index: int, first: Placed | None, only: Placed | None) -> Reason | None:
    """The reason for which what a clause states hangs on another of its paragraph or chapter, if it does."""
    if first is not None and first[0] < index:
        return Reason(code="condition_above", detail=_words(first[1]))
    if only is not None and only[0] != index:
        code = "condition_above" if only[0] < index else "condition_below"
        return Reason(code=code, detail=_words(only[1]))
    return None


def _words(conditional: Finding) -> str:
    """The words by which a finding hangs on a condition."""
    return next((item.detail for item in reversed(conditional.reasons) if item.code in CONDITIONS), "")


def _hung(finding: Finding, clause: Clause, reason: Reason) -> Finding:
    """What ``finding`` says, on a condition that stands elsewhere."""
    ident = fingerprint(finding.practice, clause.text, _HANGS)
    return replace(finding, id=ident, state=_HANGS, reasons=(*finding.reasons, reason))


def _is_label(finding: Finding, beside: Finding | None) -> bool:
    """Whether a finding is the label of a clause that states a condition: "Position: you can decide to share it"."""
    return beside is not None and not any(reason.code in _OWN for reason in finding.reasons)


def _presupposing(
    findings: Mapping[Key, Finding],
    clauses: Sequence[Clause],
    rules: RuleSet,
    reach: Reach,
    only: Mapping[str, Finding],
) -> dict[Key, Finding]:
    """Make conditional what is done with data that the policy collects on condition alone.

    "If you wish, we collect your voice print." … "We pass your voice print to the provider that processes it."
    Where consent is ``only`` ever the way to a practice, whatever else is done with its data comes after it.
    """
    revised: dict[Key, Finding] = {}
    for key, finding in findings.items():
        index, practice, state = key
        above = None
        if state is State.AFFIRMED and rules.rules[practice].frame == "collect":
            above = _collected_above(finding, [item for item in findings.values() if item.practice == practice], reach)
            if above is None and practice in only and not reach.collects(finding):
                above = None if reach.adds(clauses[index].text) else only[practice]
        if above is None:
            revised[key] = finding
            continue
        reason = Reason(code="condition_elsewhere", detail=_words(above))
        revised.setdefault((index, practice, _HANGS), _hung(finding, clauses[index], reason))
    return revised


def _collected_above(finding: Finding, own: Sequence[Finding], reach: Reach) -> Finding | None:
    """The firm statement that what ``finding`` speaks of is collected on condition, if nothing else collects it."""
    taken = [item for item in own if reach.collects(item)]
    if any(item.state is State.AFFIRMED for item in taken):
        return None
    subject = reach.subject(finding)
    firm = (item for item in taken if item.state is State.CONDITIONAL and item.strength is Strength.FIRM)
    return next((item for item in firm if reach.subject(item) == subject), None)


def fingerprint(practice: str, text: str, state: State) -> str:
    """Return an id that survives edits elsewhere: the practice, the state, and the clause's own words."""
    words = " ".join(fold(text).casefold().split())
    return "f-" + hashlib.sha256(f"{practice}\0{state}\0{words}".encode()).hexdigest()[:12]
