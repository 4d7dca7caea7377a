"""Verbs that stand elsewhere: in the row, the list's introduction, the sentence beside, the heading."""

from __future__ import annotations

from privacyscan.knowledge.scales import ConfidenceLevels
from privacyscan.models import BlockKind, Polarity, State, Strength
from privacyscan.scanning.context import Context
from privacyscan.scanning.deciding import Deciding
from privacyscan.scanning.grammar import PASSING_ON, Governor, Grammar, Span
from privacyscan.scanning.reading import Reading
from privacyscan.scanning.verdict import CONDITIONS, NUMBER_WIDTH, TITLE_LIMIT, Case, Verdict

# As many commas make a list of data.
LISTED_ITEMS = 2
_COLONS = ":： "


class Inheriting:
    """Judges matches by verbs outside their clause; every one hands down its polarity and its condition."""

    def __init__(self, levels: ConfidenceLevels, grammar: Grammar, context: Context, deciding: Deciding) -> None:
        self._levels = levels
        self._grammar = grammar
        self._context = context
        self._deciding = deciding

    def inherited(self, case: Case) -> Verdict | None:
        """The verdict of a match whose clause holds no verb for it: from around it, else from its own words."""
        for source in (
            self._from_ellipsis,
            self._from_bare_no,
            self.from_row,
            self.from_intros,
            self.from_previous,
            self._from_next,
            self.from_headings,
            self._from_own_words,
            self._from_condition,
            self._from_bare_list,
        ):
            if (verdict := source(case)) is not None:
                return verdict
        return None

    def from_definition(self, case: Case) -> Verdict | None:
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

    def from_link(self, case: Case, link: Governor) -> Verdict:
        """Judge by "includes", which says of its object what the sentence, the list or the heading before said."""
        reading, span = case.reading, (link.start, link.end)
        how = ("own_verb", reading.words(span))
        if reading.negation(link, case.span) is not None:
            subject = any(verb[1] <= link.start for verb in reading.named(case.frame))
            if reading.cues("defined_subjects") or not subject:
                return case.dismiss("definition_excludes")
            return self._deciding.decide(case, reading, link, case.span, self._levels.own_verb, how)
        inherited = self.from_definition(case) or self.from_previous(case)
        inherited = inherited or self.from_row(case) or self.from_intros(case)
        return inherited or self._deciding.decide(case, reading, link, case.span, self._levels.weak_verb, how)

    def from_previous(self, case: Case) -> Verdict | None:
        """A sentence that goes on from the one before ("Such information may include …") takes its verb."""
        for reading in self._context.leaned_on(case.clause):
            if reading.cues("definitions"):
                # "Personal data means what identifies somebody. It includes …": who explains collects nothing.
                continue
            governor = reading.statement(case.frame)
            if governor is not None and reading.hands_down(case.frame, governor):
                verdict = self._inherit(case, reading, governor, "previous_verb", self._levels.list_intro)
                return self._in_any_case(case, verdict)
        return None

    def _in_any_case(self, case: Case, verdict: Verdict) -> Verdict:
        """What a sentence adds "in either case" does not hang on the condition of the one before."""
        own = self._deciding.condition(case, case.reading, case.span)
        if verdict.state is not State.CONDITIONAL or own is not None or not case.reading.cues("in_any_case"):
            return verdict
        case.reasons = [reason for reason in case.reasons if reason.code not in CONDITIONS]
        return case.verdict(State.AFFIRMED, self._levels.list_intro, verdict.strength)

    def _from_next(self, case: Case) -> Verdict | None:
        """A sentence that only names data is judged by the next one: "Some name a device. Such data are logged."."""
        following = self._context.following(case.clause)
        if case.frame != "collect" or case.reading.states_itself or following is None:
            return None
        if not self._context.same_place(case.clause, following):
            return None
        reading = self._context.reading(following.text)
        if not reading.cues("subjects_back"):
            return None
        if case.rule.polarity is Polarity.RISK and (cue := reading.first("stays_with_user")):
            case.note("denied_in_next_sentence", cue)
            return case.verdict(State.DENIED, self._levels.list_intro)
        governor = reading.statement(case.frame)
        if governor is None or governor.by_user:
            return None
        return self._inherit(case, reading, governor, "next_verb", self._levels.list_intro)

    def from_row(self, case: Case) -> Verdict | None:
        """The column headers, then the other cells of the row."""
        if case.block.kind is not BlockKind.TABLE_ROW:
            return None
        own = next((cell for cell in case.block.cells if cell.start <= case.clause.start < cell.end), None)
        if own is not None and 0 < len(own.header) <= TITLE_LIMIT:
            # What its own column says comes first: "What we don't collect".
            verdict = self.from_heading(case, self._context.reading(own.header), "row_verb")
            if verdict is not None:
                return verdict
        headers = [cell.header for cell in case.block.cells if cell is not own]
        others = [self._context.text(cell.start, cell.end) for cell in case.block.cells if cell is not own]
        for text in (*headers, *others):
            reading = self._context.reading(text)
            verbs = [verb for verb in reading.named(case.frame) if reading.hands_down(case.frame, Governor(*verb))]
            if verbs and not reading.cues("heading_denials"):
                return self._inherit(case, reading, Governor(*verbs[0]), "row_verb", self._levels.table)
        return None

    def from_intros(self, case: Case) -> Verdict | None:
        """The sentences that open a list govern its items, but no whole sentence inside one."""
        inside = case.clause.start - case.block.start > NUMBER_WIDTH
        if case.reading.states_itself and (inside or case.reading.denies_beside(case.span)):
            return None
        for intro in self._context.intros(case.block):
            governor = intro.statement(case.frame) or intro.link(case.frame)
            # An item over items is their title: "Not collected from any visitor", "Data you give us".
            named = not intro.states_itself or intro.cues("given_titles")
            title = governor is None and named and not self._grammar.explicit(intro.text)
            if title and (titled := self.from_heading(case, intro, "intro_verb")) is not None:
                return titled
            if governor is None or not intro.hands_down(case.frame, governor):
                continue
            denied = intro.negation(governor, (governor.start, governor.end)) is not None
            if denied and not (intro.text.rstrip().endswith((":", "：")) or intro.cues("list_pointers")):
                # The sentence before a list denies its items only where it announces them.
                continue
            return self._inherit(case, intro, governor, "intro_verb", self._levels.list_intro)
        return None

    def is_announced(self, case: Case) -> bool:
        """Return whether a statement without a denial announces the list that a match stands in."""
        intro = next(iter(self._context.intros(case.block)), None)
        if intro is None or not intro.states_itself or intro.negations:
            return False
        return intro.text.rstrip().endswith((":", "：")) or bool(intro.cues("list_pointers"))

    def others_in_intro(self, case: Case) -> str | None:
        """Return the words of an introduction that makes others the subject of its items, if any.

        "Your administrator may be able to:" says of its list what administrators do.
        """
        if case.reading.states_itself:
            return None
        intro = next(iter(self._context.intros(case.block)), None)
        if intro is None or intro.verbs(case.frame):
            return None
        opened = f"{intro.text.rstrip(_COLONS)} "
        return opened.strip() if self._grammar.has("other_subjects", opened) else None

    def conduct_in_intro(self, case: Case) -> str | None:
        """Return the words of an introduction that tells users what not to do: "You may not:", if any."""
        if case.block.kind is not BlockKind.LIST_ITEM or case.reading.states_itself:
            return None
        return next((cue for intro in self._context.intros(case.block) if (cue := intro.first("instructions"))), None)

    def control_in_intro(self, case: Case) -> bool:
        """Return whether the introduction tells users what they may undo: "You may also control:"."""
        if case.block.kind is not BlockKind.LIST_ITEM or case.reading.states_itself:
            return False
        intro = next(iter(self._context.intros(case.block)), None)
        if intro is None or not intro.text.rstrip().endswith((":", "：")):
            return False
        return intro.user_undoes((len(intro.text) - 1, len(intro.text)))

    def from_headings(self, case: Case) -> Verdict | None:
        """Headings decide for items, rows and fragments; a whole sentence has its own verb or none."""
        if case.block.kind is not BlockKind.TABLE_ROW and case.reading.states_itself:
            return None
        if case.frame in PASSING_ON and any(intro.announced("collect") for intro in self._context.intros(case.block)):
            # "We use your data to:" stands nearer than "How we share it".
            return None
        for heading in self._context.headings(case.block):
            if (verdict := self.from_heading(case, heading)) is not None:
                return verdict
        return self._from_passed_on(case)

    def _from_passed_on(self, case: Case) -> Verdict | None:
        """Items under "Information we share with advertisers", or never share, are held, whatever becomes of them."""
        nearest = next(iter(self._context.headings(case.block)), None)
        if case.frame != "collect" or case.block.kind is not BlockKind.LIST_ITEM or nearest is None:
            return None
        if not (cue := nearest.first("data_headings")):
            return None
        case.note("heading_verb", cue)
        strength = Strength.HEDGED if nearest.cues("hedges") else Strength.FIRM
        return case.verdict(State.AFFIRMED, self._levels.heading, strength)

    def of_listed(self, case: Case, heading: Reading) -> Verdict | None:
        """What a heading over a list of data says of passing them on: "Information we share with advertisers"."""
        if (
            case.block.kind is not BlockKind.LIST_ITEM
            or case.reading.states_itself
            or not heading.cues("data_headings")
        ):
            return None
        frames = PASSING_ON if case.frame == "none" else (case.frame,)
        verbs = (verb for frame in frames for verb in heading.announced(frame))
        if (verb := next(verbs, None)) is None:
            return None
        how = ("heading_verb", heading.words(verb))
        return self._deciding.decide(case, heading, Governor(*verb), verb, self._levels.heading, how)

    def from_heading(self, case: Case, heading: Reading, code: str = "heading_verb") -> Verdict | None:
        """Return what one heading or column header says of the match: its denial, or its verb."""
        if (cue := heading.first("heading_denials")) and self._grammar.denies(cue, case.frame, case.words):
            case.note("heading_denies", cue)
            return case.verdict(State.DENIED, self._levels.heading)
        if verbs := heading.announced(case.frame):
            return self._inherit(case, heading, Governor(*verbs[-1]), code, self._levels.heading)
        if case.frame == "collect" and (cue := heading.first("given_titles")):
            case.note(code, cue)
            return case.verdict(State.AFFIRMED, self._levels.heading)
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

    def _from_bare_no(self, case: Case) -> Verdict | None:
        """What a fragment without a verb says no to is denied, whatever stands above: "No keystrokes, no cookies."."""
        reading = case.reading
        if case.rule.polarity is not Polarity.RISK or reading.states_itself or reading.cues("questions"):
            return None
        if (negation := reading.bare_denial(case.span)) is None:
            return None
        case.note("negated_before_verb", reading.words(negation))
        return case.verdict(State.DENIED, self._levels.heading, narrow=True)

    def _from_own_words(self, case: Case) -> Verdict | None:
        """The last resort: "server logs" and "tracking pixels" hold their verb in the noun."""
        inner = case.reading.inner_verb(case.frame, case.span)
        if inner is None:
            return None
        how = ("own_verb", case.reading.words((inner.start, inner.end)))
        return self._deciding.decide(case, case.reading, inner, case.span, self._levels.heading, how)

    def _from_condition(self, case: Case) -> Verdict | None:
        """Data or a use without any verb, but with its condition: "GPS position | only with your consent"."""
        parts = (BlockKind.LIST_ITEM, BlockKind.TABLE_ROW)
        if case.rule.polarity is not Polarity.RISK or case.reading.states_itself:
            return None
        own = self._deciding.condition(case, case.reading, case.span)
        if own is not None and own.exclusive:
            # "Contacts on your phone (only with your permission)": what is said only on condition is done on it.
            case.note(own.code, own.words)
            return case.verdict(State.CONDITIONAL, self._levels.list_intro)
        if case.block.kind not in parts:
            return None
        if (condition := self._deciding.row_condition(case)) is not None:
            case.note(condition.code, condition.words)
            return case.verdict(State.CONDITIONAL, self._levels.table)
        for intro in self._context.intros(case.block):
            if (condition := intro.condition_of_list()) is not None and condition.exclusive:
                case.note(condition.code, condition.words)
                return case.verdict(State.CONDITIONAL, self._levels.list_intro)
        nearest = next(iter(self._context.headings(case.block)), None)
        if nearest is None or not (cue := nearest.first("consent_headings")):
            return None
        case.note("consent_condition", cue)
        return case.verdict(State.CONDITIONAL, self._levels.heading)

    def _from_bare_list(self, case: Case) -> Verdict | None:
        """A list of data without any verb, heading or introduction: in a policy, what is collected."""
        # An item above that said anything would have been heard.
        above = case.block.section or case.block.intro is not None
        if case.reading.text[:1].islower() or case.reading.negations or case.reading.cues("pointers"):
            # The rest of a line that was cut; what says "no" or leads to another page lists no data.
            return None
        if case.frame != "collect" or above or case.reading.states_itself or case.reading.cues("defined_subjects"):
            return None
        if len(self._grammar.find("listing", case.reading.text)) < LISTED_ITEMS:
            return None
        case.note("bare_list")
        return case.verdict(State.AFFIRMED, self._levels.heading, Strength.HEDGED)

    def _inherit(self, case: Case, source: Reading, governor: Governor, code: str, confidence: float) -> Verdict:
        """Judge a match by a verb that stands above it; its own words may still add a condition."""
        verb = (governor.start, governor.end)
        if self._opens_exceptions(source, verb):
            case.note("exception_affirms", source.words(verb))
            return case.verdict(State.AFFIRMED, confidence)
        verdict = self._deciding.decide(case, source, governor, verb, confidence, (code, source.words(verb)))
        own = self._deciding.condition(case, case.reading, case.span)
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
