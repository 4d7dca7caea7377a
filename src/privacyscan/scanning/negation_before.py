"""English and Chinese: the negation precedes its verb, the verb mostly its object."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property

from privacyscan.knowledge.lexicon import Frame
from privacyscan.scanning.grammar import Condition, Governor, Role, Span
from privacyscan.scanning.reading import CLAUSE_START, MAX_NEGATION_GAP, PARENTHESES, VERB_MARK, Reading, blanked_at

_MAX_DETERMINER_GAP = 80
# "collect no data": right behind its verb, a determiner denies whatever is asked about.
_BESIDE = 6
# "does not currently include": what is further denies another verb.
_MAX_LINK_GAP = 16
_SUBJECT_WINDOW = 90
# How far into its segment a subject may begin.
_SUBJECT_START = 12
# A longer exception between commas is read to its end.
_LONGEST_ASIDE = 240
# How far into its sentence an exception opens it.
_HEAD = 4
_MAX_EXCLUDED_GAP = 30
# A comma with nothing but a determiner behind it: what follows begins the main clause.
_OPENS_MAIN_CLAUSE = re.compile(r",(?: \w+)? ?$")
_ENDS_PHRASE = re.compile(r"[,;)]")
# A comma, and nothing but a conjunction before what opens the next clause.
_OPENS_CLAUSE = re.compile(r"[,;] (?:and |or |so |thus |hence )?$", re.IGNORECASE)
# What goes on behind an exception's comma and says something of the exception itself.
_SAYS_MORE = re.compile(r"[,，] ?(?:which|who|whose|whom|where|such as|including|namely|for example)\b", re.IGNORECASE)


class NegationBefore(Reading):
    """English and Chinese: the negation precedes its verb, the verb mostly its object."""

    def governor(self, frame: Frame, match: Span) -> tuple[Governor | None, bool]:
        """See ``Reading.governor``: the nearest main verb before, or a passive right behind."""
        start, end = self.segment(match)
        behind = self._verb_behind(frame, match, end)
        chosen, saw_user = self._governor_before(frame, match, start)
        if behind and self._is_passive(frame, match, behind) and not self._describes_next(match, behind, chosen):
            return Governor(*behind), False
        if chosen is not None and (inner := self.inner_verb(frame, match)):
            # "Ads are shown to all alike, we don't show you personal ones": the words hold a verb of their own.
            chosen = inner if self.grammar.has("new_subjects", self.text[chosen.end : match[0]]) else chosen
        if chosen is not None:
            undone = chosen.role is not Role.MAIN and self._user_undoes(start, match[0])
            return (None, True) if undone else (chosen, False)
        if behind and not saw_user and not self._by_user(behind, start):
            governor = Governor(*behind, role=self.role(behind))
            if governor.role is not Role.MAIN and self._user_undoes(start, behind[0]):
                return None, True
            # "Because of cookies, we do not support …" denies nothing about them.
            if self.negation(governor, match) is None or self._is_subject(match, behind):
                return governor, False
        return None, saw_user

    def _describes_next(self, match: Span, behind: Span, before: Governor | None) -> bool:
        """Whether a passive describes the next of a list: "we don't log your city, and data that could be obtained"."""
        if before is None or before.role is not Role.MAIN or self.role(behind) is Role.MAIN:
            return False
        return "," in self._gap(match[1], behind[0])

    def _governor_before(self, frame: Frame, match: Span, start: int) -> tuple[Governor | None, bool]:
        """The verb before ``match`` that governs it: the nearest main one, else an embedded one, else a link."""
        saw_user = False
        embedded: Governor | None = None
        link: Governor | None = None
        for verb in reversed(self._verbs_before(frame, match, start)):
            role, by_user = self.role(verb), self._by_user(verb, start)
            if by_user and self._opens_own_statement(verb, match):
                saw_user = True
            elif role is Role.LINK:
                link = link or Governor(*verb, role=role)
            elif by_user and (not self._gives(verb) or (role is Role.MAIN and self._only_offered(verb, start))):
                # "the device you are using" only describes the device.
                saw_user = saw_user or link is None or role is Role.MAIN
            elif role is not Role.MAIN:
                embedded = embedded or Governor(*verb, by_user=by_user, role=role)
            else:
                main = Governor(*verb, by_user=by_user)
                return self._unless_excluded(link, match) or self.chosen(main, embedded, frame, match), saw_user
        if embedded is not None:
            return self._unless_excluded(link, match) or embedded, saw_user
        # "You may record clips, including your conversations" says what users do, not what is kept.
        return (None if saw_user else link), saw_user

    def _unless_excluded(self, link: Governor | None, match: Span) -> Governor | None:
        """The link behind a verb, where it says that ``match`` is not included."""
        return link if link is not None and self.negation(link, match) is not None else None

    def user_undoes(self, match: Span) -> bool:
        """See ``Reading.user_undoes``: the service must not be named in between."""
        start, _ = self.segment(match)
        found = self.grammar.find("user_controls", self.text[start : match[0]])
        if not found or self.grammar.has("service_acts", self.text[start + found[0][0] : match[0]]):
            return False
        # "Unless you refuse, we …": a wording that names the service starts a statement of its own.
        starts = self.text[: match[0]].rstrip().endswith((",", "，"))
        return not (starts and any(cue[0] == 0 for cue in self.grammar.find("service_acts", self.text[slice(*match)])))

    def _user_undoes(self, start: int, end: int) -> bool:
        """Whether the user is told how to delete or refuse what follows."""
        return self.grammar.has("user_controls", self.text[start:end])

    def _verbs_before(self, frame: Frame, match: Span, start: int) -> list[Span]:
        """The verbs before ``match``, but none inside a parenthesis that is closed again."""
        verbs = (verb for verb in self.verbs(frame) if start <= verb[0] and verb[1] <= match[0])
        return [verb for verb in verbs if not self.aside(verb, match)]

    def _verb_behind(self, frame: Frame, match: Span, end: int) -> Span | None:
        """The first verb behind ``match``, but none inside a parenthesis that opens there.

        "The messages that you send are stored": what is taken for granted gives way to a passive behind it.
        """
        behind = [verb for verb in self.verbs(frame) if match[1] <= verb[0] < end and not self.aside(verb, match)]
        passive = (verb for verb in behind[1:] if self.role(behind[0]) is Role.PRESUPPOSED)
        return next((verb for verb in passive if self._is_passive(frame, match, verb)), next(iter(behind), None))

    def _opens_own_statement(self, verb: Span, match: Span) -> bool:
        """Whether ``match`` is the subject of a statement that a user's act only dates.

        "When you share a post, your post may become public" shares nothing with the service.
        """
        gap, behind = self._gap(verb[1], match[0]), self.text[match[1] : match[1] + _SUBJECT_START]
        return bool(_OPENS_MAIN_CLAUSE.search(gap)) and self.grammar.has("predicates", behind)

    def _is_subject(self, match: Span, verb: Span) -> bool:
        """Whether ``match`` may be the subject of a verb behind it, or its object put first.

        No other subject stands between, but in "通讯录，我们不收集。".
        """
        gap = self._gap(match[1], verb[0])
        if self.grammar.has("fronted", f"{gap}{VERB_MARK}{self.text[verb[1] : verb[1] + _SUBJECT_START]}"):
            return True
        parted = any(self.grammar.has(name, gap) for name in ("negation_blockers", "new_subjects"))
        return len(gap) <= _MAX_DETERMINER_GAP and not parted

    def _role(self, verb: Span) -> Role:
        """See ``Reading.role``."""
        if self.links(verb):
            return Role.LINK
        around = (
            f"{self.text[max(0, verb[0] - _SUBJECT_WINDOW) : verb[0]]}{VERB_MARK}{self.text[verb[0] : verb[1] + 3]}"
        )
        for name, role in (("presupposed", Role.PRESUPPOSED), ("relative", Role.EMBEDDED)):
            if self.grammar.has(name, around):
                return role
        return Role.MAIN

    def stated(self, verb: Span, role: Role) -> Governor | None:
        """See ``Reading.stated``."""
        start, _ = self.segment(verb)
        by_user = self._by_user(verb, start)
        if role is Role.LINK or (by_user and (not self._gives(verb) or self._only_offered(verb, start))):
            return None
        return Governor(*verb, by_user=by_user, role=role)

    def negation(self, governor: Governor, match: Span) -> Span | None:
        """See ``Reading.negation``."""
        if governor.by_user:
            return None
        start, _ = self.segment(match)
        for cue in reversed(self.negations):
            if self.aside(cue, (governor.start, governor.end)):
                continue
            if cue[0] < start or cue[0] >= max(governor.end + _BESIDE, match[1]):
                continue
            if cue[1] <= governor.start:
                limit = _MAX_LINK_GAP if governor.role is Role.LINK else MAX_NEGATION_GAP
                gap = self._gap(cue[1], governor.start)
            elif cue[0] < governor.end:
                # A wording may begin in the middle of its negation: "亦" and "不会存放".
                return cue
            elif (
                governor.end <= cue[0]
                and self._is_determiner(cue)
                and (cue[1] <= max(match[0], governor.end + _BESIDE) or cue[0] <= governor.end + 1)
            ):
                gap, limit = self._gap(cue[1], max(match[0], cue[1])), _MAX_DETERMINER_GAP
            else:
                continue
            if len(gap) <= limit and not self._blocked(cue, gap, governor):
                return cue
        return None

    def _blocked(self, cue: Span, gap: str, governor: Governor) -> bool:
        """Whether something in the gap shows that ``cue`` denies another verb than ``governor``."""
        if self.grammar.has("inversions", f"{self.text[cue[0] : governor.start]}{VERB_MARK}"):
            # "Nor are the texts that you hand in used …": all of it is the subject.
            return False
        before = self.text[max(0, cue[0] - _SUBJECT_WINDOW) : cue[0]]
        if self.grammar.has("negation_in_relative", before) and self.grammar.has("auxiliaries", gap):
            return True
        verb = self.text[governor.start : governor.end + _SUBJECT_START]
        if self.grammar.has("negation_left_behind", f"{before}{self.words(cue)}{gap}{VERB_MARK}{verb}"):
            # "We take data that is not listed here and use it to …"
            return True
        if self._is_determiner(cue):
            # "No data that could identify you is kept": the subject may be long, the passive closes it.
            whole_subject = self._opens_clause(cue) and self.grammar.has("passive", gap)
            whole_subject = whole_subject or self._denies_subject(cue, gap)
            behind = governor.end <= cue[0]
            names: tuple[str, ...] = () if whole_subject or behind else ("negation_blockers",)
        else:
            names = ("negation_blockers", "negation_stops")
        return any(self.grammar.has(name, gap) for name in names)

    def _denies_subject(self, cue: Span, gap: str) -> bool:
        """Whether ``cue`` opens its clause and ``gap`` holds its subject: "Neither we nor those we work with may"."""
        last = self.grammar.find("auxiliaries", gap)
        closed = bool(last) and not gap[last[-1][1] :].strip()
        # "Neither the app nor the site records …, measures … or reads …": it denies all verbs of its sentence.
        paired = self.grammar.has("paired_negation", self.words(cue))
        return (closed or paired) and self.segment(cue)[0] == cue[0] and not self.grammar.has("subject_breaks", gap)

    def _opens_clause(self, cue: Span) -> bool:
        """Whether a clause begins with ``cue``: "… , and no text that you write is sent"."""
        start = self.segment(cue)[0]
        if cue[0] - start < _SUBJECT_START:
            return True
        return _OPENS_CLAUSE.search(self.text[start : cue[0]]) is not None

    def announces_under(self, condition: Condition) -> bool:
        """See ``Reading.announces_under``: it stands first ("With your consent, we …")."""
        return condition.start <= CLAUSE_START

    def bare_denial(self, match: Span) -> Span | None:
        """See ``Reading.bare_denial``."""
        start, _ = self.segment(match)
        before = (cue for cue in reversed(self.negations) if start <= cue[0] and cue[0] <= match[0])
        for cue in before:
            gap = self._gap(cue[1], max(match[0], cue[1]))
            near = len(gap) <= _MAX_DETERMINER_GAP and not self.grammar.has("negation_blockers", gap)
            if near and self._is_determiner(cue) and not self.aside(cue, match):
                return cue
        return None

    def in_exception(self, match: Span) -> bool:
        """See ``Reading.in_exception``: an exception runs from its opener to the segment's end."""
        start, _ = self.segment(match)
        return any(cue[0] == start for cue in self._openers)

    def exclusion(self, match: Span) -> str | None:
        """See ``Reading.exclusion``."""
        start, _ = self.segment(match)
        near = (cue for cue in self.cues("exclusions") if cue[0] == start and match[0] - cue[1] <= _MAX_EXCLUDED_GAP)
        # "except for sites of third parties, cookies …": only what stands right behind is left out.
        return next((self.words(cue) for cue in near if not _ENDS_PHRASE.search(self.text[cue[1] : match[0]])), None)

    def main_governor(self, frame: Frame, match: Span) -> Governor | None:
        """See ``Reading.main_governor``: the last verb before the exception, else the first after it."""
        start, end = self.segment(match)
        verbs = self.verbs(frame)
        before = [verb for verb in verbs if verb[1] <= start]
        after = [verb for verb in verbs if verb[0] >= end]
        chosen = before[-1] if before else after[0] if after else None
        return Governor(*chosen) if chosen else None

    def service_verb(self, frame: Frame) -> Governor | None:
        """See ``Reading.service_verb``."""
        own = (Governor(*verb) for verb in self.verbs(frame) if not self._by_user(verb, self.segment(verb)[0]))
        return next((verb for verb in own if self.is_core(frame, verb)), None)

    @cached_property
    def _openers(self) -> list[Span]:
        return self.cues("exception_openers")

    def _cut_points(self) -> Iterator[int]:
        # "not only … but": looked for in the whole text, where "not only" still stands.
        unbroken = blanked_at(self.blanked(self.masked, "not_breaks"), self.cues("not_breaks"))
        for start, end in self.grammar.find("scope_breaks", unbroken):
            yield end if self.text[start:end].strip().endswith((";", "；", ".", "。")) else start
        for start, end in self.grammar.find("concessions", self.masked):
            # "Although we do not sell your data for money, we do …": the comma opens what is said.
            yield max(self.masked.rfind(mark, start, end) for mark in (",", "，"))
        for start, _ in self._openers:
            yield start
            if (comma := self._closing_comma(start)) > 0:
                yield comma

    def _closing_comma(self, start: int) -> int:
        """Where an exception that opens at ``start`` ends before its clause does, if there: 0 or less if not."""
        if start < _HEAD:
            # "Except as the law requires, we do not …"
            return self._end_of_exception(start)
        # "Files are confidential and, save where a court orders it, are not disclosed": at the comma of the verb.
        return self._comma_before_predicate(start) if self.text[:start].rstrip().endswith(",") else 0

    def _end_of_exception(self, start: int) -> int:
        """Where an exception at a sentence's head ends: at its comma, behind what a relative clause says of it."""
        comma = self._comma(start)
        while comma > 0 and _SAYS_MORE.match(self.text, comma):
            comma = self._comma(comma + 1)
        return comma

    def _comma_before_predicate(self, start: int) -> int:
        comma, last = self._comma(start), start + _LONGEST_ASIDE
        while 0 < comma <= last and not self.grammar.has("predicates", self.text[comma + 1 : last]):
            comma = self._comma(comma + 1)
        return comma if comma <= last else 0

    def _comma(self, start: int) -> int:
        return min((at for at in (self.text.find(",", start), self.text.find("，", start)) if at > 0), default=-1)

    def _gap(self, start: int, end: int) -> str:
        """What stands between, without its parentheses."""
        return PARENTHESES.sub(" ", self.masked[start:end])

    def _is_passive(self, frame: Frame, match: Span, verb: Span) -> bool:
        between = (other for other in self.verbs(frame) if match[1] <= other[0] and other[1] <= verb[0])
        granted = [other[1] for other in between if self.role(other) is Role.PRESUPPOSED]
        # "The keys you press are never recorded": who presses them is no subject of the recording.
        gap = self.blanked(self._gap(max((match[1], *granted)), verb[0]), "subject_clauses")
        return self.grammar.has("passive", gap) and not self.grammar.has("negation_blockers", gap)

    def _only_offered(self, verb: Span, start: int) -> bool:
        """What users need not give, or may do among themselves, is no statement that it is taken."""
        before = self.text[max(start, verb[0] - _SUBJECT_WINDOW) : verb[0]]
        if self.grammar.has("needless", before):
            return True
        whole = self.text[start : verb[1] + _SUBJECT_WINDOW]
        return self.grammar.has("offered", before) and not self.grammar.has("to_service", whole)

    def _by_user(self, verb: Span, start: int) -> bool:
        before = self.text[max(start, verb[0] - _SUBJECT_WINDOW) : verb[0]]
        found = self.grammar.find("user_subject", before)
        if not found or self.grammar.has("user_is_asked", self.words(verb)):
            return False
        # "nor any information about you, is passed on": an object, no subject.
        return not self.grammar.has("user_object", before[: found[0][0]])

    def _gives(self, verb: Span) -> bool:
        return self.grammar.has("user_gives", self.words(verb))

    def _is_determiner(self, cue: Span) -> bool:
        pattern = self.grammar.pattern("negation_determiners")
        return bool(pattern and pattern.fullmatch(self.words(cue)))
