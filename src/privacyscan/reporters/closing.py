"""How a report ends: what a reader can do, the policy's own ways first, and a conclusion out of the figures."""

from __future__ import annotations

from collections.abc import Iterator

from privacyscan.knowledge.mentions import names_way_out
from privacyscan.knowledge.rules import Rule, RuleSet
from privacyscan.knowledge.texts import Texts
from privacyscan.models import Category, Dismissed, Evidence, Finding, Grade, Polarity, Report, State
from privacyscan.reporters.marks import shorten
from privacyscan.reporters.phrasing import Phrasing, joined
from privacyscan.reporters.picture import areas
from privacyscan.reporters.quotation import shown

_STATED = (State.AFFIRMED, State.CONDITIONAL, State.CONTRADICTORY)
_OFFERED = (State.AFFIRMED, State.CONDITIONAL)
_OPT_OUT = "opt_out_offered"
_MAX_ACTIONS = 6
_MAX_REFUSALS = 2
_MAX_HEAVIEST = 3
_QUOTE_LIMIT = 200
# An offer to refuse something is told up to the words that say what.
_OFFER_LIMIT = 320
# Where a setting or a link that the policy names is an answer.
_REFUSABLE = (Category.SHARING, Category.USE)
_COOKIES = "cookies_tracking"
# One link or setting commonly refuses all of these.
_ADS = frozenset({"sale_of_data", "advertiser_sharing", "targeted_advertising"})
# A shorter quote is the heading of what it names.
_A_SENTENCE = 20
# By what the policy lets users refuse: a promise is told no wider than its words.
_TRAINING = {
    "": "training_request",
    "request": "training_request",
    "third_parties": "training_third_parties",
    "content": "training",
}
_LEVELS = ("broad", "usual", "narrow")


class Closing:
    """The closing parts of the report on one policy, in one language."""

    def __init__(self, report: Report, rules: RuleSet, texts: Texts) -> None:
        self._report, self._rules, self._texts = report, rules, texts
        self._phrasing = Phrasing(report, rules, texts)
        risks = [rule for rule in rules.rules.values() if rule.polarity is Polarity.RISK]
        risks.sort(key=lambda rule: (-rule.weight, rule.id))
        self._stated = [rule for rule in risks if report.practices[rule.id].state in _STATED]

    def actions(self) -> tuple[str, ...]:
        """Return a few steps: what the policy itself offers, then advice on what it states, weightiest first."""
        refused = dict(self._refusals())
        own = [*self._training(), *refused.values(), *self._rights()]
        answered = {*refused, *(_ADS if _ADS & set(refused) else ())}
        advice = [self._advice(rule.id) for rule in self._stated if rule.id not in answered and self._open(rule)]
        return tuple(dict.fromkeys([*own, *advice]))[:_MAX_ACTIONS]

    def _training(self) -> Iterator[str]:
        if self._offered("training_opt_out") and self._said("model_training"):
            evidence = self._report.practices["training_opt_out"].evidence[0]
            form = _TRAINING[self._phrasing.variant("training_opt_out")]
            yield self._texts(f"actions_own.{form}", quote=self._quote(evidence, _OFFER_LIMIT))

    def _refusals(self) -> Iterator[tuple[str, str]]:
        """The practices that a sentence of the policy lets users refuse, with that sentence."""
        found: dict[str, str] = {}
        for rule in self._stated:
            for evidence in self._offers(rule):
                found.setdefault(self._quote(evidence, _OFFER_LIMIT), rule.id)
        for quote, practice in list(found.items())[:_MAX_REFUSALS]:
            yield practice, self._texts("actions_own.refusal", quote=quote, short=self._phrasing.short(practice))

    def _offers(self, rule: Rule) -> Iterator[Evidence]:
        """The sentences on a practice that tell how to refuse it, those that were read as no statement among them."""
        refusable = rule.category in _REFUSABLE or rule.id == _COOKIES
        everything: tuple[Finding | Dismissed, ...] = (*self._report.findings, *self._report.dismissed)
        for item in everything:
            if item.practice != rule.id:
                continue
            offered = any(reason.code == _OPT_OUT for reason in item.reasons)
            if offered or (refusable and len(item.quote) >= _A_SENTENCE and names_way_out(item.quote)):
                yield Evidence(quote=item.quote, start=item.start, end=item.end)

    def _rights(self) -> Iterator[str]:
        if self._offered("right_to_access") and self._offered("right_to_delete"):
            yield self._texts("actions_own.rights")

    def _advice(self, practice: str) -> str:
        if practice == "user_content" and self._phrasing.variant(practice) == "chat":
            return self._texts("actions_chat")
        return self._phrasing.advice(practice)

    def _open(self, rule: Rule) -> bool:
        """Whether to look for a way to refuse is still advice: not where the policy was found to give one."""
        own = self._phrasing.variant("training_opt_out") != "third_parties"
        return rule.id != "model_training" or not (own and self._offered("training_opt_out"))

    def conclusion(self, silent: int) -> tuple[str, ...]:
        """Return how wide the areas are beside other policies, what weighs most, and how many are ``silent``."""
        if self._report.score.grade is Grade.NONE:
            return (self._texts("conclusion.none"),)
        return tuple(self._concluding(silent))

    def _concluding(self, silent: int) -> Iterator[str]:
        if parts := self._areas():
            yield self._texts("conclusion.areas", parts=parts)
        if unsaid := self._unsaid():
            yield self._texts("conclusion.unsaid", names=joined(unsaid, self._texts))
        heaviest = sorted(
            (item for item in self._report.score.contributions if item.kind == "practice" and item.points > 0),
            key=lambda item: (-item.points, item.practice),
        )
        if heaviest:
            names = [self._phrasing.short(item.practice) for item in heaviest[:_MAX_HEAVIEST]]
            yield self._texts("conclusion.heaviest", names=joined(names, self._texts))
        active = {item.practice for item in self._report.score.contributions if item.kind == "combination"}
        if "training_without_choice" in active and not self._phrasing.variant("model_training"):
            yield self._texts("conclusion.training")
        if self._said("storage_china") and not self._phrasing.variant("storage_china"):
            yield self._texts("conclusion.china")
        if silent:
            yield self._texts("conclusion.open", count=silent)

    def _areas(self) -> str:
        """The areas in groups, by where each lies to the middle half of the reference policies."""
        groups: dict[str, list[str]] = {level: [] for level in _LEVELS}
        silent = self._silent_areas()
        for area in areas(self._report, self._rules):
            if area.quartiles and area.name not in silent and self._texts.has(f"conclusion.names.{area.name}"):
                low, _, high = area.quartiles
                level = "broad" if area.points > high else "narrow" if area.points < low else "usual"
                groups[level].append(self._texts(f"conclusion.names.{area.name}"))
        told = [(level, joined(names, self._texts)) for level, names in groups.items() if names]
        if not told:
            return ""
        if len(told) == 1:
            level, names = told[0]
            return self._texts(f"conclusion.alone.{level}", names=names)
        places = ["inside"] * (len(told) - 1) + ["last"]
        parts = [
            self._texts(f"conclusion.{level}.{place}", names=names)
            for (level, names), place in zip(told, places, strict=False)
        ]
        return ", ".join(parts)

    def _silent_areas(self) -> set[str]:
        """The areas on which no statement was found at all: that is no sign that little is done there."""
        spoken = {result.category for result in self._report.practices.values() if result.state is not State.SILENT}
        return {category.value for category in Category if category not in spoken}

    def _unsaid(self) -> list[str]:
        keys = [f"conclusion.names.{name}" for name in sorted(self._silent_areas())]
        return [self._texts(key) for key in keys if self._texts.has(key)]

    def _said(self, practice: str) -> bool:
        result = self._report.practices.get(practice)
        return result is not None and result.state in _STATED

    def _offered(self, practice: str) -> bool:
        result = self._report.practices.get(practice)
        return result is not None and result.state in _OFFERED and bool(result.evidence)

    def _quote(self, evidence: Evidence, limit: int = _QUOTE_LIMIT) -> str:
        return shorten(shown(evidence, self._report.document), limit)
