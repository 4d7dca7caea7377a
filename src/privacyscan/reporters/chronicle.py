"""What a history says in words: its headline, each version's line, and every change as a sentence."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from privacyscan.knowledge.rules import RuleSet
from privacyscan.knowledge.texts import ReportLanguage, Texts, load_texts
from privacyscan.models import Polarity, Severity, State, Strength
from privacyscan.reporters.values import named
from privacyscan.versions import Change, ChangeKind, ChangeSide, History, Version


@dataclass(frozen=True)
class ToldSide:
    """One side of a change: its state and strength, what it names where that changed, and its quote."""

    state: State
    strength: Strength | None
    named: str
    quote: str
    section: str


@dataclass(frozen=True)
class ToldChange:
    """One change in words."""

    kind: ChangeKind
    practice: str
    title: str
    word: str
    points: float
    protective: bool
    severity: Severity
    before: ToldSide | None
    after: ToldSide | None


@dataclass(frozen=True)
class ToldVersion:
    """One version in words; ``moved`` is what exposure rose or fell by since the version before."""

    version: Version
    moved: float | None
    flags: tuple[str, ...]
    changes: tuple[ToldChange, ...]


@dataclass(frozen=True)
class Chronicle:
    """A history in words."""

    history: History
    headline: str
    lead: tuple[str, ...]
    versions: tuple[ToldVersion, ...]


def chronicle(history: History, rules: RuleSet, language: ReportLanguage) -> Chronicle:
    """Return the history in the words of one language."""
    texts = load_texts(language)
    versions = tuple(_versions(history, rules, texts))
    return Chronicle(history, _headline(history, versions, texts), tuple(_lead(history, versions, texts)), versions)


def _versions(history: History, rules: RuleSet, texts: Texts) -> Iterator[ToldVersion]:
    previous: Version | None = None
    for version in history.versions:
        now, before = version.score.exposure, previous.score.exposure if previous is not None else None
        moved = round(now - before, 1) if now is not None and before is not None else None
        yield ToldVersion(
            version=version,
            moved=moved,
            flags=tuple(texts(f"history.flags.{flag}") for flag in version.flags),
            changes=tuple(_told(change, rules, texts) for change in version.changes),
        )
        previous = version


def _told(change: Change, rules: RuleSet, texts: Texts) -> ToldChange:
    rule = rules.rules[change.practice]
    title = rule.text[texts.language].title
    if change.value_kind is not None:
        title = texts(f"compare.value_rows.{change.value_kind}")
    return ToldChange(
        kind=change.kind,
        practice=change.practice,
        title=title,
        word=texts(f"history.kinds.{change.kind}"),
        points=change.points,
        protective=rule.polarity is Polarity.PROTECTION,
        severity=rule.severity,
        before=_side(change.before, rules, texts),
        after=_side(change.after, rules, texts),
    )


def _side(side: ChangeSide | None, rules: RuleSet, texts: Texts) -> ToldSide | None:
    if side is None:
        return None
    named_values = ", ".join(item.label for item in named(side.values, rules, texts))
    quote = side.evidence.quote if side.evidence else ""
    section = side.evidence.section[-1] if side.evidence and side.evidence.section else ""
    return ToldSide(side.state, side.strength, named_values, quote, section)


def _headline(history: History, versions: tuple[ToldVersion, ...], texts: Texts) -> str:
    """The heaviest appearance or disappearance, in the words of the version that made it."""
    heaviest = max(
        ((abs(change.points), told, change) for told in versions for change in told.changes),
        key=lambda item: item[0],
        default=None,
    )
    if heaviest is None or not heaviest[0]:
        return texts("history.headline_same", service=history.service, count=len(versions))
    _, told, change = heaviest
    # A date that was left standing when the text changed is not the day of the change.
    stale = "text_changed_date_same" in told.version.flags
    day = told.version.date if stale else told.version.stated_date or told.version.date
    return texts(
        f"history.headline_{change.kind}",
        service=history.service,
        title=change.title,
        day=texts("history.day", year=day.year, month=f"{day:%-m}", day=f"{day:%-d}"),
    )


def _lead(history: History, versions: tuple[ToldVersion, ...], texts: Texts) -> Iterator[str]:
    first, last = history.versions[0], history.versions[-1]
    yield texts("history.lead_span", count=len(versions), first=first.date.isoformat(), last=last.date.isoformat())
    if first.score.exposure is not None and last.score.exposure is not None:
        yield texts(
            "history.lead_exposure",
            before=f"{first.score.exposure:g}",
            after=f"{last.score.exposure:g}",
            grade_before=first.score.grade.value,
            grade_after=last.score.grade.value,
        )
    quiet = sum(not told.changes for told in versions[1:])
    if quiet:
        yield texts("history.lead_quiet", count=quiet)


def said(side: ToldSide | None, texts: Texts) -> str:
    """Return one side in a few words: what it names, or its state and how firmly it is put."""
    if side is None:
        return texts("history.nothing")
    if side.named:
        return side.named
    hedged = f" · {texts('strength.hedged')}" if side.strength is Strength.HEDGED else ""
    return texts(f"states.{side.state}.chip") + hedged
