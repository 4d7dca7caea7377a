"""A comparison in the terminal: differing rows first, every cell with its quote."""

from __future__ import annotations

from rich.console import Console
from rich.markup import escape
from rich.table import Table
from rich.text import Text

from privacyscan.knowledge.rules import RuleSet
from privacyscan.knowledge.texts import ReportLanguage, Texts, load_texts
from privacyscan.models import Comparison, Relation, Side
from privacyscan.reporters import contrast
from privacyscan.reporters.console import heading, indented, legend, named_in_words
from privacyscan.reporters.marks import glyph, shorten, state_words
from privacyscan.reporters.quotation import shown

_QUOTE_LIMIT = 160


def print_comparison(console: Console, comparison: Comparison, rules: RuleSet, language: ReportLanguage) -> None:
    """Write a comparison to ``console``: differing rows first, then those that can't be compared."""
    texts, named = load_texts(language), contrast.named(comparison, language)
    console.print(Text(contrast.title(comparison, language), style="dim"))
    console.print(Text(contrast.verdict(comparison, rules, language), style="bold"))
    console.print()
    for line in contrast.lead(comparison, rules, language):
        console.print(Text(line))
    console.print(Text(texts("compare.caution"), style="dim"))
    console.print()
    console.print(_score_table(named, texts))
    rows = contrast.value_rows(comparison, rules, language)
    if rows:
        heading(console, texts("compare.values"))
        values = Table(show_edge=False, pad_edge=False, show_lines=True)
        values.add_column("", style="bold", max_width=24, overflow="fold")
        for policy in named.policies:
            values.add_column(escape(policy.service), ratio=1, overflow="fold")
        for title, sides in rows:
            values.add_row(title, *(Text(named_in_words(side) or texts("compare.not_stated")) for side in sides))
        console.print(values)
    for relation in contrast.ORDER:
        own = [row for row in comparison.rows if row.relation is relation]
        if own:
            heading(console, texts(f"compare.{relation}"))
            if intro := contrast.intro(relation, texts):
                indented(console, intro, "dim")
            table = Table(show_edge=False, pad_edge=False, show_lines=True)
            table.add_column(texts("columns.practice"), style="bold", max_width=24, overflow="fold")
            for policy in named.policies:
                table.add_column(escape(policy.service), ratio=1, overflow="fold")
            for row in own:
                title = rules.rules[row.practice].text[language].title
                table.add_row(title, *(_cell(side, texts) for side in row.sides))
            console.print(table)
    silent = [row for row in comparison.rows if row.relation is Relation.ALL_SILENT]
    if silent:
        heading(console, texts("compare.all_silent"))
        indented(console, ", ".join(rules.rules[row.practice].text[language].title for row in silent))
    console.print()
    console.print(Text(legend(texts), style="dim"))


def _score_table(comparison: Comparison, texts: Texts) -> Table:
    table = Table(show_edge=False, pad_edge=False)
    table.add_column("")
    for policy in comparison.policies:
        table.add_column(escape(policy.service))
    for key, name in (
        ("grade", "grade.grade"),
        ("exposure", "grade.exposure"),
        ("transparency", "grade.transparency_name"),
    ):
        values = (getattr(policy.score, key) for policy in comparison.policies)
        table.add_row(texts(name), *("–" if value is None else str(value) for value in values))
    return table


def _cell(side: Side, texts: Texts) -> Text:
    cell = Text(f"{glyph(side.state, side.strength)} {state_words(side.state, side.strength, texts)}")
    if side.evidence:
        cell.append(f"\n“{shorten(shown(side.evidence), _QUOTE_LIMIT)}”", style="italic dim")
    return cell
