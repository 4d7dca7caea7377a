"""What a comparison says in words: its headline, how the policies relate, what only one of them says."""

from __future__ import annotations

from collections.abc import Iterator

from privacyscan.knowledge.rules import Rule, RuleSet
from privacyscan.knowledge.texts import ReportLanguage, load_texts
from privacyscan.models import Comparison, Polarity, Relation, State
from privacyscan.reporters.story import Named
from privacyscan.reporters.values import named

_MAX_NAMED = 5
_STATED = (State.AFFIRMED, State.CONDITIONAL, State.CONTRADICTORY)


def title(comparison: Comparison, language: ReportLanguage) -> str:
    """Return the headline of a comparison."""
    texts = load_texts(language)
    names = [policy.service for policy in comparison.policies]
    if len(names) == 2:
        return texts("compare.title", first=names[0], second=names[1])
    return texts("compare.title_many", count=len(names))


def lead(comparison: Comparison, rules: RuleSet, language: ReportLanguage) -> tuple[str, ...]:
    """Return what only one policy says, then the sentences that count how they relate."""
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
    return *_only_here(comparison, rules, language), " ".join(sentences)


def value_rows(
    comparison: Comparison, rules: RuleSet, language: ReportLanguage
) -> tuple[tuple[str, tuple[tuple[Named, ...], ...]], ...]:
    """Return, a row a kind, its title and what each policy names; nothing where a policy states none."""
    texts = load_texts(language)
    return tuple(
        (texts(f"compare.value_rows.{row.kind}"), tuple(named(side, rules, texts) for side in row.sides))
        for row in comparison.values
    )


def _only_here(comparison: Comparison, rules: RuleSet, language: ReportLanguage) -> Iterator[str]:
    """Name, for each service, the weightiest risks that its policy alone states."""
    texts = load_texts(language)
    for index, policy in enumerate(comparison.policies):
        own = [
            rules.rules[row.practice]
            for row in comparison.rows
            if rules.rules[row.practice].polarity is Polarity.RISK
            and [place for place, side in enumerate(row.sides) if side.state in _STATED] == [index]
        ]
        own.sort(key=lambda rule: (-rule.weight, rule.id))
        if own:
            names = ", ".join(_short(rule, language) for rule in own[:_MAX_NAMED])
            yield texts("compare.only", service=policy.service, names=names)


def _short(rule: Rule, language: ReportLanguage) -> str:
    return load_texts(language).sentence(rule.id, "short", rule.text[language].title)
