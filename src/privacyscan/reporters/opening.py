"""How a report opens: its headline, its facts, its lead."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from privacyscan.knowledge.rules import Rule, RuleSet
from privacyscan.knowledge.texts import Texts
from privacyscan.models import Category, Grade, Polarity, Report, Severity, State, Strength
from privacyscan.reporters.naming import begun, policy_of

# How clear a policy is has a section of its own: it is nothing that a service does with data.
_UNTOLD = Category.TRANSPARENCY
_GRAVE = (Severity.CRITICAL, Severity.HIGH)
# What the scanner is less sure of stands further down, beside its quote.
_SURE = 0.75
# The same where the policy denies a part of it too.
_SURER = 0.85
# Nearly every policy gives data to authorities where a law asks for it: that is no news beside anything else.
_USUAL = ("government_disclosure",)
_MANNERS = ("affirmed", "hedged", "conditional", "contradictory", "denied")
# Of the facts, so many at most are denials.
_MAX_DENIED = 2
# So many times what it states must a restrained policy rule out for the headline to say so.
_RESTRAINT = 2
_MAX_FACTS = 5
_MAX_NAMED = 3
_HEADLINE_LIMIT = {"ko": 40, "en": 96}


class Opening:
    """The opening of the report on one policy, in one language."""

    def __init__(self, report: Report, rules: RuleSet, texts: Texts) -> None:
        self._report, self._rules, self._texts = report, rules, texts
        risks = [
            rule for rule in rules.rules.values() if rule.polarity is Polarity.RISK and rule.category is not _UNTOLD
        ]
        risks.sort(key=self._rank)
        self._told = {manner: [rule for rule in risks if self._manner(rule) == manner] for manner in _MANNERS}
        self._total = len(risks)
        self._restrained = report.score.grade in (Grade.A, Grade.B)

    def _rank(self, rule: Rule) -> tuple[bool, bool, bool, float, str]:
        return not self._sure(rule), rule.id in _USUAL, rule.severity not in _GRAVE, -rule.weight, rule.id

    def headline(self) -> str:
        """Return what weighs most of what the policy says firmly, or what a restrained policy rules out."""
        if self._report.score.grade is Grade.NONE:
            return self._headed("none")
        firm, hedged, denied = (
            [rule for rule in self._told[manner] if self._sure(rule)] for manner in ("affirmed", "hedged", "denied")
        )
        weighty = [rule for rule in (*firm, *hedged) if rule.severity in _GRAVE]
        if self._restrained and len(denied) > _RESTRAINT * len(weighty):
            return self._line("restrained", denied)
        grave, leaving = (
            [rule for rule in group if rule in weighty and rule.id not in _USUAL] for group in (firm, hedged)
        )
        hedging = not grave and (leaving or not firm)
        return self._line("hedged", hedged) if hedging else self._line("risky", firm)

    def _line(self, kind: str, chosen: Sequence[Rule]) -> str:
        names = [self._short(rule) for rule in chosen[:2]]
        if len(names) > 1:
            first, second = _paired(*names)
            line = self._headed(f"{kind}_two", first=first, second=second)
            if len(line) <= _HEADLINE_LIMIT[self._texts.language]:
                return line
        if names:
            return self._headed(f"{kind}_one", first=names[0])
        return self._headed("plain")

    def _headed(self, key: str, **values: str) -> str:
        service = self._report.service
        return begun(self._texts(f"headline.{key}", policy=policy_of(service, self._texts), **values), service)

    def facts(self) -> tuple[str, ...]:
        """Return a few lines on what weighs most; even a restrained policy allows something."""
        told = [(manner, rule) for manner in _MANNERS for rule in self._told[manner] if self._sure(rule)]
        told.sort(
            key=lambda item: (item[0] == "denied", item[0] in ("conditional", "contradictory"), self._rank(item[1]))
        )
        first = [item for item in told if item[0] == "denied"][:_MAX_DENIED] if self._restrained else []
        ordered = [*first, *(item for item in told if item not in first)]
        facts = [self._fact(manner, rule) for manner, rule in ordered][: _MAX_FACTS - 1]
        trained = self._report.practices.get("model_training")
        refused = self._report.practices.get("training_opt_out")
        if trained and refused and trained.state is State.AFFIRMED and refused.state is State.SILENT:
            facts.append(self._texts("deck.silent", short=self._short(self._rules.rules["training_opt_out"])))
        return tuple(facts)

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

    def _names(self, told: Sequence[Rule]) -> str:
        names = [self._short(rule) for rule in told]
        if len(names) <= _MAX_NAMED:
            return joined(names, self._texts)
        return self._texts("lead.some", names=", ".join(names[:_MAX_NAMED]))

    def _fact(self, manner: str, rule: Rule) -> str:
        if manner == "affirmed":
            return self._texts.sentence(rule.id, "fact", rule.text[self._texts.language].title)
        return self._texts(f"deck.{manner}", short=self._short(rule))

    def _manner(self, rule: Rule) -> str:
        result = self._report.practices[rule.id]
        hedged = result.state is State.AFFIRMED and result.strength is Strength.HEDGED
        return "hedged" if hedged else result.state.value

    def _sure(self, rule: Rule) -> bool:
        result = self._report.practices[rule.id]
        denied_too = any(reason.code == "denial_of_narrower_scope" for reason in result.reasons)
        return result.confidence >= (_SURER if denied_too else _SURE)

    def _short(self, rule: Rule) -> str:
        return self._texts.sentence(rule.id, "short", rule.text[self._texts.language].title)


def joined(names: Sequence[str], texts: Texts) -> str:
    """Return names as a sentence lists them: "A, B and C", "A, B와 C"."""
    if len(names) == 1:
        return names[0]
    return texts("lead.and", first=", ".join(names[:-1]), last=names[-1])


def _paired(first: str, second: str) -> tuple[str, str]:
    """Two names; a word that both share is said once: "A 수집", "B 수집" → "A", "B 수집"; "collecting B" → "B"."""
    head, _, noun = first.rpartition(" ")
    verb = first.partition(" ")[0]
    if head and not noun.isascii() and second.endswith(f" {noun}"):
        return head, second
    return first, second.removeprefix(f"{verb} ") if verb.isascii() else second
