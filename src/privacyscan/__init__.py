"""privacyscan reads a privacy policy and says, with quoted proof, what it allows."""

from privacyscan._version import __version__
from privacyscan.documents import UnreadableSourceError
from privacyscan.knowledge.rules import RuleSet, load_rules
from privacyscan.knowledge.yamlfile import KnowledgeError
from privacyscan.models import Comparison, Document, Evidence, Finding, Grade, PracticeResult, Report, Score, State
from privacyscan.scanning.scanner import Scanner

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
    "load_rules",
]
