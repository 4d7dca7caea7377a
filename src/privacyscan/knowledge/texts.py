"""What the reports say in each language: interface strings and the sentences about practices."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, Literal

from privacyscan.knowledge.josa import with_josa
from privacyscan.knowledge.yamlfile import KnowledgeError, YamlFile
from privacyscan.resources import data_dir

ReportLanguage = Literal["en", "ko"]


class Texts:
    """The strings of one report language, addressed by dotted keys."""

    def __init__(
        self, language: ReportLanguage, strings: Mapping[str, Any], sentences: Mapping[str, Mapping[str, str]]
    ) -> None:
        self.language = language
        self._strings = strings
        self._sentences = sentences

    def __call__(self, key: str, **values: object) -> str:
        """Return the string at ``key`` with ``{name}`` filled in; ``{name:은/는}`` adds a particle.

        Raises ``KeyError`` for a key that is not there.
        """
        node: Any = self._strings
        for part in key.split("."):
            node = node[part]
        return str(node).format(**{name: _Word(str(value)) for name, value in values.items()}) if values else str(node)

    def has(self, key: str) -> bool:
        """Return whether ``key`` is there."""
        try:
            self(key)
        except (KeyError, TypeError):
            return False
        return True

    def sentence(self, practice: str, form: str, title: str) -> str:
        """Return the sentence about ``practice`` (``affirmed``, ``silent``, ``short`` …).

        A practice without sentences of its own gets the general ones, built on its ``title``.
        """
        own = self._sentences.get(practice, {})
        return own[form] if form in own else self(f"sentences.{form}", title=title)


class _Word(str):
    """A filled-in word that can carry a Korean particle: ``{service:은/는}``, quoted ``{detail:‘은/는}``."""

    __slots__ = ()

    def __format__(self, spec: str) -> str:
        if "/" not in spec:
            return str(self)
        return with_josa(f"‘{self}’", spec[1:]) if spec.startswith("‘") else with_josa(str(self), spec)


@cache
def load_texts(language: ReportLanguage) -> Texts:
    """Return the texts of ``language``. Raises ``KnowledgeError`` where a file is damaged."""
    folder = data_dir("reports/templates")
    strings = _mapping(folder / f"strings.{language}.yaml")
    sentences = _mapping(folder / f"sentences.{language}.yaml").get("practices", {})
    return Texts(language, strings, sentences)


def _mapping(path: Path) -> dict[str, Any]:
    data = YamlFile.read(path).data
    if not isinstance(data, dict):
        raise KnowledgeError([f"{path}:1: a mapping of keys is expected"])
    return data
