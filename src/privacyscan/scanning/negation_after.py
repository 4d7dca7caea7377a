"""Korean: the verb closes its clause, and the negation hangs on the verb."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property

from privacyscan.knowledge.lexicon import Frame
from privacyscan.scanning.grammar import Condition, Governor, Role, Span
from privacyscan.scanning.reading import CLAUSE_START, MAX_NEGATION_GAP, PAUSE, VERB_MARK, Reading

# How far behind what it denies a bare 없음 stands: a noun such as 정보 or 내용 between.
_BARE_GAP = 8
# "…하고 주소록은 ", but not "…하고 이용하는 정보는": a connective, and the topic of what follows.
_NEW_TOPIC = re.compile(
    r"((?:고|으며|면서|므로|여|어),?) (?:[^\s.,]+(?<![은는]) ){0,2}[^\s.,]*(?:은|(?<![하되있없않받])(?<!주시)는|도) "
)
# Between a verb's stem and its connective: "기록|하", "저장|되".
_VERB_ENDING = 2


class NegationAfter(Reading):
    """Korean: the verb closes its clause, and the negation hangs on the verb."""

    def governor(self, frame: Frame, match: Span) -> tuple[Governor | None, bool]:
        """See ``Reading.governor``: the first verb behind, else the last one before."""
        start, end = self.segment(match)
        if self._user_controls(match, start, end):
            return None, True
        verbs = self.verbs(frame)
        embedded: Governor | None = None
        for verb in [verb for verb in verbs if match[1] <= verb[0] < end]:
            role = self.role(verb)
            if role is Role.MAIN:
                return self.chosen(Governor(*verb), embedded, frame, match), False
            embedded = embedded or Governor(*verb, role=role)
        if embedded is not None:
            return embedded, False
        before = [verb for verb in verbs if start <= verb[0] and verb[1] <= match[0]]
        if before:
            return Governor(*before[-1]), False
        if self.in_exception(match):
            return None, False
        # "A를 받으며, 이를 저장합니다": a segment without a verb leans on the next one.
        later = next((verb for verb in verbs if verb[0] >= end), None)
        return (Governor(*later) if later else None), False

    def _role(self, verb: Span) -> Role:
        """See ``Reading.role``: "포함한 정보" and "수집한 기록" stand before a noun that another verb governs."""
        after = self.text[verb[1] :]
        presupposed, relative = self.grammar.pattern("presupposed"), self.grammar.pattern("relative")
        if (
            presupposed
            and presupposed.search(VERB_MARK + after)
            and not (relative and relative.search(VERB_MARK + after))
        ):
            return Role.EMBEDDED if self.links(verb) else Role.PRESUPPOSED
        return Role.LINK if self.links(verb) else Role.MAIN

    def stated(self, verb: Span, role: Role) -> Governor | None:
        """See ``Reading.stated``."""
        return None if self._user_controls(verb, *self.segment(verb)) else Governor(*verb, role=role)

    def negation(self, governor: Governor, match: Span) -> Span | None:
        """See ``Reading.negation``: nothing that modifies a later noun may stand between."""
        # A wording may begin in one segment and end in the next: "… 국내에 있으며 데이터는 국외로 이전되지 않습니다".
        whole = (governor.start, governor.end) == match
        _, end = self.segment((match[1] - 1 if whole else max(governor.start, match[0]), governor.end))
        origin = max(governor.end, match[1])
        # "수집하거나 이를 이용한 광고를 하지 않습니다": what stands behind 거나 is denied with what stands before.
        joined = any(cue[0] == governor.end for cue in self.cues("joined_verbs"))
        for cue in self.negations:
            if whole and match[0] <= cue[0] and cue[1] <= match[1]:
                return cue
            # "수집하지 않는 항목: 주소록, 지문": the cue takes in the last item.
            takes_in = cue[0] < match[0] and cue[1] == origin
            if governor.start <= cue[0] and cue[0] < end and (cue[1] > origin or takes_in):
                # The cue may begin inside the verb's own ending; only what lies before it can part them.
                gap = self.masked[origin : cue[0]] if cue[0] > origin else ""
                stop = None if joined else self.grammar.pattern("adnominal")
                if len(gap) <= MAX_NEGATION_GAP and not (stop and stop.search(gap)):
                    return cue
        return None

    def announces_under(self, condition: Condition) -> bool:
        """See ``Reading.announces_under``: first, or before the words that announce it.

        "… 동의를 받아 다음과 같이 제공합니다", but not "동의를 받아 수집한 정보를 다음과 같이 …".
        """
        behind = condition.start + len(condition.words)
        pointer = next((start for start, _ in self.cues("list_pointers") if start >= behind), None)
        announced = pointer is not None and not self.grammar.has("adnominal", self.text[behind:pointer])
        return announced or condition.start <= CLAUSE_START

    def bare_denial(self, match: Span) -> Span | None:
        """See ``Reading.bare_denial``: "지문 정보 없음"."""
        near = (cue for cue in self.negations if 0 <= cue[0] - match[1] <= _BARE_GAP)
        return next((cue for cue in near if not PAUSE.search(self.text[match[1] : cue[0]])), None)

    def in_exception(self, match: Span) -> bool:
        """See ``Reading.in_exception``: "…을 제외하고" closes the exception it follows."""
        _, end = self.segment(match)
        return any(cue[1] == end for cue in self._openers)

    def exclusion(self, match: Span) -> str | None:
        """See ``Reading.exclusion``."""
        _, end = self.segment(match)
        return next((self.words(cue) for cue in self.cues("exclusions") if cue[1] == end), None)

    def main_governor(self, frame: Frame, match: Span) -> Governor | None:
        """See ``Reading.main_governor``: the first verb after the exception."""
        _, end = self.segment(match)
        later = next((verb for verb in self.verbs(frame) if verb[0] >= end), None)
        return Governor(*later) if later else None

    def service_verb(self, frame: Frame) -> Governor | None:
        """See ``Reading.service_verb``."""
        own = (Governor(*verb) for verb in self.verbs(frame) if not self._user_controls(verb, *self.segment(verb)))
        return next((verb for verb in own if self.is_core(frame, verb)), None)

    @cached_property
    def _openers(self) -> list[Span]:
        return self.cues("exception_openers")

    def _cut_points(self) -> Iterator[int]:
        for start, end in self.grammar.find("scope_breaks", self.text):
            # A connective ends its segment; 다만 opens the next one.
            yield (
                start
                if self.text[start:end].strip(" .,") in ("다만", "단", "하지만", "그러나", "반면", "그렇지만")
                else end
            )
        for _, end in self._openers:
            yield end
        yield from self._new_topics()

    def _new_topics(self) -> Iterator[int]:
        """Where a sentence goes on to deny something else: "IP 주소는 기록하고 | 주소록은 저장하지 않습니다"."""
        for found in _NEW_TOPIC.finditer(self.text):
            denied = [cue[0] >= found.end() for cue in self.negations]
            if not denied or not all(denied) or self.grammar.has("actors", found.group().rstrip()):
                continue
            verbs = (verb for frame in self.grammar.lexicon.frames for verb in self.verbs(frame))
            if any(found.start() - _VERB_ENDING <= verb[1] <= found.end(1) for verb in verbs):
                yield found.end(1)

    def _reaches(self, cue: Span, match: Span) -> bool:
        """See ``Reading._reaches``: after 고객에게만 제공되며 what goes on is on condition too."""
        start, _ = self.segment(match)
        passed = (found for found in self.cues("passed_conditions") if found[1] == start and cue[0] < found[1])
        return super()._reaches(cue, match) or any(self.segment(cue) == self.segment(found) for found in passed)

    def user_undoes(self, match: Span) -> bool:
        """See ``Reading.user_undoes``: in Korean the verb behind tells."""
        return self._user_controls(match, *self.segment(match))

    def _user_controls(self, match: Span, start: int, end: int) -> bool:
        subject, control = self.grammar.pattern("user_subject"), self.grammar.pattern("user_controls")
        if not subject or not control or not control.search(self.text[match[1] : end]):
            return False
        return bool(subject.search(self.text[start : match[0]])) or not self._service_named(start, match[0])

    def _service_named(self, start: int, end: int) -> bool:
        return any(word in self.text[start:end] for word in ("회사는", "회사가", "당사는", "저희는", "서비스는"))
