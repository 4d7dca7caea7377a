"""Fits the scale of `Finding.confidence` on the seeds, and shows how reliable it is.

Run: python -m benchmarks.confidence [--data DIR] [--write]

Every seed clause goes through the whole pipeline with a classifier that was
fitted without it. A logistic regression on the log-odds of the rule's level
and of the classifier's probability then says how often such a finding is
right. The reliability table is cross-validated by clause; with --data, a
second table shows the findings on the labelled policies in DIR/gold, which
the fit has never seen. --write puts the coefficients into rules/scoring.yaml.
"""

from __future__ import annotations

import argparse
import json
import math
import re
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold

from privacyscan import Scanner
from privacyscan.knowledge.rules import load_rules
from privacyscan.knowledge.scales import Logistic
from privacyscan.learning.heldout import Judged, judged_seeds
from privacyscan.resources import data_dir

_BINS = 10
_FOLDS = 5


def fitted(found: Sequence[Judged], columns: Sequence[int]) -> tuple[LogisticRegression, np.ndarray]:
    """Return the regression on some of the (level, probability) columns, and its cross-validated answers."""
    features = np.array([[_logit(item.level), _logit(item.probability)] for item in found])[:, list(columns)]
    right = np.array([item.right for item in found])
    answers = np.zeros(len(found))
    for learn, test in GroupKFold(_FOLDS).split(features, groups=[hash_of(item.text) for item in found]):
        answers[test] = LogisticRegression(C=1e3).fit(features[learn], right[learn]).predict_proba(features[test])[:, 1]
    return LogisticRegression(C=1e3).fit(features, right), answers


def reliability(answers: Sequence[float], right: Sequence[bool]) -> tuple[list[tuple[int, float, float]], float]:
    """Return per bin (count, mean confidence, share right), and the expected calibration error."""
    said, hit = np.array(answers), np.array(right)
    places = np.minimum((said * _BINS).astype(int), _BINS - 1)
    rows, error = [], 0.0
    for place in range(_BINS):
        inside = places == place
        count = int(inside.sum())
        mean, share = (float(said[inside].mean()), float(hit[inside].mean())) if count else (0.0, 0.0)
        rows.append((count, mean, share))
        error += count / len(said) * abs(mean - share)
    return rows, error


def hash_of(text: str) -> int:
    """Return a number for a text that is the same in every run."""
    return int.from_bytes(text.encode()[-6:], "big")


def _logit(value: float) -> float:
    value = min(max(value, 0.002), 0.998)
    return math.log(value / (1 - value))


def _gold(folder: Path) -> tuple[list[float], list[bool]]:
    """Confidence and rightness of every finding on the labelled policies."""
    said, right = [], []
    scanner = Scanner()
    for path in sorted((folder / "gold").glob("*.json")):
        labels = json.loads(path.read_text(encoding="utf-8"))
        policy = next(found for found in path.parent.glob(f"{path.stem}.*") if found.suffix != ".json")
        for finding in scanner.scan_file(policy).findings:
            accepted = {
                labels["labels"][finding.practice]["state"],
                *labels.get("accept", {}).get(finding.practice, ()),
            }
            said.append(finding.confidence)
            right.append(finding.state.value in accepted)
    return said, right


def _show(title: str, answers: Sequence[float], right: Sequence[bool]) -> None:
    rows, error = reliability(answers, right)
    print(f"{title}: {len(answers)} findings, expected calibration error {error:.3f}")
    print(f"  {'confidence':>12} {'findings':>9} {'mean':>6} {'right':>6}")
    for place, (count, mean, share) in enumerate(rows):
        if count:
            print(f"  {place / _BINS:>5.1f} to {(place + 1) / _BINS:.1f} {count:>9} {mean:>6.2f} {share:>6.2f}")


def main() -> None:
    """Print the tables; with --write, replace the coefficients in rules/scoring.yaml."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path)
    parser.add_argument("--write", action="store_true")
    arguments = parser.parse_args()
    found = list(judged_seeds(data_dir("seeds"), load_rules(examples=False)))
    by_rule = [item for item in found if item.by_rule]
    nominated = [item for item in found if not item.by_rule]
    # All nominations pass a high threshold; above it the probability tells no more.
    share = float(np.mean([item.right for item in nominated]))
    scales = {"nominated": Logistic(bias=round(_logit(share), 3), level=0.0, classifier=0.0)}
    answers: list[float] = [share] * len(nominated)
    for name, part, columns in (("rule", by_rule, (0, 1)), ("alone", by_rule, (0,))):
        model, said = fitted(part, columns)
        values = dict(zip(columns, model.coef_[0], strict=True))
        scales[name] = Logistic(
            bias=round(float(model.intercept_[0]), 3),
            level=round(float(values.get(0, 0.0)), 3),
            classifier=round(float(values.get(1, 0.0)), 3),
        )
        answers += [] if name == "alone" else said.tolist()
    _show("Seeds, cross-validated", answers, [item.right for item in (*nominated, *by_rule)])
    if arguments.data:
        _show("Gold policies", *_gold(arguments.data))
    for name, scale in scales.items():
        print(f"{name}: {scale.model_dump()}")
    if arguments.write:
        path = data_dir("rules") / "scoring.yaml"
        text = path.read_text(encoding="utf-8")
        for name, scale in scales.items():
            row = f"  {name}: {{bias: {scale.bias}, level: {scale.level}, classifier: {scale.classifier}}}\n"
            text = re.sub(rf"  {name}: \{{bias:[^}}]*\}}\n", lambda _, row=row: row, text)
        path.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
