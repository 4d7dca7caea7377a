"""Prints how many states of the hand-written cases come out right, by language and portion.

Run: python -m benchmarks.cases

The cases stand in tests/cases/{en,ko,zh}.json. Portion a was written first and
hard on purpose, portion b in ordinary wording; the letter is in a case's id.
"""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

from privacyscan import Scanner

_FOLDER = Path(__file__).parent.parent / "tests" / "cases"


def main() -> None:
    """Print a row a language and portion: cases, states right, states in all."""
    scanner = Scanner()
    print("| language | portion | cases | states right |\n|---|---|---|---|")
    for path in sorted(_FOLDER.glob("*.json")):
        cases, right, states = Counter[str](), Counter[str](), Counter[str]()
        for case in json.loads(path.read_text(encoding="utf-8")):
            portion = case["id"].split("-")[1][0]
            answers = scanner.scan_text(case["text"], language=path.stem, format="markdown").practices  # type: ignore[arg-type]
            cases[portion] += 1
            states[portion] += len(case["expect"])
            right[portion] += sum(answers[practice].state == state for practice, state in case["expect"].items())
        for portion in sorted(cases):
            print(f"| {path.stem} | {portion} | {cases[portion]} | {right[portion]} of {states[portion]} |")


if __name__ == "__main__":
    main()
