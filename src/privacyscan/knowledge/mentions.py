"""What the quotes of a practice name: the examples a sentence may give, and which of its variants is true of them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from privacyscan.knowledge.patterns import compile_pattern
from privacyscan.knowledge.texts import ReportLanguage
from privacyscan.knowledge.yamlfile import KnowledgeError, YamlFile
from privacyscan.resources import data_dir

_FILE = "reports/templates/mentions.yaml"


class _Thing(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    en: str
    ko: str
    words: str


class _Variant(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)

    name: str
    present: str = Field("", alias="with")
    absent: str = Field("", alias="without")


class _Mentions(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    named: dict[str, tuple[_Thing, ...]]
    variants: dict[str, tuple[_Variant, ...]]


def things_named(practice: str, quotes: Sequence[str], language: ReportLanguage) -> tuple[str, ...]:
    """Return the names, in ``language``, of the things that ``quotes`` name, in the order of their first mention."""
    found: dict[str, tuple[int, int]] = {}
    for number, quote in enumerate(quotes):
        for thing in _load().named.get(practice, ()):
            if match := _compiled(thing.words).search(quote):
                found.setdefault(getattr(thing, language), (number, match.start()))
    return tuple(sorted(found, key=lambda name: found[name]))


def variant_of(practice: str, quotes: Sequence[str]) -> str:
    """Return the name of the variant of a practice's sentences that its ``quotes`` ask for; empty for the usual one."""
    text = "\n".join(quotes)
    for variant in _load().variants.get(practice, ()):
        present = not variant.present or _compiled(variant.present).search(text)
        absent = not variant.absent or not _compiled(variant.absent).search(text)
        if quotes and present and absent:
            return variant.name
    return ""


@cache
def _load() -> _Mentions:
    path = data_dir("reports/templates").joinpath("mentions.yaml")
    try:
        return _Mentions.model_validate(YamlFile.read(path).data)
    except ValidationError as error:
        raise KnowledgeError([f"{_FILE}: {item['loc']}: {item['msg']}" for item in error.errors()]) from None


@cache
def _compiled(pattern: str) -> Any:
    return compile_pattern(pattern)
