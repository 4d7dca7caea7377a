"""Reads data into their type; of data that don't fit, says everything that is wrong at once.

msgspec reads fast and stops at the first mistake. Only then is the data held against
the JSON Schema of the type, which finds them all.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from difflib import get_close_matches
from itertools import groupby
from typing import TYPE_CHECKING, Annotated, Any, TypeVar, get_args

import msgspec

from privacyscan.knowledge.yamlfile import KnowledgeError
from privacyscan.models import Language

if TYPE_CHECKING:
    from jsonschema import ValidationError

T = TypeVar("T")
# Builds the line about one mistake out of its place and what is wrong there.
Problem = Callable[[Sequence[str | int], str], str]
_KINDS = {
    "array": "a list",
    "boolean": "true or false",
    "integer": "a whole number",
    "null": "nothing",
    "number": "a number",
    "object": "a mapping of keys",
    "string": "text",
}
_LONGEST_SHOWN = 60


def keys_of(names: Sequence[str]) -> msgspec.Meta:
    """Return what tells the schema of a mapping its keys, which msgspec leaves out."""
    return msgspec.Meta(extra_json_schema={"propertyNames": {"enum": list(names)}})


ByLanguage = Annotated[dict[Language, T], keys_of(get_args(Language))]


def converted(data: Any, kind: type[T], problem: Problem) -> T:
    """Return ``data`` as a ``kind``. Raises ``KnowledgeError`` with a line, made by ``problem``, for every mistake."""
    try:
        return msgspec.convert(data, kind)
    except msgspec.ValidationError as error:
        found = [problem(location, message) for location, message in _mistakes(data, kind)]
        # What no schema can say, such as the type of a key, has at least its own line.
        raise KnowledgeError(list(dict.fromkeys(found)) or [problem([], str(error))]) from None


def _mistakes(data: Any, kind: Any) -> Iterator[tuple[Sequence[str | int], str]]:
    # Imported here: it takes longer than reading all that ships.
    from jsonschema import Draft202012Validator

    validator = Draft202012Validator(msgspec.json.schema(kind), format_checker=Draft202012Validator.FORMAT_CHECKER)
    for error in validator.iter_errors(data):
        for cause in _causes(error):
            yield from _told(cause)


def _causes(error: ValidationError) -> Iterator[ValidationError]:
    """Yield the mistakes themselves: where a value may have one of several forms, those of the form it was given."""
    if error.validator != "anyOf":
        yield error
        return
    branches = [list(branch) for _, branch in groupby(error.context or (), key=lambda item: item.schema_path[0])]
    meant = [branch for branch in branches if not any(item.validator == "type" and not item.path for item in branch)]
    for branch in meant:
        for item in branch:
            yield from _causes(item)
    if not meant:
        yield error


def _told(error: ValidationError) -> Iterator[tuple[Sequence[str | int], str]]:
    """Yield where a mistake is and what is wrong there."""
    place, given = list(error.absolute_path), error.instance
    if error.validator == "required":
        yield from (([*place, key], "is missing") for key in error.validator_value if key not in given)
    elif error.validator == "additionalProperties":
        known = error.schema["properties"]
        yield from (([*place, key], _unknown(key, known)) for key in given if key not in known)
    elif "propertyNames" in error.schema_path:
        yield [*place, given], _unknown(given, error.validator_value)
    else:
        yield place, _wording(error)


def _wording(error: ValidationError) -> str:
    given = repr(error.instance)
    given = given if len(given) <= _LONGEST_SHOWN else f"{given[: _LONGEST_SHOWN - 1]}…"
    match error.validator:
        case "type":
            return f"must be {_KINDS[error.validator_value]}, not {given}"
        case "anyOf":
            kinds = (_KINDS[item.validator_value] for item in error.context or () if item.validator == "type")
            return f"must be {' or '.join(kinds)}, not {given}"
        case "enum":
            return f"must be one of {_listed(error.validator_value)}, not {given}"
        case "format":
            return f"must be a day such as 2026-01-31, not {given}"
        case "minLength" | "minItems" | "minProperties" if not error.instance:
            return "must not be empty"
        case "pattern":
            return f"must match {error.validator_value}, not {given}"
        case _:
            return str(error.message)


def _unknown(key: object, known: Iterable[str]) -> str:
    meant = get_close_matches(str(key), known, n=1)
    return f"unknown key; did you mean '{meant[0]}'?" if meant else f"unknown key; known are {_listed(known)}"


def _listed(names: Iterable[str]) -> str:
    return ", ".join(f"'{name}'" for name in names)
