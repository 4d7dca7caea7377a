"""Public findings of authorities, dated and sourced, kept apart from what a policy says."""

from __future__ import annotations

import datetime
import re
from pathlib import Path
from typing import Literal, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from privacyscan.knowledge.yamlfile import KnowledgeError, YamlFile
from privacyscan.resources import data_dir

Stage = Literal["inquiry", "suspension", "finding", "recommendation", "order", "ban", "notice", "statement"]


class _Strict(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class LedgerEntry(_Strict):
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
    source: dict[str, str] = Field(min_length=1)
    verified: Literal["read"]

    @model_validator(mode="after")
    def _speaks_of_what_is_missing(self) -> Self:
        if strangers := set(self.missing) - set(self.practices):
            raise ValueError(f"missing, but not among the practices: {', '.join(sorted(strangers))}")
        return self


class Ledger(_Strict):
    """All entries about one service, oldest first."""

    service: str
    names: tuple[str, ...] = Field(min_length=1)
    entries: tuple[LedgerEntry, ...]


def load_ledgers(folder: Path | None = None) -> tuple[Ledger, ...]:
    """Return every ledger in ``folder`` (default: those that ship). Raises ``KnowledgeError``."""
    root = folder if folder is not None else data_dir("seeds") / "ledger"
    ledgers, problems = [], []
    for path in sorted(root.glob("*.yaml")):
        file = YamlFile.read(path)
        try:
            ledger = Ledger.model_validate(file.data)
        except ValidationError as error:
            problems += [file.problem(item["loc"], item["msg"]) for item in error.errors()]
        else:
            entries = tuple(sorted(ledger.entries, key=lambda entry: (entry.date, entry.id)))
            ledgers.append(ledger.model_copy(update={"entries": entries}))
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
