"""How far a finding reaches: what narrows it, what it leaves out, on what alone it rests."""

from __future__ import annotations

import re

from privacyscan.knowledge.lexicon import Frame
from privacyscan.knowledge.rules import Rule
from privacyscan.models import Category, Clause, Finding, State
from privacyscan.scanning.context import Context
from privacyscan.scanning.grammar import PASSING_ON, Grammar

# How far from the words that deny the kind of data stands of which they deny it.
_BESIDE = 40
_HANGUL = re.compile("[가-힣]$")


class Reach:
    """Tells of the findings of one document what they take in."""

    def __init__(self, grammar: Grammar, context: Context) -> None:
        self._grammar = grammar
        self._context = context

    def adds(self, text: str) -> bool:
        """Return whether a clause says something further than the ones before it ("we also …", "even if …")."""
        return bool(self._context.reading(text).cues("additions"))

    def collects(self, finding: Finding) -> bool:
        """Return whether a finding says that data is taken, and not only what is done with it."""
        core = self._grammar.core("collect")
        verbs = [reason.detail for reason in finding.reasons if reason.code.endswith("_verb")]
        return not verbs or core is None or any(core.search(verb) for verb in verbs)

    def _passes_on(self, finding: Finding) -> bool:
        core = self._grammar.core("sell")
        verbs = (reason.detail for reason in finding.reasons if reason.code.endswith("_verb"))
        return core is not None and any(core.search(verb) for verb in verbs)

    def only_on_condition(self, finding: Finding, clause: Clause) -> bool:
        """Return whether a conditional finding allows no other way than its condition, if it is not one on sharing."""
        if not self.collects(finding) and self._passes_on(finding):
            return False
        # "While the switch is off, we do not" leaves open how it stands at first.
        depends = any(
            reason.code == "without_consent" and not self._grammar.has("turned_off", reason.detail)
            for reason in finding.reasons
        )
        reading = self._context.reading(clause.text)
        return depends or reading.sets_only_condition or bool(reading.cues("separate_consent"))

    def subject(self, finding: Finding) -> str:
        """Return the matched words of a finding, folded, to compare with another's."""
        return " ".join(self._context.text(finding.match_start, finding.match_end).casefold().split())

    def qualified(self, finding: Finding, clause: Clause, frame: Frame) -> bool:
        """Return whether a finding's clause, or the next one, narrows its scope so that it can't contradict another.

        A purpose narrows a denial ("not used for advertising"), never an
        affirmation; what the match itself says narrows nothing ("국외로 이전",
        nor "국외로 이전하거나 국외에 보관").
        """
        reading = self._context.reading(finding.quote)
        start, end = finding.match_start - finding.start, finding.match_end - finding.start
        own = reading.text[start:end]
        everywhere = [*reading.cues("absolutes"), *(reading.cues("unlimited") if frame in PASSING_ON else [])]
        cues = [cue for cue in reading.cues("qualifiers") if reading.text[slice(*cue)] not in own]
        cues = [cue for cue in cues if not any(start <= cue[0] < end for start, end in everywhere)]
        if finding.state is State.AFFIRMED:
            # "When you open our site, cookies are placed" is said of everybody.
            everybody = reading.cues("not_qualifiers")
            cues = [cue for cue in cues if not any(start <= cue[0] < end for start, end in everybody)]
        cues += reading.cues("exception_openers")
        if finding.state is not State.AFFIRMED:
            purposes = reading.cues("purposes")
            cues += [cue for cue in purposes if not any(start <= cue[0] < end for start, end in everywhere)]
        if any(cue[1] <= start or cue[0] >= end for cue in cues):
            return True
        following = self._context.following(clause)
        beside = following is not None and self._context.same_place(clause, following)
        return following is not None and beside and bool(self._context.reading(following.text).cues("turns"))

    def absolute(self, finding: Finding) -> bool:
        """Return whether a denial leaves nothing out: "under no circumstances", "or any other technology"."""
        start, end = finding.match_start - finding.start, finding.match_end - finding.start
        cues = self._context.reading(finding.quote).cues("absolutes")
        return finding.state is State.DENIED and any(cue[1] <= start or end <= cue[0] for cue in cues)

    def particular(self, finding: Finding, rule: Rule) -> str:
        """Return the kind of data of which alone a finding denies that it is passed on or used, if it names one."""
        if finding.state is not State.DENIED or rule.category is Category.COLLECTION:
            return ""
        reading = self._context.reading(finding.quote)
        first, last = finding.match_start - finding.start - _BESIDE, finding.match_end - finding.start + _BESIDE
        cues = (cue for cue in reading.cues("particular_data") if first <= cue[0] < last)
        # "하루일기는 …" is what a service is called.
        return next((reading.words(cue) for cue in cues if not _HANGUL.search(reading.text[: cue[0]])), "")
