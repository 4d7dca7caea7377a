"""Writes the reference distribution of exposures into rules/scoring.yaml, and proposes grade cuts.

Run: python -m benchmarks.calibration --data FOLDER [--write]

FOLDER holds policies/{en,zh,other}/ (real policies, one file each). Only
figures are kept: the sorted exposures of those that can be graded. The cuts
are the 15th, 40th, 65th and 88th percentile, rounded to whole points.
"""

from __future__ import annotations

import argparse
import re
import statistics
from pathlib import Path

from privacyscan import Report, Scanner, UnreadableSourceError, load_rules
from privacyscan.models import Category
from privacyscan.reporters.picture import points_by_area
from privacyscan.resources import data_dir

_CUTS = {"B": 15, "C": 40, "D": 65, "E": 88}


def graded(folder: Path) -> list[Report]:
    """Return the reports of every policy below ``folder`` that can be graded."""
    scanner = Scanner()
    found = []
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        try:
            report = scanner.scan_file(path)
        except UnreadableSourceError as error:
            print(f"passed over {error}")
            continue
        if report.score.exposure is not None:
            found.append(report)
    return found


def quartiles(reports: list[Report]) -> dict[Category, tuple[float, ...]]:
    """Return the quartiles of the points of exposure in each area where any policy earns some."""
    rules = load_rules(examples=False)
    points = [points_by_area(report, rules) for report in reports]
    return {
        category: tuple(
            round(value, 1) for value in statistics.quantiles([item.get(category, 0.0) for item in points], n=4)
        )
        for category in Category
        if any(category in item for item in points)
    }


def proposed_cuts(reference: list[float]) -> dict[str, int]:
    """Return the lowest exposure of each grade, A first."""
    cuts = {grade: round(reference[int(len(reference) * share / 100)]) for grade, share in _CUTS.items()}
    return {"A": 0, **cuts}


def main() -> None:
    """Print the distribution; with --write, replace it in rules/scoring.yaml."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--write", action="store_true")
    arguments = parser.parse_args()
    reports = graded(arguments.data / "policies")
    reference = sorted(report.score.exposure for report in reports if report.score.exposure is not None)
    cuts = proposed_cuts(reference)
    grades = [max(grade for grade, cut in cuts.items() if exposure >= cut) for exposure in reference]
    print(f"{len(reference)} policies graded, exposures {reference[0]} to {reference[-1]}")
    for grade, cut in cuts.items():
        print(f"  {grade} from {cut:>3}: {grades.count(grade):>3} policies ({grades.count(grade) / len(grades):.0%})")
    if arguments.write:
        path = data_dir("rules") / "scoring.yaml"
        text = path.read_text(encoding="utf-8")
        rows = [", ".join(f"{value:g}" for value in reference[i : i + 18]) for i in range(0, len(reference), 18)]
        listed = "reference: [\n  " + ",\n  ".join(rows) + "]\n"
        text = re.sub(r"reference: \[[^\]]*\]\n", lambda _: listed, text)
        areas = ", ".join(f"{name}: [{', '.join(map(str, row))}]" for name, row in quartiles(reports).items())
        text = re.sub(r"reference_areas: \{[^}]*\}", lambda _: f"reference_areas: {{{areas}}}", text)
        inline = ", ".join(f"{grade}: {cut}" for grade, cut in cuts.items())
        text = re.sub(r"grades: \{[^}]*\}", f"grades: {{{inline}}}", text)
        path.write_text(text, encoding="utf-8")
        print(f"wrote {path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path.name}")


if __name__ == "__main__":
    main()
