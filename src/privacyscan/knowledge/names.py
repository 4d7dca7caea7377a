"""Names of companies in the script of a report, as far as they are settled."""

from __future__ import annotations

from functools import cache

from privacyscan.knowledge.checking import converted
from privacyscan.knowledge.texts import ReportLanguage
from privacyscan.knowledge.yamlfile import YamlFile
from privacyscan.models import Frozen
from privacyscan.resources import data_dir

_FILE = "names.yaml"


class _Name(Frozen, frozen=True):
    written: tuple[str, ...]
    en: str
    ko: str


def name_in(service: str, language: ReportLanguage) -> str:
    """Return what ``service`` is called in ``language``; a name that no table holds is returned as it is written."""
    known = _load().get(service.strip())
    return getattr(known, language) if known else service


@cache
def _load() -> dict[str, _Name]:
    file = YamlFile.read(data_dir("reports/templates") / _FILE)
    names = converted(file.data, tuple[_Name, ...], file.problem)
    return {written: name for name in names for written in name.written}
