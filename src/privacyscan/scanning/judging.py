"""What one match says: the rules of polarity, condition and context, each logged as a reason."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from privacyscan.knowledge.lexicon import Frame
from privacyscan.knowledge.rules import Pattern, Rule, RuleSet
from privacyscan.models import Block, BlockKind, Clause, Document, Polarity, RuleMatch, State, Strength
from privacyscan.scanning.context import Context
from privacyscan.scanning.grammar import Condition, Governor, Grammar, Reading, Role, Span
from privacyscan.scanning.verdict import Case, Verdict

_SENTENCE_ENDS = (".", "!", "?", "。", "！", "？", "다", "요", "함", "음")
_QUESTION_ENDS = ("?", "？")
_TITLE_LIMIT = 70
_LABEL_LIMIT = 44
# Room for "12. " before the first words of a paragraph.
_NUMBER_WIDTH = 8
# As many commas make a list of data.
_LISTED_ITEMS = 2
# A condition that opens the introduction of a list holds for its items.
_CLAUSE_START = 6
# Blocks that name a subject and state nothing.
HEADING_KINDS = (BlockKind.HEADING, BlockKind.TABLE_HEADER)
_PARTS_OF_A_LIST = (BlockKind.LIST_ITEM, BlockKind.TABLE_ROW)


class Judge:
    """Judges the matches of one document."""

    def __init__(
        self, rules: RuleSet, grammar: Grammar, document: Document, clauses: Sequence[Clause], service: str = ""
    ) -> None:
        self._levels = rules.scoring.confidence
        self._grammar = grammar
        self._context = Context(grammar, document, clauses)
        self._service = service.casefold()

    def judge(self, match: RuleMatch, rule: Rule, pattern: Pattern, clause: Clause) -> Verdict:
        """Return the verdict on one match: its state and strength, or why it says nothing."""
        case = self._case(rule, pattern.frame or rule.frame, clause)
        case.span = (match.start - clause.start, match.end - clause.start)
        verdict = self._set_aside(match, pattern, case) or self._settled(pattern, case) or self._governed(case)
        verdict = self._revised(case, verdict)
        if verdict.state is not None and case.reading.cues("pointers"):
            return replace(verdict, confidence=min(verdict.confidence, self._levels.pointer))
        return verdict

    def judge_under_heading(self, rule: Rule, frame: Frame, clause: Clause, heading: str) -> Verdict | None:
        """Return what ``clause`` says about a practice that only the heading above it names.

        The heading gives the noun ("Service providers"), the clause the verb
        ("We disclose data to companies that …"). ``None`` where it has none.
        """
        case = self._case(rule, frame, clause)
        case.note("named_in_heading", heading)
        reading, table = case.reading, case.block.kind is BlockKind.TABLE_ROW
        if table and self._context.all_denied(case.block):
            return self._answered(case, yes=False)
        answer = self._context.answer(case.block, frame, (clause.start, clause.start))
        if answer is not None:
            return self._answered(case, yes=answer)
        if frame == "none" or any(reading.cues(name) for name in ("definitions", "elsewhere", "instructions")):
            return None
        if table:
            return self._from_row(case) or self._from_intros(case) or self._from_headings(case)
        verb = reading.service_verb(frame)
        if verb is None:
            return None
        span = (verb.start, verb.end)
        return self._decide(case, reading, verb, span, self._levels.heading, ("own_verb", reading.words(span)))

    def judge_column(self, rule: Rule, frame: Frame, clause: Clause, header: str) -> Verdict | None:
        """Return the yes or no that a row gives in the column whose header names the practice ("Sold?")."""
        case = self._case(rule, frame, clause)
        case.note("named_in_heading", header)
        answer = self._context.column_answer(case.block, header)
        return None if answer is None else self._answered(case, yes=answer)

    def judge_reply(self, rule: Rule, frame: Frame, clause: Clause) -> Verdict | None:
        """Return what ``clause`` says as the reply to the question in the heading above it."""
        case = self._case(rule, frame, clause)
        for name, state in (("reply_no", State.DENIED), ("reply_yes", State.AFFIRMED)):
            if cue := _first(case.reading, name):
                case.note("answered_question", cue)
                return case.verdict(state, self._levels.heading)
        return None

    def qualified(self, quote: str, state: State) -> bool:
        """Return whether a clause narrows its scope so that it can't contradict another.

        A purpose narrows a denial ("not used for advertising"), never an affirmation.
        """
        reading = self._context.reading(quote)
        narrowing = reading.cues("qualifiers") or reading.cues("exception_openers")
        return bool(narrowing or (state is not State.AFFIRMED and reading.cues("purposes")))

    def _case(self, rule: Rule, frame: Frame, clause: Clause) -> Case:
        reading = self._context.reading(clause.text)
        block = self._context.block(clause)
        return Case(rule=rule, frame=frame, block=block, clause=clause, reading=reading, span=(0, len(reading.text)))

    # What is no statement, or needs no verb from elsewhere.

    def _set_aside(self, match: RuleMatch, pattern: Pattern, case: Case) -> Verdict | None:
        """What is no statement at all, unless a table or a reply answers it."""
        if match.excepted:
            return case.dismiss("exception")
        if case.block.kind in HEADING_KINDS:
            return self._from_denying_title(case) or case.dismiss("heading_alone")
        if not case.reading.states_itself and (cue := _first(case.reading, "navigation")):
            return case.dismiss("navigation", cue)
        return self._answered_beside(match, case) or self._unstated(pattern, case)

    def _answered_beside(self, match: RuleMatch, case: Case) -> Verdict | None:
        """What a cell, an item or the next clause answers."""
        answer = self._context.answer(case.block, case.frame, (match.start, match.end))
        if answer is not None:
            return self._answered(case, yes=answer)
        if not (case.reading.text.rstrip().endswith(_QUESTION_ENDS) and case.reading.cues("questions")):
            return None
        following = self._context.following(case.clause)
        replied = self.judge_reply(case.rule, case.frame, following) if following is not None else None
        return replied or case.dismiss("question")

    def _unstated(self, pattern: Pattern, case: Case) -> Verdict | None:
        """Definitions, titles, and what is left open."""
        if cue := _first(case.reading, "definitions"):
            explained = self._from_definition(case)
            if explained is None and case.reading.cues("continuations"):
                explained = self._from_previous(case)
            return explained or case.dismiss("statutory_definition", cue)
        if ((case.frame == "none" or pattern.state) and self._is_title(case)) or self._is_label(case):
            return case.dismiss("heading_alone")
        if case.rule.polarity is Polarity.RISK and case.reading.user_undoes(case.span):
            return case.dismiss("user_control")
        return case.dismiss("question") if case.reading.left_open(case.span) else None

    def _settled(self, pattern: Pattern, case: Case) -> Verdict | None:
        """What needs no verb from elsewhere: a fixed state, a denied list, a wording with its own verb."""
        if pattern.state is not None:
            case.note("own_wording", case.words)
            strength = Strength.HEDGED if case.reading.hedged(case.span) else Strength.FIRM
            return case.verdict(pattern.state, self._levels.own_wording, strength)
        if (denied := self._from_denied_list(case)) is not None:
            return denied
        return self._from_wording(case) if case.frame == "none" else None

    def _answered(self, case: Case, *, yes: bool) -> Verdict:
        case.note("table_answer_yes" if yes else "table_answer_no", case.words)
        return case.verdict(State.AFFIRMED if yes else State.DENIED, self._levels.table)

    def _is_title(self, case: Case) -> bool:
        """A short line without a sentence end or a colon is a heading that was not marked as one."""
        text = self._context.text(case.block.start, case.block.end)
        short = case.block.kind is BlockKind.PARAGRAPH and len(text) <= _TITLE_LIMIT
        return short and not text.endswith(_SENTENCE_ENDS) and not any(mark in text for mark in ":：,，、")

    def _is_label(self, case: Case) -> bool:
        """The words that open a paragraph and name what it is about: "When we disclose your data. We …"."""
        clause, reading = case.clause, case.reading
        opens = clause.start - case.block.start <= _NUMBER_WIDTH
        if case.block.kind is BlockKind.TABLE_ROW or not opens or reading.states_itself:
            return False
        if len(reading.text) > _TITLE_LIMIT or len(self._grammar.find("listing", reading.text)) >= _LISTED_ITEMS:
            return False
        continued = clause.end < case.block.end
        if reading.cues("questions"):
            return continued
        verbless = case.frame != "none" and not reading.verbs(case.frame)
        ends = reading.text.rstrip().endswith((":", "："))
        return verbless and (ends or (continued and len(reading.text) <= _LABEL_LIMIT))

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
        opened = any(case.span[0] < cue[0] and cue[1] < case.span[1] for cue in reading.cues("exception_openers"))
        if opened and reading.negation(whole, case.span) is not None and not reading.condition(case.span):
            case.note("exception_affirms", case.words)
            return case.verdict(State.AFFIRMED, self._levels.own_wording)
        return self._decide(case, reading, whole, case.span, self._levels.own_wording, ("own_wording", case.words))

    def _from_denied_list(self, case: Case) -> Verdict | None:
        """An item under "We do not:" or "What we never do" is denied, whatever verb it holds itself."""
        if case.reading.negations:
            return None
        for intro in self._context.intros(case.block):
            denials = self._grammar.find("list_denials", intro.masked)
            if denials and not intro.without_consent() and not intro.cues("exception_openers"):
                case.note("list_intro_denies", intro.words(denials[0]))
                return case.verdict(State.DENIED, self._levels.list_intro)
        nearest = next(iter(self._context.headings(case.block)), None)
        if nearest is not None and not case.reading.states_itself and not self._context.intros(case.block):
            verdict = self._from_heading(case, nearest) if nearest.cues("heading_denials") else None
            return verdict if verdict is not None and verdict.state is State.DENIED else None
        return None

    def _from_definition(self, case: Case) -> Verdict | None:
        """Judge "'Log Data' means your IP address" by the sentence beside it that says Log Data is collected."""
        terms = self._grammar.find("defined_terms", case.reading.text)
        if not terms:
            return None
        term = case.reading.words(terms[0]).strip("\"'“”() ").casefold()
        following = self._context.following(case.clause)
        beside = [*self._context.preceding(case.clause), *([following] if following is not None else [])]
        for clause in beside:
            reading = self._context.reading(clause.text)
            if term not in reading.text.casefold() or reading.cues("definitions"):
                continue
            governor = reading.statement(case.frame)
            if governor is not None:
                return self._inherit(case, reading, governor, "defined_term", self._levels.list_intro)
        return None

    # The verb that governs a noun.

    def _governed(self, case: Case) -> Verdict:
        """A noun needs a verb: in its clause, its exception's main clause, its row, intro or heading."""
        if case.rule.polarity is Polarity.RISK and (cue := case.reading.within("elsewhere", case.span)):
            return case.dismiss("elsewhere", cue)
        if cue := _first(case.reading, "instructions"):
            return case.dismiss("instruction", cue)
        reading = case.reading
        governor, saw_user = reading.governor(case.frame, case.span)
        if reading.in_exception(case.span) and (governor is None or governor.role is not Role.MAIN):
            excepted = self._from_exception(case)
            if excepted is not None:
                return excepted
        if governor is not None and governor.role is Role.LINK:
            return self._from_link(case, governor)
        if governor is not None and (above := self._from_above(case, governor)) is not None:
            return above
        if governor is not None:
            return self._from_own_verb(case, governor)
        if saw_user:
            same = self._from_previous(case) if reading.cues("continuations") else None
            return same or case.dismiss("user_control")
        return self._inherited(case) or case.dismiss("no_governing_action")

    def _from_own_verb(self, case: Case, governor: Governor) -> Verdict:
        reading, span = case.reading, (governor.start, governor.end)
        if case.rule.polarity is Polarity.RISK and not self._acts(case, governor):
            return case.dismiss("not_the_service", reading.words(span))
        strong = reading.is_core(case.frame, governor)
        confidence = self._levels.own_verb if strong else self._levels.weak_verb
        return self._decide(case, reading, governor, case.span, confidence, ("own_verb", reading.words(span)))

    def _acts(self, case: Case, governor: Governor) -> bool:
        """Whether the verb may be the service's: nobody else is its subject.

        What users do with their own content too ("store", "share") must be said
        of the service, called so or by its name.
        """
        reading = case.reading
        if reading.by_others(governor):
            return False
        shared = case.rule.made_by_user and not reading.is_core(case.frame, governor)
        if not shared or reading.negation(governor, case.span) is not None or reading.by_service(governor):
            return True
        return bool(self._service) and self._service in reading.text[: governor.start].casefold()

    def _inherited(self, case: Case) -> Verdict | None:
        """The verdict of a match whose clause holds no verb for it: from around it, else from its own words."""
        for source in (
            self._from_ellipsis,
            self._from_row,
            self._from_intros,
            self._from_previous,
            self._from_headings,
            self._from_own_words,
            self._from_bare_list,
        ):
            if (verdict := source(case)) is not None:
                return verdict
        return None

    def _from_above(self, case: Case, governor: Governor) -> Verdict | None:
        """An item that is no sentence is governed by its introduction: "We never collect: data assigned to you"."""
        if case.block.kind is not BlockKind.LIST_ITEM or case.reading.states_itself:
            return None
        if case.reading.is_core(case.frame, governor) and governor.role is Role.MAIN:
            return None
        return self._from_intros(case)

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

    def _decide(
        self, case: Case, reading: Reading, governor: Governor, span: Span, confidence: float, how: tuple[str, str]
    ) -> Verdict:
        """Polarity and condition of a match whose verb stands in ``reading``."""
        case.note(*how)
        negation = reading.negation(governor, span)
        condition = self._condition(case, reading, span)
        strength = Strength.HEDGED if reading.hedged(span) else Strength.FIRM
        if strength is Strength.HEDGED:
            case.note("hedged")
        if negation is not None:
            after = self._grammar.lexicon.negation_side == "after"
            case.note("negated_after_verb" if after else "negated_before_verb", reading.words(negation))
        if negation is not None and (consent := reading.without_consent()):
            case.note("without_consent", reading.words(consent))
            return case.verdict(State.CONDITIONAL, confidence, strength)
        # "When you sign in, we do not log …" denies; "we do not log … unless you sign in" doesn't.
        within = negation is not None and condition is not None and not condition.exclusive
        if condition is not None and not within:
            case.note(condition.code, condition.words)
            return case.verdict(State.CONDITIONAL, confidence, strength)
        if negation is not None:
            if case.rule.polarity is Polarity.RISK and (cue := _first(reading, "minors")):
                return case.dismiss("denied_for_minors", cue)
            # "We do not use your IP address to …" denies a use, not that it is collected.
            own = case.frame == "none" or governor.role is Role.LINK or reading.is_core(case.frame, governor)
            aside = reading.text.startswith(("(", "（"))
            narrow = within or aside or strength is Strength.HEDGED or not own
            return case.verdict(State.DENIED, confidence, narrow=narrow)
        if cue := _first(reading, "opt_out"):
            case.note("opt_out_offered", cue)
        return case.verdict(State.AFFIRMED, confidence, strength)

    # What depends on consent or on a switch.

    def _condition(self, case: Case, reading: Reading, span: Span) -> Condition | None:
        """The condition a match depends on, in its clause or its row."""
        condition = reading.condition(span) or self._row_condition(case)
        return condition if condition is not None and self._binds(case, condition) else None

    def _binds(self, case: Case, condition: Condition) -> bool:
        """What users type in is conditional only on explicit consent or an "only if"."""
        return not case.rule.given_by_user or condition.exclusive or self._grammar.explicit(condition.words)

    def _row_condition(self, case: Case) -> Condition | None:
        """A consent or switch in another cell holds for its row."""
        if case.block.kind is not BlockKind.TABLE_ROW:
            return None
        found = (self._context.reading(cell).condition((0, 1)) for cell in self._context.cells(case.block))
        # A row is on condition as a whole, whatever another cell says is not kept.
        return next((replace(condition, exclusive=True) for condition in found if condition is not None), None)

    def _revised(self, case: Case, verdict: Verdict) -> Verdict:
        """An affirmation may hang on its list's introduction, or be taken back by the next sentence."""
        if verdict.state is State.AFFIRMED and case.block.kind in _PARTS_OF_A_LIST:
            for intro in self._context.intros(case.block):
                condition = intro.condition_of_list()
                opens = condition is not None and condition.start <= _CLAUSE_START
                if condition is None or not (condition.exclusive or (opens and case.rule.polarity is Polarity.RISK)):
                    continue
                if self._binds(case, condition):
                    case.note(condition.code, condition.words)
                    return replace(verdict, state=State.CONDITIONAL, reasons=tuple(case.reasons))
        following = self._context.following(case.clause)
        if following is None or following.block != case.clause.block:
            return verdict
        after = self._context.reading(following.text)
        if verdict.state is State.DENIED and (cue := _first(after, "lifted")):
            case.note("lifted_in_next_sentence", cue)
            return replace(verdict, state=State.CONDITIONAL, reasons=tuple(case.reasons))
        of_others = verdict.state is None and verdict.reasons[-1].code == "elsewhere"
        if (verdict.state is State.AFFIRMED or of_others) and (cue := _first(after, "denied_anaphora")):
            case.note("denied_in_next_sentence", cue)
            return case.verdict(State.DENIED, self._levels.list_intro, narrow=verdict.state is State.AFFIRMED)
        return verdict

    # Verbs that stand elsewhere.

    def _from_link(self, case: Case, link: Governor) -> Verdict:
        """Judge by "includes", which says of its object what the sentence, the list or the heading before said."""
        reading, span = case.reading, (link.start, link.end)
        how = ("own_verb", reading.words(span))
        if reading.negation(link, case.span) is not None:
            subject = any(verb[1] <= link.start for verb in reading.named(case.frame))
            if reading.cues("defined_subjects") or not subject:
                return case.dismiss("definition_excludes")
            return self._decide(case, reading, link, case.span, self._levels.own_verb, how)
        inherited = self._from_definition(case) or self._from_previous(case)
        inherited = inherited or self._from_row(case) or self._from_intros(case)
        return inherited or self._decide(case, reading, link, case.span, self._levels.weak_verb, how)

    def _from_previous(self, case: Case) -> Verdict | None:
        """A sentence that goes on from the one before ("Such information may include …") takes its verb."""
        for reading in self._context.leaned_on(case.clause):
            if governor := reading.statement(case.frame):
                return self._inherit(case, reading, governor, "previous_verb", self._levels.list_intro)
        return None

    def _from_row(self, case: Case) -> Verdict | None:
        """The column headers, then the other cells of the row."""
        if case.block.kind is not BlockKind.TABLE_ROW:
            return None
        own = next((cell for cell in case.block.cells if cell.start <= case.clause.start < cell.end), None)
        if own is not None and 0 < len(own.header) <= _TITLE_LIMIT:
            # What its own column says comes first: "What we don't collect".
            verdict = self._from_heading(case, self._context.reading(own.header), "row_verb")
            if verdict is not None:
                return verdict
        headers = [cell.header for cell in case.block.cells if cell is not own]
        others = [self._context.text(cell.start, cell.end) for cell in case.block.cells if cell is not own]
        for text in (*headers, *others):
            reading = self._context.reading(text)
            if (verbs := reading.named(case.frame)) and not reading.cues("heading_denials"):
                return self._inherit(case, reading, Governor(*verbs[0]), "row_verb", self._levels.table)
        return None

    def _from_intros(self, case: Case) -> Verdict | None:
        """The sentences that open a list govern its items, but no whole sentence inside one."""
        if case.reading.states_itself and case.clause.start - case.block.start > _NUMBER_WIDTH:
            return None
        for intro in self._context.intros(case.block):
            governor = intro.statement(case.frame) or intro.link(case.frame)
            if governor is None:
                continue
            denied = intro.negation(governor, (governor.start, governor.end)) is not None
            if denied and not (intro.text.rstrip().endswith((":", "：")) or intro.cues("list_pointers")):
                # The sentence before a list denies its items only where it announces them.
                continue
            return self._inherit(case, intro, governor, "intro_verb", self._levels.list_intro)
        return None

    def _from_headings(self, case: Case) -> Verdict | None:
        """Headings decide for items, rows and fragments; a whole sentence has its own verb or none."""
        if case.block.kind is not BlockKind.TABLE_ROW and case.reading.states_itself:
            return None
        for heading in self._context.headings(case.block):
            if (verdict := self._from_heading(case, heading)) is not None:
                return verdict
        return None

    def _from_heading(self, case: Case, heading: Reading, code: str = "heading_verb") -> Verdict | None:
        if (cue := _first(heading, "heading_denials")) and self._grammar.denies(cue, case.frame, case.words):
            case.note("heading_denies", cue)
            return case.verdict(State.DENIED, self._levels.heading)
        if verbs := heading.named(case.frame):
            return self._inherit(case, heading, Governor(*verbs[-1]), code, self._levels.heading)
        return None

    def _from_ellipsis(self, case: Case) -> Verdict | None:
        """Judge "We collect your city but not your name": the second half is denied by the verb of the first."""
        start, end = case.reading.segment(case.span)
        cues = self._grammar.find("elliptic_negation", case.reading.text[start:end])
        before = [verb for verb in case.reading.verbs(case.frame) if verb[1] <= start]
        if not cues or not before:
            return None
        case.note("own_verb", case.reading.words(before[-1]))
        case.note("negated_before_verb", case.reading.text[start + cues[0][0] : start + cues[0][1]])
        return case.verdict(State.DENIED, self._levels.own_verb, narrow=True)

    def _from_own_words(self, case: Case) -> Verdict | None:
        """The last resort: "server logs" and "tracking pixels" hold their verb in the noun."""
        inner = case.reading.inner_verb(case.frame, case.span)
        if inner is None:
            return None
        how = ("own_verb", case.reading.words((inner.start, inner.end)))
        return self._decide(case, case.reading, inner, case.span, self._levels.heading, how)

    def _from_bare_list(self, case: Case) -> Verdict | None:
        """A list of data without any verb, heading or introduction: in a policy, what is collected."""
        above = case.block.section or case.block.intro is not None or case.block.parent is not None
        if case.reading.text[:1].islower():
            # The rest of a line that was cut.
            return None
        if case.frame != "collect" or above or case.reading.states_itself or case.reading.cues("defined_subjects"):
            return None
        if len(self._grammar.find("listing", case.reading.text)) < _LISTED_ITEMS:
            return None
        case.note("bare_list")
        return case.verdict(State.AFFIRMED, self._levels.heading, Strength.HEDGED)

    def _inherit(self, case: Case, source: Reading, governor: Governor, code: str, confidence: float) -> Verdict:
        """Judge a match by a verb that stands above it; its own words may still add a condition."""
        verb = (governor.start, governor.end)
        if self._opens_exceptions(source, verb):
            case.note("exception_affirms", source.words(verb))
            return case.verdict(State.AFFIRMED, confidence)
        verdict = self._decide(case, source, governor, verb, confidence, (code, source.words(verb)))
        own = self._condition(case, case.reading, case.span)
        if verdict.state is State.AFFIRMED and own is not None:
            case.note(own.code, own.words)
            return case.verdict(State.CONDITIONAL, confidence, verdict.strength)
        return verdict

    def _opens_exceptions(self, intro: Reading, verb: Span) -> bool:
        """An intro that denies "except in the following cases:" affirms what follows it."""
        if not intro.cues("exception_openers") or intro.negation(Governor(*verb), verb) is None:
            return False
        last = (len(intro.text) - 1, len(intro.text))
        return bool(intro.cues("list_pointers")) or intro.in_exception(last)


def is_question(block: Block, text: str) -> bool:
    """Return whether a heading asks something."""
    return block.kind is BlockKind.HEADING and text.rstrip().endswith(_QUESTION_ENDS)


def _first(reading: Reading, name: str) -> str | None:
    """The words of the first cue of a list, or ``None``."""
    return next((reading.words(span) for span in reading.cues(name)), None)
