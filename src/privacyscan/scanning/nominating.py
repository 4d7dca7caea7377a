"""What the classifier hears and no rule matched, or matched without a verb: the same questions are asked of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from privacyscan.knowledge.rules import Rule
from privacyscan.models import BlockKind, Clause, RuleMatch, State
from privacyscan.scanning.answering import QUESTION_ENDS
from privacyscan.scanning.folding import letters
from privacyscan.scanning.grammar import Span
from privacyscan.scanning.judging import HEADING_KINDS, Judge, Tools
from privacyscan.scanning.reading import COLONS
from privacyscan.scanning.verdict import TITLE_LIMIT, Case, Verdict

_FULL_STOPS = (".", "。", "다", "요")
# Reasons that a verb of the practice was looked for in vain.
_VERBLESS = ("no_governing_action", "user_control")


class Nominating:
    """Judges what the classifier nominates in one document."""

    def __init__(self, tools: Tools, judge: Judge) -> None:
        self._grammar = tools.grammar
        self._context = tools.context
        self._deciding = tools.deciding
        self._inheriting = tools.inheriting
        self._answering = tools.answering
        self._judge = judge

    def nominated(
        self,
        rule: Rule,
        clause: Clause,
        spans: Sequence[Span],
        polarity: Callable[[], State | None],
        *,
        excepted: bool = False,
    ) -> Verdict:
        """Return what a clause says that the classifier nominated and no pattern matched.

        ``spans`` are the words that speak most for the practice, the strongest
        first; the same questions are asked of them as of a match, whether the
        rule sets such words aside (``excepted``) among them. Where no verb of
        the practice governs them, the clause is read as one statement:
        paraphrases are made of verbs that no list holds. Whether a "not" in it
        is said of the practice, ``polarity`` knows then.
        """
        case = self._answering.case(rule, rule.frame, clause)
        case.span = spans[0]
        case.note("classifier_nominated", ", ".join(dict.fromkeys(case.reading.words(span) for span in spans)))
        if excepted:
            return case.dismiss("exception")
        text = case.reading.text.rstrip()
        if text.endswith(QUESTION_ENDS):
            return self._answering.replied(case) or case.dismiss("question")
        if self._replies(case):
            # What "No. We live off our fees." says, the question above tells.
            return case.dismiss("question")
        sentence = text.endswith(_FULL_STOPS) and letters(text) > TITLE_LIMIT // 2
        if case.block.kind in HEADING_KINDS or not (case.reading.states_itself or sentence):
            # A label ("Advertising and promotions") has the words of a practice and states none.
            return self._announced(case) or case.dismiss("heading_alone")
        if not self._grammar.names(rule, case.reading.text):
            return case.dismiss("name_missing")
        verdict = self._judge.unstated(None, case) or self._judge.from_denied_list(case)
        if verdict is None and rule.frame != "none":
            verdict = self._judge.governed(case)
            # Where data lie is said by a verb: "our office is in Hangzhou" keeps nothing there.
            verbless = rule.frame != "store" and verdict.reasons[-1].code in _VERBLESS
            if verbless and not self._inheriting.control_in_intro(case):
                verdict = None
        condition = case.reading.condition_of_list()
        if verdict is not None and verdict.state is State.AFFIRMED and condition is not None and condition.exclusive:
            # "Should another firm take us over, your file is passed on only with your consent."
            case.reasons, verdict = case.reasons[:1], None
        if verdict is None:
            case.reasons = [reason for reason in case.reasons if reason.code not in _VERBLESS]
            verdict = self._answering.whole(case)
            if rule.granted and verdict.reasons[-1].code == "without_consent":
                # "While it is off, we do not train on your texts" neither refuses nor grants anything.
                verdict = case.dismiss("denial_unsure", verdict.reasons[-1].detail)
            if verdict.state is State.DENIED and (meant := polarity()) is not State.DENIED:
                verdict = self._not_denied(case, verdict, meant)
        return self._deciding.revised(case, verdict)

    def _replies(self, case: Case) -> bool:
        """Whether a clause says yes or no to the question that heads it."""
        head = case.block.section[-1] if case.block.section else ""
        opens = case.clause.start == case.block.start
        said = case.reading.cues("reply_no") or case.reading.cues("reply_yes")
        return opens and bool(said) and head.rstrip().endswith(QUESTION_ENDS)

    def _not_denied(self, case: Case, verdict: Verdict, meant: State | None) -> Verdict:
        """What a sentence says that holds a denial of something else: "no clerk looks at what the program decides"."""
        negation = verdict.reasons[-1].detail
        if meant is None or case.rule.granted:
            # "If you close your account, we no longer …" grants nothing either.
            return case.dismiss("denial_unsure", negation)
        case.note("denial_of_other", negation)
        return verdict._replace(state=meant, reasons=tuple(case.reasons))

    def _announced(self, case: Case) -> Verdict | None:
        """What a reply, a column or an introduction says of a label that the classifier nominated.

        "Hosting companies | yes", "We disclose data to:" over "the police",
        "Will I be told of a breach? – Yes, within three days.".
        """
        if not self._grammar.names(case.rule, case.reading.text):
            return None
        if case.block.kind in HEADING_KINDS:
            return self._answering.replied(case)
        # What stands behind the label's colon answers for it: "Automated decisions: none."
        label = max(case.clause.text.rfind(mark) for mark in COLONS)
        span = (case.clause.start, case.clause.start + label if label > 0 else case.clause.end)
        if (answer := self._context.answer(case.block, case.frame, span)) is not None:
            return self._answering.answered(case, yes=answer)
        if case.block.kind not in (BlockKind.LIST_ITEM, BlockKind.TABLE_ROW):
            return None
        verdict = self._judge.unstated(None, case) or self._judge.of_others(case)
        verdict = verdict or self._judge.from_denied_list(case)
        if verdict is None and case.frame != "none":
            verdict = self._inheriting.from_row(case) or self._inheriting.from_intros(case)
        elif verdict is None and self._inheriting.is_announced(case):
            verdict = self._answering.whole(case)
        return None if verdict is None else self._deciding.revised(case, verdict)

    def agreed(self, match: RuleMatch, rule: Rule, clause: Clause) -> Verdict | None:
        """Return what a sentence says whose words a rule matched without a verb, where the classifier is sure of it.

        ``None`` for what is no sentence: a heading names its subject as surely.
        """
        case = self._answering.case(rule, rule.frame, clause)
        case.span = (match.start - clause.start, match.end - clause.start)
        if case.block.kind in HEADING_KINDS or not case.reading.states_itself:
            return None
        nearest = next(iter(self._context.headings(case.block)), None)
        if case.block.kind is BlockKind.LIST_ITEM and nearest is not None and nearest.cues("heading_denials"):
            # "We share nothing with:" over "our parent and its companies".
            return self._inheriting.from_heading(case, nearest)
        case.note("classifier_agrees", case.words)
        verdict = self._deciding.revised(case, self._answering.whole(case))
        # A negation anywhere in the sentence is too little to deny what no verb ties to it; the next sentence is not.
        taken_back = verdict.reasons[-1].code == "denied_in_next_sentence"
        return None if verdict.state is State.DENIED and not taken_back else verdict
