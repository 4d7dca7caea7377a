"""A history in the terminal: version by version, the oldest first, every change with its quotes."""

from __future__ import annotations

from rich.console import Console
from rich.text import Text

from privacyscan.knowledge.rules import RuleSet
from privacyscan.knowledge.texts import ReportLanguage, Texts, load_texts
from privacyscan.reporters.chronicle import ToldVersion, chronicle, dated, quiet_lines, said, unexplained
from privacyscan.reporters.console import heading, indented, print_records
from privacyscan.reporters.marks import shorten, signed
from privacyscan.reporters.naming import file_name
from privacyscan.versions import History

_QUOTE_LIMIT = 160


def print_history(console: Console, history: History, rules: RuleSet, language: ReportLanguage) -> None:
    """Write a history to ``console``, oldest version first."""
    texts, told = load_texts(language), chronicle(history, rules, language)
    console.print(Text(told.headline, style="bold"))
    console.print()
    console.print(Text(" ".join(told.lead)))
    console.print(Text(texts("history.caution"), style="dim"))
    for item in told.versions:
        if item.gap:
            console.print()
            indented(console, f"┄ {texts('history.gap', days=item.gap)}", "dim")
        _version(console, item, texts)
    if told.records:
        heading(console, texts("sections.authorities"))
        indented(console, texts("history.records_intro"), "dim")
        print_records(console, told.records, texts)


def _version(console: Console, item: ToldVersion, texts: Texts) -> None:
    exposure = "–" if item.version.score.exposure is None else f"{item.version.score.exposure:.1f}"
    moved = f" ({signed(item.moved)})" if item.moved else ""
    day = item.day or texts("history.undated")
    heading(console, f"{item.number}. {day} · {texts('grade.exposure')} {exposure}{moved}")
    indented(console, f"{dated(item, texts)} · {file_name(item.version.source)}", "dim")
    for line in quiet_lines(item, texts):
        indented(console, line, "" if line in item.flags else "dim")
    for change in item.changes:
        points = f" ({texts('history.moved', points=signed(change.points))})" if change.points else ""
        indented(console, f"{change.title}: {change.word}{points}", "bold")
        for name, side in (("before", change.before), ("after", change.after)):
            quote = f" “{shorten(side.quote, _QUOTE_LIMIT)}”" if side is not None and side.quote else ""
            indented(console, f"  {texts(f'history.{name}')}: {said(side, texts)}{quote}")
    if rest := unexplained(item, texts):
        indented(console, rest, "dim")
