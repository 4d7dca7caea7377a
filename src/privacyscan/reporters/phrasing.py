"""How one report words a practice: by what the policy says of it, how firmly, and what its quotes name."""

from __future__ import annotations

import re
from bisect import bisect_right

from privacyscan.knowledge.mentions import conditions_in, heading_on, limits_in, narrowed, things_named, variant_of
from privacyscan.knowledge.rules import RuleSet
from privacyscan.knowledge.texts import Texts
from privacyscan.models import BlockKind, Evidence, Polarity, Report, State, Strength
from privacyscan.reporters.marks import HEDGED, manner
from privacyscan.reporters.quotation import plain

_MAX_EXAMPLES = 3
_MAX_CONDITIONS = 2
_PAIR = 2
# Reasons whose words say on what a practice depends.
_TIED = (
    "consent_condition",
    "feature_condition",
    "condition_above",
    "condition_below",
    "condition_elsewhere",
    "lifted_in_next_sentence",
)
# How far beside a quote its limits are looked for.
_BESIDE = 300
# The verbs of an English "act", as the sentences mark them: "send* or store* data abroad".
_VERB = re.compile(r"([A-Za-z]+)\*")
_HISSING = ("s", "sh", "ch", "x", "z", "o")


class Phrasing:
    """The wording of the practices of one report in one language."""

    def __init__(self, report: Report, rules: RuleSet, texts: Texts) -> None:
        self._report, self._rules, self._texts = report, rules, texts

    def manner(self, practice: str) -> str:
        """Return the state of ``practice`` as readers count it: "hedged" is not "affirmed"."""
        result = self._report.practices[practice]
        return manner(result.state, result.strength)

    def variant(self, practice: str) -> str:
        """Return the variant of the sentences that the quotes of ``practice`` ask for; empty for the usual ones."""
        return variant_of(practice, self._quotes(practice), self.manner(practice))

    def title(self, practice: str) -> str:
        """Return the heading of the practice."""
        return self._own(practice, "title") or self._rules.rules[practice].text[self._texts.language].title

    def sentence(self, practice: str) -> str:
        """Return what the policy says of ``practice``, on which conditions, within which limits."""
        form, where = self.manner(practice), ""
        if form == State.CONDITIONAL and self._own(practice, "affirmed") and not self._own(practice, "conditional"):
            hedged = self._report.practices[practice].strength is Strength.HEDGED
            form, where = (HEDGED if hedged else str(State.AFFIRMED)), self._where(practice)
        if form == State.SILENT and (heading := self._headed(practice)):
            return self._texts.sentence(practice, f"{form}_headed", "", heading=heading)
        said = self._form(practice, form, such=self._such(practice), where=where)
        return " ".join([said, *self._limits(practice)])

    def narrowed(self, practice: str) -> bool:
        """Return whether its quotes leave less of ``practice`` than its name says: too little for a headline."""
        read = self._read(practice)
        return bool(read) and narrowed(practice, self.manner(practice), read)

    def short(self, practice: str) -> str:
        """Return what the practice is called inside a sentence."""
        return self._form(practice, "short")

    def act(self, practice: str) -> str:
        """Return what the service does, as a verb without a person: "collect IP addresses"."""
        return _VERB.sub(r"\1", self._act(practice))

    def does(self, practice: str) -> str:
        """Return what the service does, in the third person where the language has one: "collects IP addresses"."""
        return _VERB.sub(lambda found: third_person(found[1]), self._act(practice))

    def why(self, practice: str) -> str:
        """Return why the practice matters."""
        return self._own(practice, "why") or self._rules.rules[practice].text[self._texts.language].why

    def advice(self, practice: str) -> str:
        """Return what a reader can do about the practice."""
        return self._own(practice, "advice") or self._rules.rules[practice].text[self._texts.language].advice

    def _quotes(self, practice: str) -> list[str]:
        return [item.quote for item in self._report.practices[practice].evidence]

    def _act(self, practice: str) -> str:
        denied = self._own(practice, "act_denied") if self.manner(practice) == "denied" else ""
        return denied or self._form(practice, "act")

    def _own(self, practice: str, form: str) -> str:
        """A form that only some practices have; empty for the others."""
        return self._texts.optional(practice, f"{form}_{self.variant(practice)}", form)

    def _form(self, practice: str, form: str, **values: str) -> str:
        title = self._rules.rules[practice].text[self._texts.language].title
        return self._texts.sentence(practice, form, title, self.variant(practice), **values)

    def _where(self, practice: str) -> str:
        """The condition that its own words state; "in certain cases" where they name none that is known."""
        result = self._report.practices[practice]
        tied = " ".join(reason.detail for reason in result.reasons if reason.code in _TIED)
        quote = result.evidence[0].quote if result.evidence else ""
        # In a whole quote "provide" and "use" may be said of anybody.
        found = conditions_in(tied, self._texts.language) or conditions_in(quote, self._texts.language, weak=False)
        if not found:
            return self._texts("sentences.in_cases")
        *joined_ones, (last, _) = found[:_MAX_CONDITIONS]
        names = [early for _, early in joined_ones] + [last]
        line = names[0] if len(names) == 1 else self._texts("sentences.either", first=names[0], last=names[1])
        return self._texts("sentences.where", condition=line)

    def _headed(self, practice: str) -> str:
        """The heading that names a practice on which nothing else was found."""
        document = self._report.document
        headings = [
            " ".join(plain(document.text[block.start : block.end]).split())
            for block in document.blocks
            if block.kind is BlockKind.HEADING
        ]
        return heading_on(practice, headings)

    def _limits(self, practice: str) -> tuple[str, ...]:
        """What the first quote, or the words right behind it, say against reading too much into the sentence."""
        read = self._read(practice)
        return limits_in(practice, self.manner(practice), read, self._texts.language) if read else ()

    def _read(self, practice: str) -> dict[str, str]:
        """Where limits are looked for."""
        evidence = self._report.practices[practice].evidence
        if not evidence:
            return {}
        first = evidence[0]
        return {
            "first": first.quote,
            "beside": f"{first.quote} {self._after(first)}",
            "any": "\n".join(self._quotes(practice)),
            "section": "\n".join(first.section),
        }

    def _after(self, evidence: Evidence) -> str:
        """What follows a quote in its paragraph."""
        document = self._report.document
        index = bisect_right(document.blocks, evidence.start, key=lambda block: block.start) - 1
        end = document.blocks[index].end if index >= 0 else evidence.end
        return document.text[evidence.end : min(max(end, evidence.end), evidence.end + _BESIDE)]

    def _such(self, practice: str) -> str:
        """The examples that the quote beside the sentence names; a protection is told by all its quotes."""
        risk = self._rules.rules[practice].polarity is Polarity.RISK
        # What further quotes name may belong to another clause of theirs.
        quotes = self._quotes(practice)[:1] if risk else self._quotes(practice)
        names = things_named(practice, quotes, self._texts.language)[:_MAX_EXAMPLES]
        if len(names) == 1 and (single := self._texts.optional(practice, "such_one")):
            return single.format(names=names[0])
        if not names or self._texts.optional(practice, "such_one"):
            return self._texts.optional(practice, "such_none")
        return self._texts.such(practice, joined(names, self._texts, self._texts.optional(practice, "join") or "and"))


def third_person(verb: str) -> str:
    """Return an English verb in the third person: "share" → "shares", "pass" → "passes"."""
    return verb + ("es" if verb.endswith(_HISSING) else "s")


def joined(names: tuple[str, ...] | list[str], texts: Texts, word: str = "and") -> str:
    """Return names as a sentence lists them: "A, B and C", "A, B와 C"; with "or" for ``word``, "A, B or C"."""
    if len(names) == 1:
        return names[0]
    key = f"lead.{word}_many"
    many = len(names) > _PAIR and texts.has(key)
    return texts(key if many else f"lead.{word}", first=", ".join(names[:-1]), last=names[-1])
