"""The state of a match whose verb is known: negation, condition, strength."""

from __future__ import annotations

import re
from itertools import chain

from privacyscan.knowledge.lexicon import Frame
from privacyscan.knowledge.scales import ConfidenceLevels
from privacyscan.models import BlockKind, Cell, Polarity, State, Strength
from privacyscan.scanning.context import Context
from privacyscan.scanning.folding import letters
from privacyscan.scanning.grammar import PASSING_ON, Condition, Governor, Grammar, Role, Span
from privacyscan.scanning.reading import Reading
from privacyscan.scanning.verdict import Case, Verdict

# A cell no longer than this, in letters, says one thing.
_BRIEF = 60
# No longer, in letters, is a sentence that says only that something is not used "in any form".
_FLAT = 90
_FULL_STOPS = (".", "。")
# From the colon behind a label to the first words of what explains it.
_EXPLAINED = re.compile(r"^[^:：,，;；.。]{0,30}[:：][^:：;；.。]{0,30}$")
# Reasons of a match that needs no verb from elsewhere.
_OWN = ("own_verb", "own_wording")
# What says nothing by itself, so that the next sentence may say it of the same thing.
_LEFT_UNSAID = ("user_control", "not_the_service", "no_governing_action", "heading_alone")
_SAID_OF_OTHERS = (*_LEFT_UNSAID, "elsewhere", "exception", "statutory_definition")
# What the columns of a table tell apart; to store and to use is part of either.
_TOLD_APART: frozenset[Frame] = frozenset(("collect", *PASSING_ON))
_PARTS_OF_A_LIST = (BlockKind.LIST_ITEM, BlockKind.TABLE_ROW)
# With one of these a sentence speaks of some case, and disclaims nothing beyond it.
_CASES = ("cases", "feature", "consent", "without_consent", "turned_off", "opt_out", "minors")


class Deciding:
    """Decides the polarity of matches, and what they depend on."""

    def __init__(self, levels: ConfidenceLevels, grammar: Grammar, context: Context) -> None:
        self._levels = levels
        self._grammar = grammar
        self._context = context

    def decide(
        self, case: Case, reading: Reading, governor: Governor, span: Span, confidence: float, how: tuple[str, str]
    ) -> Verdict:
        """Polarity and condition of a match whose verb stands in ``reading``."""
        case.note(*how)
        negation = reading.negation(governor, span)
        condition = self.condition(case, reading, span)
        # "You may ask for a copy" grants it; no hedge.
        hedged = reading.hedged(span, (governor.start, governor.end)) and not case.rule.granted
        # Who can't promise that it is never done says no more than that it may be.
        doubted = reading.doubly_denied(span) if negation is None else None
        strength = Strength.HEDGED if hedged or doubted else Strength.FIRM
        if doubted:
            case.note("double_negation", doubted)
        elif hedged:
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
            if case.rule.polarity is Polarity.RISK and (cue := reading.first("minors")):
                return case.dismiss("denied_for_minors", cue)
            # "We do not use your IP address to …" denies a use, not that it is collected.
            own = case.frame == "none" or governor.role is Role.LINK or reading.is_core(case.frame, governor)
            # "We use no cookies": what is never used is not there.
            limit = _FLAT if reading.cues("absolutes") else _BRIEF
            own = own or (case.rule.undivided and letters(reading.text) <= limit)
            aside = reading.text.startswith(("(", "（"))
            narrow = within or aside or strength is Strength.HEDGED or not own
            return case.verdict(State.DENIED, confidence, narrow=narrow)
        if case.rule.polarity is Polarity.RISK and (cue := reading.no_longer(governor)):
            # "Until 2023 we stored …, but no longer do."
            case.note("negated_after_verb", cue)
            return case.verdict(State.DENIED, confidence, narrow=True)
        weak = case.frame == "collect" and not reading.is_core(case.frame, governor)
        if weak and (cue := reading.first("taken_back")):
            case.note("negated_before_verb", cue)
            return case.verdict(State.DENIED, confidence)
        if (cue := self._disclaimed(case, reading)) is not None:
            case.note("disclaimed", cue)
            return case.verdict(State.DENIED, confidence, narrow=True)
        if cue := reading.first("opt_out"):
            case.note("opt_out_offered", cue)
        return case.verdict(State.AFFIRMED, confidence, strength)

    def _disclaimed(self, case: Case, reading: Reading) -> str | None:
        """The words further on in the sentence by which the service says that it does not take what is spoken of."""
        if case.frame != "collect" or case.rule.polarity is not Polarity.RISK or reading is not case.reading:
            return None
        return self._disclaims(reading, case.span[1])

    def _disclaims(self, reading: Reading, behind: int = 0) -> str | None:
        """The words of a disclaimer, if the sentence names no case in which alone it holds."""
        # "If you refuse, the app still works and we do not collect it."
        cue = next((cue for cue in reading.cues("disclaimed") if cue[0] >= behind), None)
        return None if cue is None or self._of_a_case(reading, behind, cue[1]) else reading.words(cue)

    def _of_a_case(self, reading: Reading, start: int, end: int) -> bool:
        return any(start <= at[0] < end for name in _CASES for at in reading.cues(name))

    def condition(self, case: Case, reading: Reading, span: Span) -> Condition | None:
        """The condition a match depends on, in its clause or its row."""
        condition = reading.condition(span) or self._permission(case, reading) or self.row_condition(case)
        return condition if condition is not None and self.binds(case, condition) else None

    def _permission(self, case: Case, reading: Reading) -> Condition | None:
        """The permissions that a device asks for, on which its model does not hang, but its position does."""
        cue = next(iter(reading.cues("granted_permissions")), None) if case.rule.asked_once else None
        return Condition("consent_condition", reading.words(cue), False, cue[0]) if cue is not None else None

    def binds(self, case: Case, condition: Condition) -> bool:
        """What users type in is conditional only on explicit consent or an "only if"."""
        return not case.rule.given_by_user or condition.exclusive or self._grammar.explicit(condition.words)

    def row_condition(self, case: Case) -> Condition | None:
        """A consent or switch in another cell holds for its row."""
        if case.block.kind is not BlockKind.TABLE_ROW:
            return None
        cells = [cell for cell in case.block.cells if not self._of_other_action(case, cell)]
        readings = [self._context.reading(self._context.text(cell.start, cell.end)) for cell in cells]
        found = (reading.condition((0, 1)) or self._brief_condition(reading) for reading in readings)
        bases = ((reading, reading.first("consent_headings")) for reading in readings)
        named = (Condition("consent_condition", cue, True, 0) for reading, cue in bases if cue)
        off = (
            Condition("feature_condition", cue, True, 0)
            for cell in case.block.cells
            if self._context.reading(cell.header).cues("default_columns")
            and (cue := self._context.reading(self._context.text(cell.start, cell.end)).first("switched_off"))
        )
        # A row is on condition as a whole, whatever another cell says is not kept.
        by_cell = (condition._replace(exclusive=True) for condition in found if condition is not None)
        # "What happens if you refuse": who may refuse is asked.
        heads = (self._context.reading(cell.header).first("refusal_columns") for cell in case.block.cells)
        refusable = (Condition("consent_condition", cue, True, 0) for cue in heads if cue)
        return next(chain(by_cell, named, off, refusable), None)

    def _of_other_action(self, case: Case, cell: Cell) -> bool:
        """Whether a cell stands under a title of another action: "일반 개인정보 수집 | 제3자 제공 | 처리위탁"."""
        place = case.clause.start + case.span[0]
        own = self._context.cell(case.block, place)
        if own is None or cell is own:
            return False
        titled, others = (_TOLD_APART & self._grammar.actions(item.header) for item in (own, cell))
        mine = titled or _TOLD_APART & {case.frame}
        return bool(mine and others) and not mine & others

    def _brief_condition(self, reading: Reading) -> Condition | None:
        """The condition of a short cell ("Off; only if you opt in"); a long one may name other grounds as well."""
        return reading.condition_of_list() if letters(reading.text) <= _BRIEF else None

    def revised(self, case: Case, verdict: Verdict) -> Verdict:
        """An affirmation may hang on what stands around it, or be taken back by the next sentence."""
        listed = self._of_partners(case, verdict)
        if listed is not None or self._hedged_above(case, verdict):
            case.note("hedged_above", listed or "")
            verdict = verdict._replace(strength=Strength.HEDGED, reasons=tuple(case.reasons))
        elif self._explained_as_may(case, verdict):
            case.note("hedged")
            verdict = verdict._replace(strength=Strength.HEDGED, reasons=tuple(case.reasons))
        if verdict.state is State.AFFIRMED and (found := self._set_around(case)) is not None:
            case.note(*found)
            verdict = verdict._replace(state=State.CONDITIONAL, reasons=tuple(case.reasons))
        if verdict.state is not None and verdict.state is not State.DENIED and (cue := case.reading.not_yet(case.span)):
            case.note("not_yet", cue)
            verdict = verdict._replace(reasons=tuple(case.reasons))
        after = self._next_sentence(case)
        if after is None:
            return verdict
        if verdict.state is State.DENIED and (cue := after.first("lifted")):
            case.note("lifted_in_next_sentence", cue)
            return verdict._replace(state=State.CONDITIONAL, reasons=tuple(case.reasons))
        said = self._denied_next(case, verdict, after) or self._said_next(case, verdict, after)
        said = said or self._staying_next(case, verdict, after)
        return said or self._disowned_next(case, verdict, after) or verdict

    def _denied_next(self, case: Case, verdict: Verdict, after: Reading) -> Verdict | None:
        """What one sentence says of others, or of a thing in general, the next may deny of the service."""
        of_others = verdict.state is None and verdict.reasons[-1].code in _SAID_OF_OTHERS
        if case.rule.polarity is not Polarity.RISK and of_others:
            return None
        if verdict.state is State.AFFIRMED or of_others:
            for cue in after.cues("denied_anaphora"):
                if self._speaks_of(case, after.words(cue)) and not self._of_a_case(after, 0, cue[1]):
                    case.note("denied_in_next_sentence", after.words(cue))
                    return case.verdict(State.DENIED, self._levels.list_intro, narrow=verdict.state is State.AFFIRMED)
        return self._disclaimed_next(case, verdict, after)

    def _disclaimed_next(self, case: Case, verdict: Verdict, after: Reading) -> Verdict | None:
        """What users do with data, as in "Pay by fingerprint", the next sentence may deny that the service takes."""
        if verdict.state is not State.AFFIRMED or case.rule.polarity is not Polarity.RISK or case.frame != "collect":
            return None
        core = self._grammar.core("collect")
        if core is None or any(core.search(reason.detail) for reason in verdict.reasons):
            return None
        if (cue := self._disclaims(after)) is None:
            return None
        case.note("denied_in_next_sentence", cue)
        return case.verdict(State.DENIED, self._levels.list_intro, narrow=True)

    def _speaks_of(self, case: Case, denial: str) -> bool:
        """Whether a denial is one of the case's own action: "We do not share it" takes back no collecting."""
        if case.frame != "collect":
            return True
        passed_on, collected = self._grammar.core("sell"), self._grammar.core("collect")
        return not (passed_on and passed_on.search(denial)) or bool(collected and collected.search(denial))

    def _said_next(self, case: Case, verdict: Verdict, after: Reading) -> Verdict | None:
        """What one sentence only brings up, the next may say of it: "You can upload photos. We keep them."."""
        unsaid = verdict.state is None and verdict.reasons[-1].code in _LEFT_UNSAID
        # "The app reads your messages. These are stored on your device."
        if not unsaid or case.rule.polarity is not Polarity.RISK or after.cues("kept_by_user"):
            return None
        given = case.frame == "collect" and (case.rule.given_by_user or case.rule.made_by_user)
        cue = "object_anaphora" if given else "recipient_anaphora" if case.frame == "share" else None
        spans = after.cues(cue) if cue is not None else []
        verbs = (verb for verb in after.verbs(case.frame) if any(at[0] <= verb[0] < at[1] for at in spans))
        if (verb := next(verbs, None)) is None:
            return None
        how = ("next_verb", after.words(verb))
        return self.decide(case, after, Governor(*verb), verb, self._levels.list_intro, how)

    def _disowned_next(self, case: Case, verdict: Verdict, after: Reading) -> Verdict | None:
        """What a sentence says of others alone, the next calls theirs: "We have no influence on this."."""
        done = verdict.state in (State.AFFIRMED, State.CONDITIONAL) and case.rule.polarity is Polarity.RISK
        if not done or case.reading.cues("own_voice") or not (cue := after.first("disowned")):
            return None
        return case.dismiss("elsewhere", cue)

    def _staying_next(self, case: Case, verdict: Verdict, after: Reading) -> Verdict | None:
        """What one sentence reads, the next may leave where it is: "Such data never leave the watch."."""
        risk = case.rule.polarity is Polarity.RISK and case.frame == "collect"
        of_it = risk and verdict.state is State.AFFIRMED and bool(after.cues("subjects_back"))
        if not of_it or not (cue := after.first("stays_with_user")):
            return None
        case.note("denied_in_next_sentence", cue)
        return case.verdict(State.DENIED, self._levels.list_intro)

    def next_cue(self, case: Case, name: str) -> str | None:
        """Return the words of the first cue of a list in the next sentence of the same block, if any."""
        after = self._next_sentence(case)
        return after.first(name) if after is not None else None

    def _next_sentence(self, case: Case) -> Reading | None:
        following = self._context.following(case.clause)
        same_block = following is not None and following.block == case.clause.block
        return self._context.reading(following.text) if following is not None and same_block else None

    def _set_around(self, case: Case) -> tuple[str, str] | None:
        """The condition that introduction, heading or a sentence beside it sets, as reason and words."""
        risk = case.rule.polarity is Polarity.RISK
        # A row of what is passed on with consent alone states the period as firmly as any.
        if case.block.kind is BlockKind.LIST_ITEM or (risk and case.block.kind is BlockKind.TABLE_ROW):
            for intro in self._context.intros(case.block):
                condition = intro.condition_of_list()
                if condition is not None and self._holds_below(case, intro, condition):
                    return condition.code, condition.words
        if not risk:
            return None
        nearest = next(iter(self._context.headings(case.block)), None)
        if nearest is not None and (cue := nearest.first("consent_headings")):
            return "consent_condition", cue
        after = self._next_sentence(case)
        if after is not None and (cue := after.first("consent_anaphora")):
            return "consent_condition", cue
        resumed = self._resumed_condition(case)
        return ("condition_above", resumed.words) if resumed is not None else None

    def _resumed_condition(self, case: Case) -> Condition | None:
        """The consent or switch of the sentence before, on which this one goes on: "In that case we …"."""
        if not case.reading.cues("resumed_conditions") or case.reading.cues("in_any_case"):
            return None
        before = next(self._context.preceding(case.clause), None)
        condition = self._context.reading(before.text).sets_condition if before is not None else None
        return condition if condition is not None and self.binds(case, condition) else None

    def _holds_below(self, case: Case, intro: Reading, condition: Condition) -> bool:
        """Whether the condition of an introduction holds for an item or a row that may speak for itself."""
        if not self.binds(case, condition):
            return False
        closed = intro.text.rstrip().endswith(_FULL_STOPS) and not intro.announces
        if closed and any(reason.code in _OWN for reason in case.reasons):
            # "When you close your account, we …" or "a) We read it only if …" above an item with a verb of its own.
            return condition.exclusive and not self._context.introduced_by_item(case.block)
        if condition.exclusive or case.rule.polarity is not Polarity.RISK:
            return condition.exclusive
        return intro.announces_under(condition)

    def _hedged_above(self, case: Case, verdict: Verdict) -> bool:
        """Whether what announces an item or a row only says that it may be: "We may collect:", "We may share if:"."""
        risk = case.rule.polarity is Polarity.RISK
        done = verdict.state is State.AFFIRMED and verdict.strength is Strength.FIRM
        if not (risk and done) or case.block.kind not in _PARTS_OF_A_LIST:
            return False
        if case.block.kind is BlockKind.TABLE_ROW:
            cell = self._context.cell(case.block, case.clause.start + case.span[0])
            head = self._context.reading(cell.header) if cell is not None and cell.header else None
            if head is not None and (verbs := head.announced(case.frame)) and head.hedged(verbs[-1]):
                return True
        frames = PASSING_ON if case.frame == "none" else (case.frame,)
        for intro in self._context.intros(case.block):
            if case.block.kind is BlockKind.TABLE_ROW and self._remarks(intro):
                continue
            verb = next((found for frame in frames if (found := intro.statement(frame)) is not None), None)
            if verb is not None and (not case.reading.states_itself or intro.leaves_open):
                return intro.hedged((verb.start, verb.end))
        frame = case.rule.frame if case.frame == "none" else case.frame
        if case.reading.states_itself or frame == "none":
            return False
        nearest = next(iter(self._context.headings(case.block)), None)
        verbs = nearest.announced(frame) if nearest is not None else []
        return nearest is not None and bool(verbs) and nearest.hedged(verbs[-1])

    def _explained_as_may(self, case: Case, verdict: Verdict) -> bool:
        """Whether an item names data and goes on at once to what only may be: "Device details: an SDK may read …"."""
        handed_down = any(reason.code == "intro_verb" for reason in case.reasons)
        done = verdict.state is State.AFFIRMED and verdict.strength is Strength.FIRM
        if not (done and handed_down) or case.rule.polarity is not Polarity.RISK:
            return False
        behind = (case.reading.text[case.span[1] : cue[0]] for cue in case.reading.cues("hedges"))
        return any(_EXPLAINED.search(gap) for gap in behind)

    def _remarks(self, intro: Reading) -> bool:
        """Whether the sentence above a table only adds something ("These disclosures may be considered sales.")."""
        return intro.text.rstrip().endswith(_FULL_STOPS) and not intro.cues("list_pointers")

    def _of_partners(self, case: Case, verdict: Verdict) -> str | None:
        """The heading or the column of a list of what others' tools collect: the service itself may collect none.

        That they come to have it is as little said of the service's own sharing.
        """
        done = verdict.state is State.AFFIRMED and verdict.strength is Strength.FIRM
        if not done or case.rule.frame not in ("collect", "share") or case.reading.states_itself:
            return None
        columns = (self._context.reading(cell.header) for cell in case.block.cells)
        heads = chain(self._context.headings(case.block), columns)
        return next((cue for head in heads if (cue := head.first("partner_lists"))), None)
