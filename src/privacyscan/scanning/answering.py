"""What a practice comes to that stands elsewhere: in a title, a column's header, a question, or a whole clause."""

from __future__ import annotations

from privacyscan.knowledge.lexicon import Frame
from privacyscan.knowledge.rules import Rule
from privacyscan.knowledge.scales import ConfidenceLevels
from privacyscan.models import BlockKind, Category, Clause, Polarity, State
from privacyscan.scanning.context import Context
from privacyscan.scanning.deciding import Deciding
from privacyscan.scanning.folding import letters
from privacyscan.scanning.grammar import Governor, Grammar
from privacyscan.scanning.inheriting import Inheriting
from privacyscan.scanning.verdict import Case, Verdict

QUESTION_ENDS = ("?", "？")
_SENTENCE_ENDS = ".!。！；; "
_SHOWN = 60
# In letters; a longer reply says more than on what condition.
_SHORT_REPLY = 80


class Answering:
    """Reads what answers a practice that the clause itself may not name."""

    def __init__(
        self,
        levels: ConfidenceLevels,
        grammar: Grammar,
        context: Context,
        deciding: Deciding,
        inheriting: Inheriting,
    ) -> None:
        self._levels = levels
        self._grammar = grammar
        self._context = context
        self._deciding = deciding
        self._inheriting = inheriting

    def case(self, rule: Rule, frame: Frame, clause: Clause) -> Case:
        """Return the case of a practice and a clause, all of which is on trial."""
        reading = self._context.reading(clause.text)
        block = self._context.block(clause)
        return Case(rule=rule, frame=frame, block=block, clause=clause, reading=reading, span=(0, len(reading.text)))

    def under_heading(self, rule: Rule, frame: Frame, clause: Clause, heading: str) -> Verdict | None:
        """Return what ``clause`` says about a practice that only the heading above it names.

        The heading gives the noun ("Service providers"), the clause the verb
        ("We disclose data to companies that …"). ``None`` where it has none.
        """
        case = self.case(rule, frame, clause)
        case.note("named_in_heading", heading)
        reading, table = case.reading, case.block.kind is BlockKind.TABLE_ROW
        if table and self._context.all_denied(case.block):
            return self.answered(case, yes=False)
        answer = self._context.answer(case.block, frame, (clause.start, clause.start))
        if answer is not None:
            return self.answered(case, yes=answer)
        if (listed := self._inheriting.of_listed(case, self._context.reading(heading))) is not None:
            return listed
        if frame == "none" or any(reading.cues(name) for name in ("definitions", "elsewhere", "instructions")):
            return None
        if table:
            return (
                self._inheriting.from_row(case)
                or self._inheriting.from_intros(case)
                or self._inheriting.from_headings(case)
            )
        verb = reading.service_verb(frame)
        if verb is None:
            return None
        if rule.polarity is Polarity.RISK and frame == "collect" and (cue := reading.first("stays_with_user")):
            case.note("stays_with_user", cue)
            return case.verdict(State.DENIED, self._levels.heading)
        span = (verb.start, verb.end)
        return self._deciding.decide(case, reading, verb, span, self._levels.heading, ("own_verb", reading.words(span)))

    def column(self, rule: Rule, frame: Frame, clause: Clause, header: str) -> Verdict | None:
        """Return the yes or no that a row gives in the column whose header names the practice ("Sold?")."""
        case = self.case(rule, frame, clause)
        case.note("named_in_heading", header)
        answer = self._context.column_answer(case.block, header)
        if answer is not None:
            return self.answered(case, yes=answer)
        cell = self._context.reading(self._context.under(case.block, header))
        condition = cell.condition_of_list() if rule.polarity is Polarity.RISK else None
        if condition is None or letters(cell.text) > _SHORT_REPLY or not self._deciding.binds(case, condition):
            return None
        # "Shared? | With your consent"
        case.note(condition.code, condition.words)
        return case.verdict(State.CONDITIONAL, self._levels.table)

    def reply(self, rule: Rule, frame: Frame, clause: Clause) -> Verdict | None:
        """Return what ``clause`` says as the reply to the question in the heading above it."""
        case = self.case(rule, frame, clause)
        condition = case.reading.condition_of_list()
        if condition is not None and condition.exclusive and letters(case.reading.text) <= _SHORT_REPLY:
            # "Do advertisers get my data?" – "Only with your consent."
            case.note(condition.code, condition.words)
            return case.verdict(State.CONDITIONAL, self._levels.heading)
        for name, state in (("reply_no", State.DENIED), ("reply_yes", State.AFFIRMED)):
            if cue := case.reading.first(name):
                case.note("answered_question", cue)
                return case.verdict(state, self._levels.heading)
        return None

    def anaphor(self, rule: Rule, frame: Frame, clause: Clause, heading: str) -> Verdict | None:
        """Return what ``clause`` says of the thing that only the heading above it names ("Cookies": "We use none.").

        ``None`` where it has a subject of its own.
        """
        case = self.case(rule, frame, clause)
        case.note("named_in_heading", heading)
        bare = self._grammar.answer(case.reading.text.rstrip(_SENTENCE_ENDS))
        if bare is not None and case.block.kind is BlockKind.PARAGRAPH:
            return self.answered(case, yes=bare)
        if not case.reading.cues("heading_anaphora"):
            return None
        return self.whole(case)

    def replied(self, case: Case) -> Verdict | None:
        """Return what the sentence behind a title replies; not where yes may mean that nothing happens unannounced."""
        asked = case.reading.text.rstrip().endswith(QUESTION_ENDS)
        below = self._context.following(case.clause) if asked or case.block.kind is BlockKind.HEADING else None
        if below is None or case.rule.category is Category.TRANSPARENCY:
            return None
        if asked:
            return self.reply(case.rule, case.frame, below)
        return self.anaphor(case.rule, case.frame, below, case.reading.text)

    def answered(self, case: Case, *, yes: bool) -> Verdict:
        """Return what a yes or a no beside a practice says of it, on the condition of its row."""
        condition = self._deciding.row_condition(case) if yes and case.rule.polarity is Polarity.RISK else None
        if condition is not None and self._deciding.binds(case, condition):
            # "Contacts | only when you look for friends | yes"
            case.note(condition.code, condition.words)
            return case.verdict(State.CONDITIONAL, self._levels.table)
        case.note("table_answer_yes" if yes else "table_answer_no", case.words)
        return case.verdict(State.AFFIRMED if yes else State.DENIED, self._levels.table)

    def whole(self, case: Case) -> Verdict:
        """Return what a clause says whose words mean the practice together: its negation and its conditions decide."""
        reading = case.reading
        whole = (0, len(reading.text))
        how = ("whole_clause", reading.words(whole)[:_SHOWN])
        verdict = self._deciding.decide(case, reading, Governor(*whole), whole, self._levels.nominated, how)
        # What it denies may be another thing than what a rule finds affirmed elsewhere.
        return verdict._replace(narrow=True)
