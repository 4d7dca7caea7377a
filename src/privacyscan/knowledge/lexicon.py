"""Cue words by language: negation, conditions, hedges, actors, list introductions."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Annotated, Any, Literal, get_args

from msgspec import Meta

from privacyscan.knowledge.checking import converted, keys_of
from privacyscan.knowledge.patterns import compile_pattern, misused_shorthand
from privacyscan.knowledge.yamlfile import KnowledgeError, YamlFile
from privacyscan.models import Frozen, Language

Frame = Literal["collect", "share", "disclose", "sell", "store", "use", "none"]
Patterns = tuple[str, ...]


class Answers(Frozen, frozen=True):
    """What a cell of an answer column may hold, as whole-cell patterns."""

    yes: Patterns
    no: Patterns


class Lexicon(Frozen, frozen=True, kw_only=True):
    """The cue words of one language; every entry is an RE2 pattern.

    In each frame the first entry holds the verbs that state the action by
    themselves ("collect"); the others need the noun right beside them ("use").
    ``negation_side`` says where a negation stands: ``before`` the verb it
    denies (English, Chinese), or ``after`` it (Korean).
    """

    language: Language
    negation_side: Literal["before", "after"]
    minimum_characters: Annotated[int, Meta(gt=0)]
    abbreviations: tuple[str, ...] = ()
    policy_terms: Patterns
    frames: Annotated[dict[Frame, Patterns], keys_of(get_args(Frame))]
    links: Patterns = ()
    nouns: Patterns = ()
    not_verbs: Patterns = ()
    asks_consent: Patterns = ()
    presupposed: Patterns = ()
    relative: Patterns = ()
    needless: Patterns = ()
    offered: Patterns = ()
    to_service: Patterns = ()
    service_places: Patterns = ()
    users_may: Patterns = ()
    restrictive: Patterns = ()
    continuations: Patterns = ()
    navigation: Patterns = ()
    defined_terms: Patterns = ()
    defined_subjects: Patterns = ()
    questions: Patterns = ()
    title_openers: Patterns = ()
    reply_yes: Patterns
    reply_no: Patterns = ()
    user_gives: Patterns = ()
    user_is_asked: Patterns = ()
    service_subject: Patterns = ()
    other_subjects: Patterns = ()
    takers: Patterns = ()
    keeping: Patterns = ()
    obeying: Patterns = ()
    user_subject: Patterns = ()
    user_object: Patterns = ()
    user_controls: Patterns = ()
    service_acts: Patterns = ()
    not_negation: Patterns = ()
    # A denial taken back in the same breath: "we cannot promise that it is never shared".
    double_negations: Patterns = ()
    negation: Patterns = ()
    negation_determiners: Patterns = ()
    negation_blockers: Patterns = ()
    negation_stops: Patterns = ()
    inversions: Patterns = ()
    fronted: Patterns = ()
    new_subjects: Patterns = ()
    negation_in_relative: Patterns = ()
    # Behind a subject: the clause that only says which one is meant.
    subject_clauses: Patterns = ()
    # With the verb marked: a denial inside a relative clause that ended before it.
    negation_left_behind: Patterns = ()
    # "…, only if you agree do we use it": the object of before.
    resumed_objects: Patterns = ()
    resumed_conditions: Patterns = ()
    auxiliaries: Patterns = ()
    predicates: Patterns = ()
    elliptic_negation: Patterns = ()
    taken_back: Patterns = ()
    # "…, but we ourselves do not collect this information."
    disclaimed: Patterns = ()
    # "while the app is closed", "of visitors": words that confine a sentence to a case.
    cases: Patterns = ()
    absolutes: Patterns = ()
    whether: Patterns = ()
    lifted: Patterns = ()
    turns: Patterns = ()
    subjects_back: Patterns = ()
    denied_anaphora: Patterns = ()
    consent_anaphora: Patterns = ()
    object_anaphora: Patterns = ()
    recipient_anaphora: Patterns = ()
    disowned: Patterns = ()
    own_voice: Patterns = ()
    minors: Patterns = ()
    listing: Patterns = ()
    subject_breaks: Patterns = ()
    passive: Patterns = ()
    adnominal: Patterns = ()
    not_breaks: Patterns = ()
    concessions: Patterns = ()
    # In Korean: a topic of who acts, and not of what is spoken of.
    actors: Patterns = ()
    scope_breaks: Patterns = ()
    exception_openers: Patterns = ()
    exclusions: Patterns = ()
    future_denials: Patterns = ()
    without_consent: Patterns = ()
    consent: Patterns = ()
    consent_headings: Patterns = ()
    source_columns: Patterns = ()
    recipient_columns: Patterns = ()
    partner_lists: Patterns = ()
    feature: Patterns = ()
    passed_conditions: Patterns = ()
    explicit_consent: Patterns = ()
    separate_consent: Patterns = ()
    # Permissions that the device asks for; of other data such a sentence says nothing.
    granted_permissions: Patterns = ()
    opt_out: Patterns = ()
    if_required: Patterns = ()
    additions: Patterns = ()
    # What is said so hangs on no condition of the sentence before.
    in_any_case: Patterns = ()
    alternatives: Patterns = ()
    hedges: Patterns = ()
    not_hedges: Patterns = ()
    not_conditions: Patterns = ()
    definitions: Patterns = ()
    fact_labels: Patterns = ()
    elsewhere: Patterns = ()
    stays_with_user: Patterns = ()
    kept_by_user: Patterns = ()
    not_received: Patterns = ()
    past: Patterns = ()
    no_longer: Patterns = ()
    joined_verbs: Patterns = ()
    despite: Patterns = ()
    heading_anaphora: Patterns = ()
    not_yet: Patterns = ()
    instructions: Patterns = ()
    advice: Patterns = ()
    # "Beware of swindlers. They may ask for …": who is not the service.
    warnings: Patterns = ()
    warned_of: Patterns = ()
    pointers: Patterns = ()
    qualifiers: Patterns = ()
    not_qualifiers: Patterns = ()
    unlimited: Patterns = ()
    particular_data: Patterns = ()
    purposes: Patterns = ()
    relative_clauses: Patterns = ()
    own_statement: Patterns = ()
    list_pointers: Patterns = ()
    number_pointers: Patterns = ()
    asking: Patterns = ()
    optional_columns: Patterns = ()
    paired_negation: Patterns = ()
    trade_words: Patterns = ()
    refusal_columns: Patterns = ()
    default_columns: Patterns = ()
    switched_off: Patterns = ()
    # In words about a missing consent: what can be off may have been on at first.
    turned_off: Patterns = ()
    list_cases: Patterns = ()
    list_denials: Patterns = ()
    # "Never: your contacts": the label of an item that denies it.
    denying_labels: Patterns = ()
    general_denials: Patterns = ()
    # A clause without a subject that begins with the means or the object of its verb: "用您的日记训练模型".
    verb_openers: Patterns = ()
    heading_denials: Patterns = ()
    # "Information we share with advertisers" over a list of it.
    data_headings: Patterns = ()
    # "Data you give us" over a list of it: what users give is received.
    given_titles: Patterns = ()
    leads_elsewhere: Patterns = ()
    refusing: Patterns = ()
    turning_down: Patterns = ()
    acts_on_data: Patterns = ()
    speakers: Patterns = ()
    regional_headings: Patterns = ()
    answers: Answers


def load_lexicons(folder: Path) -> dict[Language, Lexicon]:
    """Return the lexicon of every language file in ``folder``. Raises ``KnowledgeError`` with all mistakes."""
    lexicons: dict[Language, Lexicon] = {}
    problems: list[str] = []
    for path in sorted(folder.glob("*.yaml")):
        try:
            file = YamlFile.read(path)
            lexicon = converted(file.data, Lexicon, file.problem)
        except KnowledgeError as error:
            problems += error.problems
        else:
            lexicons[lexicon.language] = lexicon
    if problems:
        raise KnowledgeError(problems)
    return lexicons


def check_lexicon(file: YamlFile) -> list[str]:
    """Return one line for every pattern of a lexicon file that RE2 can't use."""
    return [
        file.problem(location, message)
        for location, pattern in _walk(file.data, ())
        if location[0] not in ("language", "negation_side", "minimum_characters", "abbreviations")
        for message in [pattern_problem(pattern)]
        if message
    ]


@cache
def pattern_problem(pattern: str) -> str | None:
    """Return what is wrong with a pattern, or ``None``.

    Remembered: a server or a test that reads a changed folder again pays for what changed in it alone.
    """
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
