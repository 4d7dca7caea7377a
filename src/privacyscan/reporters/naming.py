"""What a report calls a policy: by its service, or "this policy" where nothing names one; and where it came from."""

from __future__ import annotations

import re
from datetime import date

from privacyscan.knowledge.names import name_in
from privacyscan.knowledge.texts import Texts
from privacyscan.models import PASTED, STDIN

# "the Acme": an article is not part of how a name is spelt.
_ARTICLE = "the "
_COMMIT = re.compile(r"[0-9a-f]{7,40}")


def policy_of(service: str, texts: Texts, form: str = "policy") -> str:
    """Return "Acme’s policy", or "this policy" without a ``service``; the ``form`` "full" says "privacy policy"."""
    named = name_in(service, texts.language)
    return texts(f"named.{form}", service=named) if service else texts(f"unnamed.{form}")


def spoken(day: date, texts: Texts) -> str:
    """Return a day as a sentence says it: "14 February 2025", "2025년 2월 14일"."""
    return texts("history.day", year=day.year, month=texts(f"history.months.{day.month}"), day=day.day)


def begun(line: str, service: str) -> str:
    """Return ``line`` with a capital where no ``service`` opens it; names keep their own first letter."""
    return line if service and not line.startswith(_ARTICLE) else line[0].upper() + line[1:]


def origin(source: str, texts: Texts) -> str:
    """Return where a policy came from for a reader: an address whole, of a path the file's name alone."""
    if source in (PASTED, STDIN):
        return texts("labels.pasted" if source == PASTED else "labels.stdin")
    return source if "://" in source else file_name(source)


def file_name(source: str) -> str:
    """Return the last part of where a policy came from, with the commit if it is one."""
    commit, _, path = source.rpartition(":")
    name = re.split(r"[/\\]", path.rstrip("/\\"))[-1] or source
    return f"{commit}:{name}" if _COMMIT.fullmatch(commit) else name


def named_languages(detail: str, texts: Texts) -> str:
    """Return ``detail`` ("ja 20%, de 10%") with the names of languages for their codes."""
    return ", ".join(
        " ".join([_language(part.split(" ")[0], texts), *part.split(" ")[1:]]) for part in detail.split(", ")
    )


def _language(code: str, texts: Texts) -> str:
    return texts(f"languages.{code}") if texts.has(f"languages.{code}") else code
