"""Whole policies with one labelled state a practice: how many are right, and which are not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import msgspec

from privacyscan.learning.evaluation.errors import BenchmarkError
from privacyscan.models import State
from privacyscan.scanning.scanner import Scanner

_SUFFIXES = (".md", ".html", ".txt")


@dataclass(frozen=True)
class Judgement:
    """One practice of one policy: the label, what else would be right, and what the scanner said."""

    policy: str
    language: str
    practice: str
    label: State
    accepted: frozenset[State]
    answer: State
    quote: str

    @property
    def right(self) -> bool:
        """Whether the answer is the label or one that the labellers accept."""
        return self.answer is self.label or self.answer in self.accepted


@dataclass(frozen=True)
class Tally:
    """Right answers out of all."""

    right: int
    total: int

    @property
    def accuracy(self) -> float:
        """The share of right answers, 0 to 1."""
        return self.right / self.total if self.total else 0.0


@dataclass(frozen=True)
class Evaluation:
    """All judgements of one benchmark, and the ways to count them."""

    judgements: tuple[Judgement, ...]
    overall: Tally = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "overall", _tally(self.judgements))

    def by_policy(self) -> dict[str, Tally]:
        """Return the tally of every policy."""
        return self._by("policy")

    def by_language(self) -> dict[str, Tally]:
        """Return the tally of every language."""
        return self._by("language")

    def by_label(self) -> dict[str, Tally]:
        """Return the tally of every labelled state."""
        return self._by("label")

    def confusions(self) -> list[tuple[State, State, int]]:
        """Return label, wrong answer and count, most frequent first."""
        counts = Counter((item.label, item.answer) for item in self.judgements if not item.right)
        return [
            (label, answer, count)
            for (label, answer), count in sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
        ]

    def errors(self) -> list[Judgement]:
        """Return the wrong judgements, by policy."""
        return [item for item in self.judgements if not item.right]

    def _by(self, key: str) -> dict[str, Tally]:
        groups: dict[str, list[Judgement]] = {}
        for item in self.judgements:
            groups.setdefault(str(getattr(item, key)), []).append(item)
        return {name: _tally(items) for name, items in sorted(groups.items())}


def evaluate_gold(data: Path, scanner: Scanner) -> Evaluation:
    """Return the scanner's answers on the labelled policies in ``data/gold``.

    One JSON file a policy holds the labels; the text lies beside it. Raises
    ``BenchmarkError`` where the folder holds none.
    """
    labels = sorted((data / "gold").glob("*.json"))
    if not labels:
        raise BenchmarkError(f"{data / 'gold'}: no labelled policy found; --data takes the folder that holds gold/")
    return Evaluation(tuple(item for path in labels for item in _judge(path, scanner)))


class _Label(msgspec.Struct, frozen=True):
    state: State
    quotes: tuple[str, ...] = ()


class _LabelFile(msgspec.Struct, frozen=True):
    policy: str
    language: str
    labels: dict[str, _Label]
    accept: dict[str, tuple[State, ...]] = {}


def _judge(path: Path, scanner: Scanner) -> Iterable[Judgement]:
    try:
        file = msgspec.json.decode(path.read_bytes(), type=_LabelFile)
    except (msgspec.DecodeError, OSError) as error:
        raise BenchmarkError(f"{path}: not a label file ({str(error).splitlines()[0]})") from None
    policy = next((text for suffix in _SUFFIXES if (text := path.with_suffix(suffix)).exists()), None)
    if policy is None:
        raise BenchmarkError(f"{path}: no text beside the labels")
    report = scanner.scan_file(policy)
    for practice, label in file.labels.items():
        result = report.practices[practice]
        yield Judgement(
            policy=file.policy,
            language=file.language,
            practice=practice,
            label=label.state,
            accepted=frozenset(file.accept.get(practice, ())),
            answer=result.state,
            quote=result.evidence[0].quote if result.evidence else "",
        )


def summary(evaluation: Evaluation, show_errors: int = 0) -> str:
    """Return the figures as plain text: overall, by policy, language and label, confusions, wrong answers."""
    lines = [f"{'':28} {'right':>6} {'of':>5} {'share':>6}", _line("all states", evaluation.overall)]
    for title, groups in (
        ("by policy", evaluation.by_policy()),
        ("by language", evaluation.by_language()),
        ("by labelled state", evaluation.by_label()),
    ):
        lines += ["", title, *(_line(f"  {name}", tally) for name, tally in groups.items())]
    lines += ["", "confusions (label → answer)"]
    lines += [f"  {label} → {answer}: {count}" for label, answer, count in evaluation.confusions()]
    if show_errors:
        lines += ["", f"wrong answers (first {show_errors})"]
    for item in evaluation.errors()[:show_errors]:
        lines.append(f"  {item.policy} · {item.practice}: {item.label} → {item.answer}")
        if item.quote:
            lines.append(f"      {' '.join(item.quote.split())}")
    return "\n".join(lines)


def _line(name: str, tally: Tally) -> str:
    return f"{name:28} {tally.right:>6} {tally.total:>5} {tally.accuracy:>6.3f}"


def _tally(items: Sequence[Judgement]) -> Tally:
    return Tally(sum(item.right for item in items), len(items))
