"""How a report opens: its headline, its facts, its lead."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from privacyscan.knowledge.rules import Rule, RuleSet
from privacyscan.knowledge.scales import said_at_large
from privacyscan.knowledge.texts import Texts
from privacyscan.models import Category, Grade, Polarity, Report, Severity, State
from privacyscan.reporters.marks import shorten
from privacyscan.reporters.naming import begun, policy_of
from privacyscan.reporters.phrasing import Phrasing, joined
from privacyscan.reporters.quotation import plain, sentence_around

# How clear a policy is has a section of its own: it is nothing that a service does with data.
_UNTOLD = Category.TRANSPARENCY
_GRAVE = (Severity.CRITICAL, Severity.HIGH)
# What the scanner is less sure of, or the quote narrows, stands further down, beside its quote.
_SURE = 0.75
# The same where the policy denies a part of it too.
_SURER = 0.85
# Nearly every policy gives data to authorities where a law asks for it: that is no news beside anything else.
_USUAL = ("government_disclosure",)
_LONGEST = "user_content"
_TRAINING = "model_training"
_MANNERS = ("affirmed", "hedged", "conditional", "contradictory", "denied")
# Of the facts, so many at most are denials.
_MAX_DENIED = 2
# So many times what it states must a restrained policy rule out for the headline to say so.
_RESTRAINT = 2
_MAX_FACTS = 5
_MAX_NAMED = 4
_MAX_QUOTE = 160
_SEVERITIES = tuple(reversed(Severity))
_HEADLINE_LIMIT = {"ko": 44, "en": 96}


class Opening:
    """The opening of the report on one policy, in one language."""

    def __init__(self, report: Report, rules: RuleSet, texts: Texts) -> None:
        self._report, self._rules, self._texts = report, rules, texts
        self._phrasing = Phrasing(report, rules, texts)
        risks = [
            rule for rule in rules.rules.values() if rule.polarity is Polarity.RISK and rule.category is not _UNTOLD
        ]
        risks.sort(key=self._rank)
        self._told = {
            manner: [rule for rule in risks if self._phrasing.manner(rule.id) == manner] for manner in _MANNERS
        }
        self._total = len(risks)
        self._restrained = report.score.grade in (Grade.A, Grade.B)

    def _rank(self, rule: Rule) -> tuple[bool, bool, bool, float, str]:
        return not self._sure(rule), rule.id in _USUAL, rule.severity not in _GRAVE, -rule.weight, rule.id

    def headline(self) -> str:
        """Return what weighs most of what the policy says firmly, or what a restrained policy rules out."""
        return self._first_line()[0]

    def _first_line(self) -> tuple[str, list[Rule]]:
        """The headline, and the practices that it names."""
        kind, chosen = self._headed()
        if len(chosen) > 1:
            # "What you enter or upload" would swallow what follows.
            line = self._line(f"{kind}_two", sorted(chosen[:2], key=lambda rule: rule.id == _LONGEST))
            if len(line) <= _HEADLINE_LIMIT[self._texts.language]:
                return line, chosen[:2]
        return self._line(f"{kind}_one" if chosen else kind, chosen[:1]), chosen[:1]

    def _headed(self) -> tuple[str, list[Rule]]:
        """The kind of headline, and the practices that it may name."""
        if self._report.score.grade is Grade.NONE:
            return "none", []
        firm, hedged, denied = (
            [rule for rule in self._told[manner] if self._plain(rule)] for manner in ("affirmed", "hedged", "denied")
        )
        allowed = [rule for manner in ("affirmed", "hedged") for rule in self._told[manner] if self._sure(rule)]
        weighty = [rule for rule in allowed if rule.severity in _GRAVE]
        if self._restrained and len(denied) > _RESTRAINT * len(weighty):
            return "restrained", denied
        grave, leaving = (
            [rule for rule in group if rule in weighty and rule.id not in _USUAL] for group in (firm, hedged)
        )
        hedging = not grave and (leaving or not firm)
        kind, chosen = ("hedged", hedged) if hedging else ("risky", firm)
        return (kind, chosen) if chosen else ("plain", [])

    def _line(self, key: str, chosen: Sequence[Rule]) -> str:
        say = self._phrasing
        values = {}
        for name, form in (("short", say.short), ("act", say.act), ("does", say.does)):
            words = [form(rule.id) for rule in chosen]
            words = list(_paired(*words)) if len(words) > 1 else words
            values.update({f"{name}_{place}": word for place, word in zip(("first", "second"), words, strict=False)})
        service = self._report.service
        policy, subject = (policy_of(service, self._texts, form) for form in ("policy", "subject"))
        return begun(self._texts(f"headline.{key}", policy=policy, subject=subject, **values), service)

    def facts(self) -> tuple[str, ...]:
        """Return a few lines on what weighs most beside the headline; even a restrained policy allows something."""
        told = [(manner, rule) for manner in _MANNERS for rule in self._told[manner] if self._plain(rule)]
        told.sort(
            key=lambda item: (item[0] == "denied", item[0] in ("conditional", "contradictory"), self._rank(item[1]))
        )
        _, headed = self._first_line()
        told = [item for item in told if item[1] not in headed]
        first = [item for item in told if item[0] == "denied"][:_MAX_DENIED] if self._restrained else []
        ordered = [*first, *(item for item in told if item not in first)]
        shown = ordered[: _MAX_FACTS - 1]
        named = {rule.id for rule in headed} | {rule.id for _, rule in shown}
        return (*(self._fact(manner, rule) for manner, rule in shown), *self._choice(named))

    def _choice(self, named: Collection[str]) -> Iterator[str]:
        """Whether training on data can be refused, behind the training itself where that is not ``named`` above."""
        trained = self._report.practices.get(_TRAINING)
        refused = self._report.practices.get("training_opt_out")
        if not trained or not refused or trained.state is not State.AFFIRMED:
            return
        if refused.state is State.SILENT and not self._phrasing.variant(_TRAINING):
            said = "no_opt_out" if _TRAINING in named else f"no_opt_out_{self._phrasing.manner(_TRAINING)}"
            act, does = self._phrasing.act(_TRAINING), self._phrasing.does(_TRAINING)
            yield self._texts(f"deck.{said}", act=act, does=does)
        elif refused.state in (State.AFFIRMED, State.CONDITIONAL):
            own = f"deck.opt_out_{self._phrasing.variant('training_opt_out')}"
            yield self._texts(own if self._texts.has(own) else "deck.opt_out")

    def lead(self) -> tuple[str, ...]:
        """Return what the policy says plainly, leaves room for, ties to conditions and rules out; then the limits."""
        return " ".join(self._sentences()), self._texts("lead.limits")

    def _sentences(self) -> Iterator[str]:
        policy = policy_of(self._report.service, self._texts, "full")
        yield self._texts("lead.opening", policy=policy, total=self._total)
        for manner, told in self._told.items():
            if told:
                yield self._texts(
                    f"lead.{manner}_one" if len(told) == 1 else f"lead.{manner}",
                    names=self._names(told),
                    count=len(told),
                )
        if silent := self._total - sum(map(len, self._told.values())):
            yield self._texts("lead.silent_one" if silent == 1 else "lead.silent", count=silent)
        if quote := self._said_at_large():
            yield self._texts("lead.at_large", quote=quote)

    def _said_at_large(self) -> str:
        """The sentence on third parties in general of a policy that speaks of no practice that gives them data."""
        document, practices = self._report.document, self._report.practices
        said = said_at_large(self._rules.scoring, document.language, document.text)
        for item in self._rules.scoring.expected:
            if item.id in said and all(practices[name].state is State.SILENT for name in item.practices):
                return shorten(plain(sentence_around(document.text, *said[item.id])), _MAX_QUOTE)
        return ""

    def _names(self, told: Sequence[Rule]) -> str:
        # What its quotes narrow is named behind what they say without limits.
        limited = {rule.id for rule in told if self._phrasing.narrowed(rule.id)}
        ordered = sorted(
            told, key=lambda rule: (rule.id in limited, _SEVERITIES.index(rule.severity), -rule.weight, rule.id)
        )
        names = [self._phrasing.short(rule.id) for rule in ordered]
        if len(names) <= _MAX_NAMED:
            return joined(names, self._texts)
        return self._texts("lead.some", names=", ".join(names[:_MAX_NAMED]))

    def _fact(self, manner: str, rule: Rule) -> str:
        say = self._phrasing
        return self._texts(f"deck.{manner}", short=say.short(rule.id), act=say.act(rule.id), does=say.does(rule.id))

    def _plain(self, rule: Rule) -> bool:
        """Whether a practice may stand in a headline or a fact, where there is no room for limits."""
        return self._sure(rule) and not self._phrasing.narrowed(rule.id)

    def _sure(self, rule: Rule) -> bool:
        result = self._report.practices[rule.id]
        denied_too = any(reason.code == "denial_of_narrower_scope" for reason in result.reasons)
        return result.confidence >= (_SURER if denied_too else _SURE)


def _paired(first: str, second: str) -> tuple[str, str]:
    """Two names; a word that both share is said once: "A 수집", "B 수집" → "A", "B 수집"; "collecting B" → "B"."""
    head, _, noun = first.rpartition(" ")
    verb = first.partition(" ")[0]
    if head and not noun.isascii() and second.endswith(f" {noun}"):
        return head, second
    return first, second.removeprefix(f"{verb} ") if verb.isascii() else second
