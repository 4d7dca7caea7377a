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
        return _filled(str(node), values)

    def has(self, key: str) -> bool:
        """Return whether ``key`` is there."""
        try:
            self(key)
        except (KeyError, TypeError):
            return False
        return True

    def sentence(self, practice: str, form: str, title: str, variant: str = "", **values: str) -> str:
        """Return the sentence about ``practice`` (``affirmed``, ``silent``, ``short`` …), in a ``variant`` it may have.

        A practice without sentences of its own gets the general ones, built on its ``title``.
        """
        own = self.optional(practice, f"{form}_{variant}", form)
        return _filled(own, values) if own else self(f"sentences.{form}", title=title)

    def optional(self, practice: str, *forms: str) -> str:
        """Return the first of ``forms`` that ``practice`` has, empty where it has none."""
        own = self._sentences.get(practice, {})
        return next((own[form] for form in forms if form in own), "")

    def such(self, practice: str, names: str) -> str:
        """Return the words that bring ``names``, things that quotes of ``practice`` name, into its sentence."""
        own = self.optional(practice, "such")
        return _filled(own, {"names": names}) if own else self("sentences.such", names=names)


def _filled(line: str, values: Mapping[str, object]) -> str:
    return line.format(**{name: _Word(str(value)) for name, value in values.items()}) if values else line


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
