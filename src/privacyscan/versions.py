"""The result of following one policy through time: its versions, and what changed between them."""

from __future__ import annotations

import datetime
from enum import StrEnum
from typing import Annotated, Literal

from msgspec import Meta

from privacyscan.models import SCHEMA_VERSION, Evidence, ExtractedValue, Frozen, Score, State, Strength, ValueKind

MIN_VERSIONS = 2


class ChangeKind(StrEnum):
    """What happened to a practice from one version to the next."""

    APPEARED = "appeared"
    VANISHED = "vanished"
    HARDENED = "hardened"
    SOFTENED = "softened"
    # The same state, but the sentence that says it best is another one.
    REWORDED = "reworded"
    VALUE_CHANGED = "value_changed"


class ChangeSide(Frozen, frozen=True):
    """One side of a change: what the version says, with its proof; ``values`` only where a value changed."""

    state: State
    strength: Strength | None = None
    values: tuple[ExtractedValue, ...] = ()
    evidence: Evidence | None = None


class Change(Frozen, frozen=True):
    """One semantic change. ``before`` or ``after`` is null where that version says nothing.

    ``points`` is what the change adds to exposure, negative where it takes off.
    ``stands`` says that both versions hold a hedged sentence: a firm one was
    added beside it or taken away.
    """

    practice: str
    kind: ChangeKind
    before: ChangeSide | None
    after: ChangeSide | None
    points: float = 0.0
    value_kind: ValueKind | None = None
    stands: bool = False


Flag = Literal[
    "text_same", "text_changed_date_same", "date_changed_meaning_same", "title_names_another", "date_went_back"
]


class Version(Frozen, frozen=True):
    """One version: where it came from, its day, its score, and what changed since the version before.

    ``date`` is when it was collected or committed, null where nobody knows;
    ``stated_date`` is what the text says of itself. ``other_points`` is the
    change of exposure that no change told here accounts for (combinations, the
    cap on protections, a sentence that stands in another context). The flags
    ``title_names_another`` and ``date_went_back`` say that it is perhaps
    another document than the version before.
    """

    source: str
    title: str
    date: datetime.date | None
    stated_date: datetime.date | None
    sha256: str
    language: str
    score: Score
    changes: tuple[Change, ...] = ()
    other_points: float = 0.0
    flags: tuple[Flag, ...] = ()


class History(Frozen, frozen=True, kw_only=True):
    """The versions of one policy, oldest first."""

    schema_version: Literal["1"] = SCHEMA_VERSION
    tool_version: str
    ruleset_digest: str
    service: str
    versions: Annotated[tuple[Version, ...], Meta(min_length=MIN_VERSIONS)]
