"""Findings that somebody has looked at and accepted: a YAML list of ids, each with the reason."""

from __future__ import annotations

from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from privacyscan.knowledge.yamlfile import KnowledgeError, YamlFile


class _Entry(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)

    id: str = Field(pattern=r"^f-[0-9a-f]{12}(-[0-9]{1,6})?$")
    reason: str = Field(min_length=1)


_ENTRIES = TypeAdapter(tuple[_Entry, ...])


def load_suppressions(path: Path) -> dict[str, str]:
    """Return the reasons in ``path`` by the id of the finding they accept; an empty file accepts none.

    Raises ``KnowledgeError`` with all mistakes at once, each with its line.
    """
    file = YamlFile.read(path)
    data = [] if file.data is None else file.data
    if not isinstance(data, list):
        raise KnowledgeError([file.problem([], "a list of findings is expected, each with 'id' and 'reason'")])
    try:
        entries = _ENTRIES.validate_python(data)
    except ValidationError as error:
        raise KnowledgeError([file.problem(item["loc"], item["msg"]) for item in error.errors()]) from None
    reasons: dict[str, str] = {}
    problems = []
    for index, entry in enumerate(entries):
        if entry.id in reasons:
            problems.append(file.problem([index, "id"], f"'{entry.id}' stands here twice"))
        reasons[entry.id] = entry.reason
    if problems:
        raise KnowledgeError(problems)
    return reasons
