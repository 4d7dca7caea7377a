"""Runs every rule's own examples through the whole pipeline."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from privacyscan.knowledge.rules import examples_of
from privacyscan.models import Language, Reason, State
from privacyscan.scanning.scanner import Scanner


@dataclass(frozen=True)
class ExampleResult:
    """What one example came to; ``known_miss`` marks the entries of ``todo``."""

    practice: str
    language: Language
    expected: State
    answer: State
    text: str
    known_miss: bool
    reasons: tuple[Reason, ...]

    @property
    def as_written(self) -> bool:
        """Whether the rule file is right: examples come out as written, known misses still don't."""
        return (self.answer is self.expected) is not self.known_miss


def run_examples(scanner: Scanner, practice: str | None = None) -> Iterator[ExampleResult]:
    """Yield the result of every example and known miss, of one practice or of all.

    The rules are those of ``scanner``, which should have no classifier: it
    would nominate what a rule leaves open on purpose.
    """
    for rule in scanner.rules.rules.values():
        if practice is not None and rule.id != practice:
            continue
        entries = [(language, state, text, False) for language, state, text in examples_of(rule)]
        entries += [(miss.language, miss.state, miss.text, True) for miss in rule.todo]
        for language, state, text, known_miss in entries:
            report = scanner.scan_text(text, language=language, format="markdown")
            result = report.practices[rule.id]
            reasons = result.reasons or next(
                (item.reasons for item in report.dismissed if item.practice == rule.id), ()
            )
            yield ExampleResult(rule.id, language, state, result.state, text, known_miss, reasons)
