"""Matches → findings: judges every match, keeps one finding a clause, practice and state."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import partial
from typing import Protocol

from msgspec.structs import replace

from privacyscan.knowledge.rules import Pattern, Rule, RuleSet
from privacyscan.models import (
    BlockKind,
    Clause,
    Dismissed,
    Document,
    Finding,
    Reason,
    RuleMatch,
    State,
    Strength,
    Voices,
)
from privacyscan.scanning.answering import Answering
from privacyscan.scanning.conditions import Key, fingerprint, under_condition
from privacyscan.scanning.folding import fold
from privacyscan.scanning.fusing import Voting
from privacyscan.scanning.grammar import Grammar, Span
from privacyscan.scanning.judging import HEADING_KINDS, Judge, Tools, is_question
from privacyscan.scanning.nominating import Nominating
from privacyscan.scanning.reach import Reach
from privacyscan.scanning.verdict import Verdict
from privacyscan.scanning.voice import SecondVoice

_ROW_QUOTE_LIMIT = 360
_QUOTE_LIMIT = 480
# How far below a heading its practice may be stated.
_BODY_CLAUSES = 6
# What a label is about is said right behind it.
_LABELLED = 2
_TABLE_CLAUSES = 120
# Of the answers of several rows the first of these tells what is done at all.
_MOST_SAID = (State.AFFIRMED, State.CONDITIONAL, State.DENIED, State.CONTRADICTORY, State.SILENT)
_CUT_MARKS = " \n，、,；;"
# Reasons whose words may stand in the sentence behind the one that was matched.
_SAID_NEXT = ("denied_in_next_sentence", "lifted_in_next_sentence", "next_verb", "consent_condition")


class Patterns(Protocol):
    """What resolution asks of the rules' patterns."""

    def pattern(self, match: RuleMatch) -> Pattern:
        """Return the pattern that made ``match``."""

    def excepted(self, practice: str, folded: str) -> Sequence[Span]:
        """Return the spans of a folded text that the exceptions of a rule set aside."""


def resolve(
    rules: RuleSet,
    grammar: Grammar,
    document: Document,
    clauses: Sequence[Clause],
    matches: Iterable[RuleMatch],
    patterns: Patterns,
    second: SecondVoice | None = None,
    service: str = "",
) -> tuple[tuple[Finding, ...], tuple[Dismissed, ...]]:
    """Return the findings and what was dismissed, both in document order.

    A clause that says the same about a practice twice gives one finding; a
    match is dismissed only where its clause says nothing else about the practice.
    A practice that no clause names is looked for under the headings that name it.
    ``second`` is the classifier's voice, ``service`` the name by which the
    policy may speak of itself.
    """
    tools = Tools.for_document(rules, grammar, document, clauses)
    judge = Judge(tools, service)
    matches = tuple(
        match
        for match in matches
        if not judge.misplaced(rules.rules[match.practice], patterns.pattern(match), match, clauses[match.clause])
    )

    def rephrased(index: int, practice: str) -> bool:
        return not rules.rules[practice].by_name and not grammar.has("trade_words", fold(clauses[index].text))

    voting = Voting(rules.scoring.fusion, second, rephrased)
    resolver = _Resolver(rules, document, clauses, tools, judge, voting, matches, patterns)
    anywhere, placed = _by_place(matches, patterns)
    headings = [match for match in anywhere if resolver.judge(match)]
    headings += [match for match in placed if not resolver.told(match) and resolver.judge(match)]
    resolver.hear_nominations({(match.clause, match.practice) for match in matches})
    resolver.findings = under_condition(resolver.findings, clauses, rules, resolver.reach)
    resolver.look_under(headings)
    return resolver.result()


def _by_place(matches: Sequence[RuleMatch], patterns: Patterns) -> tuple[list[RuleMatch], list[RuleMatch]]:
    """The matches that count anywhere, and those that count where they stand."""
    split: tuple[list[RuleMatch], list[RuleMatch]] = [], []
    for match in matches:
        pattern = patterns.pattern(match)
        split[bool(pattern.under or pattern.after)].append(match)
    return split


class _Resolver:
    """Collects the findings and dismissals of one document."""

    def __init__(
        self,
        rules: RuleSet,
        document: Document,
        clauses: Sequence[Clause],
        tools: Tools,
        judge: Judge,
        voting: Voting,
        matches: Sequence[RuleMatch],
        patterns: Patterns,
    ) -> None:
        self.findings: dict[Key, Finding] = {}
        self._dismissed: dict[tuple[int, str], Dismissed] = {}
        self._rules = rules.rules
        self._document = document
        self._clauses = clauses
        self.reach = Reach(tools.grammar, tools.context)
        self._judge = judge
        self._answering = tools.answering
        self._nominating = Nominating(tools, judge)
        self._voting = voting
        self._patterns = patterns
        # What was stated, by the words it was stated in.
        self._told: dict[tuple[int, str], list[Span]] = {}
        self._mentions = Counter((match.clause, match.practice) for match in matches)

    def judge(self, match: RuleMatch) -> bool:
        """Judge one match; return whether it is a heading that says nothing but names a practice."""
        rule, clause = self._rules[match.practice], self._clauses[match.clause]
        verdict = self._judge.judge(match, rule, self._patterns.pattern(match), clause)
        if verdict.reasons[-1].code == "no_governing_action" and self._voting.agrees(rule.id, match.clause):
            verdict = self._nominating.agreed(match, rule, clause) or verdict
        if verdict.state is not None and self._voting.doubts(verdict.confidence, rule.id, match.clause):
            doubt = Reason(code="classifier_doubts", detail=self._document.text[match.start : match.end])
            verdict = verdict._replace(state=None, reasons=(*verdict.reasons, doubt))
        self._keep(match, verdict, match.clause)
        if verdict.state is not None:
            self._told.setdefault((match.clause, match.practice), []).append((match.start, match.end))
        heading = self._document.blocks[clause.block].kind in HEADING_KINDS
        # Whom data are given to says a whole sentence: "With advertisers. Their money lets us provide …" names nobody.
        named = rule.frame == "collect" and verdict.reasons[-1].code == "heading_alone"
        label = named and any(_behind_label(self._clauses, match.clause))
        return verdict.state is None and (heading or label) and not match.excepted

    def told(self, match: RuleMatch) -> bool:
        """Return whether what counts anywhere has said something of the same words already."""
        spans = self._told.get((match.clause, match.practice), ())
        return any(start < match.end and match.start < end for start, end in spans)

    def hear_nominations(self, matched: Collection[tuple[int, str]]) -> None:
        """Judge what only the classifier sees."""
        for index, practice, spans in self._voting.nominations(matched):
            if practice not in self._rules:
                continue
            clause = self._clauses[index]
            first, last = spans[0]
            aside = self._patterns.excepted(practice, fold(clause.text))
            excepted = any(first < end and start < last for start, end in aside)
            polarity = partial(self._voting.polarity, practice, index)
            verdict = self._nominating.nominated(self._rules[practice], clause, spans, polarity, excepted=excepted)
            match = RuleMatch(
                start=clause.start + first, end=clause.start + last, practice=practice, clause=index, pattern=0
            )
            self._keep(match, verdict, index, by_rule=False)

    def look_under(self, headings: Sequence[RuleMatch]) -> None:
        """Look for a practice under the headings that name it, where no clause states it, and behind labels."""
        stated = {practice for _, practice, _ in self.findings}
        for match in headings:
            block = self._document.blocks[self._clauses[match.clause].block]
            if match.practice in stated and block.kind in HEADING_KINDS:
                continue
            rule, pattern = self._rules[match.practice], self._patterns.pattern(match)
            for index, verdict in _named_above(self._document, self._clauses, self._answering, match, rule, pattern):
                if verdict.state is not None:
                    self._keep(match, verdict, index)

    def result(self) -> tuple[tuple[Finding, ...], tuple[Dismissed, ...]]:
        """Return the findings and what was dismissed, both in document order."""
        stated = {key[:2] for key, item in self.findings.items() if not _is_agreed(item)}
        # What a rule states of a clause by itself leaves nothing to agree on.
        self.findings = {
            key: item for key, item in self.findings.items() if key[:2] not in stated or not _is_agreed(item)
        }
        spoken = {(index, practice) for index, practice, _ in self.findings}
        ordered = sorted(
            self.findings.values(), key=lambda item: (item.start, item.match_start, item.practice, item.state)
        )
        return _numbered(ordered), tuple(item for key, item in self._dismissed.items() if key not in spoken)

    def _keep(self, match: RuleMatch, verdict: Verdict, index: int, *, by_rule: bool = True) -> None:
        rule, clause = self._rules[match.practice], self._clauses[index]
        if verdict.state is None:
            dismissal = _dismissal(self._document, rule, verdict, match, clause)
            self._dismissed.setdefault((index, rule.id), dismissal)
            return
        voices = Voices(rule=by_rule, classifier=self._voting.probability(rule.id, index))
        sure = self._voting.confidence(verdict.confidence, rule.id, index, by_rule=by_rule)
        finding = _finding(
            self._document, rule, verdict._replace(confidence=sure), verdict.state, match, clause, voices
        )
        finding = replace(
            finding,
            qualified=verdict.narrow or self.reach.qualified(finding, clause, rule.frame),
            absolute=self.reach.absolute(finding),
            particular=self.reach.particular(finding, rule),
            mentions=max(self._mentions[index, rule.id], 1),
        )
        finding = _with_next(self._document, finding, self._clauses[index : index + 2])
        key = (index, rule.id, verdict.state)
        if key not in self.findings or _weight(self.findings[key]) < _weight(finding):
            self.findings[key] = finding


def _is_agreed(finding: Finding) -> bool:
    return any(reason.code == "classifier_agrees" for reason in finding.reasons)


def _named_above(
    document: Document,
    clauses: Sequence[Clause],
    answering: Answering,
    match: RuleMatch,
    rule: Rule,
    pattern: Pattern,
) -> Iterator[tuple[int, Verdict]]:
    """What the clauses below say about a practice that only a heading or a column's header names."""
    heading, frame = clauses[match.clause], pattern.frame or rule.frame
    block = document.blocks[heading.block]
    body = list(_body(document, clauses, match.clause))
    if is_question(block, heading.text):
        replies = ((index, answering.reply(rule, frame, clauses[index])) for index in body[:1])
        yield from ((index, reply) for index, reply in replies if reply is not None)
        return
    if block.kind is BlockKind.TABLE_HEADER:
        header = next(
            (document.text[cell.start : cell.end] for cell in block.cells if cell.start <= match.start < cell.end), ""
        )
        rows = {clauses[index].block: index for index in reversed(body)}
        answers = [
            (index, answer)
            for index in rows.values()
            if (answer := answering.column(rule, frame, clauses[index], header.replace("\n", " "))) is not None
        ]
        if answers:
            # One row that says yes is enough.
            yield min(answers, key=lambda item: _MOST_SAID.index(item[1].state or State.SILENT))
            return
    if pattern.state is not None:
        return
    for index in body[:1] if block.kind is not BlockKind.TABLE_HEADER else []:
        if (meant := answering.anaphor(rule, frame, clauses[index], heading.text)) is not None:
            yield index, meant
            return
    for index in body:
        verdict = answering.under_heading(rule, frame, clauses[index], heading.text)
        if verdict is not None and verdict.state is not None:
            yield index, verdict
            return


def _behind_label(clauses: Sequence[Clause], label: int) -> Iterator[int]:
    """The first clauses behind the words that open a block and name what it is about: "IP address. We keep it …"."""
    block = clauses[label].block
    if label == 0 or clauses[label - 1].block != block:
        yield from (
            index
            for index in range(label + 1, min(label + 1 + _LABELLED, len(clauses)))
            if clauses[index].block == block
        )


def _body(document: Document, clauses: Sequence[Clause], heading: int) -> Iterator[int]:
    """The first clauses below a heading or behind a label, or the first rows below a table's header."""
    if document.blocks[clauses[heading].block].kind not in HEADING_KINDS:
        yield from _behind_label(clauses, heading)
        return
    inside_table = document.blocks[clauses[heading].block].kind is BlockKind.TABLE_HEADER
    first = clauses[heading].block + 1
    length = _TABLE_CLAUSES if inside_table else _BODY_CLAUSES
    for index in range(heading + 1, min(heading + 1 + length, len(clauses))):
        block = document.blocks[clauses[index].block]
        if clauses[index].block < first:
            continue
        if block.kind in HEADING_KINDS or (inside_table and block.kind is not BlockKind.TABLE_ROW):
            return
        yield index


def _finding(
    document: Document,
    rule: Rule,
    verdict: Verdict,
    state: State,
    match: RuleMatch,
    clause: Clause,
    voices: Voices,
) -> Finding:
    span = _quote(document, match, clause)
    return Finding(
        id=fingerprint(rule.id, clause.text, state),
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
        mentions=1,
        section=document.blocks[clause.block].section,
        reasons=verdict.reasons,
        voices=voices,
    )


def _with_next(document: Document, finding: Finding, clauses: Sequence[Clause]) -> Finding:
    """The finding of the first clause, quoted with the second where only that holds the words that decide."""
    own, *behind = clauses
    if not behind or behind[0].block != own.block or not finding.end < behind[0].end <= finding.start + _QUOTE_LIMIT:
        return finding
    here, there = fold(own.text), fold(behind[0].text)
    decisive = (reason.detail for reason in finding.reasons if reason.code in _SAID_NEXT and reason.detail)
    if not any(words in there and words not in here for words in decisive):
        return finding
    end = behind[0].end
    return replace(finding, quote=document.text[finding.start : end], end=end)


def _dismissal(document: Document, rule: Rule, verdict: Verdict, match: RuleMatch, clause: Clause) -> Dismissed:
    span = _quote(document, match, clause)
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
    if clause.end - clause.start <= _QUOTE_LIMIT or not clause.start <= match.start < clause.end:
        return clause.start, clause.end
    room = max((_QUOTE_LIMIT - (match.end - match.start)) // 2, 0)
    start, end = max(clause.start, match.start - room), min(clause.end, match.end + room)
    while clause.start < start < match.start and document.text[start - 1] not in _CUT_MARKS:
        start += 1
    while match.end < end < clause.end and document.text[end] not in _CUT_MARKS:
        end -= 1
    return start, end


def _numbered(findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """Number the repeats of a clause that a document holds twice, so that every id is one finding's."""
    seen: dict[str, int] = {}
    numbered = []
    for finding in findings:
        repeat = seen[finding.id] = seen.get(finding.id, 0) + 1
        numbered.append(finding if repeat == 1 else replace(finding, id=f"{finding.id}-{repeat}"))
    return tuple(numbered)
