"""What the quotes of a practice name: the examples, variants, conditions and limits that its sentence may give."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Literal

from msgspec import field

from privacyscan.knowledge.checking import converted
from privacyscan.knowledge.patterns import Finder
from privacyscan.knowledge.texts import ReportLanguage
from privacyscan.knowledge.yamlfile import YamlFile
from privacyscan.models import Frozen
from privacyscan.resources import data_dir

_Words = str | tuple[str, ...]


class _Thing(Frozen, frozen=True):
    en: str
    ko: str
    words: str


class _Variant(Frozen, frozen=True):
    """A variant holds where all of ``present`` and none of ``absent`` is in the quotes, in one of the ``manners``."""

    name: str
    present: _Words = field(default=(), name="with")
    absent: _Words = field(default=(), name="without")
    manners: tuple[str, ...] = ()
    where: Literal["first", "any"] = "any"


class _Condition(Frozen, frozen=True, kw_only=True):
    """A kind of condition: as it stands alone or last, and before another one (Korean endings differ)."""

    en: str
    ko: str
    ko_joined: str
    weak: bool = False
    words: str


class _Limit(Frozen, frozen=True, kw_only=True):
    practices: tuple[str, ...]
    manners: tuple[str, ...] = ()
    where: Literal["first", "beside", "any", "section"] = "first"
    narrows: bool = True
    words: str
    without: str = ""
    en: str
    ko: str


class _Mentions(Frozen, frozen=True):
    named: dict[str, tuple[_Thing, ...]]
    variants: dict[str, tuple[_Variant, ...]]
    conditions: tuple[_Condition, ...]
    limits: tuple[_Limit, ...]
    headings: dict[str, str]
    ways_out: str
    ways_of_others: str


def things_named(practice: str, quotes: Sequence[str], language: ReportLanguage) -> tuple[str, ...]:
    """Return the names, in ``language``, of the things that ``quotes`` name, in the order of their first mention."""
    found: dict[str, tuple[int, int]] = {}
    for number, quote in enumerate(quotes):
        for thing in _load().named.get(practice, ()):
            if match := _compiled(thing.words).search(quote):
                found.setdefault(getattr(thing, language), (number, match.start()))
    return tuple(sorted(found, key=lambda name: found[name]))


def variant_of(practice: str, quotes: Sequence[str], manner: str = "") -> str:
    """Return the name of the variant of a practice's sentences that its ``quotes`` ask for; empty for the usual one.

    ``manner`` is the state as readers count it; some variants are of one state only.
    """
    for variant in _load().variants.get(practice, ()):
        if variant.manners and manner not in variant.manners:
            continue
        text = "\n".join(quotes[:1] if variant.where == "first" else quotes)
        present = all(_compiled(words).search(text) for words in _several(variant.present))
        absent = not any(_compiled(words).search(text) for words in _several(variant.absent))
        if quotes and present and absent:
            return variant.name
    return ""


def conditions_in(text: str, language: ReportLanguage, *, weak: bool = True) -> tuple[tuple[str, str], ...]:
    """Return what the words of a condition depend on, each as it stands last and as it stands before another.

    A choice as such is told only where nothing plainer is named, and not without ``weak``.
    """
    every = [item for item in _load().conditions if _compiled(item.words).search(text)]
    found = [item for item in every if not item.weak] or every[: int(weak)]
    if language == "ko":
        return tuple((item.ko, item.ko_joined) for item in found)
    return tuple((item.en, item.en) for item in found)


def limits_in(practice: str, manner: str, texts: Mapping[str, str], language: ReportLanguage) -> tuple[str, ...]:
    """Return sentences on what the quotes of a practice say to limit it, or to widen it.

    ``texts`` holds the ``first`` quote, that with what stands ``beside`` it,
    ``any`` of the quotes, and the headings of the ``section`` of the first.
    """
    return tuple(getattr(item, language) for item in _holding(practice, manner, texts))


def narrowed(practice: str, manner: str, texts: Mapping[str, str]) -> bool:
    """Return whether one of the limits that ``limits_in`` tells leaves less of a practice than its name says."""
    return any(item.narrows for item in _holding(practice, manner, texts))


def _holding(practice: str, manner: str, texts: Mapping[str, str]) -> Iterator[_Limit]:
    for item in _load().limits:
        meant = practice in item.practices and (not item.manners or manner in item.manners)
        said = meant and _compiled(item.words).search(texts[item.where])
        if said and not (item.without and _compiled(item.without).search(texts["first"])):
            yield item


def heading_on(practice: str, headings: Sequence[str]) -> str:
    """Return the first of ``headings`` that names a practice, empty where none does."""
    words = _load().headings.get(practice)
    return next((heading for heading in headings if words and _compiled(words).search(heading)), "")


def names_way_out(quote: str) -> bool:
    """Return whether ``quote`` tells users how to refuse a thing: a link, a setting, a signal, an address."""
    words = _load()
    return bool(_compiled(words.ways_out).search(quote)) and not _compiled(words.ways_of_others).search(quote)


@cache
def _load() -> _Mentions:
    file = YamlFile.read(data_dir("reports/templates") / "mentions.yaml")
    return converted(file.data, _Mentions, file.problem)


def _several(words: _Words) -> tuple[str, ...]:
    return (words,) if isinstance(words, str) else words


@cache
def _compiled(pattern: str) -> Finder:
    return Finder(pattern)
