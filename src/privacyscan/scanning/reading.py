"""How a clause is read: segments, governing verbs, negation, conditions.

What all languages share stands here; where they differ, in ``word_order``. All
positions are offsets into the folded clause text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from itertools import pairwise
from typing import Any

from privacyscan.knowledge.lexicon import Frame
from privacyscan.scanning.grammar import PASSING_ON, Condition, Governor, Grammar, Role, Span

# Filler for words that only look like negation; no pattern matches it.
_MASK = "\x1f"
# How near "only" stands to the condition it makes exclusive.
_BEFORE_CUE = 12
# How near "whether" stands to what it leaves open.
_WHETHER_GAP = 24
# How far behind its item a parenthesis may open.
_BESIDE_PARENTHESIS = 16
PARENTHESES = re.compile(r"\([^()]*\)|（[^（）]*）")
# In English alone a list goes on with the sentence of its introduction.
_LEFT_TO_A_LIST = re.compile(r"\b(?:if|when|where|to|that|in order to|because)\W{0,3}$", re.IGNORECASE)
COLONS = (":", "：")
# A condition that opens the introduction of a list holds for its items.
CLAUSE_START = 6
# A negation further from its verb than this governs something else.
MAX_NEGATION_GAP = 140
# Stands in patterns about a verb's surroundings where the verb begins (before it) or ends (Korean).
VERB_MARK = "‹"
_COMMA = re.compile(r"[,，;；]")
# The name of a switch or a page ("Share my route"); a single word in quotes may be a verb as a law uses it ("sell").
_QUOTED_NAME = re.compile(r"[\"“](?=[A-Z])[^\"“”.:;]{2,20} [^\"“”.:;]{2,20} [^\"“”.:;]{1,40}[\"”]")
PAUSE = re.compile(r"[,，;；、]")
# The comma that stands between items alone.
_LIST_COMMA = "、"
_WORD = re.compile(r"[^\W\d_]+")
# Shorter words ("of", "and", "with") stay small in a title.
_TITLE_WORD = 5


class Reading:
    """One clause, read; subclasses know on which side the negation stands."""

    def __init__(self, grammar: Grammar, text: str) -> None:
        self.grammar = grammar
        self.text = text
        # A long clause is asked the same by every match in it.
        self._cues: dict[str, list[Span]] = {}
        self._frames: dict[Frame, tuple[list[Span], list[Span]]] = {}
        self._roles: dict[Span, Role] = {}

    def governor(self, frame: Frame, match: Span) -> tuple[Governor | None, bool]:
        """Return the verb that governs ``match``, and whether a user's own act was passed over."""
        raise NotImplementedError

    def negation(self, governor: Governor, match: Span) -> Span | None:
        """Return the negation that denies ``governor``, if any."""
        raise NotImplementedError

    def bare_denial(self, match: Span) -> Span | None:
        """Return the "no" that denies ``match`` in a fragment without a verb ("No keystrokes, no cookies."), if any."""
        raise NotImplementedError

    def in_exception(self, match: Span) -> bool:
        """Return whether ``match`` stands in an exception to what the clause says."""
        raise NotImplementedError

    def main_governor(self, frame: Frame, match: Span) -> Governor | None:
        """Return the verb of the main clause that an exception belongs to."""
        raise NotImplementedError

    def service_verb(self, frame: Frame) -> Governor | None:
        """Return the first verb that states ``frame`` by itself and is not the user's, if any."""
        raise NotImplementedError

    def statement(self, frame: Frame) -> Governor | None:
        """Return the verb of ``frame`` by which the whole clause says something, if any: the last main one."""
        found: Governor | None = None
        for verb in self.verbs(frame):
            role = self.role(verb)
            governor = self.stated(verb, role)
            if governor is not None and (found is None or role is Role.MAIN):
                found = governor
        return found

    def link(self, frame: Frame) -> Governor | None:
        """Return the last link of the clause ("The information we need includes:"), if any."""
        links = [verb for verb in self.verbs(frame) if self.role(verb) is Role.LINK]
        return Governor(*links[-1], role=Role.LINK) if links else None

    def stated(self, verb: Span, role: Role) -> Governor | None:
        """Return ``verb`` as the governor of what is said elsewhere, or ``None`` where it is the user's or a link."""
        raise NotImplementedError

    def inner_verb(self, frame: Frame, match: Span) -> Governor | None:
        """Return a verb inside the matched words themselves ("tracking pixels"), if any."""
        inside = (verb for verb in self.verbs(frame) if match[0] <= verb[0] and verb[1] <= match[1])
        return next((Governor(*verb) for verb in inside), None)

    def announced(self, frame: Frame) -> list[Span]:
        """Return the words by which a heading states ``frame``: "What we collect", no "Take a look"."""
        found = self._words_of(self.grammar.announcing(frame))
        return [verb for verb in found if self.hands_down(frame, Governor(*verb))]

    def hands_down(self, frame: Frame, verb: Governor) -> bool:
        """Return whether ``verb`` may state ``frame`` for what stands below: to collect is not to pass on."""
        if frame == "disclose":
            return self.is_core(frame, verb)
        collects = self.grammar.core("collect")
        if frame not in PASSING_ON or not collects or not collects.search(self.text[verb.start : verb.end]):
            return True
        # "Companies that receive your data" pass nothing on, but it is passed on to them.
        return self.grammar.has("takers", self.text[: verb.start])

    def named(self, frame: Frame) -> list[Span]:
        """Return all words of ``frame``, its nouns too: a heading says "Use of cookies"."""
        return self._named_and_verbs(frame)[0]

    def _words_of(self, pattern: Any | None) -> list[Span]:
        found = [match.span() for match in pattern.finditer(self.text)] if pattern else []
        return [verb for verb in found if not any(start <= verb[0] < end for start, end in self._not_verbs)]

    def verbs(self, frame: Frame) -> list[Span]:
        """Return all verbs of ``frame`` in the clause; "access times" and "your use" hold none."""
        return self._named_and_verbs(frame)[1]

    def _named_and_verbs(self, frame: Frame) -> tuple[list[Span], list[Span]]:
        if frame not in self._frames:
            named, nouns = self._words_of(self.grammar.frame(frame)), self.cues("nouns")
            # What a switch or a link is called states nothing.
            aside = [*nouns, *self._quoted_names]
            verbs = [verb for verb in named if not any(start <= verb[0] < end for start, end in aside)]
            self._frames[frame] = named, verbs
        return self._frames[frame]

    @cached_property
    def _quoted_names(self) -> list[Span]:
        return [found.span() for found in _QUOTED_NAME.finditer(self.text) if found.start() > 0]

    def role(self, verb: Span) -> Role:
        """Return what ``verb`` does in its sentence."""
        if verb not in self._roles:
            self._roles[verb] = self._role(verb)
        return self._roles[verb]

    def _role(self, verb: Span) -> Role:
        raise NotImplementedError

    def links(self, verb: Span) -> bool:
        """Return whether ``verb`` only passes on what was said before ("includes")."""
        pattern = self.grammar.pattern("links")
        return bool(pattern and pattern.fullmatch(self.text[verb[0] : verb[1]]))

    def chosen(self, main: Governor, embedded: Governor | None, frame: Frame, match: Span) -> Governor:
        """Return which of two verbs decides: the main one, unless it denies less than the other presupposes.

        "We do not share the data that we collect with cookies" denies sharing
        and says that cookies collect.
        """
        if embedded is None or embedded.role is not Role.PRESUPPOSED or self.is_core(frame, main):
            return main
        taken_for_granted = embedded.by_user or self.is_core(frame, embedded)
        return embedded if taken_for_granted and self.negation(main, match) is not None else main

    def is_core(self, frame: Frame, verb: Governor) -> bool:
        """Return whether ``verb`` states the frame's action by itself."""
        pattern = self.grammar.core(frame)
        return bool(pattern and pattern.search(self.text[verb.start : verb.end]))

    def cues(self, name: str) -> list[Span]:
        """Return all spans of one cue list in the clause."""
        if name not in self._cues:
            # The "Do Not Track" of a browser denies nothing in a title either.
            self._cues[name] = self.grammar.find(name, self.masked if name == "heading_denials" else self.text)
        return self._cues[name]

    def words(self, span: Span) -> str:
        """Return the folded words of ``span``."""
        return self.text[span[0] : span[1]]

    def first(self, name: str) -> str | None:
        """Return the words of the first cue of a list, or ``None``."""
        return next((self.words(span) for span in self.cues(name)), None)

    @cached_property
    def states_itself(self) -> bool:
        """Whether the clause is a sentence of its own: a verb or subject outside its relative clauses."""
        text = self.blanked(self.text, "relative_clauses")
        return self.grammar.has("own_statement", text)

    @cached_property
    def titled(self) -> bool:
        """Whether the clause is written In Title Case, as headings that open a paragraph are."""
        words = [word for word in _WORD.findall(self.text) if len(word) >= _TITLE_WORD]
        # "FaceKit SDK不会收集" is one word to the pattern, and no title.
        capital = all(word[0].isupper() and word.isascii() for word in words)
        return len(words) > 1 and capital and not self.text.isupper()

    def within(self, name: str, match: Span) -> str | None:
        """Return the words of the first cue of a list that speaks of ``match``, if any.

        A cue in another segment speaks of it where the segment of ``match``
        doesn't name the service ("their sites may …; we have no influence").
        """
        start, end = self.segment(match)
        named = self.grammar.has("service_subject", self.text[start : match[0]])
        found = (cue for cue in self.cues(name) if not named or (cue[0] < end and start < cue[1]))
        return next((self.words(cue) for cue in found), None)

    @property
    def announces(self) -> bool:
        """Whether the clause introduces what follows: by a colon, or by words like "the following"."""
        return self.text.rstrip().endswith(COLONS) or bool(self.cues("list_pointers"))

    def announces_under(self, condition: Condition) -> bool:
        """Return whether what the clause announces hangs on ``condition``, though it may not be the only way."""
        raise NotImplementedError

    @property
    def leaves_open(self) -> bool:
        """Whether the clause breaks off where its list says when or why: "We may share it if:"."""
        return _LEFT_TO_A_LIST.search(self.text) is not None

    def left_open(self, match: Span) -> bool:
        """Return whether a "whether" stands right before ``match``: it is asked, not said."""
        return any(
            cue[0] < match[0] <= cue[1] + _WHETHER_GAP and not PAUSE.search(self.text[cue[1] : match[0]])
            for cue in self.cues("whether")
        )

    def by_service(self, governor: Governor) -> bool:
        """Return whether the service is named as the one who acts, or the user as giving it something."""
        start, _ = self.segment((governor.start, governor.end))
        named = self.grammar.has("service_subject", self.text[start : governor.start])
        # "The recordings are kept in the cloud": where it is done says who does it.
        beside = self.text[max(start, governor.start - _WHETHER_GAP) : governor.end + _WHETHER_GAP]
        placed = self.grammar.has("service_places", beside)
        return governor.by_user or named or placed or not self.grammar.lexicon.service_subject

    def by_others(self, governor: Governor) -> bool:
        """Return whether somebody who is neither the service nor its partner is the subject of a verb."""
        start, _ = self.segment((governor.start, governor.end))
        before = self.text[start : governor.start]
        others = self.grammar.find("other_subjects", before)
        # "Other users see your posts, which we store": the service takes over.
        return not governor.by_user and any(not self.grammar.has("service_acts", before[cue[0] :]) for cue in others)

    def among_users(self, governor: Governor) -> bool:
        """Return whether a verb says what users may do on the service: "you can chat and share files"."""
        start, _ = self.segment((governor.start, governor.end))
        before = self.text[start : governor.start]
        offers = self.grammar.find("users_may", before)
        if not offers or self.grammar.has("service_acts", before[offers[-1][1] :]):
            return False
        return not self.grammar.has("to_service", self.text[start + offers[-1][0] : governor.end + _WHETHER_GAP])

    def not_yet(self, match: Span) -> str | None:
        """Return the words ("should we in future …") that put ``match`` off, if any: not those behind a later comma."""
        cues = (cue for cue in self.cues("not_yet") if not _COMMA.search(self.text[match[1] : cue[0]]))
        return next((self.words(cue) for cue in cues), None)

    def no_longer(self, governor: Governor) -> str | None:
        """Return the words by which the clause ends what ``governor`` says was done in the past, if any."""
        behind = self.masked[governor.end :]
        past = self.grammar.find("past", behind)
        ended = [cue for cue in self.grammar.find("no_longer", behind) if past and past[0][0] == 0 < cue[0]]
        return behind[slice(*ended[0])] if ended else None

    def user_undoes(self, match: Span) -> bool:
        """Return whether users are told before ``match`` how to refuse, limit or delete it."""
        raise NotImplementedError

    def exclusion(self, match: Span) -> str | None:
        """Return the words ("except for") that leave ``match`` out of what the clause affirms, if any."""
        raise NotImplementedError

    def without_consent(self) -> Span | None:
        """Return the "without your consent" of the clause, if any; one that is said of the future alone is none."""
        later = self.cues("future_denials")
        found = self.cues("without_consent")
        return next((cue for cue in found if not any(start <= cue[0] < end for start, end in later)), None)

    def condition(self, match: Span) -> Condition | None:
        """Return the consent or switch that ``match`` depends on, if any."""
        reaching = (found for cue, found in self._conditions if self._reaches(cue, match))
        return next(reaching, None) or self._resumed(match)

    def _resumed(self, match: Span) -> Condition | None:
        """The only condition on which the sentence goes on about ``match``: "…, 동의한 경우에만 이를 처리합니다"."""
        objects = [start for start, _ in self.cues("resumed_objects") if match[1] <= start]
        last = (found for cue, found in self._conditions if found.exclusive and match[1] <= cue[0])
        return next(last, None) if objects else None

    @property
    def sets_only_condition(self) -> bool:
        """Whether the clause names a consent or switch as the only way."""
        return any(found.exclusive for _, found in self._conditions)

    @property
    def sets_condition(self) -> Condition | None:
        """The first consent or switch that the clause names, the only way before any other."""
        return next(iter(sorted((found for _, found in self._conditions), key=lambda found: not found.exclusive)), None)

    def doubly_denied(self, match: Span) -> str | None:
        """Return the words that take the denial of ``match`` back: "we cannot promise that it is never shared"."""
        start, end = self.segment(match)
        # The doubt stands before what it doubts, in Korean behind it: who shares and can't promise safety still shares.
        if self.grammar.lexicon.negation_side == "after":
            start = match[0]
        else:
            end = match[1]
        cues = (cue for cue in self.cues("double_negations") if cue[0] < end and start < cue[1])
        return next((self.words(cue) for cue in cues), None)

    def opens_with_verb(self, frame: Frame) -> bool:
        """Return whether the clause begins with a verb, as the items under "We do not" do, or with what leads to it."""
        verbs = self.verbs(frame)
        return any(verb[0] == 0 for verb in verbs) or bool(verbs and self.cues("verb_openers"))

    def condition_of_list(self) -> Condition | None:
        """Return the consent or switch that an introduction sets for its list: at its end, or an "only if"."""
        last = (len(self.text) - 1, len(self.text))
        found = (item for cue, item in self._conditions if item.exclusive or self._reaches(cue, last))
        return next(found, None)

    @cached_property
    def _conditions(self) -> Sequence[tuple[Span, Condition]]:
        return () if self.cues("opt_out") else tuple(self._found_conditions())

    def _found_conditions(self) -> Iterator[tuple[Span, Condition]]:
        for name in ("consent", "feature"):
            # On the masked text: "unauthorised access" (未经授权访问) holds no consent.
            for cue in self.grammar.find(name, self.blanked(self.masked, "not_conditions")):
                if not self._one_of_several(cue):
                    around = self.text[max(cue[0] - _BEFORE_CUE, 0) : cue[1] + _BEFORE_CUE]
                    exclusive = self.in_exception(cue) or self.grammar.restricts(around)
                    yield cue, Condition(f"{name}_condition", self.words(cue), exclusive, cue[0])

    def hedged(self, match: Span, verb: Span | None = None) -> bool:
        """Return whether the segment around ``match``, or around the parenthesis it stands in, only says "may".

        That of a subordinate clause which holds neither ``match`` nor its ``verb`` is of something else: "We give it
        to advertisers so that they may choose".
        """
        around = next((aside for aside in self._parentheses if aside[0] < match[0] < aside[1]), match)
        segments = {self.segment(match), self.segment(around)}
        own = [match[0]] if verb is None else [match[0], verb[0]]
        subordinate = self.cues("relative_clauses")
        others = [clause for clause in subordinate if not any(clause[0] <= place < clause[1] for place in own)]
        return any(
            start <= cue[0] < end and not any(first <= cue[0] < behind for first, behind in others)
            for cue in self._hedges
            for start, end in segments
        )

    @cached_property
    def _hedges(self) -> list[Span]:
        # "You may not use the service" bars, "possible effects" are what is told.
        return self.grammar.find("hedges", self.blanked(self.text, "not_hedges"))

    def segment(self, match: Span) -> Span:
        """Return the stretch around ``match`` that no contrast or exception cuts."""
        for start, end in pairwise(self._cuts):
            if start <= match[0] < end:
                return start, end
        return 0, len(self.text)

    @cached_property
    def _not_verbs(self) -> list[Span]:
        # "without obtaining your consent" obtains no data either.
        return [*self.cues("not_verbs"), *self.cues("without_consent"), *self.cues("asks_consent")]

    @cached_property
    def masked(self) -> str:
        """The clause with everything blanked that only looks like negation."""
        # The double ones first: "cannot guarantee" alone is taken from the negations too.
        text = self.blanked(self.blanked(self.text, "double_negations"), "without_consent")
        return self.blanked(text, "not_negation")

    def blanked(self, text: str, name: str) -> str:
        """Return ``text`` with all spans of one cue list blanked, the same length."""
        return blanked_at(text, self.grammar.find(name, text))

    @cached_property
    def negations(self) -> list[Span]:
        """All negation cues that are really negation."""
        return self.grammar.find("negation", self.masked)

    @cached_property
    def _cuts(self) -> list[int]:
        return sorted({0, len(self.text), *self._cut_points()})

    def _cut_points(self) -> Iterable[int]:
        raise NotImplementedError

    def denies_beside(self, match: Span) -> bool:
        """Return whether a negation stands in the clause, but in no parenthesis beside ``match``."""
        return any(not self.aside(cue, match) for cue in self.negations)

    @cached_property
    def _parentheses(self) -> list[Span]:
        return [found.span() for found in PARENTHESES.finditer(self.text)]

    def remark(self, match: Span) -> str:
        """Return what the parenthesis right behind ``match`` holds: "fingerprints (not collected)"."""
        behind = (aside for aside in self._parentheses if aside[0] >= match[1])
        first = next((aside for aside in behind if not self.text[match[1] : aside[0]].strip()), None)
        return "" if first is None else self.text[first[0] + 1 : first[1] - 1]

    def aside(self, cue: Span, match: Span) -> bool:
        """Return whether ``cue`` stands in a parenthesis that ``match`` is not in."""
        return any(start < cue[0] < end and not start < match[0] < end for start, end in self._parentheses)

    def _reaches(self, cue: Span, match: Span) -> bool:
        """A condition reaches what shares its segment, or what its exception belongs to."""
        far = cue[0] - match[1] > _BESIDE_PARENTHESIS and PAUSE.search(self.text[match[1] : cue[0]])
        if self.aside(cue, match) and far:
            # "phone contacts (if enabled), e-mail address, notes": the item before it, no further one.
            return False
        if self._of_item_before(cue, match):
            return False
        segment = self.segment(match)
        if segment[0] <= cue[0] < segment[1]:
            between = self.text[cue[1] : match[0]] if cue[1] <= match[0] else self.text[match[1] : cue[0]]
            return cue[1] <= match[0] or not _starts_new_conjunct(between)
        start, end = self.segment(cue)
        return self.in_exception(cue) and (start == segment[1] or end == segment[0])

    def _of_item_before(self, cue: Span, match: Span) -> bool:
        """Return whether ``cue`` is the parenthesis of an item that stands before ``match`` in the same list."""
        beside = next(((start, end) for start, end in self._parentheses if start < cue[0] < end <= match[0]), None)
        if beside is None or not PAUSE.match(self.text[beside[1] : beside[1] + 1]):
            return False
        inside = self.grammar.find("links", self.text[beside[0] + 1 : beside[1]])
        if inside and inside[0][0] == 0:
            # "other data (including what partners hold, with your consent), we …": what is said of a part of it.
            return True
        # "IP address, contacts (if enabled), notes", but "On phones (if you allow it), we collect notes".
        listed = self.text[beside[1]] == _LIST_COMMA or self.grammar.has("listing", self.text[: beside[0]])
        return listed and not self.grammar.has("speakers", self.text[beside[1] : match[0]])

    def _one_of_several(self, cue: Span) -> bool:
        around = self.text[max(cue[0] - 8, 0) : cue[0]], self.text[cue[1] : cue[1] + 8]
        by_law = self.grammar.has("if_required", self.text[cue[1] :])
        return by_law or any(self.grammar.has("alternatives", part) for part in around)


def blanked_at(text: str, spans: Iterable[Span]) -> str:
    """Return ``text`` with ``spans`` blanked, the same length."""
    for start, end in spans:
        text = text[:start] + _MASK * (end - start) + text[end:]
    return text


def _starts_new_conjunct(between: str) -> bool:
    return any(mark in between for mark in (", and ", "; ", ". ", "，并", "；", "。", "，如需", "，若需", "，如果需要"))
