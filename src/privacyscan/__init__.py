"""privacyscan reads a privacy policy and says, with quoted proof, what it allows."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from privacyscan._version import __version__

if TYPE_CHECKING:
    from privacyscan.comparison import compare
    from privacyscan.documents import UnreadableSourceError
    from privacyscan.knowledge.rules import RuleSet, load_rules
    from privacyscan.knowledge.yamlfile import KnowledgeError
    from privacyscan.models import Comparison, Document, Evidence, Finding, Grade, PracticeResult, Report, Score, State
    from privacyscan.scanning.scanner import LanguageChoice, Scanner

__all__ = [
    "Comparison",
    "Document",
    "Evidence",
    "Finding",
    "Grade",
    "KnowledgeError",
    "PracticeResult",
    "Report",
    "RuleSet",
    "Scanner",
    "Score",
    "State",
    "UnreadableSourceError",
    "__version__",
    "compare",
    "load_rules",
    "scan",
]

# Where the public names live; each is imported when it is first asked for, so that no command waits for all.
_HOMES = {
    "compare": "privacyscan.comparison",
    "UnreadableSourceError": "privacyscan.documents",
    "RuleSet": "privacyscan.knowledge.rules",
    "load_rules": "privacyscan.knowledge.rules",
    "KnowledgeError": "privacyscan.knowledge.yamlfile",
    "Scanner": "privacyscan.scanning.scanner",
}


def __getattr__(name: str) -> Any:
    """Return a public name from the module it lives in."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(_HOMES.get(name, "privacyscan.models")), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    """Return the public names, imported or not."""
    return sorted({*globals(), *__all__})


def scan(text: str, *, language: LanguageChoice = "auto", service: str | None = None) -> Report:
    """Return the report on one policy given as text (plain, Markdown or HTML).

    Each call loads the rules anew; keep a ``Scanner`` to scan many.
    """
    from privacyscan.scanning.scanner import Scanner

    return Scanner().scan_text(text, language=language, service=service)
