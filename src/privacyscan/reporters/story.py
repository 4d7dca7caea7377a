"""The parts of a report in the order a reporter would tell them: typed, and without a format."""

from __future__ import annotations

from typing import NamedTuple

from privacyscan.knowledge.texts import ReportLanguage
from privacyscan.models import Evidence, Grade, Report, Severity, State, Strength, ValueKind


class Quote(NamedTuple):
    """A piece of evidence as it is shown, with the anchor of its place in the full text."""

    text: str
    anchor: str
    start: int
    end: int
    section: str


class Bullet(NamedTuple):
    """One practice as a line of the report."""

    practice: str
    title: str
    state: State
    state_word: str
    strength: Strength | None
    severity: Severity
    protective: bool
    sentence: str
    points: float
    quotes: tuple[Quote, ...]
    reasons: tuple[str, ...]
    anchor: str


class Unsaid(NamedTuple):
    """A practice that nothing was found to state; ``law`` names the article that asks for it, where there is one.

    ``touched`` is a passage that speaks of it and was read as no statement, with the reason.
    """

    bullet: Bullet
    law: str
    touched: str


class Named(NamedTuple):
    """A value by its name; ``words`` are the policy's own where they differ, ``anchor`` leads to them."""

    label: str
    words: str
    anchor: str = ""


class ValueLine(NamedTuple):
    """The values of one kind that a policy names."""

    kind: ValueKind
    title: str
    items: tuple[Named, ...]


class Section(NamedTuple):
    """A ◎ section: its heading, its bullets, strongest first, the values it names, what it leaves open.

    ``empty`` is what stands there without bullets.
    """

    id: str
    title: str
    bullets: tuple[Bullet, ...]
    values: tuple[ValueLine, ...] = ()
    notes: tuple[str, ...] = ()
    empty: str = ""


class Consequence(NamedTuple):
    """Why one practice matters, in the tool's own voice, with the law that bears on it."""

    practice: str
    title: str
    text: str
    laws: tuple[str, ...]


class Beside(NamedTuple):
    """What the policy at hand says of a practice that a record speaks of.

    ``says`` is its answer in a sentence, ``reading`` what this tool adds where
    the two part ways.
    """

    bullet: Bullet
    says: str
    reading: str


class PublicRecord(NamedTuple):
    """What an authority made public, with the version it spoke of, and what the policy at hand says of the same."""

    id: str
    date: str
    authority: str
    stage: str
    text: str
    about: str
    source: str
    beside: tuple[Beside, ...]


class Summand(NamedTuple):
    """One part of the exposure, named for a reader."""

    label: str
    points: float
    kind: str
    anchor: str


class Duty(NamedTuple):
    """One thing a policy must state, and whether it does."""

    title: str
    points: float
    possible: float
    word: str
    law: str


class Story(NamedTuple):
    """Everything a report says, in order."""

    language: ReportLanguage
    report: Report
    kicker: str
    headline: str
    facts: tuple[str, ...]
    lead: tuple[str, ...]
    grade: Grade
    grade_lines: tuple[str, ...]
    notices: tuple[str, ...]
    sections: tuple[Section, ...]
    contradictions: tuple[Bullet, ...]
    silent: tuple[Unsaid, ...]
    table: tuple[Bullet, ...]
    why: tuple[Consequence, ...]
    combinations: tuple[str, ...]
    records: tuple[PublicRecord, ...]
    actions: tuple[str, ...]
    rights: tuple[Bullet, ...]
    conclusion: tuple[str, ...]
    summands: tuple[Summand, ...]
    turning: tuple[str, ...]
    duties: tuple[Duty, ...]


def practice_anchor(practice: str) -> str:
    """Return the anchor of a practice's line in a report."""
    return f"p-{practice}"


def quote_anchor(evidence: Evidence) -> str:
    """Return the anchor of a quote's place in the full text."""
    return f"t-{evidence.start}-{evidence.end}"
