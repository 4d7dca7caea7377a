"""Cue words by language: negation, conditions, hedges, actors, list introductions."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from privacyscan.knowledge.patterns import compile_pattern, misused_shorthand
from privacyscan.knowledge.yamlfile import KnowledgeError, YamlFile
from privacyscan.models import Language

Frame = Literal["collect", "share", "disclose", "sell", "store", "use", "none"]
Patterns = Annotated[tuple[str, ...], Field(default=())]


class Answers(BaseModel):
    """What a cell of an answer column may hold, as whole-cell patterns."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    yes: tuple[str, ...]
    no: tuple[str, ...]


class Lexicon(BaseModel):
    """The cue words of one language; every entry is an RE2 pattern.

    In each frame the first entry holds the verbs that state the action by
    themselves ("collect"); the others need the noun right beside them ("use").
    ``negation_side`` says where a negation stands: ``before`` the verb it
    denies (English, Chinese), or ``after`` it (Korean).
    """

    # Built with the first lexicon that is checked: its hundred fields take longer to prepare than all lexicons to read.
    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)

    language: Language
    negation_side: Literal["before", "after"]
    minimum_characters: int = Field(gt=0)
    abbreviations: tuple[str, ...] = ()
    policy_terms: tuple[str, ...]
    frames: dict[Frame, tuple[str, ...]]
    links: Patterns
    nouns: Patterns
    not_verbs: Patterns
    asks_consent: Patterns
    presupposed: Patterns
    relative: Patterns
    needless: Patterns
    offered: Patterns
    to_service: Patterns
    service_places: Patterns
    users_may: Patterns
    restrictive: Patterns
    continuations: Patterns
    navigation: Patterns
    defined_terms: Patterns
    defined_subjects: Patterns
    questions: Patterns
    title_openers: Patterns
    reply_yes: Patterns
    reply_no: Patterns
    user_gives: Patterns
    user_is_asked: Patterns
    service_subject: Patterns
    other_subjects: Patterns
    takers: Patterns
    keeping: Patterns
    obeying: Patterns
    user_subject: Patterns
    user_object: Patterns
    user_controls: Patterns
    service_acts: Patterns
    not_negation: Patterns
    negation: Patterns
    negation_determiners: Patterns
    negation_blockers: Patterns
    negation_stops: Patterns
    inversions: Patterns
    fronted: Patterns
    new_subjects: Patterns
    negation_in_relative: Patterns
    auxiliaries: Patterns
    predicates: Patterns
    elliptic_negation: Patterns
    taken_back: Patterns
    absolutes: Patterns
    whether: Patterns
    lifted: Patterns
    turns: Patterns
    subjects_back: Patterns
    denied_anaphora: Patterns
    consent_anaphora: Patterns
    object_anaphora: Patterns
    recipient_anaphora: Patterns
    disowned: Patterns
    own_voice: Patterns
    minors: Patterns
    listing: Patterns
    subject_breaks: Patterns
    passive: Patterns
    adnominal: Patterns
    not_breaks: Patterns
    concessions: Patterns
    scope_breaks: Patterns
    exception_openers: Patterns
    exclusions: Patterns
    future_denials: Patterns
    without_consent: Patterns
    consent: Patterns
    consent_headings: Patterns
    source_columns: Patterns
    recipient_columns: Patterns
    partner_lists: Patterns
    feature: Patterns
    passed_conditions: Patterns
    explicit_consent: Patterns
    opt_out: Patterns
    if_required: Patterns
    additions: Patterns
    alternatives: Patterns
    hedges: Patterns
    not_hedges: Patterns
    not_conditions: Patterns
    definitions: Patterns
    fact_labels: Patterns
    elsewhere: Patterns
    stays_with_user: Patterns
    kept_by_user: Patterns
    not_received: Patterns
    past: Patterns
    no_longer: Patterns
    joined_verbs: Patterns
    despite: Patterns
    heading_anaphora: Patterns
    not_yet: Patterns
    instructions: Patterns
    advice: Patterns
    pointers: Patterns
    qualifiers: Patterns
    purposes: Patterns
    relative_clauses: Patterns
    own_statement: Patterns
    list_pointers: Patterns
    number_pointers: Patterns
    asking: Patterns
    optional_columns: Patterns
    default_columns: Patterns
    switched_off: Patterns
    list_cases: Patterns
    list_denials: Patterns
    general_denials: Patterns
    heading_denials: Patterns
    leads_elsewhere: Patterns
    refusing: Patterns
    turning_down: Patterns
    acts_on_data: Patterns
    speakers: Patterns
    regional_headings: Patterns
    answers: Answers


def load_lexicons(folder: Path, *, check: bool) -> dict[Language, Lexicon]:
    """Return the lexicon of every language file in ``folder``.

    Without ``check``, shipped files are taken for valid. Raises
    ``KnowledgeError`` with all mistakes of all files.
    """
    lexicons: dict[Language, Lexicon] = {}
    problems: list[str] = []
    for path in sorted(folder.glob("*.yaml")):
        try:
            file = YamlFile.read(path)
            lexicon = _taken(file.data) if file.shipped and not check else Lexicon.model_validate(file.data)
        except KnowledgeError as error:
            problems += error.problems
        except ValidationError as error:
            problems += [file.problem(item["loc"], item["msg"]) for item in error.errors()]
        else:
            lexicons[lexicon.language] = lexicon
    if problems:
        raise KnowledgeError(problems)
    return lexicons


def _taken(data: dict[str, Any]) -> Lexicon:
    """Return the lexicon that valid ``data`` holds."""
    fields = _frozen(data)
    return Lexicon.model_construct(**fields | {"answers": Answers.model_construct(**fields["answers"])})


def _frozen(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _frozen(inner) for key, inner in value.items()}
    return tuple(value) if isinstance(value, list) else value


def check_lexicon(file: YamlFile) -> list[str]:
    """Return one line for every pattern of a lexicon file that RE2 can't use."""
    return [
        file.problem(location, message)
        for location, pattern in _walk(file.data, ())
        if location[0] not in ("language", "negation_side", "minimum_characters", "abbreviations")
        for message in [pattern_problem(pattern)]
        if message
    ]


def pattern_problem(pattern: str) -> str | None:
    """Return what is wrong with a pattern, or ``None``."""
    if shorthand := misused_shorthand(pattern):
        return f"{shorthand} knows only ASCII and can't stand beside Hangul or Han"
    try:
        compile_pattern(pattern)
    except ValueError as error:
        return str(error)
    return None


def _walk(node: Any, location: tuple[str | int, ...]) -> list[tuple[tuple[str | int, ...], str]]:
    if isinstance(node, dict):
        return [pair for key, value in node.items() for pair in _walk(value, (*location, key))]
    if isinstance(node, list):
        return [pair for index, value in enumerate(node) for pair in _walk(value, (*location, index))]
    return [(location, str(node))]
