"""Names of companies in the script of a report, as far as they are settled."""

from __future__ import annotations

from functools import cache

from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError

from privacyscan.knowledge.texts import ReportLanguage
from privacyscan.knowledge.yamlfile import KnowledgeError, YamlFile
from privacyscan.resources import data_dir

_FILE = "names.yaml"


class _Name(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    written: tuple[str, ...]
    en: str
    ko: str


_NAMES = TypeAdapter(tuple[_Name, ...])


def name_in(service: str, language: ReportLanguage) -> str:
    """Return what ``service`` is called in ``language``; a name that no table holds is returned as it is written."""
    known = _load().get(service.strip())
    return getattr(known, language) if known else service


@cache
def _load() -> dict[str, _Name]:
    file = YamlFile.read(data_dir("reports/templates") / _FILE)
    try:
        names = _NAMES.validate_python(file.data)
    except ValidationError as error:
        raise KnowledgeError([file.problem(item["loc"], item["msg"]) for item in error.errors()]) from None
    return {written: name for name in names for written in name.written}
