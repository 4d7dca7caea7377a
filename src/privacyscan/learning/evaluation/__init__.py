"""Measures the scanner on labelled corpora: whole policies (gold) and passages (five published corpora).

The corpora are no part of this project. ``--data`` names the folder that holds
them; what each label means in this project's words is declared in ``targets``.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from privacyscan.learning.evaluation import gold, passages
from privacyscan.learning.evaluation.corpora import CORPORA
from privacyscan.learning.evaluation.errors import BenchmarkError
from privacyscan.scanning.scanner import Scanner

BENCHMARKS = ("gold", *CORPORA)

Progress = Callable[[int, int], None]

__all__ = ["BENCHMARKS", "BenchmarkError", "evaluate"]


def evaluate(
    benchmark: str, data: Path, scanner: Scanner, *, show_errors: int = 0, on_progress: Progress | None = None
) -> str:
    """Return the figures of one benchmark as plain text, with ``show_errors`` wrong answers each.

    ``on_progress`` is called with the number of texts done and of all texts.
    Raises ``BenchmarkError`` where ``data`` doesn't hold the corpus.
    """
    if benchmark == "gold":
        return gold.summary(gold.evaluate_gold(data, scanner), show_errors)
    corpus = CORPORA[benchmark]
    return passages.summary(passages.evaluate_passages(corpus, data, scanner, on_progress), show_errors)
