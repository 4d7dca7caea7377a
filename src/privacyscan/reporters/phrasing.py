"""How one report words a practice: by what the policy says of it, how firmly, and what its quotes name."""

from __future__ import annotations

import re

from privacyscan.knowledge.mentions import things_named, variant_of
from privacyscan.knowledge.rules import RuleSet
from privacyscan.knowledge.texts import Texts
from privacyscan.models import Report
from privacyscan.reporters.marks import manner

_MAX_EXAMPLES = 3
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
        return variant_of(practice, self._quotes(practice))

    def sentence(self, practice: str) -> str:
        """Return what the policy says of ``practice``; examples in it are in its quotes."""
        form = self.manner(practice)
        # The quote that is shown beside the sentence; what others name may belong to another clause of theirs.
        names = things_named(practice, self._quotes(practice)[:1], self._texts.language)[:_MAX_EXAMPLES]
        return self._form(practice, form, such=self._such(practice, names))

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

    def _such(self, practice: str, names: tuple[str, ...]) -> str:
        if not names:
            return self._texts.optional(practice, "such_none")
        listed = joined(names, self._texts)
        return self._texts.such(practice, listed)


def third_person(verb: str) -> str:
    """Return an English verb in the third person: "share" → "shares", "pass" → "passes"."""
    return verb + ("es" if verb.endswith(_HISSING) else "s")


def joined(names: tuple[str, ...] | list[str], texts: Texts) -> str:
    """Return names as a sentence lists them: "A, B and C", "A, B와 C"."""
    if len(names) == 1:
        return names[0]
    return texts("lead.and", first=", ".join(names[:-1]), last=names[-1])
