"""Values a policy may name (countries, authorities, periods, ages, recipients): their tables, loaded and checked.

A table is one file of ``rules/values/``. Its patterns are RE2, as in a rule;
three placeholders may stand in them. In the pattern of a value, ``{number}``
is a number in digits or in the words of ``numbers``; of several, the last is the amount. In ``counts`` and
``exceptions``, which are matched with every value cut down to one sign,
``{values}`` is one of them or a list of them, ``{adjective}`` an adjective.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Annotated

from msgspec import Meta

from privacyscan.knowledge.checking import ByLanguage, converted
from privacyscan.knowledge.lexicon import pattern_problem
from privacyscan.knowledge.yamlfile import KnowledgeError, YamlFile
from privacyscan.models import Frozen, Language, ValueKind

# What a value and an adjective are cut down to; letters for private use never stand in a policy.
VALUE_SIGN, ADJECTIVE_SIGN = "\ue000", "\ue001"
_DIGITS = "[0-9]{1,4}"
_CONTEXTS = ("counts", "exceptions")


class Value(Frozen, frozen=True, kw_only=True):
    """One value: its names for the reports, and how policies write it.

    A measured value is the number found, ``times`` the unit, ``plus`` what
    the wording adds; a pattern without ``{number}`` counts as one. It needs
    no names: reports show the amount.
    """

    id: Annotated[str, Meta(min_length=1)]
    names: dict[str, str] = {}
    practices: tuple[str, ...] = ()
    patterns: ByLanguage[tuple[str, ...]]
    adjectives: ByLanguage[tuple[str, ...]] = {}
    times: float = 1
    plus: int = 0


class ValueTable(Frozen, frozen=True, kw_only=True):
    """All values of one kind.

    ``practices`` are those whose findings may give a value; a value may name
    fewer. With ``counts``, a value is taken only inside one of its patterns;
    ``joins`` is what may stand between two values of a list. ``between``
    holds the least and the greatest amount that is believed.
    """

    kind: ValueKind
    practices: Annotated[tuple[str, ...], Meta(min_length=1)]
    numbers: ByLanguage[dict[str, int]] = {}
    between: tuple[int, int] | None = None
    joins: ByLanguage[str] = {}
    counts: ByLanguage[tuple[str, ...]] = {}
    exceptions: ByLanguage[tuple[str, ...]] = {}
    values: Annotated[tuple[Value, ...], Meta(min_length=1)]

    def number(self, language: Language) -> str:
        """Return the pattern of a number as ``language`` writes it."""
        words = sorted(self.numbers.get(language, {}), key=len, reverse=True)
        return f"(?:{'|'.join([_DIGITS, *words])})"

    def context(self, pattern: str, language: Language) -> str:
        """Return a pattern of ``counts`` or ``exceptions`` with its placeholders filled in."""
        join = self.joins.get(language)
        values = f"{VALUE_SIGN}(?:(?:{join}){VALUE_SIGN})*" if join else VALUE_SIGN
        return pattern.replace("{values}", values).replace("{adjective}", ADJECTIVE_SIGN)


def load_values(folder: Path, practices: Collection[str], *, check: bool) -> dict[ValueKind, ValueTable]:
    """Return the tables in ``folder`` by kind; with ``check`` every pattern is compiled.

    Raises ``KnowledgeError`` with all mistakes at once.
    """
    tables: dict[ValueKind, ValueTable] = {}
    problems: list[str] = []
    for path in sorted(folder.glob("*.yaml")):
        try:
            file = YamlFile.read(path)
            table = converted(file.data, ValueTable, file.problem)
        except KnowledgeError as error:
            problems += error.problems
        else:
            problems += _problems_of(table, file, practices, check)
            tables[table.kind] = table
    if problems:
        raise KnowledgeError(problems)
    return {kind: tables[kind] for kind in ValueKind if kind in tables}


def _problems_of(table: ValueTable, file: YamlFile, practices: Collection[str], check: bool) -> Iterator[str]:
    for name in table.practices:
        if name not in practices:
            yield file.problem(["practices"], f"'{name}' is no practice")
    seen: set[str] = set()
    for index, value in enumerate(table.values):
        if value.id in seen:
            yield file.problem(["values", index, "id"], f"'{value.id}' stands here twice")
        seen.add(value.id)
        yield from _value_problems(table, index, value, file)
        if check:
            yield from _pattern_problems(table, index, value, file)
    if check:
        yield from _context_problems(table, file)


def _value_problems(table: ValueTable, index: int, value: Value, file: YamlFile) -> Iterator[str]:
    for name in value.practices:
        if name not in table.practices:
            yield file.problem(["values", index, "practices"], f"'{name}' is not among the table's practices")
    for code in ("en", "ko"):
        if table.between is None and code not in value.names:
            yield file.problem(["values", index, "names"], f"'{code}' is missing")


def _context_problems(table: ValueTable, file: YamlFile) -> Iterator[str]:
    for name in _CONTEXTS:
        for language, patterns in getattr(table, name).items():
            for index, pattern in enumerate(patterns):
                if message := pattern_problem(table.context(pattern, language)):
                    yield file.problem([name, language, index], message)


def _pattern_problems(table: ValueTable, index: int, value: Value, file: YamlFile) -> Iterator[str]:
    for field, written in (("patterns", value.patterns), ("adjectives", value.adjectives)):
        for language, patterns in written.items():
            for place, pattern in enumerate(patterns):
                if message := pattern_problem(pattern.replace("{number}", table.number(language))):
                    yield file.problem(["values", index, field, language, place], message)
