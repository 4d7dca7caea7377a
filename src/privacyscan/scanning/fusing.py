"""Joins the two voices: what the classifier doubts, confirms and nominates, and how sure a finding is."""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Iterator, Sequence

from privacyscan.knowledge.scales import Fusion, Logistic
from privacyscan.models import State
from privacyscan.scanning.grammar import Span
from privacyscan.scanning.voice import SecondVoice

# Nothing is impossible and nothing is certain.
_NEAREST = 0.002
# As many nominations unheard are added to those there are before their share tells anything.
_TOO_FEW = 3
# Says nothing for or against: log-odds of nought.
_UNDECIDED = 0.5


class Voting:
    """Asks the classifier, where there is one."""

    def __init__(
        self, fusion: Fusion, second: SecondVoice | None, rephrased: Callable[[int, str], bool] = lambda *_: False
    ) -> None:
        self._fusion = fusion
        self._second = second
        self._rephrased = rephrased

    def probability(self, practice: str, clause: int) -> float | None:
        """Return what the classifier thinks, ``None`` where it has no voice."""
        return self._second.probability(practice, clause) if self._second is not None else None

    def confidence(self, level: float, practice: str, clause: int, *, by_rule: bool = True) -> float:
        """Return the probability, 0 to 1, that a finding is right.

        ``level`` says how its verb was found (``rules/scoring.yaml``). The
        coefficients are fitted on the seeds by ``benchmarks/confidence.py``.
        """
        probability = self.probability(practice, clause)
        if probability is None:
            return _value(self._fusion.alone, level, _UNDECIDED)
        return _value(self._fusion.rule if by_rule else self._fusion.nominated, level, probability)

    def doubts(self, level: float, practice: str, clause: int) -> bool:
        """Return whether a match is so weak and so unlike the practice that it should say nothing."""
        heard = self.probability(practice, clause) is not None
        return heard and self.confidence(level, practice, clause) < self._fusion.doubt

    def agrees(self, practice: str, clause: int) -> bool:
        """Return whether the classifier is sure that a clause speaks of what a rule matched in it."""
        return (self.probability(practice, clause) or 0.0) >= self._fusion.agreement

    def polarity(self, practice: str, clause: int) -> State | None:
        """Return whether a clause with a denial in it affirms or denies a practice; ``None`` where that is unsure."""
        denial = self._second.denial(practice, clause) if self._second is not None else 1.0
        if denial < self._fusion.affirms:
            return State.AFFIRMED
        return State.DENIED if denial >= self._fusion.denies else None

    def nominations(self, matched: Collection[tuple[int, str]]) -> Iterator[tuple[int, str, Sequence[Span]]]:
        """Yield clause, practice and telling words of what only the classifier sees.

        ``matched`` are the clauses and practices that the rules saw. Where the
        rules see most of what the classifier is sure of, the text is written
        in the words of the trade, and what they don't see is not there; where
        they see little, it is written in words of its own, and the classifier
        is believed.
        """
        if self._second is None:
            return
        sure = self._second.nominations(lambda *_: False)
        heard = sum(pair in matched for pair in sure)
        # Two or three nominations are too few to tell how a text is written.
        if heard >= self._fusion.hearing * (len(sure) + _TOO_FEW):
            return
        for clause, practice in self._second.nominations(self._rephrased):
            if (clause, practice) not in matched:
                yield clause, practice, self._second.strongest(practice, clause)


def _value(scale: Logistic, level: float, probability: float) -> float:
    score = scale.bias + scale.level * _logit(level) + scale.classifier * _logit(probability)
    return round(1 / (1 + math.exp(-score)), 3)


def _logit(value: float) -> float:
    value = min(max(value, _NEAREST), 1 - _NEAREST)
    return math.log(value / (1 - value))
