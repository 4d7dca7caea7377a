"""Rules alone, the classifier alone, and both together, on labelled policies and passages.

Run: python -m benchmarks.accuracy --data DIR [--only NAME …] [--retrain opp115|capp130]

DIR holds gold/, app350/, gdpr200/ and capp130/. For whole policies the figure
is the share of right states and the F1 of "the policy speaks of the practice";
for passages F1 of *performed* and *not performed*, and the precision of the
former; CAPP-130 has topics that practices map onto, and no polarity. The
classifier alone gets its polarity from the same resolution, which sets aside
what is no sentence; "heard" is what it says before that: the F1 of "some
clause passes the practice's threshold".

--retrain fits our features (and, for opp115, what this product says of a
segment) on the training split of a research corpus and measures it on that
corpus's other split, beside published figures. All choices were made by
cross-validation inside the training split. Nothing fitted there is shipped.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
from msgspec import structs
from sklearn.metrics import f1_score

from privacyscan import Scanner
from privacyscan.documents import read_source
from privacyscan.knowledge.rules import RuleSet, load_rules
from privacyscan.learning.evaluation.corpora import CORPORA, Answer
from privacyscan.learning.evaluation.gold import Evaluation, evaluate_gold
from privacyscan.learning.evaluation.passages import evaluate_passages
from privacyscan.learning.retraining import Task, retrain
from privacyscan.learning.seeds import read_thesaurus
from privacyscan.learning.views import Product, Vectoriser
from privacyscan.models import Language, State
from privacyscan.resources import data_dir
from privacyscan.scanning.classification import ModelFile, Predictions, shipped_classifier
from privacyscan.scanning.segmentation import segment

_APP350 = ("ip_address", "cookies_tracking", "device_identifier", "precise_location", "address_book")
_PASSAGES = ("app350", "gdpr200", "capp130")
_TASKS = {
    # Every segment of this corpus has a label.
    "opp115": Task(
        views={
            "runs": 1.0,
            "concepts": 0.5,
            "opening": 0.4,
            "words": 0.5,
            "shape": 0.3,
            "answers": 0.14,
            "findings": 0.14,
        },
        regularisation=0.5,
        centre=0.45,
        drawn=0.75,
        never_empty=True,
        # By cross-validation on the training split, as all the others.
        trees=0.1,
    ),
    # The same statutory sentence is a risk for one annotator and none for the next; its shape tells policies apart.
    "capp130": Task(views={"runs": 1.0, "concepts": 0.5, "shape": 0.6}, regularisation=0.5, centre=0.4, drawn=0.25),
}
_PUBLISHED = {
    "opp115": "plain TF-IDF + logistic regression 0.80 micro / 0.76 macro, BERT 0.840 / 0.784, PrivBERT 0.872 / 0.821",
    "capp130": "RoBERTa 0.71 macro (CAPP-130, NeurIPS 2023)",
}


class Alone:
    """The classifier as the only voice: it nominates whatever it says a clause speaks of."""

    def __init__(self, classifier: ModelFile) -> None:
        self._classifier = classifier

    def predict(self, texts: Sequence[str], language: Language) -> Predictions:
        """Return predictions whose nominations need no agreement."""
        model = self._classifier.model(language)
        return Predictions(
            replace(model, nominates=model.speaks, rephrases=model.speaks), self._classifier.practices, texts
        )


def without_patterns(rules: RuleSet) -> RuleSet:
    """Return the rules with nothing to match."""
    bare = {
        key: structs.replace(rule, patterns=dict.fromkeys(rule.patterns, ()), exceptions={})
        for key, rule in rules.rules.items()
    }
    return structs.replace(rules, rules=bare)


def presence(evaluation: Evaluation, language: str) -> float:
    """Return the F1 of saying anything of a practice, against the labels, in one language."""
    own = [item for item in evaluation.judgements if item.language == language]
    said = np.array([item.answer is not State.SILENT for item in own])
    labelled = np.array([item.label is not State.SILENT for item in own])
    return float(f1_score(labelled, said))


def heard(data: Path, rules: RuleSet) -> dict[str, float]:
    """Return the F1 of the classifier's own answer, whether a policy speaks of a practice, by language."""
    classifier = shipped_classifier()
    said: dict[str, list[bool]] = {}
    labelled: dict[str, list[bool]] = {}
    for path in sorted((data / "gold").glob("*.json")):
        labels = json.loads(path.read_text(encoding="utf-8"))
        language: Language = labels["language"]
        policy = next(item for item in sorted(path.parent.glob(f"{path.stem}.*")) if item.suffix != ".json")
        clauses = segment(read_source(str(policy)), rules.lexicons[language].abbreviations)
        model = classifier.model(language)
        answers = (model.probabilities([clause.text for clause in clauses]) >= model.speaks).any(axis=0)
        for practice, answer in zip(classifier.practices, answers, strict=True):
            said.setdefault(language, []).append(bool(answer))
            labelled.setdefault(language, []).append(labels["labels"][practice]["state"] != State.SILENT)
    return {language: float(f1_score(labelled[language], said[language])) for language in sorted(said)}


def compare(data: Path, only: Sequence[str]) -> None:
    """Print one table a corpus."""
    rules = load_rules(examples=False)
    voices = {
        "rules": Scanner(rules, None),
        "classifier": Scanner(without_patterns(rules), Alone(shipped_classifier())),
        "fused": Scanner(rules),
    }
    if "gold" in only:
        print("gold, whole policies")
        for name, scanner in voices.items():
            result = evaluate_gold(data, scanner)
            found = {language: presence(result, language) for language in ("en", "ko", "zh")}
            shares = "  ".join(f"{language} {value:.3f}" for language, value in found.items())
            print(f"  {name:<11} states right {result.overall.accuracy:.3f}   presence F1 {shares}")
        shares = "  ".join(f"{language} {value:.3f}" for language, value in heard(data, rules).items())
        print(f"  classifier, heard                     F1 {shares}")
    for corpus in (name for name in _PASSAGES if name in only):
        targets = _APP350 if corpus == "app350" else tuple(CORPORA[corpus].targets)
        print(f"{corpus}, passages, mean over {', '.join(targets)}")
        for name, scanner in voices.items():
            result = evaluate_passages(CORPORA[corpus], data, scanner)
            counts = {answer: [result.counts(target, answer) for target in targets] for answer in Answer}
            done, denied = counts[Answer.PERFORMED], counts[Answer.NOT_PERFORMED]
            topics = result.corpus.topics
            print(
                f"  {name:<11} {'spoken of' if topics else 'performed'} F1 {np.mean([item.f1 for item in done]):.3f}, "
                f"precision {np.mean([item.precision for item in done]):.3f}"
                + ("   " if topics else f"; not performed F1 {np.mean([item.f1 for item in denied]):.3f}   ")
                + " ".join(f"{target} {item.f1:.2f}" for target, item in zip(targets, done, strict=True))
            )


def measure_retrained(data: Path, corpus: str) -> None:
    """Fit on a corpus's training split and print the figures on its other split."""
    folder = data / corpus
    if corpus == "opp115":
        train, test = _rows(folder / "categories_train.jsonl"), _rows(folder / "categories_validation.jsonl")
        names = sorted({label for row in train for label in row["labels"]})
        labels = [np.array([[name in row["labels"] for name in names] for row in rows]) for rows in (train, test)]
        language: Language = "en"
    else:
        train, test = _rows(folder / "risk_train.jsonl"), _rows(folder / "risk_dev.jsonl")
        labels = [np.array([[row["label"] == "1"] for row in rows]) for rows in (train, test)]
        language = "zh"
    started = time.perf_counter()
    rules = load_rules(examples=False)
    product = Product(rules, Scanner(rules), shipped_classifier())
    task = _TASKS[corpus]
    vectoriser = Vectoriser(language, read_thesaurus(data_dir("seeds"), language), task.views, product)
    model = retrain([row["text"] for row in train], labels[0], vectoriser, task)
    seconds = time.perf_counter() - started
    answers = model.labels([row["text"] for row in test])
    if corpus == "opp115":
        micro, macro = (f1_score(labels[1], answers, average=kind) for kind in ("micro", "macro"))
        print(
            f"{corpus}, validation split, {labels[0].shape[1]} categories: micro-F1 {micro:.3f}, macro-F1 {macro:.3f}"
        )
    else:
        macro = f1_score(labels[1][:, 0], answers[:, 0], average="macro")
        print(f"{corpus}, dev split, risk: macro-F1 {macro:.3f}")
    print(f"  published: {_PUBLISHED[corpus]}; fitted on {len(train)} segments in {seconds:.0f} s")


def _rows(path: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def main() -> None:
    """Print the tables asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--only", nargs="+", choices=("gold", *_PASSAGES), default=["gold", *_PASSAGES])
    parser.add_argument("--retrain", choices=tuple(_PUBLISHED))
    arguments = parser.parse_args()
    if arguments.retrain:
        measure_retrained(arguments.data, arguments.retrain)
    else:
        compare(arguments.data, arguments.only)


if __name__ == "__main__":
    main()
