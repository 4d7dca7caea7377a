"""A report in the terminal: verdict first, then a table a category, every line with its quote."""

from __future__ import annotations

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from privacyscan.knowledge.rules import RuleSet
from privacyscan.knowledge.texts import ReportLanguage, Texts, load_texts
from privacyscan.models import Grade, Report, State
from privacyscan.reporters.console import heading, indented, legend, mark, named_in_words, print_records, told
from privacyscan.reporters.marks import glyph
from privacyscan.reporters.story import Section, Story
from privacyscan.reporters.telling import tell

_GRADE_COLOURS = {
    Grade.A: "green",
    Grade.B: "green",
    Grade.C: "yellow",
    Grade.D: "red",
    Grade.E: "red",
    Grade.NONE: "magenta",
}


def print_report(console: Console, report: Report, rules: RuleSet, language: ReportLanguage) -> None:
    """Write the report on one policy to ``console``."""
    texts = load_texts(language)
    story = tell(report, rules, language)
    _head(console, story, texts)
    for section in story.sections:
        if section.bullets or section.values:
            _section(console, section)
    if story.actions:
        heading(console, texts("sections.actions"))
        for number, action in enumerate(story.actions, 1):
            indented(console, f"{number}. {action}")
    if story.records:
        heading(console, texts("sections.authorities"))
        indented(console, texts("authorities_intro"), "dim")
        print_records(console, story.records, texts)
    heading(console, texts("sections.conclusion"))
    indented(console, " ".join(story.conclusion))
    if story.silent:
        heading(console, texts("sections.silent"))
        indented(console, texts("silent_intro"), style="dim")
        for item in story.silent:
            indented(console, f"{glyph(State.SILENT)} {item.bullet.title}" + (f" — {item.law}" if item.law else ""))
            if item.touched:
                indented(console, item.touched, style="dim")
    console.print()
    console.print(Text(f"{texts('method')} {texts('offline')}", style="dim"))


def _head(console: Console, story: Story, texts: Texts) -> None:
    console.print(Text(story.kicker, style="dim"))
    console.print(Text(story.headline, style="bold"))
    console.print()
    colour = _GRADE_COLOURS[story.grade]
    console.print(Text.assemble((f" {story.grade} ", f"bold reverse {colour}"), "  ", story.grade_lines[0]))
    for line in story.grade_lines[1:]:
        indented(console, line)
    console.print()
    for fact in story.facts:
        indented(console, f"· {fact}")
    if story.facts:
        console.print()
    for line in story.lead:
        console.print(Text(line))
    for notice in story.notices:
        console.print(Text(notice, style="dim"))
    console.print(Text(legend(texts), style="dim"))


def _section(console: Console, section: Section) -> None:
    heading(console, section.title)
    for line in section.values:
        indented(console, f"{line.title}: {named_in_words(line.items)}")
    table = Table(show_header=False, show_edge=False, box=None, pad_edge=False, padding=(0, 1))
    table.add_column(no_wrap=True)
    # Folding keeps every letter; the default ellipsis miscounts wide letters and eats one.
    table.add_column(ratio=1, overflow="fold")
    for bullet in section.bullets:
        table.add_row(mark(bullet), told(bullet))
    console.print(Padding(table, (0, 0, 0, 2)))
