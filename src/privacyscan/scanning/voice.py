"""What a second voice is, whoever lends it: nothing here runs one, so that nothing here waits for numpy."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

from privacyscan.models import Language

MODEL_NAME = "classifier.npz"


class ModelError(RuntimeError):
    """A model file is missing, damaged, or of another format."""


class SecondVoice(Protocol):
    """What resolution asks of the classifier about the clauses of one document."""

    def probability(self, practice: str, clause: int) -> float | None:
        """Return how likely a clause speaks of a practice, 0 to 1; ``None`` for a practice it never learned."""

    def nominations(self, rephrased: Callable[[int, str], bool]) -> Sequence[tuple[int, str]]:
        """Return the clauses and the practices that they very likely speak of; less likely where ``rephrased``."""

    def denial(self, practice: str, clause: int) -> float:
        """Return how likely a clause denies the practice that it speaks of, 0 to 1."""

    def strongest(self, practice: str, clause: int) -> Sequence[tuple[int, int]]:
        """Return where the words stand in a clause that speak most for a practice."""


class Classifier(Protocol):
    """Whatever predicts which practices clauses speak of."""

    def predict(self, texts: Sequence[str], language: Language) -> SecondVoice:
        """Return what is predicted of the clauses of one document."""
