"""Names the values read out of a policy for a reader: "South Korea", "30 days", "만 14세"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from privacyscan.knowledge.rules import RuleSet
from privacyscan.knowledge.texts import Texts
from privacyscan.models import Category, Evidence, ExtractedValue, Finding, ValueKind
from privacyscan.reporters.quotation import plain
from privacyscan.reporters.story import Named, ValueLine, quote_anchor

_DAYS_A_YEAR = 365
_DAYS_A_MONTH = 30
_MONTHS = re.compile(r"month|개월|달|月", re.IGNORECASE)
# Longer quotes are cut around the value they name.
_WINDOW = 120
_PARTY = re.compile(
    r"acquir(?:er|or|ing)|buyer|purchaser|successor|transferee|new owner"
    r"|인수(?:자|인|하는)|양수(?:자|인)|继承方|受让方",
    re.IGNORECASE,
)
_ORDER = re.compile(r" (?:orders?|proceedings?|rulings?)\b|의 ?명령", re.IGNORECASE)
_TRADED = re.compile(r"\b(?:sales?|sell|sold|sharing|targeted)\b|판매|맞춤형 광고|出售", re.IGNORECASE)
_PROPER = re.compile(r"[A-Z][A-Za-z]+ [A-Z]|\b[A-Z]{2,}\b|[A-Z][a-z]+[A-Z]|아마존|구글|阿里云|腾讯云|华为云")
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
        own = [item for item in _telling(values) if item.kind is kind and not _beside_the_point(item, findings)]
        if own:
            yield ValueLine(kind, texts(f"values.{kind}"), named(own, rules, texts, findings))


def _telling(values: Sequence[ExtractedValue]) -> Iterator[ExtractedValue]:
    """The values without those that name no one: an event is no recipient, and authorities have a line of their own."""
    authorities = any(item.kind is ValueKind.AUTHORITY for item in values)
    for item in values:
        recipient = item.kind is ValueKind.RECIPIENT
        event = recipient and item.value == "buyers" and not _PARTY.search(item.quote)
        if not event and not (recipient and item.value == "authorities" and authorities):
            yield item


def _beside_the_point(item: ExtractedValue, findings: Mapping[str, Finding]) -> bool:
    """Whether a value is no answer here: the age of those whose data is not sold, the court of a "court order"."""
    finding = findings[item.finding]
    if item.kind is ValueKind.AUTHORITY:
        return bool(_ORDER.match(finding.quote[item.end - finding.start :]))
    return item.kind is ValueKind.MINIMUM_AGE and bool(_TRADED.search(finding.quote))


def named(
    values: Iterable[ExtractedValue], rules: RuleSet, texts: Texts, findings: Mapping[str, Finding] | None = None
) -> tuple[Named, ...]:
    """Return ``values`` with their names, each once: amounts by size, others as the policy names them.

    With ``findings`` each leads to the place of its finding in the full text,
    and an amount brings the words that say what it is the amount of.
    """
    first = {item.value: item for item in reversed(list(values))}
    ordered = sorted(first.values(), key=lambda item: (item.amount or 0, item.start))
    return tuple(_named(item, rules, texts, findings) for item in ordered)


def _named(item: ExtractedValue, rules: RuleSet, texts: Texts, findings: Mapping[str, Finding] | None) -> Named:
    label = _label(item, rules, texts)
    if findings is None:
        return Named(label, "" if item.quote.casefold() == label.casefold() else item.quote)
    finding = findings[item.finding]
    anchor = quote_anchor(Evidence(quote=finding.quote, start=finding.start, end=finding.end))
    return Named(label, _words(item, finding, label), anchor)


def _words(item: ExtractedValue, finding: Finding, label: str) -> str:
    """What of the policy stands beside a name: around an amount its object, of a name what the label does not say."""
    if item.amount is not None:
        return _around(finding.quote, item.start - finding.start, item.end - finding.start)
    if item.kind in (ValueKind.RECIPIENT, ValueKind.AUTHORITY):
        # A common noun is what the label translates; only a name of its own tells more.
        common = label.casefold().startswith(item.quote.casefold().split()[0])
        return item.quote if _PROPER.search(item.quote) and not common else ""
    return "" if item.quote.casefold() == label.casefold() else item.quote


def _around(quote: str, start: int, end: int) -> str:
    """The quote, or of a long one the words around the stretch from ``start`` to ``end``."""
    if len(quote) <= _WINDOW:
        return _line(quote)
    margin = max(_WINDOW - (end - start), 0) // 2
    left, right = max(start - margin, 0), min(end + margin, len(quote))
    before, inside, after = quote[left:start], quote[start:end], quote[end:right]
    if left and " " in before:
        before = before.partition(" ")[2]
    if right < len(quote) and " " in after:
        after = after.rpartition(" ")[0]
    return ("…" if left else "") + _line(before + inside + after) + ("…" if right < len(quote) else "")


def _line(text: str) -> str:
    cells = (" ".join(cell.split()) for cell in plain(text).split(" | "))
    return " · ".join(cell for cell in cells if cell)


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
