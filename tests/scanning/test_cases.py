"""Hand-written cases in three languages, each written without a look at the rules.

``missed`` names the practices of a case that don't come out right yet; one that
does must leave that list.
"""

import json
from itertools import groupby

import pytest

from tests.conftest import ROOT

FOLDER = ROOT / "tests" / "cases"


def _round(case):
    """The letter of the round in which a case was written: ``en-a001`` is of round a."""
    return case["id"].split("-")[1][0]


# One test a round: one a case would spend half the time on the tests themselves.
ROUNDS = [
    pytest.param(path.stem, list(cases), id=f"{path.stem}-{letter}")
    for path in sorted(FOLDER.glob("*.json"))
    for letter, cases in groupby(sorted(json.loads(path.read_text(encoding="utf-8")), key=_round), key=_round)
]


@pytest.mark.parametrize(("language", "cases"), ROUNDS)
def test_cases_come_out_as_a_lawyer_reads_them(scanner, language, cases):
    different = []
    for case in cases:
        report = scanner.scan_text(case["text"], language=language, format="markdown")
        wrong = [practice for practice, state in case["expect"].items() if report.practices[practice].state != state]
        if sorted(wrong) != case.get("missed", []):
            came_out = {practice: str(report.practices[practice].state) for practice in wrong}
            different.append(f"{case['id']}: wrong {came_out}, missed {case.get('missed', [])}")
    assert not different, "\n".join(different)
