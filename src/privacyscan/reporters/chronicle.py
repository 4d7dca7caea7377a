"""What a history says in words: its headline, each version's line, and every change as a sentence."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from privacyscan.knowledge.rules import RuleSet
from privacyscan.knowledge.texts import ReportLanguage, Texts, load_texts
from privacyscan.models import Polarity, Severity, State, Strength
from privacyscan.reporters.marks import signed, state_words
from privacyscan.reporters.naming import begun, policy_of, spoken
from privacyscan.reporters.quotation import shown
from privacyscan.reporters.records import records_of
from privacyscan.reporters.story import PublicRecord
from privacyscan.reporters.values import named
from privacyscan.versions import Change, ChangeKind, ChangeSide, Flag, History, Version

# A longer stretch between two versions is shown as unknown: there may be versions that nobody collected.
_GAP_DAYS = 30
# Fewer points are no reason for a headline.
_MIN_POINTS = 1.0
_TITLE_LIMIT = 80
# A version with one of these flags may be another document, whose changes are none of the policy.
_ANOTHER: frozenset[Flag] = frozenset({"title_names_another", "date_went_back"})


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
    """One change in words; ``wording`` is the key of what happened (``vanished``, ``appeared_denied`` …)."""

    kind: ChangeKind
    wording: str
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
    """One version in words.

    ``day`` is when it began to hold, as far as is known: the day it states, or
    the day it was collected. ``moved`` is what exposure rose or fell by since
    the version before, ``gap`` the days before it of which no version is known.
    """

    number: int
    version: Version
    day: date | None
    moved: float | None
    gap: int
    flags: tuple[str, ...]
    changes: tuple[ToldChange, ...]


@dataclass(frozen=True)
class Chronicle:
    """A history in words, and beside it what authorities made public about the service."""

    history: History
    headline: str
    lead: tuple[str, ...]
    versions: tuple[ToldVersion, ...]
    records: tuple[PublicRecord, ...]


def chronicle(history: History, rules: RuleSet, language: ReportLanguage) -> Chronicle:
    """Return the history in the words of one language."""
    texts = load_texts(language)
    versions = tuple(_versions(history, rules, texts))
    return Chronicle(
        history,
        _headline(history, versions, rules, texts),
        tuple(_lead(history, versions, texts)),
        versions,
        records_of([history.service], texts),
    )


def _versions(history: History, rules: RuleSet, texts: Texts) -> Iterator[ToldVersion]:
    older: ToldVersion | None = None
    for number, version in enumerate(history.versions, 1):
        before = older.version.score.exposure if older is not None else None
        now = version.score.exposure
        day = _day(version, older)
        told = ToldVersion(
            number=number,
            version=version,
            day=day,
            moved=round(now - before, 1) if now is not None and before is not None else None,
            gap=_gap(version, day, older),
            flags=tuple(_flags(version, older, texts)),
            changes=tuple(_told(change, rules, texts) for change in version.changes),
        )
        yield told
        older = told


def _flags(version: Version, older: ToldVersion | None, texts: Texts) -> Iterator[str]:
    before = older.version if older is not None else version
    for flag in version.flags:
        yield texts(
            f"history.flags.{flag}",
            before=before.title[:_TITLE_LIMIT],
            after=version.title[:_TITLE_LIMIT],
            date_before=before.stated_date,
            date_after=version.stated_date,
        )


def _day(version: Version, older: ToldVersion | None) -> date | None:
    """The stated day, where it is this version's own: a text that changed under its old date began later."""
    stated, collected = version.stated_date, version.date
    if stated is None or "text_same" in version.flags or "text_changed_date_same" in version.flags:
        return collected
    late = collected is not None and stated > collected
    early = older is not None and older.day is not None and stated <= older.day
    return collected if late or early else stated


def _gap(version: Version, day: date | None, older: ToldVersion | None) -> int:
    known = (older.version.date or older.day) if older is not None else None
    if day is None or known is None or "text_same" in version.flags:
        return 0
    days = (day - known).days
    return days if days > _GAP_DAYS else 0


def _told(change: Change, rules: RuleSet, texts: Texts) -> ToldChange:
    rule = rules.rules[change.practice]
    title = rule.text[texts.language].title
    if change.value_kind is not None:
        title = texts(f"compare.value_rows.{change.value_kind}")
    protective = rule.polarity is Polarity.PROTECTION
    wording = _wording(change, protective)
    states = {
        name: texts(f"states.{side.state}.chip")
        for name, side in (("before", change.before), ("after", change.after))
        if side is not None
    }
    return ToldChange(
        kind=change.kind,
        wording=wording,
        practice=change.practice,
        title=title,
        word=texts(f"history.kinds.{wording}", **states),
        points=change.points,
        protective=protective,
        severity=rule.severity,
        before=_side(change.before, rules, texts),
        after=_side(change.after, rules, texts),
    )


def _wording(change: Change, protective: bool) -> str:
    """What happened, told apart further than the kind does: a denial that appears is not a practice that appears."""
    if change.before is not None and change.after is not None:
        if change.value_kind is not None:
            return "value_changed"
        if change.before.state is not change.after.state:
            return "shifted"
        if change.kind is ChangeKind.REWORDED:
            return "reworded"
        firmer = change.kind is ChangeKind.HARDENED
        if change.stands:
            return "firm_added" if firmer else "firm_dropped"
        return "firmer" if firmer else "weaker"
    side = change.after or change.before
    if side is None or side.state is State.AFFIRMED:
        return change.kind.value
    negated = "refused" if protective and side.state is State.DENIED else side.state.value
    return f"{change.kind}_{negated}"


def _side(side: ChangeSide | None, rules: RuleSet, texts: Texts) -> ToldSide | None:
    if side is None:
        return None
    named_values = ", ".join(item.label for item in named(side.values, rules, texts))
    quote = shown(side.evidence) if side.evidence else ""
    section = side.evidence.section[-1] if side.evidence and side.evidence.section else ""
    return ToldSide(side.state, side.strength, named_values, quote, section)


def _headline(history: History, versions: tuple[ToldVersion, ...], rules: RuleSet, texts: Texts) -> str:
    """The heaviest change that still holds in the last version; by weight where no points tell.

    A version that is perhaps another document makes no headline while others do.
    """
    own = tuple(told for told in versions if told.changes and not _ANOTHER.intersection(told.version.flags))
    last_touched = {change.practice: told.number for told in versions for change in told.changes}
    heaviest = max(
        (
            (*_heaviness(change, rules), told.number, told, change)
            for told in own or versions
            for change in told.changes
            if last_touched[change.practice] == told.number
        ),
        key=lambda item: item[:3],
        default=None,
    )
    service = history.service
    policy = policy_of(service, texts)
    subject = service or policy
    if heaviest is None:
        return begun(texts("history.headline_same", policy=policy, subject=subject, count=len(versions)), service)
    told, change = heaviest[3:]
    form = "named" if service else "unnamed"
    version = (
        texts(f"history.{form}.version_of", day=spoken(told.day, texts))
        if told.day is not None
        else texts(f"history.{form}.version_number", number=told.number)
    )
    headline = texts(f"history.headlines.{change.wording}", subject=subject, title=change.title, version=version)
    return begun(headline, service)


def _heaviness(change: ToldChange, rules: RuleSet) -> tuple[float, float]:
    points = abs(change.points) if abs(change.points) >= _MIN_POINTS else 0.0
    turned = change.kind in (ChangeKind.APPEARED, ChangeKind.VANISHED) or change.wording == "shifted"
    return points, rules.rules[change.practice].weight if turned else 0.0


def _lead(history: History, versions: tuple[ToldVersion, ...], texts: Texts) -> Iterator[str]:
    days = [version.date for version in history.versions if version.date is not None]
    if days:
        first, last = (spoken(day, texts) for day in (days[0], days[-1]))
        yield texts("history.lead_span", count=len(days), first=first, last=last)
    if undated := len(versions) - len(days):
        yield texts("history.lead_undated", count=undated)
    scores = history.versions[0].score, history.versions[-1].score
    if scores[0].exposure is not None and scores[1].exposure is not None:
        same = scores[0].exposure == scores[1].exposure
        yield texts(
            "history.lead_exposure_same" if same else "history.lead_exposure",
            before=f"{scores[0].exposure:.1f}",
            after=f"{scores[1].exposure:.1f}",
            grade_before=scores[0].grade.value,
            grade_after=scores[1].grade.value,
        )
    if quiet := sum(not told.changes for told in versions[1:]):
        yield texts("history.lead_quiet" if quiet > 1 else "history.lead_quiet_one", count=quiet)


def said(side: ToldSide | None, texts: Texts) -> str:
    """Return one side in a few words: what it names, or its state and how firmly it is put."""
    if side is None:
        return texts("history.nothing")
    if side.named:
        return side.named
    return state_words(side.state, side.strength, texts)


def dated(told: ToldVersion, texts: Texts) -> str:
    """Return the days of a version in one line: what it states, and when it was collected where that is another."""
    stated, collected = told.version.stated_date, told.version.date
    days = [texts("history.stated", date=stated)] if stated is not None else []
    if collected is not None and collected != stated:
        days.append(texts("history.collected", date=collected))
    return " · ".join(days) or texts("history.undated")


def quiet_lines(told: ToldVersion, texts: Texts) -> tuple[str, ...]:
    """Return what is to be said of a version beside its changes: its flags, or that it changed nothing."""
    if told.number == 1:
        return (texts("history.first"),)
    same = "text_same" in told.version.flags or "date_changed_meaning_same" in told.version.flags
    return told.flags if told.changes or same else (*told.flags, texts("history.no_change"))


def unexplained(told: ToldVersion, texts: Texts) -> str:
    """Return what of the moved exposure no change told here accounts for, as a sentence; nothing where that is 0.0."""
    points = told.version.other_points
    return texts("history.other_points", points=signed(points)) if round(points, 1) else ""
