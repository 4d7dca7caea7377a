"""Reads the training clauses of ``seeds/clauses/{en,ko,zh}.jsonl`` and says what is wrong with them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterator
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from privacyscan.models import Language, State

LANGUAGES: tuple[Language, ...] = ("en", "ko", "zh")
_STATES = (State.AFFIRMED, State.DENIED, State.CONDITIONAL)


class SeedError(ValueError):
    """A line of a seed file that can't be used; the message names file and line."""


class Seed(BaseModel):
    """One labelled clause: every practice that it speaks of, with its state; none for a negative.

    ``context`` is the introduction or heading that a fragment stands under.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    text: str
    practices: dict[str, State]
    context: str = ""


def read_seeds(folder: Path, language: Language, practices: Collection[str]) -> list[Seed]:
    """Return the clauses of one language; raises ``SeedError`` where a line can't be used."""
    path = folder / f"{language}.jsonl"
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except OSError as error:
        raise SeedError(f"{path} can't be read ({error.strerror})") from None
    return list(_seeds(path, lines, practices))


def digest(folder: Path) -> str:
    """Return the SHA-256 of all seed files together, in hexadecimal."""
    total = hashlib.sha256()
    for language in LANGUAGES:
        total.update((folder / f"{language}.jsonl").read_bytes())
    return total.hexdigest()


def _seeds(path: Path, lines: list[str], practices: Collection[str]) -> Iterator[Seed]:
    for number, line in enumerate(lines, 1):
        try:
            seed = Seed.model_validate(json.loads(line))
        except (json.JSONDecodeError, ValidationError) as error:
            raise SeedError(f"{path}:{number}: {' '.join(str(error).split())}") from None
        unknown = sorted(set(seed.practices) - set(practices))
        if unknown or not seed.text.strip() or not set(seed.practices.values()) <= set(_STATES):
            raise SeedError(f"{path}:{number}: unknown practice or state, or no text: {', '.join(unknown)}")
        yield seed
