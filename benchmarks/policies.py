"""Prints how many states of whole policies come out as a reader labelled them, and what the classifier hears alone.

Run: python -m benchmarks.policies [--data ../shared/data] [--wrong]

The labels stand in tests/policies/{en,ko,zh}.json: one state a practice, given
by somebody who had not seen what the product says, and other states that a
careful reader could defend (`accept`). The Korean policies are of invented
services and stand beside them; the English and Chinese ones are in the data
folder (Open Terms Archive, APPCP-100) and are left out without it. All were
learnt from after their first reading: docs/polarity.md gives the figures of it.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple, cast
from xml.etree import ElementTree

import numpy as np

from privacyscan import Scanner
from privacyscan.documents import read_text
from privacyscan.models import Document, Language
from privacyscan.scanning.classification import shipped_classifier
from privacyscan.scanning.segmentation import segment

_FOLDER = Path(__file__).parent.parent / "tests" / "policies"
_DEEPEST_HEADING = 5
_SILENT = "silent"


class Labelled(NamedTuple):
    """One policy: its document, the state of every practice, and the states that could be defended as well."""

    policy: str
    round: str
    document: Document
    states: dict[str, str]
    accept: dict[str, list[str]]


def labelled(language: Language, data: Path | None) -> Iterator[Labelled]:
    """Yield the labelled policies of one language whose texts are at hand."""
    for entry in json.loads((_FOLDER / f"{language}.json").read_text(encoding="utf-8")):
        folder = _FOLDER if language == "ko" else data
        if folder is None:
            continue
        path = folder / entry["source"]
        text = _markdown(path) if path.suffix == ".xml" else path.read_text(encoding="utf-8")
        document = read_text(text, source=entry["policy"], format="markdown")
        yield Labelled(entry["policy"], entry["round"], document, entry["states"], entry["accept"])


def _markdown(path: Path) -> str:
    """The titles and paragraphs of a policy of APPCP-100."""
    lines: list[str] = []

    def walk(node: Any, depth: int) -> None:
        if node.tag == "title":
            lines.append("#" * min(depth, _DEEPEST_HEADING) + " " + " ".join((node.text or "").split()))
        elif node.tag == "p":
            lines.append("\n".join(" ".join(line.split()) for line in "".join(node.itertext()).splitlines()))
            return
        for child in node:
            walk(child, depth + (node.tag == "title"))

    walk(ElementTree.parse(path).getroot(), 1)
    return "\n\n".join(line for line in lines if line.strip("# "))


def heard(policies: list[Labelled], language: Language, scanner: Scanner) -> float:
    """Return the mean F1 over practices of "the policy speaks of it", by the classifier alone."""
    file = shipped_classifier()
    model, practices = file.model(language), list(file.practices)
    abbreviations = scanner.rules.lexicons[language].abbreviations
    rows = [
        model.probabilities([clause.text for clause in segment(item.document, abbreviations)]).max(axis=0)
        for item in policies
    ]
    said = np.array(rows) >= model.speaks
    wanted = np.array([[item.states[practice] != _SILENT for practice in practices] for item in policies])
    right = (said & wanted).sum(axis=0)
    spoken = said.sum(axis=0) + wanted.sum(axis=0)
    return float(np.mean(np.where(spoken > 0, 2 * right / np.maximum(spoken, 1), 1.0)))


def main() -> None:
    """Print a row a language and round, then what the classifier hears."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, help="the folder that holds policies/ and appcp100/")
    parser.add_argument("--wrong", action="store_true", help="print every state that comes out otherwise")
    arguments = parser.parse_args()
    scanner = Scanner()
    print("| language | round | policies | as labelled | or defensible | of |\n|---|---|---|---|---|---|")
    alone = []
    for language in ("en", "ko", "zh"):
        policies = list(labelled(cast(Language, language), arguments.data))
        for number in sorted({item.round for item in policies}):
            same = defended = states = 0
            chosen = [item for item in policies if item.round == number]
            for item in chosen:
                report = scanner.scan_document(item.document, language=cast(Language, language))
                for practice, state in item.states.items():
                    answer = report.practices[practice].state.value
                    allowed = answer in item.accept.get(practice, [])
                    same, states = same + (answer == state), states + 1
                    defended += answer == state or allowed
                    if arguments.wrong and answer != state and not allowed:
                        print(f"{item.policy}: {practice} is {answer}, labelled {state}")
            print(f"| {language} | {number} | {len(chosen)} | {same} | {defended} | {states} |")
        if policies:
            alone.append((language, len(policies), heard(policies, cast(Language, language), scanner)))
    print("\nThe classifier alone, whether a policy speaks of a practice: mean F1 over the practices")
    for language, count, score in alone:
        print(f"{language}: {score:.3f} ({count} policies)")


if __name__ == "__main__":
    main()
