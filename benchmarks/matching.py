"""Compares ways to group a language's patterns into sets, on the same clauses in one run.

Run: python -m benchmarks.matching FILE [FILE …]

FILE is a policy in English. Figures are ratios to the fastest grouping; the
first reading of a text is what counts, since the automata are built as they
meet new text.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Sequence
from typing import Any

import re2

from privacyscan.documents import read_source
from privacyscan.knowledge.patterns import options
from privacyscan.knowledge.rules import load_rules
from privacyscan.scanning.folding import fold
from privacyscan.scanning.matching import _loosened
from privacyscan.scanning.segmentation import segment


def main() -> None:
    """Print a row a grouping: sets, seconds for the first reading, ratio to the fastest."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="+")
    rules = load_rules(examples=False)
    clauses = [
        fold(clause.text).encode()
        for path in parser.parse_args().files
        for clause in segment(read_source(path), rules.lexicons["en"].abbreviations)
    ]
    by_rule = [[_loosened(item.match) for item in rule.patterns["en"]] for rule in rules.rules.values()]
    exact = [[item.match for item in rule.patterns["en"]] for rule in rules.rules.values()]
    groupings = {
        "one set": [[pattern for group in by_rule for pattern in group]],
        "one set, bounded repeats kept": [[pattern for group in exact for pattern in group]],
        "a set a rule": by_rule,
        "a set a rule, bounded repeats kept": exact,
    }
    times = {name: _first_reading(groups, clauses) for name, groups in groupings.items()}
    fastest = min(times.values())
    print(f"{sum(map(len, clauses)):,} bytes in {len(clauses):,} clauses")
    for name, seconds in times.items():
        print(f"  {name:36} {len(groupings[name]):>3} sets {seconds:7.2f} s  × {seconds / fastest:.1f}")


def _first_reading(groups: Sequence[Sequence[str]], clauses: Sequence[bytes]) -> float:
    started = time.perf_counter()
    sets = [_set(group) for group in groups]
    for clause in clauses:
        for item in sets:
            item.Match(clause)
    return time.perf_counter() - started


def _set(patterns: Sequence[str]) -> Any:
    built = re2.Set.SearchSet(options())
    for pattern in patterns:
        built.Add(pattern)
    built.Compile()
    return built


if __name__ == "__main__":
    main()
