"""What a comparison says in words: its headline, how the policies relate, what only one of them says."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from privacyscan.knowledge.mentions import variant_of
from privacyscan.knowledge.names import name_in
from privacyscan.knowledge.rules import RuleSet
from privacyscan.knowledge.texts import ReportLanguage, Texts, load_texts
from privacyscan.models import Category, Comparison, ComparisonRow, Polarity, Relation, State
from privacyscan.reporters.naming import begun, policy_of
from privacyscan.reporters.story import Named
from privacyscan.reporters.values import named as named_values

_MAX_NAMED = 5
_STATED = (State.AFFIRMED, State.CONDITIONAL, State.CONTRADICTORY)

# What only some of the policies speak of comes first.
ORDER = (Relation.NOT_COMPARABLE, Relation.DIFFERENT, Relation.SAME)


def named(comparison: Comparison, language: ReportLanguage) -> Comparison:
    """Return the comparison with a number for the name of each policy whose service nothing names."""
    texts = load_texts(language)
    policies = (
        replace(policy, service=name_in(policy.service, language) if policy.service else _unnamed(number, texts))
        for number, policy in enumerate(comparison.policies, 1)
    )
    return replace(comparison, policies=tuple(policies))


def _unnamed(number: int, texts: Texts) -> str:
    return begun(texts("compare.unnamed", number=number), "")


def title(comparison: Comparison, language: ReportLanguage) -> str:
    """Return the line that says what is compared."""
    texts = load_texts(language)
    names = [policy.service for policy in named(comparison, language).policies]
    if len(names) == 2:
        return texts("compare.title", first=names[0], second=names[1])
    return texts("compare.title_many", first=names[0], count=len(names))


def verdict(comparison: Comparison, rules: RuleSet, language: ReportLanguage) -> str:
    """Return the headline: the weightiest risk on which the policies differ, else one that only one of them states."""
    texts = load_texts(language)
    if rows := _differing(comparison, rules):
        subject = _short(rows[0], rules, texts)
        groups = ", ".join(_groups(comparison, rows[0], texts))
        line = texts("compare.verdict", subject=subject, groups=groups)
        return line[0].upper() + line[1:]
    if own := [(policy, row) for policy, found in _own(comparison, rules, texts) for row in found[:1]]:
        policy, row = max(own, key=lambda item: rules.rules[item[1].practice].weight)
        return texts("compare.verdict_only", policy=policy, subject=_short(row, rules, texts))
    return texts("compare.verdict_none", count=len(comparison.policies))


def _differing(comparison: Comparison, rules: RuleSet) -> list[ComparisonRow]:
    """The differing rows about risks: first those that one policy states and another rules out, then by weight."""
    rows = [row for row in comparison.rows if row.relation is Relation.DIFFERENT and _risk(row, rules)]

    def rank(row: ComparisonRow) -> tuple[bool, float, str]:
        opposed = {State.AFFIRMED, State.DENIED} <= {side.state for side in row.sides}
        return not opposed, -rules.rules[row.practice].weight, row.practice

    return sorted(rows, key=rank)


def _groups(comparison: Comparison, row: ComparisonRow, texts: Texts) -> Iterator[str]:
    for state in (*_STATED, State.DENIED):
        own = [
            name_in(policy.service, texts.language) or texts("compare.unnamed", number=number)
            for number, (policy, side) in enumerate(zip(comparison.policies, row.sides, strict=True), 1)
            if side.state is state
        ]
        if own:
            yield texts(f"compare.says.{state}", names=_together(own, texts))


def _together(names: Sequence[str], texts: Texts) -> str:
    if len(names) == 1:
        return names[0]
    if len(names) == 2:
        return texts("compare.pair", first=names[0], second=names[1])
    return texts("compare.group", first=names[0], count=len(names))


def lead(comparison: Comparison, rules: RuleSet, language: ReportLanguage) -> tuple[str, ...]:
    """Return where the policies differ, what only one of them says, then how many rows relate in which way."""
    texts = load_texts(language)
    count = {relation: sum(row.relation is relation for row in comparison.rows) for relation in Relation}
    different, open_rows, silent = (
        count[relation] for relation in (Relation.DIFFERENT, Relation.NOT_COMPARABLE, Relation.ALL_SILENT)
    )
    key = "compare.lead" if different else "compare.lead_no_difference"
    sentences = [texts(key, total=len(comparison.rows), different=different, same=count[Relation.SAME])]
    if open_rows:
        sentences.append(texts("compare.lead_open", open=open_rows))
    if silent:
        sentences.append(texts("compare.lead_silent", silent=silent))
    named = [_short(row, rules, texts) for row in _differing(comparison, rules)]
    differs = [texts("compare.lead_differs", names=_listed(named, texts))] if named else []
    only = [
        texts("compare.only", policy=policy, names=_listed([_short(row, rules, texts) for row in own], texts))
        for policy, own in _own(comparison, rules, texts)
        if own
    ]
    return *differs, *only, " ".join(sentences)


def intro(relation: Relation, texts: Texts) -> str:
    """Return what is to be kept in mind with a group of rows; empty where nothing is."""
    keys = {Relation.NOT_COMPARABLE: "compare.open_intro", Relation.SAME: "compare.same_intro"}
    return texts(keys[relation]) if relation in keys else ""


def value_rows(
    comparison: Comparison, rules: RuleSet, language: ReportLanguage
) -> tuple[tuple[str, tuple[tuple[Named, ...], ...]], ...]:
    """Return, a row a kind, its title and what each policy names; nothing where a policy states none."""
    texts = load_texts(language)
    return tuple(
        (texts(f"compare.value_rows.{row.kind}"), tuple(named_values(side, rules, texts) for side in row.sides))
        for row in comparison.values
    )


def _own(comparison: Comparison, rules: RuleSet, texts: Texts) -> Iterator[tuple[str, list[ComparisonRow]]]:
    """What each policy is called, and the rows of risks that it alone states, the weightiest first."""
    for index, policy in enumerate(comparison.policies):
        own = [
            row
            for row in comparison.rows
            if _risk(row, rules)
            and row.sides[index].state in _STATED
            and all(side.state is State.SILENT for place, side in enumerate(row.sides) if place != index)
        ]
        name = policy_of(policy.service, texts) if policy.service else texts("compare.unnamed", number=index + 1)
        yield name, sorted(own, key=lambda row: (-rules.rules[row.practice].weight, row.practice))


def _listed(names: Sequence[str], texts: Texts) -> str:
    line = ", ".join(names[:_MAX_NAMED])
    return line if len(names) <= _MAX_NAMED else texts("lead.some", names=line)


def _risk(row: ComparisonRow, rules: RuleSet) -> bool:
    rule = rules.rules[row.practice]
    return rule.polarity is Polarity.RISK and rule.category is not Category.TRANSPARENCY


def _short(row: ComparisonRow, rules: RuleSet, texts: Texts) -> str:
    quotes = [side.evidence.quote for side in row.sides if side.evidence and side.state in _STATED]
    title = rules.rules[row.practice].text[texts.language].title
    return texts.sentence(row.practice, "short", title, variant_of(row.practice, quotes))
