"""Passages with labels: precision, recall and F1 a practice, and the wrong ones with the log of decisions."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from privacyscan.learning.evaluation.corpora import Answer, Corpus, Passage
from privacyscan.models import Dismissed, Finding, Reason, Report, State
from privacyscan.scanning.scanner import Scanner

_SHOWN = 400
_SHOWN_DROPPED = 80
_STATES = {
    State.AFFIRMED: Answer.PERFORMED,
    State.CONDITIONAL: Answer.PERFORMED,
    State.DENIED: Answer.NOT_PERFORMED,
}


@dataclass(frozen=True)
class Outcome:
    """One target in one passage: what the labels say, what the scanner said, and why."""

    target: str
    group: str
    policy: str
    text: str
    labelled: frozenset[Answer]
    answered: frozenset[Answer]
    log: tuple[str, ...]


@dataclass
class Counts:
    """Right, invented and missed answers, and what follows from them."""

    right: int = 0
    invented: int = 0
    missed: int = 0

    @property
    def precision(self) -> float:
        """The share of the answers that are labelled, 0 to 1."""
        return self.right / (self.right + self.invented) if self.right + self.invented else 0.0

    @property
    def recall(self) -> float:
        """The share of the labels that are answered, 0 to 1."""
        return self.right / (self.right + self.missed) if self.right + self.missed else 0.0

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall, 0 to 1."""
        total = 2 * self.right + self.invented + self.missed
        return 2 * self.right / total if total else 0.0

    @property
    def labels(self) -> int:
        """How many labels there are."""
        return self.right + self.missed


@dataclass(frozen=True)
class PassageEvaluation:
    """All outcomes that hold a label or an answer."""

    corpus: Corpus
    passages: int
    outcomes: tuple[Outcome, ...]

    def counts(self, target: str, answer: Answer, group: str | None = None) -> Counts:
        """Return the counts of one answer for one target, in one group or all."""
        counts = Counts()
        for item in self.outcomes:
            if item.target == target and (group is None or item.group == group):
                labelled, answered = answer in item.labelled, answer in item.answered
                counts.right += labelled and answered
                counts.invented += answered and not labelled
                counts.missed += labelled and not answered
        return counts

    def groups(self) -> list[str]:
        """Return the parts of the corpus that are counted apart."""
        return sorted({item.group for item in self.outcomes if item.group})


def evaluate_passages(
    corpus: Corpus, data: Path, scanner: Scanner, on_progress: Callable[[int, int], None] | None = None
) -> PassageEvaluation:
    """Return the scanner's answers on every passage of ``corpus``, each read without its neighbours."""
    passages = list(corpus.read(data))
    outcomes: list[Outcome] = []
    for number, passage in enumerate(passages, 1):
        report = scanner.scan_document(passage.document, language=passage.language)
        outcomes += _outcomes(corpus, passage, report)
        if on_progress is not None:
            on_progress(number, len(passages))
    return PassageEvaluation(corpus, len(passages), tuple(outcomes))


def summary(evaluation: PassageEvaluation, show_errors: int = 0) -> str:
    """Return the figures as plain text, by target, answer and group, then the first wrong answers of each target."""
    corpus = evaluation.corpus
    lines = [f"{corpus.source}; {evaluation.passages} passages, each read without its neighbours", ""]
    for group in (None, *evaluation.groups()):
        for answer in Answer:
            lines += _table(evaluation, answer, group)
    for target in corpus.targets:
        wrong = [item for item in evaluation.outcomes if item.target == target and item.labelled != item.answered]
        if show_errors and wrong:
            lines.append(f"{target}: {len(wrong)} wrong, the first {min(show_errors, len(wrong))}")
        for item in wrong[:show_errors]:
            lines += _explained(item)
    return "\n".join(lines).rstrip()


def _table(evaluation: PassageEvaluation, answer: Answer, group: str | None) -> Iterator[str]:
    rows = [
        (target, counts)
        for target in evaluation.corpus.targets
        if (counts := evaluation.counts(target, answer, group)).labels
    ]
    if rows:
        where = f" · {group}" if group else ""
        yield f"{answer + where:44} {'labels':>6} {'precision':>9} {'recall':>7} {'F1':>6}"
        for target, counts in rows:
            figures = f"{counts.precision:>9.3f} {counts.recall:>7.3f} {counts.f1:>6.3f}"
            yield f"  {target:42} {counts.labels:>6} {figures}"
        yield ""


def _explained(item: Outcome) -> Iterator[str]:
    text = " ".join(item.text.split())
    yield f"  [{item.policy}] labelled {_names(item.labelled)}, answered {_names(item.answered)}"
    yield f"      {text if len(text) <= _SHOWN else text[:_SHOWN] + '…'}"
    yield from (f"      · {line}" for line in item.log)


def _names(answers: Iterable[Answer]) -> str:
    return " and ".join(sorted(answers)) or "nothing"


def _outcomes(corpus: Corpus, passage: Passage, report: Report) -> Iterator[Outcome]:
    findings = [item for item in report.findings if item.end > passage.start]
    dismissed = [item for item in report.dismissed if item.end > passage.start]
    for name, target in corpus.targets.items():
        words = re.compile(target.words, re.IGNORECASE)
        labelled = frozenset(answer for label, answer in passage.labels if label in target.labels)
        own = [item for item in findings if item.practice in target.practices]
        given = frozenset(
            Answer.PERFORMED if corpus.topics else _STATES[item.state] for item in own if words.search(item.quote)
        )
        if labelled or given:
            yield Outcome(
                target=name,
                group=passage.group,
                policy=passage.policy,
                text=passage.document.text[passage.start :],
                labelled=labelled,
                answered=given,
                log=(
                    *(_said(item, report) for item in own),
                    *(_dropped(item) for item in dismissed if item.practice in target.practices),
                ),
            )


def _said(item: Finding, report: Report) -> str:
    words = report.document.text[item.match_start : item.match_end]
    return f"{item.practice} {item.state} “{' '.join(words.split())}” {_codes(item.reasons)}"


def _dropped(item: Dismissed) -> str:
    return f"{item.practice} dismissed “{' '.join(item.quote[:_SHOWN_DROPPED].split())}” {_codes(item.reasons)}"


def _codes(reasons: Iterable[Reason]) -> str:
    return ", ".join(f"{item.code} ({item.detail})" if item.detail else item.code for item in reasons)
