"""Public findings of authorities, dated and sourced, kept apart from what a policy says."""

from __future__ import annotations

import datetime
import re
from pathlib import Path
from typing import Annotated, Literal

from msgspec import Meta, structs

from privacyscan.knowledge.checking import converted
from privacyscan.knowledge.yamlfile import KnowledgeError, YamlFile
from privacyscan.models import Frozen
from privacyscan.resources import data_dir

Stage = Literal["inquiry", "suspension", "finding", "recommendation", "order", "ban", "notice", "statement"]


class LedgerEntry(Frozen, frozen=True, kw_only=True):
    """One public act of one authority, in the words of this project, with its source.

    ``practices`` are what it speaks of, ``missing`` those of them that it found missing.
    """

    id: str
    date: datetime.date
    authority: dict[str, str]
    stage: Stage
    practices: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    found: dict[str, str]
    about_version: dict[str, str] | None = None
    source: Annotated[dict[str, str], Meta(min_length=1)]
    verified: Literal["read"]


class Ledger(Frozen, frozen=True):
    """All entries about one service, oldest first."""

    service: str
    names: Annotated[tuple[str, ...], Meta(min_length=1)]
    entries: tuple[LedgerEntry, ...]


def load_ledgers(folder: Path | None = None) -> tuple[Ledger, ...]:
    """Return every ledger in ``folder`` (default: those that ship). Raises ``KnowledgeError``."""
    root = folder if folder is not None else data_dir("seeds") / "ledger"
    ledgers: list[Ledger] = []
    problems: list[str] = []
    for path in sorted(root.glob("*.yaml")):
        try:
            file = YamlFile.read(path)
            ledger = converted(file.data, Ledger, file.problem)
        except KnowledgeError as error:
            problems += error.problems
            continue
        for index, entry in enumerate(ledger.entries):
            if strangers := sorted({*entry.missing} - {*entry.practices}):
                message = f"not among the practices: {', '.join(strangers)}"
                problems.append(file.problem(["entries", index, "missing"], message))
        entries = tuple(sorted(ledger.entries, key=lambda entry: (entry.date, entry.id)))
        ledgers.append(structs.replace(ledger, entries=entries))
    if problems:
        raise KnowledgeError(problems)
    return tuple(ledgers)


def ledger_for(service: str, ledgers: tuple[Ledger, ...]) -> Ledger | None:
    """Return the ledger whose service ``service`` names as a whole word, if any."""
    folded = service.casefold()
    for ledger in ledgers:
        for name in ledger.names:
            if re.search(rf"(?<![a-z0-9]){re.escape(name.casefold())}(?![a-z0-9])", folded):
                return ledger
    return None
