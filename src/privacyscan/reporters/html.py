"""HTML: the story and the comparison as one self-contained page each; all markup lives in the templates."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import groupby
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from privacyscan.knowledge.rules import RuleSet
from privacyscan.knowledge.texts import ReportLanguage, load_texts
from privacyscan.models import Category, Comparison, ComparisonRow, Grade, Polarity, Relation, Report, Severity, State
from privacyscan.reporters import contrast
from privacyscan.reporters.chronicle import chronicle, dated, quiet_lines, unexplained
from privacyscan.reporters.fulltext import Mark, full_text
from privacyscan.reporters.marks import manner, shorten, signed, state_words
from privacyscan.reporters.naming import file_name, origin
from privacyscan.reporters.picture import Area, areas
from privacyscan.reporters.quotation import shown
from privacyscan.reporters.story import Bullet, Story
from privacyscan.reporters.telling import no_grade_line, tell
from privacyscan.reporters.timeline import timeline
from privacyscan.resources import data_dir
from privacyscan.versions import History

_STATED = (State.AFFIRMED, State.CONDITIONAL, State.CONTRADICTORY)
_TONES = {
    Severity.CRITICAL: "high",
    Severity.HIGH: "high",
    Severity.MEDIUM: "medium",
    Severity.LOW: "low",
    Severity.INFO: "low",
}
_TONE_ORDER = ("high", "medium", "low", "protective", "plain")
_GRADE_TONES = {Grade.C: "medium", Grade.D: "high", Grade.E: "high", Grade.NONE: "plain"}


@dataclass(frozen=True)
class Frame:
    """The page around a report: its layout, the string that says where it was made, and what the layout shows."""

    layout: str = "base.html.j2"
    made: str = "offline"
    shown: Mapping[str, Any] = field(default_factory=dict)


_ALONE = Frame()


def render_report_html(report: Report, rules: RuleSet, language: ReportLanguage, frame: Frame = _ALONE) -> str:
    """Return the report on one policy as an HTML page; without a ``frame`` it needs no script and no network."""
    story = tell(report, rules, language)
    picture = areas(report, rules)
    return (
        environment()
        .get_template("report.html.j2")
        .render(
            t=load_texts(language),
            frame=frame,
            story=story,
            report=report,
            picture=picture,
            picture_span=_span(picture),
            picture_digits=_digits(area.points for area in picture),
            reference_count=len(rules.scoring.reference),
            sections={section.id: section for section in story.sections},
            areas=_areas(story),
            listed={item.bullet.anchor for item in story.silent},
            said={(item.practice, item.start, item.end): item.state for item in report.findings},
            nodes=full_text(report, rules, language),
            cuts=sorted((cut, str(grade)) for grade, cut in rules.scoring.grades.items()),
            peak=sum(item.points for item in story.summands if item.points > 0) or 1.0,
            digits=_digits(item.points for item in story.summands),
        )
    )


def render_comparison_html(
    comparison: Comparison, rules: RuleSet, language: ReportLanguage, frame: Frame = _ALONE
) -> str:
    """Return the comparison as one HTML page: differing rows first, no ranks, no winner."""
    texts, named = load_texts(language), contrast.named(comparison, language)
    return (
        environment()
        .get_template("compare.html.j2")
        .render(
            t=texts,
            frame=frame,
            comparison=named,
            headline=contrast.verdict(comparison, rules, language),
            title=contrast.title(comparison, language),
            lead=contrast.lead(comparison, rules, language),
            values=contrast.value_rows(comparison, rules, language),
            graded=[
                {
                    "number": number,
                    "service": policy.service,
                    "exposure": policy.score.exposure,
                    "transparency": policy.score.transparency,
                }
                for number, policy in enumerate(named.policies, 1)
                if policy.score.exposure is not None
            ],
            groups={relation.value: _rows(comparison, relation) for relation in Relation},
            titles={practice: rule.text[language].title for practice, rule in rules.rules.items()},
            severities={practice: rule.severity for practice, rule in rules.rules.items()},
            protective={rule.id for rule in rules.rules.values() if rule.polarity is Polarity.PROTECTION},
        )
    )


def render_history_html(history: History, rules: RuleSet, language: ReportLanguage) -> str:
    """Return the history as one HTML page: a timeline of exposure, then what each version changed."""
    told = chronicle(history, rules, language)
    template = environment().get_template("history.html.j2")
    tools = {"dated": dated, "quiet_lines": quiet_lines, "unexplained": unexplained}
    return template.render(t=load_texts(language), told=told, line=timeline(told), **tools)


def tone(state: State, severity: Severity, protective: bool) -> str:
    """Return the colour of concern: only what a policy says it does has one."""
    if state not in _STATED:
        return "plain"
    return "protective" if protective else _TONES[severity]


def strongest(marks: Sequence[Mark]) -> str:
    """Return the tone of the most concerning of ``marks``."""
    return min((tone(mark.state, mark.severity, mark.protective) for mark in marks), key=_TONE_ORDER.index)


def glued(text: str) -> str:
    """Return ``text`` so that no line begins with a middle dot (a word joiner goes before each)."""
    return text.replace("·", "\u2060·")


@cache
def environment() -> Environment:
    """Return the templates with the filters and colours they use."""
    environment = Environment(
        loader=FileSystemLoader(data_dir("reports/templates")),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(shorten=shorten, signed=signed, glued=glued, shown=shown)
    tools: dict[str, Any] = {
        "tone": tone,
        "manner": manner,
        "state_words": state_words,
        "strongest": strongest,
        "grade_tones": _GRADE_TONES,
    }
    environment.globals.update(tools, origin=origin, file_name=file_name, no_grade_line=no_grade_line)
    return environment


def _areas(story: Story) -> list[tuple[Category, list[Bullet]]]:
    """The practices of each category, the most concerning first, those without wording last."""
    practices = story.report.practices
    areas = groupby(story.table, key=lambda bullet: practices[bullet.practice].category)
    return [(category, sorted(own, key=_rank)) for category, own in areas]


def _rank(bullet: Bullet) -> tuple[bool, int, float]:
    shade = tone(bullet.state, bullet.severity, bullet.protective)
    return bullet.state is State.SILENT, _TONE_ORDER.index(shade), -abs(bullet.points)


def _rows(comparison: Comparison, relation: Relation) -> list[tuple[Category, list[ComparisonRow]]]:
    own = [row for row in comparison.rows if row.relation is relation]
    return [(category, list(rows)) for category, rows in groupby(own, key=lambda row: row.category)]


def _span(picture: Sequence[Area]) -> tuple[float, float]:
    """The least and the greatest number of points that the picture shows; naught is always among them."""
    ends = [end for area in picture for end in (area.points, *(area.quartiles or ()))]
    return min(ends, default=0.0) if ends and min(ends) < 0 else 0.0, max([*ends, 1.0])


def _digits(points: Iterable[float]) -> int:
    """The decimals needed so that the shown points sum to the shown total."""
    return 1 if all(round(value, 1) == round(value, 2) for value in points) else 2
