"""Compares the scanner with a careful reader on the example policies.

Run: python -m benchmarks.examples

The examples and their labels (examples/expected.*.yaml) were written without
sight of the rules, but wording found missing in them has since been learnt.
"""

from __future__ import annotations

import yaml

from privacyscan import Scanner
from privacyscan.models import State
from privacyscan.resources import data_dir


def main() -> None:
    """Print a row an example: states right of 36, and of the denied ones."""
    folder = data_dir("examples")
    scanner = Scanner()
    right_in_all = total = 0
    for path in sorted(folder.glob("expected.*.yaml")):
        for name, expected in yaml.safe_load(path.read_text(encoding="utf-8")).items():
            report = scanner.scan_file(folder / f"{name}.md")
            right = [practice for practice, state in expected.items() if report.practices[practice].state == state]
            denied = [practice for practice, state in expected.items() if state == State.DENIED]
            print(f"| {name} | {len(right)} of {len(expected)} | {len(set(denied) & set(right))} of {len(denied)} |")
            right_in_all, total = right_in_all + len(right), total + len(expected)
    print(f"{right_in_all} of {total} ({right_in_all / total:.3f})")


if __name__ == "__main__":
    main()
