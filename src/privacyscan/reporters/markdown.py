"""Markdown: the story as a document that reads well in an issue or a wiki."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from privacyscan.knowledge.rules import RuleSet
from privacyscan.knowledge.texts import ReportLanguage, Texts, load_texts
from privacyscan.models import Comparison, Relation, Report, Side
from privacyscan.reporters import contrast
from privacyscan.reporters.chronicle import Chronicle, ToldVersion, chronicle, dated, quiet_lines, said, unexplained
from privacyscan.reporters.marks import glyph, shorten, signed, state_words
from privacyscan.reporters.naming import file_name
from privacyscan.reporters.quotation import shown
from privacyscan.reporters.story import Bullet, Named, PublicRecord, Story, Unsaid
from privacyscan.reporters.telling import tell
from privacyscan.versions import History

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~])")
_QUOTE_LIMIT = 280


def escape(text: str) -> str:
    """Return policy text so that Markdown shows it as it stands, on one line."""
    return _SPECIAL.sub(r"\\\1", " ".join(text.split()))


def render_report_markdown(report: Report, rules: RuleSet, language: ReportLanguage, made: str = "offline") -> str:
    """Return the report on one policy as Markdown; ``made`` is the string that says where it was made."""
    texts = load_texts(language)
    return "\n".join(_report(tell(report, rules, language), texts, made)).rstrip() + "\n"


def render_comparison_markdown(comparison: Comparison, rules: RuleSet, language: ReportLanguage) -> str:
    """Return the comparison as Markdown: one table for the differing rows, lists for the others."""
    return "\n".join(_comparison(comparison, rules, load_texts(language))).rstrip() + "\n"


def render_history_markdown(history: History, rules: RuleSet, language: ReportLanguage) -> str:
    """Return the history as Markdown, oldest version first."""
    return "\n".join(_history(chronicle(history, rules, language), load_texts(language))).rstrip() + "\n"


def _history(told: Chronicle, texts: Texts) -> Iterator[str]:
    yield from (f"# {escape(told.headline)}", "", " ".join(told.lead), "", f"> {texts('history.caution')}", "")
    yield from (f"## {texts('history.versions')}", "")
    for item in told.versions:
        if item.gap:
            yield from (f"*{texts('history.gap', days=item.gap)}*", "")
        yield from _version(item, texts)
        yield ""
    if told.records:
        yield from (f"## {texts('sections.authorities')}", "", texts("history.records_intro"), "")
        yield from _list(_record(item, texts) for item in told.records)
    yield texts("method")


def _version(item: ToldVersion, texts: Texts) -> Iterator[str]:
    exposure = "–" if item.version.score.exposure is None else f"{item.version.score.exposure:.1f}"
    moved = f" ({signed(item.moved)})" if item.moved else ""
    day = item.day or texts("history.undated")
    yield from (f"### {item.number}. {day} · {texts('grade.exposure')} {exposure}{moved}", "")
    yield from (f"{dated(item, texts)} · {escape(file_name(item.version.source))}", "")
    yield from (f"- {escape(line)}" for line in quiet_lines(item, texts))
    for change in item.changes:
        points = f" ({texts('history.moved', points=signed(change.points))})" if change.points else ""
        yield f"- **{escape(change.title)}**: {change.word}{points}"
        for name, side in (("before", change.before), ("after", change.after)):
            quote = f": “{escape(shorten(side.quote, _QUOTE_LIMIT))}”" if side is not None and side.quote else ""
            yield f"  - {texts(f'history.{name}')}: {escape(said(side, texts))}{quote}"
    if rest := unexplained(item, texts):
        yield f"- {rest}"


def _report(story: Story, texts: Texts, made: str) -> Iterator[str]:
    yield f"# {escape(story.headline)}"
    yield ""
    yield f"{escape(story.kicker)}"
    yield ""
    yield from _list(story.facts)
    yield from _paragraphs(map(escape, story.lead))
    yield f"**{' '.join(story.grade_lines)}**"
    yield ""
    yield from (f"> {escape(notice)}\n" for notice in story.notices)
    for section in story.sections:
        if section.bullets or section.values:
            yield f"## ◎ {section.title}"
            yield ""
            yield from _list(f"**{line.title}**: {_named(line.items)}" for line in section.values)
            for bullet in section.bullets:
                yield from _bullet(bullet)
    if story.why:
        yield f"## ◎ {texts('sections.why')}"
        yield ""
        yield texts("why_intro")
        yield ""
        yield from _list(
            f"**{item.title}** — {item.text}" + (f" ({', '.join(item.laws)})" if item.laws else "")
            for item in story.why
        )
        yield from _list(story.combinations)
    if story.records or story.summands:
        yield f"## ◎ {texts('sections.authorities')}"
        yield ""
        yield texts("authorities_intro" if story.records else "authorities_none")
        yield ""
        yield from _records(story.records, texts)
    if story.actions:
        yield f"## ◎ {texts('sections.actions')}"
        yield ""
        yield from (f"{number}. {action}" for number, action in enumerate(story.actions, 1))
        yield ""
    yield f"## ◎ {texts('sections.conclusion')}"
    yield ""
    yield from _paragraphs(story.conclusion)
    if story.silent:
        yield f"## {texts('sections.silent')}"
        yield ""
        yield texts("silent_intro")
        yield ""
        yield from _list(map(_unsaid, story.silent))
    yield from _score_table(story, texts)
    yield f"## {texts('sections.method')}"
    yield ""
    yield f"{texts('method')} {texts(made)}"
    yield ""
    report = story.report
    yield f"- {texts('labels.digest')}: `{report.document.sha256}`"
    yield f"- {texts('labels.rules')}: `{report.ruleset_digest}`"
    yield f"- {texts('labels.version', version=report.tool_version)}"


def _unsaid(item: Unsaid) -> str:
    law = f" — {item.law}" if item.law else ""
    return item.bullet.title + law + (f". {escape(item.touched)}" if item.touched else "")


def _bullet(bullet: Bullet) -> Iterator[str]:
    mark = glyph(bullet.state, bullet.strength)
    yield f"- {mark} **{bullet.title}** [{bullet.state_word}] {bullet.sentence}"
    for quote in bullet.quotes[:1]:
        section = f" ({escape(quote.section)})" if quote.section else ""
        yield f"  > {escape(shorten(quote.text, _QUOTE_LIMIT))}{section}"
    yield ""


def _record(item: PublicRecord, texts: Texts) -> str:
    about = f" {item.about}." if item.about else ""
    voice = texts("labels.regulator")
    return f"**{voice}** {item.date} · {item.authority} · {item.stage}: {item.text}{about} ({item.source})"


def _records(records: Iterable[PublicRecord], texts: Texts) -> Iterator[str]:
    for record in records:
        yield f"- {_record(record, texts)}"
        yield from _beside(record, texts)
    yield ""


def _beside(record: PublicRecord, texts: Texts) -> Iterator[str]:
    for item in record.beside:
        bullet = item.bullet
        head = f"{glyph(bullet.state, bullet.strength)} {bullet.title} [{bullet.state_word}]"
        yield f"  - **{texts('labels.policy')}** {head} {item.says}"
        for quote in bullet.quotes[:1]:
            section = f" ({escape(quote.section)})" if quote.section else ""
            yield f"    > {escape(shorten(quote.text, _QUOTE_LIMIT))}{section}"
        if item.reading:
            yield ""
            yield f"    **{texts('labels.tool')}** {item.reading}"


def _named(items: Iterable[Named]) -> str:
    return ", ".join(escape(item.label) + (f" (“{escape(item.words)}”)" if item.words else "") for item in items)


def _score_table(story: Story, texts: Texts) -> Iterator[str]:
    if not story.summands:
        return
    yield f"## {texts('grade.why')}"
    yield ""
    yield f"| {texts('columns.practice')} | {texts('columns.points')} |"
    yield "|---|---:|"
    yield from (f"| {escape(item.label)} | {signed(item.points)} |" for item in story.summands)
    yield f"| **{texts('grade.exposure')}** | **{story.report.score.exposure:.1f}** |"
    yield ""
    if story.turning:
        yield " ".join((f"**{texts('grade.turn_title')}**:", *story.turning))
        yield ""


def _comparison(comparison: Comparison, rules: RuleSet, texts: Texts) -> Iterator[str]:
    yield f"# {escape(contrast.verdict(comparison, rules, texts.language))}"
    yield ""
    yield escape(contrast.title(comparison, texts.language))
    yield ""
    yield from _paragraphs(contrast.lead(comparison, rules, texts.language))
    yield texts("compare.caution")
    yield ""
    named = contrast.named(comparison, texts.language)
    yield from _column_heads(named, "")
    for key, name in (
        ("grade", "grade.grade"),
        ("exposure", "grade.exposure"),
        ("transparency", "grade.transparency_name"),
    ):
        values = [getattr(policy.score, key) for policy in comparison.policies]
        yield f"| {texts(name)} | {' | '.join('–' if value is None else str(value) for value in values)} |"
    yield ""
    rows = contrast.value_rows(comparison, rules, texts.language)
    if rows:
        yield f"## {texts('compare.values')}"
        yield ""
        yield from _column_heads(named, "")
        for title, sides in rows:
            cells = (_named(side) or texts("compare.not_stated") for side in sides)
            yield f"| {title} | {' | '.join(cells)} |"
        yield ""
    for relation in contrast.ORDER:
        own = [row for row in comparison.rows if row.relation is relation]
        if own:
            yield f"## {texts(f'compare.{relation}')}"
            yield ""
            if intro := contrast.intro(relation, texts):
                yield intro
                yield ""
            yield from _column_heads(named, texts("columns.practice"))
            for row in own:
                title = rules.rules[row.practice].text[texts.language].title
                yield f"| {title} | {' | '.join(_cell(side, texts) for side in row.sides)} |"
            yield ""
    silent = [row for row in comparison.rows if row.relation is Relation.ALL_SILENT]
    if silent:
        yield f"## {texts('compare.all_silent')}"
        yield ""
        yield from _list(rules.rules[row.practice].text[texts.language].title for row in silent)
    yield texts("method")


def _column_heads(comparison: Comparison, first: str) -> Iterator[str]:
    names = [escape(policy.service) for policy in comparison.policies]
    yield f"| {' | '.join([first, *names])} |"
    yield "|---" * (len(comparison.policies) + 1) + "|"


def _cell(side: Side, texts: Texts) -> str:
    quote = f" “{escape(shorten(shown(side.evidence), _QUOTE_LIMIT))}”" if side.evidence else ""
    return f"{glyph(side.state, side.strength)} {state_words(side.state, side.strength, texts)}{quote}"


def _list(items: Iterable[str]) -> Iterator[str]:
    listed = list(items)
    yield from (f"- {item}" for item in listed)
    if listed:
        yield ""


def _paragraphs(items: Iterable[str]) -> Iterator[str]:
    for item in items:
        yield item
        yield ""
