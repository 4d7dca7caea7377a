"""What a match comes to: a state with its reasons, or why it says nothing."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from privacyscan.knowledge.lexicon import Frame
from privacyscan.knowledge.rules import Rule
from privacyscan.models import Block, Clause, Reason, State, Strength
from privacyscan.scanning.grammar import Span
from privacyscan.scanning.reading import Reading

# Reasons that name what a finding depends on.
CONDITIONS = (
    "without_consent",
    "consent_condition",
    "feature_condition",
    "lifted_in_next_sentence",
    "condition_above",
    "condition_below",
)
# No longer than this is a line that only names what follows.
TITLE_LIMIT = 70
# Room for "12. " before the first words of a paragraph.
NUMBER_WIDTH = 8


class Verdict(NamedTuple):
    """What one match came to: a state, or none where it was dismissed.

    ``narrow`` marks a denial of less than the whole practice: of one use, of
    one occasion, of what an exception leaves.
    """

    state: State | None
    confidence: float
    reasons: tuple[Reason, ...]
    strength: Strength = Strength.FIRM
    narrow: bool = False


@dataclass
class Case:
    """One match on trial: where it stands, and the reasons collected so far."""

    rule: Rule
    frame: Frame
    block: Block
    clause: Clause
    reading: Reading
    span: Span
    reasons: list[Reason] = field(default_factory=list)

    @property
    def words(self) -> str:
        """The matched words, folded."""
        return self.reading.words(self.span)

    def note(self, code: str, detail: str = "") -> None:
        """Add a reason."""
        self.reasons.append(Reason(code=code, detail=detail.strip()))

    def verdict(
        self, state: State, confidence: float, strength: Strength = Strength.FIRM, *, narrow: bool = False
    ) -> Verdict:
        """Return the verdict with all reasons noted so far."""
        return Verdict(state, confidence, tuple(self.reasons), strength, narrow)

    def dismiss(self, code: str, detail: str = "") -> Verdict:
        """Return the verdict that the match says nothing, and why."""
        self.note(code, detail or self.words)
        return Verdict(None, 0.0, tuple(self.reasons))
