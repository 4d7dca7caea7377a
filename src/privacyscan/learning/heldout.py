"""The whole pipeline over the seeds, with a classifier that has not seen the clause it judges."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from msgspec.structs import replace

from privacyscan.documents import DocumentBuilder
from privacyscan.knowledge.rules import RuleSet
from privacyscan.knowledge.scales import Fusion, Logistic
from privacyscan.learning.seeds import LANGUAGES, Seed, read_seeds, read_thesaurus
from privacyscan.learning.training import Fitted, denials_of, fit, labels_of
from privacyscan.models import Document, Language
from privacyscan.scanning.classification import Predictions
from privacyscan.scanning.scanner import Scanner
from privacyscan.scanning.segmentation import segment

_LEVEL = Logistic(bias=0, level=1)
# Passes the level of a rule on as it is, and doubts nothing.
_RAW = Fusion(rule=_LEVEL, nominated=_LEVEL, alone=_LEVEL, doubt=0, agreement=1, hearing=1, affirms=0.3, denies=0.5)


@dataclass(frozen=True)
class Judged:
    """One finding on one seed: what it claims, how sure its voices are, and whether the seed's label agrees."""

    language: Language
    practice: str
    text: str
    by_rule: bool
    level: float
    probability: float
    right: bool


class _HeldOut:
    """Answers for the clauses of one document with their cross-validated predictions."""

    def __init__(self, fitted: Fitted, practices: Sequence[str], rows: Sequence[int]) -> None:
        self._fitted = fitted
        self._practices = practices
        # A heading or an introduction is no seed and speaks of nothing.
        nothing = np.zeros((1, len(practices)))
        self._matrix = np.concatenate((fitted.held_out, nothing))[list(rows)]

    def predict(self, texts: Sequence[str], language: Language) -> Predictions:  # noqa: ARG002
        return Predictions(self._fitted.model, self._practices, texts, self._matrix)


def judged_seeds(folder: Path, rules: RuleSet) -> Iterator[Judged]:
    """Yield every finding of rules and classifier on the seeds in ``folder``.

    A finding is right where the seed is labelled with its practice in its state.
    """
    raw = replace(rules, scoring=replace(rules.scoring, fusion=_RAW))
    practices = tuple(rules.rules)
    for language in LANGUAGES:
        seeds = read_seeds(folder, language, practices)
        texts, labels = [seed.text for seed in seeds], labels_of(seeds, practices)
        fitted = fit(texts, labels, denials_of(seeds, practices), read_thesaurus(folder, language))
        document, owners = _document(seeds)
        clauses = segment(document, rules.lexicons[language].abbreviations)
        rows = [owners.get(clause.block, -1) for clause in clauses]
        report = Scanner(raw, _HeldOut(fitted, practices, rows)).scan_document(document, language=language)
        blocks = {block.start: index for index, block in enumerate(document.blocks)}
        starts = sorted(blocks)
        for finding in report.findings:
            at = starts[int(np.searchsorted(starts, finding.start, side="right")) - 1]
            owner = owners.get(blocks[at])
            if owner is None or finding.voices.classifier is None:
                continue
            yield Judged(
                language=language,
                practice=finding.practice,
                text=seeds[owner].text,
                by_rule=finding.voices.rule,
                level=finding.confidence,
                probability=finding.voices.classifier,
                right=seeds[owner].practices.get(finding.practice) == finding.state,
            )


def _document(seeds: Sequence[Seed]) -> tuple[Document, dict[int, int]]:
    """All seeds as one document, each in a section of its own, and which block is which seed."""
    builder, owners, blocks = DocumentBuilder(source="seeds"), {}, 0
    for number, seed in enumerate(seeds):
        builder.heading(f"{number}", 1)
        blocks += 1
        if seed.context:
            builder.paragraph(seed.context)
            builder.list_item(seed.text, 0)
            builder.end_list()
            blocks += 1
        else:
            builder.paragraph(seed.text)
        owners[blocks] = number
        blocks += 1
    document = builder.build()
    if len(document.blocks) != blocks:
        raise ValueError(f"{len(document.blocks)} blocks for {blocks} parts of the seeds")
    return document, owners
