"""Names the values read out of a policy for a reader: "South Korea", "30 days", "만 14세"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from privacyscan.knowledge.rules import RuleSet
from privacyscan.knowledge.texts import Texts
from privacyscan.models import Category, Evidence, ExtractedValue, Finding, ValueKind
from privacyscan.reporters.story import Named, ValueLine, quote_anchor

_DAYS_A_YEAR = 365
_DAYS_A_MONTH = 30
_MONTHS = re.compile(r"month|개월|달|月", re.IGNORECASE)
# The section of a report that tells each kind.
_TOLD_IN = {
    Category.STORAGE: (ValueKind.COUNTRY, ValueKind.RETENTION_PERIOD),
    Category.SHARING: (ValueKind.RECIPIENT, ValueKind.AUTHORITY),
    Category.PROTECTION: (ValueKind.MINIMUM_AGE,),
}


def lines_of(
    category: Category,
    values: Sequence[ExtractedValue],
    findings: Mapping[str, Finding],
    rules: RuleSet,
    texts: Texts,
) -> Iterator[ValueLine]:
    """Yield the lines of values that the section of ``category`` tells; a kind without values has none."""
    for kind in _TOLD_IN.get(category, ()):
        own = [item for item in values if item.kind is kind]
        if own:
            yield ValueLine(kind, texts(f"values.{kind}"), named(own, rules, texts, findings))


def named(
    values: Iterable[ExtractedValue], rules: RuleSet, texts: Texts, findings: Mapping[str, Finding] | None = None
) -> tuple[Named, ...]:
    """Return ``values`` with their names, each once: amounts by size, others as the policy names them.

    With ``findings`` each leads to the place of its finding in the full text.
    """
    first = {item.value: item for item in reversed(list(values))}
    ordered = sorted(first.values(), key=lambda item: (item.amount or 0, item.start))
    return tuple(_named(item, rules, texts, findings) for item in ordered)


def _named(item: ExtractedValue, rules: RuleSet, texts: Texts, findings: Mapping[str, Finding] | None) -> Named:
    label = _label(item, rules, texts)
    anchor = ""
    if findings is not None:
        finding = findings[item.finding]
        anchor = quote_anchor(Evidence(quote=finding.quote, start=finding.start, end=finding.end))
    return Named(label, "" if item.quote.casefold() == label.casefold() else item.quote, anchor)


def _label(item: ExtractedValue, rules: RuleSet, texts: Texts) -> str:
    if item.amount is None:
        table = rules.values[item.kind]
        return next(value.names[texts.language] for value in table.values if value.id == item.value)
    if item.kind is ValueKind.MINIMUM_AGE:
        return texts("values.age", count=item.amount)
    unit, count = _unit(item.amount, item.quote)
    return texts(f"values.{unit}" if count == 1 else f"values.{unit}s", count=count)


def _unit(days: int, words: str) -> tuple[str, int]:
    """A period in the unit of the policy's own words: "12 months" are 360 days, and no reader calls them so."""
    if _MONTHS.search(words) and not days % _DAYS_A_MONTH:
        return "month", days // _DAYS_A_MONTH
    years, rest = divmod(days, _DAYS_A_YEAR)
    return ("year", years) if years and not rest else ("day", days)
