"""Reads what the classifier learns from, and says what is wrong with it.

``seeds/clauses/{en,ko,zh}.jsonl`` holds labelled clauses,
``seeds/thesaurus/{en,ko,zh}.yaml`` words of like meaning.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterator
from pathlib import Path

from msgspec import DecodeError
from msgspec.json import Decoder

from privacyscan.knowledge.checking import converted
from privacyscan.knowledge.yamlfile import KnowledgeError, YamlFile
from privacyscan.models import Frozen, Language, State
from privacyscan.scanning.thesaurus import Thesaurus, thesaurus_of

LANGUAGES: tuple[Language, ...] = ("en", "ko", "zh")
_STATES = (State.AFFIRMED, State.DENIED, State.CONDITIONAL)


class SeedError(ValueError):
    """Seeds that can't be used; the message names the file, and the line where there is one."""


class Seed(Frozen, frozen=True):
    """One labelled clause: every practice that it speaks of, with its state; none for a negative.

    ``context`` is the introduction or heading that a fragment stands under.
    """

    text: str
    practices: dict[str, State]
    context: str = ""


def read_seeds(folder: Path, language: Language, practices: Collection[str]) -> list[Seed]:
    """Return the clauses of one language; raises ``SeedError`` where a line can't be used."""
    path = _clauses(folder, language)
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except OSError as error:
        raise SeedError(f"{path} can't be read ({error.strerror})") from None
    return list(_seeds(path, lines, practices))


def read_thesaurus(folder: Path, language: Language) -> Thesaurus:
    """Return the words of like meaning of one language; raises ``SeedError`` where the file can't be used."""
    return thesaurus_of(read_concepts(folder, language))


def read_concepts(folder: Path, language: Language) -> dict[str, list[str]]:
    """Return the words and phrases of every concept; raises ``SeedError`` where the file can't be used."""
    path = _thesaurus(folder, language)
    try:
        file = YamlFile.read(path)
        return converted(file.data, dict[str, list[str]], file.problem)
    except KnowledgeError as error:
        raise SeedError(f"{error} (a concept has a list of words)") from None


def digest(folder: Path) -> str:
    """Return the SHA-256 of all seed files together, in hexadecimal; raises ``SeedError`` where one is missing."""
    total = hashlib.sha256()
    for language in LANGUAGES:
        for path in (_clauses(folder, language), _thesaurus(folder, language)):
            try:
                total.update(path.read_bytes())
            except OSError as error:
                raise SeedError(f"{path} can't be read ({error.strerror})") from None
    return total.hexdigest()


def _clauses(folder: Path, language: Language) -> Path:
    return folder / "clauses" / f"{language}.jsonl"


def _thesaurus(folder: Path, language: Language) -> Path:
    return folder / "thesaurus" / f"{language}.yaml"


def _seeds(path: Path, lines: list[str], practices: Collection[str]) -> Iterator[Seed]:
    decoder = Decoder(Seed)
    for number, line in enumerate(lines, 1):
        try:
            seed = decoder.decode(line)
        except DecodeError as error:
            raise SeedError(f"{path}:{number}: {error}") from None
        unknown = sorted(set(seed.practices) - set(practices))
        if unknown or not seed.text.strip() or not set(seed.practices.values()) <= set(_STATES):
            raise SeedError(f"{path}:{number}: unknown practice or state, or no text: {', '.join(unknown)}")
        yield seed
