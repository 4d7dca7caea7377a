"""privacyscan reads a privacy policy and says, with quoted proof, what it allows."""

from privacyscan._version import __version__
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


def scan(text: str, *, language: LanguageChoice = "auto", service: str | None = None) -> Report:
    """Return the report on one policy given as text (plain, Markdown or HTML).

    Each call loads the rules anew; keep a ``Scanner`` to scan many.
    """
    return Scanner().scan_text(text, language=language, service=service)
