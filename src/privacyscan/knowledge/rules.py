"""Rules: the schema of a rule file, and loading them all with every mistake at once."""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Iterator, Sequence
from operator import attrgetter
from pathlib import Path
from typing import Annotated, Any

from msgspec import Meta

from privacyscan.knowledge.checking import ByLanguage, converted
from privacyscan.knowledge.lexicon import Frame, Lexicon, check_lexicon, load_lexicons, pattern_problem
from privacyscan.knowledge.scales import Combination, ScoringTables, load_combinations, load_scoring
from privacyscan.knowledge.values import ValueTable, load_values
from privacyscan.knowledge.yamlfile import KnowledgeError, YamlFile
from privacyscan.models import Category, Frozen, Language, Polarity, Severity, State, ValueKind
from privacyscan.resources import data_dir

_LEXICON_FOLDER = "lexicon"
_VALUES_FOLDER = "values"
_EXAMPLES_SUFFIX = ".examples.yaml"
# How paths are sorted; comparing the paths themselves takes ten times as long.
_PARTS = attrgetter("parts")
# Fewer examples than these, and a rule is not tested at all.
_MIN_EXAMPLES: dict[State, int] = {State.AFFIRMED: 2, State.DENIED: 2, State.SILENT: 2}
_EXAMPLE_STATES = (State.AFFIRMED, State.DENIED, State.CONDITIONAL, State.SILENT)


NotEmpty = Annotated[str, Meta(min_length=1)]


class RuleText(Frozen, frozen=True):
    """What a report says about a practice in one language."""

    title: NotEmpty
    why: NotEmpty
    advice: NotEmpty


class Pattern(Frozen, frozen=True):
    """One RE2 pattern; ``frame`` overrides the rule's, ``state`` fixes the outcome.

    With ``under`` it counts only in a column, a list or a section whose head that pattern is found in, with
    ``after`` only behind a sentence that pattern is found in.
    """

    match: NotEmpty
    frame: Frame | None = None
    state: State | None = None
    under: NotEmpty | None = None
    after: NotEmpty | None = None


class Reference(Frozen, frozen=True):
    """A law that bears on a practice, and the day somebody read it."""

    law: str
    article: str
    says: str
    checked: datetime.date


class Examples(Frozen, frozen=True):
    """Example policies by the state they must come out in."""

    affirmed: tuple[str, ...] = ()
    denied: tuple[str, ...] = ()
    conditional: tuple[str, ...] = ()
    silent: tuple[str, ...] = ()

    def of(self, state: State) -> tuple[str, ...]:
        """Return the examples of one state."""
        return tuple(getattr(self, state.value))


class KnownMiss(Frozen, frozen=True):
    """An example the engine does not get right yet; tests expect it to fail."""

    language: Language
    state: State
    text: str


class Rule(Frozen, frozen=True, kw_only=True):
    """One practice: how it is recognised, why it matters, what a reader can do."""

    id: Annotated[str, Meta(pattern=r"^[a-z][a-z0-9_]*$")]
    category: Category
    severity: Severity
    weight: Annotated[float, Meta(ge=0, le=10)]
    polarity: Polarity
    frame: Frame
    given_by_user: bool = False
    by_name: bool = False
    made_by_user: bool = False
    granted: bool = False
    undivided: bool = False
    asked_once: bool = False
    by_service: bool = False
    prevails: State = State.AFFIRMED
    text: dict[str, RuleText]
    patterns: ByLanguage[tuple[Pattern, ...]]
    exceptions: ByLanguage[tuple[str, ...]] = {}
    names: ByLanguage[tuple[str, ...]] = {}
    references: tuple[Reference, ...] = ()
    dpv: tuple[str, ...] = ()
    examples: ByLanguage[Examples] = {}
    todo: tuple[KnownMiss, ...] = ()


class RuleSet(Frozen, frozen=True):
    """Everything the scanner knows; ``digest`` changes whenever any of it does."""

    rules: dict[str, Rule]
    lexicons: dict[Language, Lexicon]
    scoring: ScoringTables
    combinations: tuple[Combination, ...]
    values: dict[ValueKind, ValueTable]
    digest: str


def load_rules(folder: Path | None = None, *, examples: bool = True) -> RuleSet:
    """Return the rule set in ``folder`` (default: the rules that ship with the package).

    With ``examples`` every rule's examples are read and demanded and every
    pattern is compiled; without, a scan starts faster. Raises
    ``KnowledgeError`` with all mistakes at once, each with file and line.
    """
    root = folder if folder is not None else data_dir("rules")
    problems: list[str] = []
    rules: dict[str, Rule] = {}
    for path in _rule_files(root):
        rule, found = _load_rule(path, examples)
        problems += found
        if rule is not None and rule.id in rules:
            problems.append(f"{path}:1: id: '{rule.id}' stands in another folder too")
        elif rule is not None:
            rules[rule.id] = rule
    if not rules and not problems:
        problems.append(f"{root}:1: no rule file found (expected {root}/<category>/<practice>.yaml)")
    lexicons: dict[Language, Lexicon] = {}
    tables: ScoringTables | None = None
    combinations: tuple[Combination, ...] = ()
    values: dict[ValueKind, ValueTable] = {}
    # A rule that failed to load is still a known name; its own mistake is reported already.
    known = {path.stem for path in _rule_files(root)}
    try:
        values = load_values(root / _VALUES_FOLDER, known, check=examples)
    except KnowledgeError as error:
        problems += error.problems
    try:
        lexicons = load_lexicons(root / _LEXICON_FOLDER)
        if examples:
            problems += [
                line
                for path in sorted((root / _LEXICON_FOLDER).glob("*.yaml"))
                for line in check_lexicon(YamlFile.read(path))
            ]
        tables = load_scoring(root / "scoring.yaml", known)
        combinations = load_combinations(root / "combinations.yaml", known)
    except KnowledgeError as error:
        problems += error.problems
    for language in sorted({code for rule in rules.values() for code in rule.patterns} - set(lexicons)):
        problems.append(f"{root / _LEXICON_FOLDER}:1: no lexicon for the language '{language}'")
    if problems or tables is None:
        raise KnowledgeError(problems)
    ordered = {
        rule.id: rule
        for rule in sorted(rules.values(), key=lambda rule: (list(Category).index(rule.category), rule.id))
    }
    return RuleSet(
        rules=ordered,
        lexicons=lexicons,
        scoring=tables,
        combinations=combinations,
        values=values,
        digest=_digest(root),
    )


def _rule_files(root: Path) -> Iterator[Path]:
    for path in sorted(root.glob("*/*.yaml"), key=_PARTS):
        if path.parent.name not in (_LEXICON_FOLDER, _VALUES_FOLDER) and not path.name.endswith(_EXAMPLES_SUFFIX):
            yield path


def _load_rule(path: Path, examples: bool) -> tuple[Rule | None, list[str]]:
    try:
        file = YamlFile.read(path)
        data = dict(file.data) if isinstance(file.data, dict) else {}
        beside = path.with_name(path.stem + _EXAMPLES_SUFFIX)
        extra = YamlFile.read(beside) if examples and beside.exists() else None
    except KnowledgeError as error:
        return None, list(error.problems)
    if not data:
        return None, [f"{path}:1: a rule file is a mapping of keys, see docs/rules.md"]
    if not examples:
        data.pop("examples", None)
        data.pop("todo", None)
    places = {"examples": file, "todo": file}
    problems: list[str] = []
    if extra is not None:
        for key, value in (extra.data or {}).items():
            if key not in places:
                problems.append(extra.problem([key], "unknown key; an examples file holds 'examples' and 'todo'"))
            else:
                places[key] = extra
                data[key] = value
    if isinstance(written := data.get("patterns"), dict):
        data["patterns"] = {
            code: [_spelled_out(pattern) for pattern in listed] if isinstance(listed, list) else listed
            for code, listed in written.items()
        }

    def problem(location: Sequence[str | int], message: str) -> str:
        place = places.get(str(location[0]), file) if location else file
        return place.problem(location, message)

    try:
        rule = converted(data, Rule, problem)
    except KnowledgeError as error:
        return None, [*problems, *error.problems]
    return rule, problems + list(_problems_of(rule, file, places["examples"], examples))


def _spelled_out(pattern: Any) -> Any:
    """Return a bare pattern of a rule file as the ``match`` of a mapping."""
    return {"match": pattern} if isinstance(pattern, str) else pattern


def _problems_of(rule: Rule, file: YamlFile, examples_file: YamlFile, examples: bool) -> Iterator[str]:
    if rule.id != file.path.stem:
        yield file.problem(["id"], f"is '{rule.id}', but the file is named '{file.path.stem}.yaml'")
    if rule.category.value != file.path.parent.name:
        yield file.problem(["category"], f"is '{rule.category}', but the file lies in '{file.path.parent.name}/'")
    for code in ("en", "ko"):
        if code not in rule.text:
            yield file.problem(["text"], f"'{code}' is missing")
    if examples:
        yield from _pattern_problems(rule, file)
        yield from _example_problems(rule, examples_file)


def _pattern_problems(rule: Rule, file: YamlFile) -> Iterator[str]:
    for language, patterns in rule.patterns.items():
        for index, pattern in enumerate(patterns):
            for written in filter(None, (pattern.match, pattern.under, pattern.after)):
                if message := pattern_problem(written):
                    yield file.problem(["patterns", language, index], message)
    for language, exceptions in rule.exceptions.items():
        for index, exception in enumerate(exceptions):
            if message := pattern_problem(exception):
                yield file.problem(["exceptions", language, index], message)


def _example_problems(rule: Rule, examples_file: YamlFile) -> Iterator[str]:
    for language, patterns in rule.patterns.items():
        given = rule.examples.get(language)
        if patterns and given is None:
            yield examples_file.problem(["examples"], f"'{language}' has patterns and no examples")
        for state, least in _MIN_EXAMPLES.items():
            if given is not None and len(given.of(state)) < least:
                yield examples_file.problem(
                    ["examples", language], f"needs at least {least} '{state}' examples, has {len(given.of(state))}"
                )


def examples_of(rule: Rule) -> Iterator[tuple[Language, State, str]]:
    """Yield every example of a rule as language, the state it must come out in, text."""
    for language, examples in rule.examples.items():
        for state in _EXAMPLE_STATES:
            for text in examples.of(state):
                yield language, state, text


def _digest(root: Path) -> str:
    """SHA-256 over all knowledge that can change a verdict; line ends don't count."""
    digest = hashlib.sha256()
    for path in sorted(root.rglob("*.yaml"), key=_PARTS):
        if not path.name.endswith(_EXAMPLES_SUFFIX):
            digest.update(path.relative_to(root).as_posix().encode() + b"\0")
            digest.update(path.read_bytes().replace(b"\r\n", b"\n") + b"\0")
    return digest.hexdigest()
