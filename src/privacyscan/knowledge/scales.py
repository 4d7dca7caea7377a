"""The numbers of the score: factors, caps, combinations, disclosures, reference distribution."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

from msgspec import Meta

from privacyscan.knowledge.checking import ByLanguage, converted, keys_of
from privacyscan.knowledge.patterns import compile_any
from privacyscan.knowledge.yamlfile import KnowledgeError, YamlFile
from privacyscan.models import Category, Frozen, Grade

Share = Annotated[float, Meta(ge=0, le=1)]
Percent = Annotated[float, Meta(ge=0, le=100)]


class StateFactors(Frozen, frozen=True):
    """The part of a practice's weight that counts in each state."""

    affirmed: Share
    hedged: Share
    contradictory: Share
    conditional: Share


class ConfidenceLevels(Frozen, frozen=True):
    """How sure a rule is by the way its verb was found: an order, which ``Fusion`` puts on a calibrated scale."""

    own_verb: Share
    weak_verb: Share
    own_wording: Share
    table: Share
    list_intro: Share
    heading: Share
    pointer: Share
    nominated: Share
    silent: Share


class Logistic(Frozen, frozen=True):
    """Coefficients of a logistic regression on the log-odds of the rule's level and of the classifier."""

    bias: float
    level: float
    classifier: float = 0.0


class Fusion(Frozen, frozen=True):
    """How the two voices are joined; fitted by ``benchmarks/confidence.py``.

    ``rule`` holds for what a rule matched, ``nominated`` for what only the
    classifier saw, ``alone`` where no classifier judges. A match of which the
    classifier thinks less than ``doubt`` is dismissed. Where the rules hear
    less than the share ``hearing`` of what the classifier nominates, it is
    believed. A nominated sentence with a denial somewhere in it denies the
    practice where the classifier thinks so at least with ``denies``, and
    affirms it below ``affirms``; between them it says nothing.
    """

    rule: Logistic
    nominated: Logistic
    alone: Logistic
    doubt: Share
    agreement: Share
    hearing: Share
    affirms: Share
    denies: Share


class Expected(Frozen, frozen=True):
    """One thing a policy must state, the practices or the wording that show it, and who asks for it."""

    id: str
    points: Annotated[float, Meta(gt=0)]
    title: dict[str, str]
    practices: tuple[str, ...]
    partly: tuple[str, ...] = ()
    wording: ByLanguage[tuple[str, ...]] = {}
    law: tuple[str, ...] = ()


class Coverage(Frozen, frozen=True):
    """What a text must hold before it is graded as a privacy policy."""

    minimum_terms: int
    minimum_terms_per_1000: float
    minimum_practices: int
    minimum_categories: int
    minimum_share: Share
    minimum_transparency: Percent


class ScoringTables(Frozen, frozen=True):
    """``rules/scoring.yaml``."""

    factors: StateFactors
    confidence: ConfidenceLevels
    fusion: Fusion
    protection_cap: Percent
    grades: Annotated[dict[Grade, float], keys_of(list(Grade))]
    expected: tuple[Expected, ...]
    transparency_deductions: dict[str, float]
    coverage: Coverage
    reference: tuple[float, ...]
    reference_areas: Annotated[dict[Category, tuple[float, float, float]], keys_of(list(Category))]


class Combination(Frozen, frozen=True, kw_only=True):
    """Practices that are worse together: points are added where all are stated.

    ``unless`` names practices any of which, if affirmed, takes the combination away.
    """

    id: str
    practices: Annotated[tuple[str, ...], Meta(min_length=2)]
    unless: tuple[str, ...] = ()
    points: Annotated[float, Meta(gt=0, le=20)]
    text: dict[str, str]


def load_scoring(path: Path, known: set[str]) -> ScoringTables:
    """Return the scoring tables. Raises ``KnowledgeError`` for any mistake, unknown practices included."""
    file = YamlFile.read(path)
    tables = converted(file.data, ScoringTables, file.problem)
    named: list[tuple[tuple[str | int, ...], str]] = [
        (("expected", index), name)
        for index, item in enumerate(tables.expected)
        for name in (*item.practices, *item.partly)
    ]
    named += [(("transparency_deductions",), name) for name in tables.transparency_deductions]
    _demand_known(file, named, known)
    return tables


def load_combinations(path: Path, known: set[str]) -> tuple[Combination, ...]:
    """Return the combinations. Raises ``KnowledgeError`` for any mistake, unknown practices included."""
    file = YamlFile.read(path)
    combinations = converted(file.data, tuple[Combination, ...], file.problem)
    named = [((index,), name) for index, item in enumerate(combinations) for name in (*item.practices, *item.unless)]
    _demand_known(file, named, known)
    return combinations


def _demand_known(file: YamlFile, named: list[Any], known: set[str]) -> None:
    if problems := [
        file.problem(location, f"'{name}' is no practice") for location, name in named if name not in known
    ]:
        raise KnowledgeError(problems)


def said_at_large(tables: ScoringTables, language: str, text: str) -> dict[str, tuple[int, int]]:
    """Return where ``text`` speaks of what a policy must state in words that belong to no practice, by its id."""
    # Of the same length, so that places stay.
    flat = text.replace("\n", " ").replace("’", "'")
    asked = ((item.id, words) for item in tables.expected for code, words in item.wording.items() if code == language)
    known = ((name, compile_any(words)) for name, words in asked)
    found = ((name, pattern.search(flat)) for name, pattern in known if pattern is not None)
    return {name: match.span() for name, match in found if match is not None}
