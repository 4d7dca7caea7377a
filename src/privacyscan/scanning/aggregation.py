"""Findings → one state a practice, and where they differ, why that state."""

from __future__ import annotations

from collections.abc import Sequence

from privacyscan.knowledge.rules import Rule, RuleSet
from privacyscan.models import (
    BlockKind,
    Category,
    Document,
    Finding,
    Polarity,
    PracticeResult,
    Reason,
    Severity,
    State,
    Strength,
    Voices,
)
from privacyscan.quoting import evidence_of
from privacyscan.scanning.clarity import Clarity, Form, kind_at
from privacyscan.scanning.folding import fold, letters

_EVIDENCE_SHOWN = 3
# No longer, in letters, is a denial that says nothing but what is denied; and so much alike are words for one thing.
_FLAT, _LIKENESS = 72, 0.5
# Who denies what is one thing may add "to anybody, under any circumstances".
_FLAT_OF_ONE = 90
# Nor does what follows narrow what is ruled out "for any reason".
_FLAT_WHATEVER = 160
_OWN = ("own_verb", "own_wording")
# Reasons whose words stand outside the quote.
_BORROWED = ("condition_above", "condition_below", "condition_elsewhere")


def summarise(rules: RuleSet, document: Document, findings: Sequence[Finding]) -> dict[str, PracticeResult]:
    """Return the policy's state on every practice, in the order of the rules; contributions are still nought."""
    by_practice: dict[str, list[Finding]] = {}
    for finding in findings:
        by_practice.setdefault(finding.practice, []).append(finding)
    searched = tuple(dict.fromkeys(" › ".join(block.section) for block in document.blocks if block.section))
    return {
        rule.id: _state_of(rules, document, rule, by_practice.get(rule.id, []), searched)
        for rule in rules.rules.values()
    }


def aggregate(
    findings: Sequence[Finding], document: Document, prevails: State = State.AFFIRMED, *, undivided: bool = False
) -> tuple[State, tuple[Reason, ...]]:
    """Return the one state of a practice's findings, and the reason where they differ.

    Affirmed wins over conditional and over a denial of narrower scope; a
    denial and an affirmation contradict only where both are firm, neither is
    narrowed, and both speak of the same thing: in the same words, or in any
    where the practice is ``undivided``, so that who denies it flatly denies
    every case of it. A practice may name another state that ``prevails``: who
    promises notice of changes promises it, whatever else may be posted
    without one.
    """
    states = {finding.state for finding in _by_rules(findings)}
    if not states:
        return State.SILENT, (Reason(code="no_mention_found"),)
    if len(states) == 1:
        return states.pop(), ()
    if prevails is not State.AFFIRMED and prevails in states:
        return prevails, (Reason(code="prevailing_statement"),)
    if {State.AFFIRMED, State.DENIED} <= states:
        if _contradict(findings, document, undivided=undivided):
            return State.CONTRADICTORY, (Reason(code="same_scope_contradiction"),)
        return State.AFFIRMED, (Reason(code="denial_of_narrower_scope"),)
    if State.AFFIRMED in states:
        return State.AFFIRMED, (Reason(code="affirmed_beside_conditional"),)
    return State.CONDITIONAL, (Reason(code="conditional_beside_denied"),)


def _state_of(
    rules: RuleSet, document: Document, rule: Rule, own: list[Finding], searched: tuple[str, ...]
) -> PracticeResult:
    own = _by_rules(own)
    state, reasons = aggregate(own, document, rule.prevails, undivided=rule.undivided)
    if state is State.SILENT:
        return PracticeResult(
            category=rule.category,
            state=state,
            severity=rule.severity,
            confidence=rules.scoring.confidence.silent,
            contribution=0.0,
            reasons=reasons,
            searched=searched,
        )
    telling = _most_telling(own, state, document, rule, Clarity(rules.lexicons))
    shown = _each_once(telling)[:_EVIDENCE_SHOWN]
    predictions = [item.voices.classifier for item in telling if item.voices.classifier is not None]
    return PracticeResult(
        category=rule.category,
        state=state,
        severity=rule.severity,
        strength=shown[0].strength,
        confidence=max(item.confidence for item in shown),
        contribution=0.0,
        evidence=tuple(evidence_of(item, document) for item in shown),
        reasons=(*shown[0].reasons, *reasons),
        voices=Voices(rule=any(item.voices.rule for item in telling), classifier=max(predictions, default=None)),
    )


def _by_rules(findings: Sequence[Finding]) -> list[Finding]:
    """The findings without what only the classifier affirms or only the future may bring, where a rule found a denial.

    Where a rule found a condition, the classifier alone affirms nothing either.
    """
    denied = any(item.voices.rule and item.state is State.DENIED for item in findings)
    if denied:
        # "Should we transfer data abroad one day, we will ask you" takes nothing back.
        findings = [item for item in findings if item.state is State.DENIED or not _is_not_yet(item)]
    restrained = denied or any(item.voices.rule and item.state is State.CONDITIONAL for item in findings)
    return [item for item in findings if item.voices.rule or item.state is not State.AFFIRMED or not restrained]


def _is_not_yet(finding: Finding) -> bool:
    return any(reason.code == "not_yet" for reason in finding.reasons)


def _most_telling(own: list[Finding], state: State, document: Document, rule: Rule, clarity: Clarity) -> list[Finding]:
    """The findings that show ``state``, the plainest first.

    What only points somewhere comes last, however firm; else what states its
    condition itself comes before what borrows it from elsewhere, firm before
    hedged, what is said to everyone before a chapter for one region, the
    chapters on the act before others, sentences before items of a list and
    those before rows of a table, then what says most, sure before unsure. A
    heading proves nothing beside anything else.
    """
    act = rule.polarity is Polarity.RISK and rule.category is not Category.TRANSPARENCY

    def rank(item: Finding) -> tuple[bool, bool, bool, bool, bool, tuple[int, bool, int, bool], float, int]:
        plain = clarity.plainness(item, document, act=act)
        regional, elsewhere = clarity.away(item, rule.frame)
        return (
            plain[0] >= Form.ASIDE,
            any(reason.code in _BORROWED for reason in item.reasons),
            item.strength is not Strength.FIRM,
            regional,
            act and elsewhere,
            plain,
            -item.confidence,
            item.start,
        )

    ranked = sorted(own, key=rank)
    if state is State.CONTRADICTORY:
        return [next(item for item in ranked if item.state is side) for side in (State.AFFIRMED, State.DENIED)]
    fitting = [item for item in ranked if item.state is state]
    return [item for item in fitting if clarity.form_of(item, document, act=act) is not Form.HEADING] or fitting


def _each_once(findings: Sequence[Finding]) -> list[Finding]:
    """The findings without those that say the same words again."""
    first: dict[str, Finding] = {}
    for finding in findings:
        first.setdefault(" ".join(finding.quote.casefold().split()), finding)
    return list(first.values())


def _contradict(findings: Sequence[Finding], document: Document, *, undivided: bool) -> bool:
    """Whether a flat denial and a flat affirmation speak of one thing: in the same words, or shortly in like ones.

    Whoever may do what is never done "under any circumstances" contradicts that too.
    """
    flat = [item for item in findings if not item.qualified]
    denials = [item for item in flat if item.state is State.DENIED and item.strength is Strength.FIRM]
    affirmations = [item for item in flat if item.state is State.AFFIRMED]
    return any(
        _words(denial, document) == _words(affirmation, document)
        or (
            _sweeping(denial, document, _FLAT_OF_ONE if undivided else _FLAT)
            and _against(denial, affirmation, document, undivided=undivided)
        )
        for denial in denials
        for affirmation in affirmations
        if (denial.absolute or affirmation.strength is Strength.FIRM) and _of_same_data(denial, affirmation)
    )


def _of_same_data(denial: Finding, affirmation: Finding) -> bool:
    """Whether what is denied of one kind of data alone is affirmed of that kind: photos, and not device numbers."""
    return denial.particular.casefold() in fold(affirmation.quote).casefold()


def _sweeping(denial: Finding, document: Document, limit: int) -> bool:
    """Whether a sentence says nothing but what it denies; a row of a table says it of that row alone."""
    # What goes on after the words denied narrows them ("… based on your content"); of rights, one may be denied alone.
    longest = _FLAT_WHATEVER if denial.absolute else limit
    short = letters(denial.quote) <= longest and denial.severity is not Severity.INFO
    own = any(reason.code in _OWN for reason in denial.reasons)
    return short and own and denial.voices.rule and kind_at(document, denial.start) is not BlockKind.TABLE_ROW


def _against(denial: Finding, affirmation: Finding, document: Document, *, undivided: bool) -> bool:
    if not affirmation.voices.rule or affirmation.start == denial.start:
        return False
    if undivided or _words(denial, document) in fold(affirmation.quote).casefold():
        return True
    one, other = (_pairs(_words(item, document)) for item in (denial, affirmation))
    return one <= other or other <= one or len(one & other) >= _LIKENESS * len(one | other)


def _words(finding: Finding, document: Document) -> str:
    return " ".join(document.text[finding.match_start : finding.match_end].casefold().split())


def _pairs(words: str) -> set[str]:
    return {words[at : at + 2] for at in range(len(words) - 1)}
