"""The classifier's place in the pipeline: clauses → predictions.

Only the interface stands here. While no model ships, the scanner runs without
a classifier and says so: ``voices.classifier`` is null and the report carries
the notice ``rules_only``.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from privacyscan.models import Clause, Language, Prediction


class Classifier(Protocol):
    """Whatever can say how likely a clause speaks of a practice."""

    def predict(self, clauses: Sequence[Clause], language: Language) -> Sequence[Prediction]:
        """Return calibrated probabilities, at most one for each clause and practice."""
        ...
