"""What one match says: the order of the questions asked of it, each answer logged as a reason."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple, Self

from privacyscan.knowledge.rules import Pattern, Rule, RuleSet
from privacyscan.knowledge.scales import ConfidenceLevels
from privacyscan.models import (
    Block,
    BlockKind,
    Clause,
    Document,
    Polarity,
    RuleMatch,
    State,
    Strength,
)
from privacyscan.scanning.answering import QUESTION_ENDS, Answering
from privacyscan.scanning.context import Context
from privacyscan.scanning.deciding import Deciding
from privacyscan.scanning.grammar import PASSING_ON, Governor, Grammar, Role
from privacyscan.scanning.inheriting import Inheriting
from privacyscan.scanning.labels import Labels
from privacyscan.scanning.reading import Reading
from privacyscan.scanning.verdict import Case, Verdict

# Blocks that name a subject and state nothing.
HEADING_KINDS = (BlockKind.HEADING, BlockKind.TABLE_HEADER)


class Tools(NamedTuple):
    """What reads one document: shared by those who judge what rules match and what the classifier nominates."""

    levels: ConfidenceLevels
    grammar: Grammar
    context: Context
    deciding: Deciding
    inheriting: Inheriting
    answering: Answering

    @classmethod
    def for_document(cls, rules: RuleSet, grammar: Grammar, document: Document, clauses: Sequence[Clause]) -> Self:
        """Return the tools for one document and its clauses."""
        levels, context = rules.scoring.confidence, Context(grammar, document, clauses)
        deciding = Deciding(levels, grammar, context)
        inheriting = Inheriting(levels, grammar, context, deciding)
        answering = Answering(levels, grammar, context, deciding, inheriting)
        return cls(levels, grammar, context, deciding, inheriting, answering)


class Judge:
    """Judges the matches of one document."""

    def __init__(self, tools: Tools, service: str = "") -> None:
        self._levels = tools.levels
        self._grammar = tools.grammar
        self._context = tools.context
        self._deciding = tools.deciding
        self._inheriting = tools.inheriting
        self._answering = tools.answering
        self._labels = Labels(tools.grammar, tools.context)
        self._service = service.casefold()

    def judge(self, match: RuleMatch, rule: Rule, pattern: Pattern, clause: Clause) -> Verdict:
        """Return the verdict on one match: its state and strength, or why it says nothing."""
        case = self._answering.case(rule, pattern.frame or rule.frame, clause)
        case.span = (match.start - clause.start, match.end - clause.start)
        verdict = self._set_aside(match, pattern, case) or self._settled(pattern, case) or self.governed(case)
        verdict = self._deciding.revised(case, verdict)
        if verdict.state is not None and case.reading.cues("pointers"):
            return verdict._replace(confidence=min(verdict.confidence, self._levels.pointer))
        return verdict

    def misplaced(self, rule: Rule, pattern: Pattern, match: RuleMatch, clause: Clause) -> bool:
        """Return whether a wording that counts only under a head or after a clause stands elsewhere: it is none."""
        if pattern.under is None and pattern.after is None:
            return False
        case = self._answering.case(rule, pattern.frame or rule.frame, clause)
        case.span = (match.start - clause.start, match.end - clause.start)
        under = pattern.under is None or self._labels.stands_under(case, pattern.under)
        return not (under and (pattern.after is None or self._labels.stands_after(case, pattern.after)))

    # What is no statement, or needs no verb from elsewhere.

    def _set_aside(self, match: RuleMatch, pattern: Pattern, case: Case) -> Verdict | None:
        """What is no statement at all, unless a table or a reply answers it."""
        if match.excepted:
            return case.dismiss("exception")
        if case.rule.by_service and (recipients := self._labels.recipients(case)):
            return case.dismiss("not_the_service", recipients)
        if case.block.kind in HEADING_KINDS and not self._labels.states(case):
            return self._from_denying_title(case) or case.dismiss("heading_alone")
        if not case.reading.states_itself and (cue := case.reading.first("navigation")):
            return case.dismiss("navigation", cue)
        return self._answered_beside(match, case) or self.unstated(pattern, case)

    def _answered_beside(self, match: RuleMatch, case: Case) -> Verdict | None:
        """What a cell, an item or the next clause answers."""
        span = (match.start, match.end)
        answer = self._context.answer(case.block, case.frame, span)
        if answer is None:
            answer = self._context.label_answer(case.block, case.clause, span)
        if answer is not None:
            return self._answering.answered(case, yes=answer)
        if not (case.reading.text.rstrip().endswith(QUESTION_ENDS) and case.reading.cues("questions")):
            return None
        following = self._context.following(case.clause)
        replied = self._answering.reply(case.rule, case.frame, following) if following is not None else None
        return replied or case.dismiss("question")

    def unstated(self, pattern: Pattern | None, case: Case) -> Verdict | None:
        """Return the verdict on definitions, titles and what is left open, if it is one of them."""
        cue = case.reading.first("definitions")
        if cue and not case.reading.cues("fact_labels"):
            explained = self._inheriting.from_definition(case)
            if explained is None and case.reading.cues("continuations"):
                explained = self._inheriting.from_previous(case)
            return explained or case.dismiss("statutory_definition", cue)
        if not case.rule.granted and (cue := case.reading.within("advice", case.span)):
            return case.dismiss("instruction", cue)
        # A wording needs no verb from elsewhere, so a heading would not be found out by its want of one.
        whole = case.frame == "none" or pattern is None or pattern.state is not None
        if self._labels.names_only(case, whole=whole):
            return case.dismiss("heading_alone")
        # "If you don't want the ads we target at you, switch them off" says itself that it is done.
        presupposed = pattern is not None and pattern.state is State.AFFIRMED
        if case.rule.polarity is Polarity.RISK and not presupposed and case.reading.user_undoes(case.span):
            return case.dismiss("user_control")
        # "Whether you get the loan is decided by a formula" leaves nothing open.
        left_open = pattern is not None and not presupposed and case.reading.left_open(case.span)
        return case.dismiss("question") if left_open else None

    def _settled(self, pattern: Pattern, case: Case) -> Verdict | None:
        """What needs no verb from elsewhere: a fixed state, a denied list, a wording with its own verb."""
        if pattern.state is not None:
            if pattern.state is State.CONDITIONAL and (stays := self._stays_with_user(case)) is not None:
                return stays
            case.note("own_wording", case.words)
            risk = case.rule.polarity is Polarity.RISK
            if risk and pattern.state is State.DENIED and (taken_back := case.reading.doubly_denied(case.span)):
                case.note("double_negation", taken_back)
                return case.verdict(State.AFFIRMED, self._levels.heading, Strength.HEDGED)
            # A promise of notice stands beside what is not done without consent.
            barred = risk and pattern.state is State.DENIED and case.rule.prevails is not State.DENIED
            if barred and (consent := case.reading.without_consent()):
                case.note("without_consent", case.reading.words(consent))
                return case.verdict(State.CONDITIONAL, self._levels.own_wording)
            hedged = case.reading.hedged(case.span) and not case.rule.granted
            excepted = risk and pattern.state is State.AFFIRMED and self._excepted_denial(case)
            strength = Strength.HEDGED if hedged or excepted else Strength.FIRM
            return case.verdict(pattern.state, self._levels.own_wording, strength)
        if (denied := self.from_denied_list(case)) is not None:
            return denied
        return self._from_wording(case) if case.frame == "none" else None

    def _from_denying_title(self, case: Case) -> Verdict | None:
        """A heading states nothing, unless it denies ("No profiling", "국외 이전 없음")."""
        reading = case.reading
        if case.block.kind is not BlockKind.HEADING or not reading.negations or reading.cues("questions"):
            return None
        governor = Governor(*case.span) if case.frame == "none" else reading.governor(case.frame, case.span)[0]
        negation = reading.negation(governor or Governor(*case.span), case.span)
        if negation is None:
            return None
        case.note("heading_denies", reading.words(negation))
        return case.verdict(State.DENIED, self._levels.heading, narrow=True)

    def _from_wording(self, case: Case) -> Verdict:
        """A wording that holds its own verb; where it runs into an exception, the exception is what it states."""
        reading, whole = case.reading, Governor(*case.span)
        if self._excepted_denial(case) and not reading.condition(case.span):
            case.note("exception_affirms", case.words)
            return case.verdict(State.AFFIRMED, self._levels.own_wording, Strength.HEDGED)
        return self._deciding.decide(
            case, reading, whole, case.span, self._levels.own_wording, ("own_wording", case.words)
        )

    def _excepted_denial(self, case: Case) -> bool:
        """Whether a wording denies but for an exception: "not unless a court orders it" says what may happen."""
        reading = case.reading
        opened = any(case.span[0] < cue[0] and cue[1] < case.span[1] for cue in reading.cues("exception_openers"))
        return opened and reading.negation(Governor(*case.span), case.span) is not None

    def from_denied_list(self, case: Case) -> Verdict | None:
        """Return the denial of an item under "We do not:" or "What we never do", whatever verb it holds itself.

        So does the item's own label: "Never: your contacts", "수집 안 함: 주소록".
        """
        if case.rule.polarity is Polarity.RISK and (label := self._labels.denying(case)):
            case.note("label_denies", label.strip(" :：–—-"))
            return case.verdict(State.DENIED, self._levels.list_intro)
        if case.reading.negations or (case.reading.cues("turns") and case.reading.states_itself):
            # "However, the model of your phone is recorded" ends what the list denies.
            return None
        for intro in self._context.intros(case.block):
            denials = self._grammar.find("list_denials", intro.masked)
            denies = bool(denials) and self._grammar.denies_all(intro.words(denials[0]), case.frame)
            if denies and not intro.without_consent() and not intro.cues("exception_openers"):
                case.note("list_intro_denies", intro.words(denials[0]))
                return case.verdict(State.DENIED, self._levels.list_intro)
            if self._affirms_list(intro):
                # "③ Despite ①, we disclose data where: …" stands nearer than ①, which denies.
                break
            bare = not (case.reading.states_itself or intro.states_itself or self._grammar.explicit(intro.text))
            if bare and intro.cues("heading_denials"):
                titled = self._inheriting.from_heading(case, intro)
                if titled is not None and titled.state is State.DENIED:
                    return titled
        nearest = next(iter(self._context.headings(case.block)), None)
        # "What we don't do" above "Show you adverts": the verb of the item is that of the title.
        open_item = case.block.kind is BlockKind.LIST_ITEM and case.reading.opens_with_verb(case.frame)
        bare = open_item or not case.reading.states_itself
        if nearest is not None and bare and not self._context.intros(case.block):
            verdict = self._inheriting.from_heading(case, nearest) if nearest.cues("heading_denials") else None
            return verdict if verdict is not None and verdict.state is State.DENIED else None
        return None

    def _affirms_list(self, intro: Reading) -> bool:
        """Whether an introduction states something of its list and denies nothing, or makes it an exception."""
        announces = intro.states_itself and intro.announces
        return announces and (not intro.negations or bool(intro.cues("despite")))

    # The verb that governs a noun.

    def governed(self, case: Case) -> Verdict:
        """Return what a noun comes to by its verb: in its clause, an exception's main clause, row, intro or heading."""
        if (aside := self.of_others(case)) is not None:
            return aside
        reading = case.reading
        governor, saw_user = reading.governor(case.frame, case.span)
        if reading.in_exception(case.span) and (governor is None or governor.role is not Role.MAIN):
            excepted = self._from_exception(case)
            if excepted is None and governor is None and reading.exclusion(case.span):
                excepted = case.dismiss("exception")
            if excepted is not None:
                return excepted
        if governor is not None and governor.role is Role.LINK:
            return self._inheriting.from_link(case, governor)
        if governor is not None:
            return self._from_above(case, governor) or self._from_own_verb(case, governor)
        if saw_user:
            same = self._inheriting.from_previous(case) if reading.cues("continuations") else None
            return same or case.dismiss("user_control")
        return self._inheriting.inherited(case) or case.dismiss("no_governing_action")

    def of_others(self, case: Case) -> Verdict | None:
        """Return the verdict on what others do, by the clause or its introduction, and on what users are told to do."""
        risk = case.rule.polarity is Polarity.RISK
        if (stays := self._stays_with_user(case)) is not None:
            return stays
        if risk and (cue := case.reading.within("elsewhere", case.span)):
            return case.dismiss("elsewhere", cue)
        if cue := case.reading.within("instructions", case.span):
            return case.dismiss("instruction", cue)
        if risk and (cue := self._inheriting.conduct_in_intro(case)):
            return case.dismiss("instruction", cue)
        if risk and self._inheriting.control_in_intro(case):
            return case.dismiss("user_control")
        if risk and case.frame in PASSING_ON and (source := self._source(case)):
            return case.dismiss("not_the_service", source)
        if case.frame == "disclose" and self._tells_of_keeping(case):
            return case.dismiss("no_governing_action")
        others = (self._warned_of(case) or self._inheriting.others_in_intro(case)) if risk else None
        return case.dismiss("not_the_service", others) if others else None

    def _warned_of(self, case: Case) -> str | None:
        """Who acts where the sentence before warns of somebody: "Beware of swindlers. They may ask for …"."""
        cue = case.reading.first("warned_of")
        before = next(self._context.preceding(case.clause), None) if cue is not None else None
        same = before is not None and before.block == case.clause.block
        return cue if same and before is not None and self._context.reading(before.text).cues("warnings") else None

    def _stays_with_user(self, case: Case) -> Verdict | None:
        """What never leaves the user's device is not collected, on whatever condition it is used there."""
        if case.rule.polarity is not Polarity.RISK or case.frame != "collect":
            return None
        cue = case.reading.within("stays_with_user", case.span)
        if cue is None and case.reading.within("kept_by_user", case.span):
            # "It stays on your phone. We never receive it."
            cue = self._deciding.next_cue(case, "not_received")
        if cue is None:
            return None
        case.note("stays_with_user", cue)
        return case.verdict(State.DENIED, self._levels.own_verb)

    def _source(self, case: Case) -> str | None:
        """The head of the column a match stands in, where it names whom data come from."""
        cell = self._context.cell(case.block, case.clause.start + case.span[0])
        return cell.header if cell is not None and self._context.reading(cell.header).cues("source_columns") else None

    def _from_own_verb(self, case: Case, governor: Governor) -> Verdict:
        reading, span = case.reading, (governor.start, governor.end)
        if case.rule.polarity is Polarity.RISK and not self._acts(case, governor):
            # "For example what you upload" goes on from what the sentence before says is recorded.
            same = self._inheriting.from_previous(case) if reading.cues("continuations") else None
            return same or case.dismiss("not_the_service", reading.words(span))
        strong = reading.is_core(case.frame, governor)
        if not strong and case.frame == "disclose" and reading.cues("keeping") and not reading.service_verb("disclose"):
            # "We keep your data as long as we need to comply with the law."
            return case.dismiss("no_governing_action")
        confidence = self._levels.own_verb if strong else self._levels.weak_verb
        how = ("own_verb", reading.words(span))
        verdict = self._deciding.decide(case, reading, governor, case.span, confidence, how)
        obeys = case.frame == "disclose" and self._grammar.has("obeying", reading.words(span))
        if obeys and not strong and verdict.strength is Strength.FIRM:
            # "To comply with a lawful request" hands over what it asks for, and doesn't say so.
            case.note("hedged")
            verdict = verdict._replace(strength=Strength.HEDGED, reasons=tuple(case.reasons))
        return verdict

    def _tells_of_keeping(self, case: Case) -> bool:
        """Whether the heading says how long data are kept, and the clause nothing of handing them over."""
        nearest = next(iter(self._context.headings(case.block)), None)
        if nearest is None or not nearest.cues("keeping") or nearest.announced("disclose"):
            return False
        return not any(case.reading.is_core("disclose", Governor(*verb)) for verb in case.reading.verbs("disclose"))

    def _acts(self, case: Case, governor: Governor) -> bool:
        """Whether the verb may be the service's: nobody else is its subject.

        What users do with their own content too ("store", "share") must be said
        of the service, called so or by its name.
        """
        reading = case.reading
        if reading.by_others(governor):
            return False
        shared = case.rule.made_by_user and (reading.states_itself or not reading.is_core(case.frame, governor))
        if case.rule.made_by_user and reading.among_users(governor):
            return False
        if not shared or reading.negation(governor, case.span) is not None or reading.by_service(governor):
            return True
        return bool(self._service) and self._service in reading.text[: governor.start].casefold()

    def _from_above(self, case: Case, governor: Governor) -> Verdict | None:
        """An item that is no sentence is governed by its introduction: "We never collect: data assigned to you".

        A cell, by the head of its column, where that denies: "What we do not collect" over "face scans".
        """
        if case.reading.states_itself or case.block.kind in HEADING_KINDS:
            return None
        if case.block.kind is BlockKind.TABLE_ROW:
            cell = self._context.cell(case.block, case.clause.start + case.span[0])
            head = self._context.reading(cell.header) if cell is not None else None
            denies = head is not None and bool(head.cues("heading_denials"))
            return self._inheriting.from_heading(case, head) if denies and head is not None else None
        if case.reading.is_core(case.frame, governor) and governor.role is Role.MAIN:
            return None
        return self._inheriting.from_intros(case)

    def _from_exception(self, case: Case) -> Verdict | None:
        """What an exception names keeps the contrary of the main clause, where that is denied."""
        main = case.reading.main_governor(case.frame, case.span)
        if main is None or case.reading.role((main.start, main.end)) is not Role.MAIN:
            return None
        if case.reading.negation(main, (main.start, main.end)):
            case.note("exception_affirms", case.words)
            return case.verdict(State.AFFIRMED, self._levels.own_verb)
        if cue := case.reading.exclusion(case.span):
            case.note("exception_denies", cue)
            return case.verdict(State.DENIED, self._levels.own_verb, narrow=True)
        return None


def is_question(block: Block, text: str) -> bool:
    """Return whether a heading asks something."""
    return block.kind is BlockKind.HEADING and text.rstrip().endswith(QUESTION_ENDS)
