"""What one match says: the rules of polarity, condition and context, each logged as a reason."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from privacyscan.knowledge.lexicon import Frame
from privacyscan.knowledge.rules import Pattern, Rule, RuleSet
from privacyscan.models import Block, BlockKind, Clause, Document, Polarity, Reason, RuleMatch, State, Strength
from privacyscan.scanning.folding import fold
from privacyscan.scanning.grammar import Condition, Governor, Grammar, Reading, Role, Span
from privacyscan.scanning.word_order import read

_SENTENCE_ENDS = (".", "!", "?", "。", "！", "？", "다", "요", "함", "음")
_TITLE_LIMIT = 70
_PASSING_ON: frozenset[Frame] = frozenset({"share", "sell"})
# How many sentences back "such information" may point.
_SENTENCES_BACK = 4
# As many commas make a list of data.
_LISTED_ITEMS = 2
# Blocks that name a subject and state nothing.
HEADING_KINDS = (BlockKind.HEADING, BlockKind.TABLE_HEADER)


@dataclass(frozen=True)
class Verdict:
    """What one match came to: a state, or none where it was dismissed."""

    state: State | None
    confidence: float
    reasons: tuple[Reason, ...]
    strength: Strength = Strength.FIRM
    narrow: bool = False


@dataclass
class _Case:
    """One match on trial: where it stands, and the reasons collected so far."""

    rule: Rule
    frame: Frame
    block: Block
    clause: Clause
    reading: Reading
    span: Span
    reasons: list[Reason] = field(default_factory=list)

    @property
    def words(self) -> str:
        return self.reading.text[self.span[0] : self.span[1]]

    def note(self, code: str, detail: str = "") -> None:
        self.reasons.append(Reason(code=code, detail=detail.strip()))

    def verdict(
        self, state: State, confidence: float, strength: Strength = Strength.FIRM, *, narrow: bool = False
    ) -> Verdict:
        return Verdict(state, confidence, tuple(self.reasons), strength, narrow)

    def dismiss(self, code: str, detail: str = "") -> Verdict:
        self.note(code, detail or self.words)
        return Verdict(None, 0.0, tuple(self.reasons))


class Judge:
    """Judges the matches of one document."""

    def __init__(self, rules: RuleSet, grammar: Grammar, document: Document, clauses: Sequence[Clause]) -> None:
        self._levels = rules.scoring.confidence
        self._grammar = grammar
        self._document = document
        self._readings: dict[str, Reading] = {}
        # A list is introduced by the last sentence before it.
        self._last_clause = {clause.block: clause for clause in clauses}
        self._clauses = clauses
        self._position = {clause.start: index for index, clause in enumerate(clauses)}

    def judge(self, match: RuleMatch, rule: Rule, pattern: Pattern, clause: Clause) -> Verdict:
        """Return the verdict on one match: its state and strength, or why it says nothing."""
        case = _Case(
            rule=rule,
            frame=pattern.frame or rule.frame,
            block=self._document.blocks[clause.block],
            clause=clause,
            reading=self.reading(clause.text),
            span=(match.start - clause.start, match.end - clause.start),
        )
        verdict = self._set_aside(match, pattern, case) or self._settled(pattern, case) or self._governed(case)
        if verdict.state is not None and case.reading.cues("pointers"):
            return replace(verdict, confidence=min(verdict.confidence, self._levels.pointer))
        return verdict

    def _set_aside(self, match: RuleMatch, pattern: Pattern, case: _Case) -> Verdict | None:
        """What is no statement at all, unless a table answers it."""
        if match.excepted:
            return case.dismiss("exception")
        if case.block.kind in HEADING_KINDS:
            return case.dismiss("heading_alone")
        if (answered := self._from_answer(case)) is not None:
            return answered
        if (replied := self._from_reply(case)) is not None:
            return replied
        if cue := _first(case.reading, "definitions"):
            return self._from_definition(case) or case.dismiss("statutory_definition", cue)
        if (case.frame == "none" or pattern.state) and self._is_title(case):
            return case.dismiss("heading_alone")
        return None

    def _settled(self, pattern: Pattern, case: _Case) -> Verdict | None:
        """What needs no verb from elsewhere: a fixed state, a denied list, a wording with its own verb."""
        if pattern.state is not None:
            case.note("own_wording", case.words)
            strength = Strength.HEDGED if case.reading.hedged(case.span) else Strength.FIRM
            return case.verdict(pattern.state, self._levels.own_wording, strength)
        if (denied := self._from_denied_list(case)) is not None:
            return denied
        return self._from_wording(case) if case.frame == "none" else None

    def judge_under_heading(self, rule: Rule, frame: Frame, clause: Clause) -> Verdict | None:
        """Return what ``clause`` says about a practice that only the heading above it names.

        The heading gives the noun ("Service providers"), the clause the verb
        ("We disclose data to companies that …"). ``None`` where it has none.
        """
        block, reading = self._document.blocks[clause.block], self.reading(clause.text)
        case = _Case(rule=rule, frame=frame, block=block, clause=clause, reading=reading, span=(0, len(reading.text)))
        case.note("named_in_heading")
        if (answered := self._from_answer(case)) is not None:
            return answered
        if any(reading.cues(name) for name in ("definitions", "elsewhere", "instructions")):
            return None
        if block.kind is BlockKind.TABLE_ROW:
            return self._from_row(case) or self._from_intros(case) or self._from_headings(case)
        verb = reading.service_verb(frame)
        if verb is None:
            return None
        span = (verb.start, verb.end)
        return self._decide(case, reading, verb, span, self._levels.heading, ("own_verb", _words(reading, span)))

    def qualified(self, quote: str) -> bool:
        """Return whether a clause narrows its own scope by purpose, group, region or exception."""
        reading = self.reading(quote)
        return bool(reading.cues("qualifiers") or reading.cues("exception_openers"))

    def reading(self, text: str) -> Reading:
        """Return the reading of ``text``, made once."""
        folded = fold(text)
        if folded not in self._readings:
            self._readings[folded] = read(self._grammar, folded)
        return self._readings[folded]

    def _is_title(self, case: _Case) -> bool:
        """A short line without a sentence end or a colon is a heading that was not marked as one."""
        text = self._document.text[case.block.start : case.block.end]
        short = case.block.kind is BlockKind.PARAGRAPH and len(text) <= _TITLE_LIMIT
        return short and not text.endswith(_SENTENCE_ENDS) and not any(mark in text for mark in ":：,，、")

    def _from_wording(self, case: _Case) -> Verdict:
        """A wording that holds its own verb; where it runs into an exception, the exception is what it states."""
        reading, whole = case.reading, Governor(*case.span)
        opened = any(case.span[0] < cue[0] and cue[1] < case.span[1] for cue in reading.cues("exception_openers"))
        if opened and reading.negation(whole, case.span) is not None and not reading.condition(case.span):
            case.note("exception_affirms", case.words)
            return case.verdict(State.AFFIRMED, self._levels.own_wording)
        return self._decide(case, reading, whole, case.span, self._levels.own_wording, ("own_wording", case.words))

    def _governed(self, case: _Case) -> Verdict:
        """A noun needs a verb: in its clause, its exception's main clause, its row, intro or heading."""
        if case.rule.polarity is Polarity.RISK and (cue := _first(case.reading, "elsewhere")):
            return case.dismiss("elsewhere", cue)
        if cue := _first(case.reading, "instructions"):
            return case.dismiss("instruction", cue)
        reading = case.reading
        governor, saw_user = reading.governor(case.frame, case.span)
        if governor is None and reading.in_exception(case.span):
            main = reading.main_governor(case.frame, case.span)
            if main is not None and reading.negation(main, (main.start, main.end)):
                case.note("exception_affirms", case.words)
                return case.verdict(State.AFFIRMED, self._levels.own_verb)
        if governor is not None and governor.role is Role.LINK:
            return self._from_link(case, governor)
        if governor is not None:
            how = ("own_verb", reading.text[governor.start : governor.end])
            strong = reading.is_core(case.frame, governor)
            confidence = self._levels.own_verb if strong else self._levels.weak_verb
            return self._decide(case, reading, governor, case.span, confidence, how)
        if saw_user:
            return case.dismiss("user_control")
        if (denied := self._from_ellipsis(case)) is not None:
            return denied
        inherited = self._from_row(case) or self._from_intros(case) or self._from_previous(case)
        inherited = inherited or self._from_headings(case)
        inherited = inherited or self._from_own_words(case) or self._from_bare_list(case)
        return inherited or case.dismiss("no_governing_action")

    def _decide(
        self, case: _Case, reading: Reading, governor: Governor, span: Span, confidence: float, how: tuple[str, str]
    ) -> Verdict:
        """Polarity and condition of a match whose verb stands in ``reading``."""
        case.note(*how)
        negation = reading.negation(governor, span)
        condition = None if case.rule.given_by_user else reading.condition(span) or self._row_condition(case)
        strength = Strength.HEDGED if reading.hedged(span) else Strength.FIRM
        if strength is Strength.HEDGED:
            case.note("hedged")
        if negation is not None:
            after = self._grammar.lexicon.negation_side == "after"
            case.note("negated_after_verb" if after else "negated_before_verb", _words(reading, negation))
        if negation is not None and (consent := reading.without_consent()):
            case.note("without_consent", _words(reading, consent))
            return case.verdict(State.CONDITIONAL, confidence, strength)
        # "When you sign in, we do not log …" denies; "we do not log … unless you sign in" doesn't.
        within = negation is not None and condition is not None and not condition.exclusive
        if condition is not None and not within:
            case.note(condition.code, condition.words)
            return case.verdict(State.CONDITIONAL, confidence, strength)
        if negation is not None:
            # "We do not use your IP address to …" denies a use, not that it is collected.
            own = case.frame == "none" or governor.role is Role.LINK or reading.is_core(case.frame, governor)
            if case.rule.polarity is Polarity.RISK and (cue := _first(reading, "minors")):
                return case.dismiss("denied_for_minors", cue)
            return case.verdict(State.DENIED, confidence, narrow=within or strength is Strength.HEDGED or not own)
        if cue := _first(reading, "opt_out"):
            case.note("opt_out_offered", cue)
        return case.verdict(State.AFFIRMED, confidence, strength)

    def _from_answer(self, case: _Case) -> Verdict | None:
        """A yes or no in the row: of the column that names the action, else of one that names no other."""
        if case.block.kind is not BlockKind.TABLE_ROW:
            return None
        named, general, count = [], [], 0
        for cell in case.block.cells:
            answer = self._grammar.answer(fold(self._document.text[cell.start : cell.end]))
            if answer is None:
                continue
            count += 1
            actions = self._grammar.actions(fold(cell.header))
            # "Used" asks about collecting too; "Sold or shared" doesn't.
            asked = not actions & _PASSING_ON and bool(self.reading(cell.header).verbs(case.frame))
            if case.frame in actions or asked:
                named.append(answer)
            elif not actions or case.frame == "none":
                general.append(answer)
        answers = named or general
        if not answers or count == len(case.block.cells):
            return None
        if any(answers):
            case.note("table_answer_yes", case.words)
            return case.verdict(State.AFFIRMED, self._levels.table)
        case.note("table_answer_no", case.words)
        return case.verdict(State.DENIED, self._levels.table)

    def _from_denied_list(self, case: _Case) -> Verdict | None:
        """An item under "We do not:" is denied, whatever verb it holds itself."""
        for intro in self._intros(case.block):
            denials = intro.grammar.find("list_denials", intro.masked)
            excepted = intro.without_consent() or intro.cues("exception_openers")
            if denials and not excepted and not case.reading.negations:
                case.note("list_intro_denies", _words(intro, denials[0]))
                return case.verdict(State.DENIED, self._levels.list_intro)
        return None

    def _from_row(self, case: _Case) -> Verdict | None:
        """The column headers, then the other cells of the row."""
        if case.block.kind is not BlockKind.TABLE_ROW:
            return None
        headers = [cell.header for cell in case.block.cells]
        others = [
            self._document.text[cell.start : cell.end]
            for cell in case.block.cells
            if not cell.start <= case.clause.start < cell.end
        ]
        for text in (*headers, *others):
            reading = self.reading(text)
            if verbs := reading.verbs(case.frame):
                return self._inherit(case, reading, Governor(*verbs[0]), "row_verb", self._levels.table)
        return None

    def _from_intros(self, case: _Case) -> Verdict | None:
        for intro in self._intros(case.block):
            if governor := intro.statement(case.frame):
                return self._inherit(case, intro, governor, "intro_verb", self._levels.list_intro)
        return None

    def _from_link(self, case: _Case, link: Governor) -> Verdict:
        """ "This includes …" says of its object what the sentence, the list or the heading before said."""
        reading = case.reading
        span = (link.start, link.end)
        if reading.negation(link, case.span) is not None:
            own = next((verb for verb in reading.verbs(case.frame) if verb[1] <= link.start), None)
            if own is None:
                return case.dismiss("definition_excludes")
            return self._decide(
                case, reading, link, case.span, self._levels.own_verb, ("own_verb", _words(reading, span))
            )
        inherited = self._from_previous(case) or self._from_row(case) or self._from_intros(case)
        how = ("own_verb", _words(reading, span))
        return inherited or self._decide(case, reading, link, case.span, self._levels.weak_verb, how)

    def _from_previous(self, case: _Case) -> Verdict | None:
        """A sentence that goes on from the one before ("Such information may include …") takes its verb."""
        index = self._position.get(case.clause.start)
        if index is None or not self._continues(case.reading, self._clauses[index]):
            return None
        for earlier in range(index - 1, max(index - 1 - _SENTENCES_BACK, -1), -1):
            clause = self._clauses[earlier]
            if not self._neighbours(clause, self._clauses[index]):
                return None
            reading = self.reading(clause.text)
            if governor := reading.statement(case.frame):
                return self._inherit(case, reading, governor, "previous_verb", self._levels.list_intro)
            if not self._continues(reading, clause):
                return None
        return None

    def _continues(self, reading: Reading, clause: Clause) -> bool:
        """Whether a clause leans on the one before: by its first words, or as a fragment inside a paragraph."""
        if reading.cues("continuations"):
            return True
        block = self._document.blocks[clause.block]
        inside = block.kind is BlockKind.PARAGRAPH and clause.start > block.start
        return inside and not reading.cues("own_statement")

    def _neighbours(self, earlier: Clause, later: Clause) -> bool:
        """Whether two clauses stand in one block, or in paragraphs under one heading."""
        before, after = self._document.blocks[earlier.block], self._document.blocks[later.block]
        if earlier.block == later.block:
            return True
        return before.kind is after.kind is BlockKind.PARAGRAPH and before.section == after.section

    def _from_definition(self, case: _Case) -> Verdict | None:
        """ "We collect Log Data. 'Log Data' means your IP address …" says that the address is collected."""
        index = self._position.get(case.clause.start)
        terms = self._grammar.find("defined_terms", case.reading.text)
        if index is None or not terms:
            return None
        term = case.reading.text[terms[0][0] : terms[0][1]].strip("\"'“”() ").casefold()
        for earlier in range(index - 1, max(index - 1 - _SENTENCES_BACK, -1), -1):
            reading = self.reading(self._clauses[earlier].text)
            governor = reading.statement(case.frame)
            if governor is not None and term in reading.text.casefold():
                return self._inherit(case, reading, governor, "defined_term", self._levels.list_intro)
        return None

    def _from_reply(self, case: _Case) -> Verdict | None:
        """A question states nothing; the "yes" or "no" behind it does."""
        if not case.reading.text.rstrip().endswith(("?", "？")):
            return None
        index = self._position.get(case.clause.start)
        reply = (
            self.reading(self._clauses[index + 1].text)
            if index is not None and index + 1 < len(self._clauses)
            else None
        )
        for name, state in (("reply_no", State.DENIED), ("reply_yes", State.AFFIRMED)):
            if reply is not None and (cue := _first(reply, name)):
                case.note("answered_question", cue)
                return case.verdict(state, self._levels.heading)
        return case.dismiss("question")

    def _from_headings(self, case: _Case) -> Verdict | None:
        """Headings decide for items, rows and fragments; a whole sentence has its own verb or none."""
        if case.block.kind is BlockKind.PARAGRAPH and case.reading.text.rstrip().endswith(_SENTENCE_ENDS):
            return None
        if case.block.kind is not BlockKind.TABLE_ROW and case.reading.cues("own_statement"):
            return None
        for heading in reversed(case.block.section):
            reading = self.reading(heading)
            if cue := _first(reading, "heading_denials"):
                case.note("heading_denies", cue)
                return case.verdict(State.DENIED, self._levels.heading)
            if verbs := reading.verbs(case.frame):
                return self._inherit(case, reading, Governor(*verbs[-1]), "heading_verb", self._levels.heading)
        return None

    def _from_own_words(self, case: _Case) -> Verdict | None:
        """The last resort: "server logs" and "tracking pixels" hold their verb in the noun."""
        inner = case.reading.inner_verb(case.frame, case.span)
        if inner is None:
            return None
        how = ("own_verb", case.reading.text[inner.start : inner.end])
        return self._decide(case, case.reading, inner, case.span, self._levels.heading, how)

    def _from_ellipsis(self, case: _Case) -> Verdict | None:
        """ "We collect your city but not your name": the second half is denied by the verb of the first."""
        start, end = case.reading.segment(case.span)
        cues = [cue for cue in case.reading.cues("elliptic_negation") if cue[0] == start] or [
            (start + cue[0], start + cue[1])
            for cue in self._grammar.find("elliptic_negation", case.reading.text[start:end])
        ]
        before = [verb for verb in case.reading.verbs(case.frame) if verb[1] <= start]
        if not cues or not before:
            return None
        case.note("own_verb", _words(case.reading, before[-1]))
        case.note("negated_before_verb", _words(case.reading, cues[0]))
        return case.verdict(State.DENIED, self._levels.own_verb, narrow=True)

    def _from_bare_list(self, case: _Case) -> Verdict | None:
        """A list of data without any verb, heading or introduction: in a policy, what is collected."""
        above = case.block.section or case.block.intro is not None or case.block.parent is not None
        if case.frame != "collect" or above or case.reading.cues("own_statement"):
            return None
        listed = self._grammar.find("listing", case.reading.text)
        if len(listed) < _LISTED_ITEMS:
            return None
        case.note("bare_list")
        return case.verdict(State.AFFIRMED, self._levels.heading, Strength.HEDGED)

    def _inherit(self, case: _Case, source: Reading, governor: Governor, code: str, confidence: float) -> Verdict:
        """Judge a match by a verb that stands above it; its own words may still add a condition."""
        verb = (governor.start, governor.end)
        if self._opens_exceptions(source, verb):
            case.note("exception_affirms", source.text[verb[0] : verb[1]])
            return case.verdict(State.AFFIRMED, confidence)
        verdict = self._decide(case, source, governor, verb, confidence, (code, _words(source, verb)))
        own = None if case.rule.given_by_user else case.reading.condition(case.span)
        if verdict.state is State.AFFIRMED and own:
            case.note(own.code, own.words)
            return case.verdict(State.CONDITIONAL, confidence, verdict.strength)
        return verdict

    def _opens_exceptions(self, intro: Reading, verb: Span) -> bool:
        """An intro that denies "except in the following cases:" affirms what follows it."""
        if not intro.cues("exception_openers") or intro.negation(Governor(*verb), verb) is None:
            return False
        last = (len(intro.text) - 1, len(intro.text))
        return bool(intro.cues("list_pointers")) or intro.in_exception(last)

    def _row_condition(self, case: _Case) -> Condition | None:
        """A consent or switch in another cell holds for its row."""
        if case.block.kind is not BlockKind.TABLE_ROW:
            return None
        cells = (self._document.text[cell.start : cell.end] for cell in case.block.cells)
        found = (self.reading(cell).condition((0, 1)) for cell in cells)
        return next((condition for condition in found if condition is not None), None)

    def _intros(self, block: Block) -> list[Reading]:
        """The sentences that introduce a block, the nearest first."""
        clauses = (self._last_clause.get(index) for index in (block.parent, block.intro) if index is not None)
        return [self.reading(clause.text) for clause in clauses if clause is not None]


def _first(reading: Reading, name: str) -> str | None:
    """The words of the first cue of a list, or ``None``."""
    return next((_words(reading, span) for span in reading.cues(name)), None)


def _words(reading: Reading, span: Span) -> str:
    return reading.text[span[0] : span[1]]
