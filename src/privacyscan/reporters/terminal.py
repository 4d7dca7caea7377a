"""The terminal: verdict first, then a table a category, every line with its quote."""

from __future__ import annotations

from collections.abc import Iterable

from rich.console import Console
from rich.markup import escape
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from privacyscan.knowledge.rules import RuleSet
from privacyscan.knowledge.texts import ReportLanguage, Texts, load_texts
from privacyscan.models import Comparison, Grade, Relation, Report, Severity, Side, State, Strength
from privacyscan.reporters import contrast
from privacyscan.reporters.chronicle import ToldVersion, chronicle, dated, quiet_lines, said
from privacyscan.reporters.markdown import glyph, shorten, signed, unexplained
from privacyscan.reporters.naming import file_name
from privacyscan.reporters.story import Bullet, Named, PublicRecord, Section, Story, shown
from privacyscan.reporters.telling import tell
from privacyscan.versions import History

_COLOURS = {
    Severity.CRITICAL: "red",
    Severity.HIGH: "red",
    Severity.MEDIUM: "yellow",
    Severity.LOW: "blue",
    Severity.INFO: "green",
}
_GRADE_COLOURS = {
    Grade.A: "green",
    Grade.B: "green",
    Grade.C: "yellow",
    Grade.D: "red",
    Grade.E: "red",
    Grade.NONE: "magenta",
}
_QUOTE_LIMIT = 200
_COMPARED_QUOTE_LIMIT = 160


def print_report(console: Console, report: Report, rules: RuleSet, language: ReportLanguage) -> None:
    """Write the report on one policy to ``console``."""
    texts = load_texts(language)
    story = tell(report, rules, language)
    _head(console, story, texts)
    for section in story.sections:
        if section.bullets or section.values:
            _section(console, section, texts)
    if story.actions:
        _heading(console, texts("sections.actions"))
        for number, action in enumerate(story.actions, 1):
            _indented(console, f"{number}. {action}")
    if story.records:
        _heading(console, texts("sections.authorities"))
        _indented(console, texts("authorities_intro"), "dim")
        _records(console, story.records, texts)
    _heading(console, texts("sections.conclusion"))
    _indented(console, " ".join(story.conclusion))
    if story.silent:
        _heading(console, texts("sections.silent"))
        _indented(console, texts("silent_intro"), style="dim")
        for item in story.silent:
            _indented(console, f"{glyph(State.SILENT)} {item.bullet.title}" + (f" — {item.law}" if item.law else ""))
    console.print()
    console.print(Text(f"{texts('method')} {texts('offline')}", style="dim"))


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
        _heading(console, texts("compare.values"))
        values = Table(show_edge=False, pad_edge=False, show_lines=True)
        values.add_column("", style="bold", max_width=24, overflow="fold")
        for policy in named.policies:
            values.add_column(escape(policy.service), ratio=1, overflow="fold")
        for title, sides in rows:
            values.add_row(title, *(Text(_named(side) or texts("compare.not_stated")) for side in sides))
        console.print(values)
    for relation in contrast.ORDER:
        own = [row for row in comparison.rows if row.relation is relation]
        if own:
            _heading(console, texts(f"compare.{relation}"))
            if intro := contrast.intro(relation, texts):
                _indented(console, intro, "dim")
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
        _heading(console, texts("compare.all_silent"))
        _indented(console, ", ".join(rules.rules[row.practice].text[language].title for row in silent))
    console.print()
    console.print(Text(_legend(texts), style="dim"))


def _head(console: Console, story: Story, texts: Texts) -> None:
    console.print(Text(story.kicker, style="dim"))
    console.print(Text(story.headline, style="bold"))
    console.print()
    colour = _GRADE_COLOURS[story.grade]
    console.print(Text.assemble((f" {story.grade} ", f"bold reverse {colour}"), "  ", story.grade_lines[0]))
    for line in story.grade_lines[1:]:
        _indented(console, line)
    console.print()
    for fact in story.facts:
        _indented(console, f"· {fact}")
    if story.facts:
        console.print()
    for line in story.lead:
        console.print(Text(line))
    for notice in story.notices:
        console.print(Text(notice, style="dim"))
    console.print(Text(_legend(texts), style="dim"))


def _section(console: Console, section: Section, texts: Texts) -> None:
    _heading(console, section.title)
    for line in section.values:
        _indented(console, f"{line.title}: {_named(line.items)}")
    table = Table(show_header=False, show_edge=False, box=None, pad_edge=False, padding=(0, 1))
    table.add_column(no_wrap=True)
    # Folding keeps every letter; the default ellipsis miscounts wide letters and eats one.
    table.add_column(ratio=1, overflow="fold")
    for bullet in section.bullets:
        table.add_row(_mark(bullet), _said(bullet, texts))
    console.print(Padding(table, (0, 0, 0, 2)))


def _named(items: Iterable[Named]) -> str:
    return ", ".join(item.label + (f" (“{item.words}”)" if item.words else "") for item in items)


def _mark(bullet: Bullet) -> Text:
    return Text(glyph(bullet.state), style="green" if bullet.protective else _COLOURS[bullet.severity])


def _said(bullet: Bullet, texts: Texts, sentence: str = "") -> Text:
    strength = f" · {texts('strength.hedged')}" if bullet.strength is Strength.HEDGED else ""
    said = Text.assemble((bullet.title, "bold"), f" [{bullet.state_word}{strength}] ", sentence or bullet.sentence)
    for quote in bullet.quotes[:1]:
        section = f" ({quote.section})" if quote.section else ""
        said.append(f"\n“{shorten(quote.text, _QUOTE_LIMIT)}”{section}", style="italic dim")
    return said


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
            _indented(console, f"┄ {texts('history.gap', days=item.gap)}", "dim")
        _version(console, item, texts)
    if told.records:
        _heading(console, texts("sections.authorities"))
        _indented(console, texts("history.records_intro"), "dim")
        _records(console, told.records, texts)


def _version(console: Console, item: ToldVersion, texts: Texts) -> None:
    exposure = "–" if item.version.score.exposure is None else f"{item.version.score.exposure:.1f}"
    moved = f" ({signed(item.moved)})" if item.moved else ""
    day = item.day or texts("history.undated")
    _heading(console, f"{item.number}. {day} · {texts('grade.exposure')} {exposure}{moved}")
    _indented(console, f"{dated(item, texts)} · {file_name(item.version.source)}", "dim")
    for line in quiet_lines(item, texts):
        _indented(console, line, "" if line in item.flags else "dim")
    for change in item.changes:
        points = f" ({texts('history.moved', points=signed(change.points))})" if change.points else ""
        _indented(console, f"{change.title}: {change.word}{points}", "bold")
        for name, side in (("before", change.before), ("after", change.after)):
            quote = f" “{shorten(side.quote, _COMPARED_QUOTE_LIMIT)}”" if side is not None and side.quote else ""
            _indented(console, f"  {texts(f'history.{name}')}: {said(side, texts)}{quote}")
    if rest := unexplained(item, texts):
        _indented(console, rest, "dim")


def _records(console: Console, records: Iterable[PublicRecord], texts: Texts) -> None:
    for record in records:
        head = Text.assemble((f" {texts('labels.regulator')} ", "reverse"), " ", (record.date, "bold"))
        head.append(f" {record.authority} ({record.stage}): {record.text}")
        console.print(Padding(head, (0, 0, 0, 2)))
        for item in record.beside:
            said = Text.assemble(
                (f" {texts('labels.policy')} ", "reverse dim"), " ", _said(item.bullet, texts, item.says)
            )
            if item.reading:
                said.append(f"\n{texts('labels.tool')}: {item.reading}")
            console.print(Padding(said, (0, 0, 0, 6)))


def _cell(side: Side, texts: Texts) -> Text:
    strength = f" · {texts('strength.hedged')}" if side.strength is Strength.HEDGED else ""
    cell = Text(f"{glyph(side.state)} {texts(f'states.{side.state}.chip')}{strength}")
    if side.evidence:
        cell.append(f"\n“{shorten(shown(side.evidence), _COMPARED_QUOTE_LIMIT)}”", style="italic dim")
    return cell


def _legend(texts: Texts) -> str:
    return "   ".join(_legend_items(texts))


def _legend_items(texts: Texts) -> Iterable[str]:
    return (f"{glyph(state)} {texts(f'states.{state}.chip')}" for state in State)


def _heading(console: Console, title: str) -> None:
    console.print()
    console.print(Text(f"◎ {title}", style="bold"))


def _indented(console: Console, line: str, style: str = "") -> None:
    console.print(Padding(Text(line, style=style), (0, 0, 0, 2)))
