"""Findings that somebody has looked at and accepted: a YAML list of ids, each with the reason."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from msgspec import Meta

from privacyscan.knowledge.checking import converted
from privacyscan.knowledge.yamlfile import KnowledgeError, YamlFile
from privacyscan.models import Frozen


class _Entry(Frozen, frozen=True):
    id: Annotated[str, Meta(pattern=r"^f-[0-9a-f]{12}(-[0-9]{1,6})?\Z")]
    reason: Annotated[str, Meta(min_length=1)]


def load_suppressions(path: Path) -> dict[str, str]:
    """Return the reasons in ``path`` by the id of the finding they accept; an empty file accepts none.

    Raises ``KnowledgeError`` with all mistakes at once, each with its line.
    """
    file = YamlFile.read(path)
    data = [] if file.data is None else file.data
    if not isinstance(data, list):
        raise KnowledgeError([file.problem([], "a list of findings is expected, each with 'id' and 'reason'")])
    entries = converted(data, tuple[_Entry, ...], file.problem)
    reasons: dict[str, str] = {}
    problems = []
    for index, entry in enumerate(entries):
        if entry.id in reasons:
            problems.append(file.problem([index, "id"], f"'{entry.id}' stands here twice"))
        reasons[entry.id] = entry.reason.strip()
        if not reasons[entry.id]:
            problems.append(file.problem([index, "reason"], "must not be empty"))
    if problems:
        raise KnowledgeError(problems)
    return reasons
