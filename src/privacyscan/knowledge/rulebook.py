"""Rules → documentation: the rulebook, a chapter a category, a section a practice."""

from __future__ import annotations

import sys
from collections.abc import Iterator

from privacyscan.knowledge.rules import Rule, RuleSet, load_rules
from privacyscan.models import Category, State

_EXAMPLES_SHOWN = 2
_STATES = (State.AFFIRMED, State.CONDITIONAL, State.DENIED, State.SILENT)
_LANGUAGE_NAMES = {"en": "English", "ko": "한국어", "zh": "中文"}


def rulebook(rules: RuleSet) -> str:
    """Return the rulebook as Markdown: why each practice matters, and clauses that decide it."""
    return "\n".join(_lines(rules)).rstrip() + "\n"


def _lines(rules: RuleSet) -> Iterator[str]:
    yield "# Rulebook"
    yield ""
    yield "Made from the rule files by `make rulebook`; change those, not this page."
    for category in Category:
        yield ""
        yield f"## {category.value.capitalize()}"
        for rule in rules.rules.values():
            if rule.category is category:
                yield from _section(rule)


def _section(rule: Rule) -> Iterator[str]:
    english, korean = rule.text["en"], rule.text["ko"]
    yield ""
    yield f"### {english.title} · {korean.title}"
    yield ""
    yield f"`{rule.id}` · {rule.polarity} · concern {rule.severity} · weight {rule.weight:g}"
    yield ""
    yield f"{english.why} {english.advice}"
    yield ""
    yield f"{korean.why} {korean.advice}"
    for reference in rule.references:
        yield ""
        yield f"- {reference.law}, article {reference.article}: {reference.says} (checked {reference.checked})"
    for language, examples in rule.examples.items():
        yield ""
        yield f"| {_LANGUAGE_NAMES.get(language, language)} | |"
        yield "|---|---|"
        for state in _STATES:
            for text in examples.of(state)[:_EXAMPLES_SHOWN]:
                yield f"| {state} | {_cell(text)} |"


def _cell(text: str) -> str:
    return " ⏎ ".join(line.strip() for line in text.strip().splitlines() if line.strip()).replace("|", "\\|")


if __name__ == "__main__":
    sys.stdout.write(rulebook(load_rules()))
