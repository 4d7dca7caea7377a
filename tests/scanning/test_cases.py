"""Hand-written cases in three languages, each written without a look at the rules.

``missed`` names the practices of a case that don't come out right yet; one that
does must leave that list.
"""

import json

import pytest

from tests.conftest import ROOT

FOLDER = ROOT / "tests" / "cases"
CASES = [
    pytest.param(path.stem, case, id=case["id"])
    for path in sorted(FOLDER.glob("*.json"))
    for case in json.loads(path.read_text(encoding="utf-8"))
]


@pytest.mark.parametrize(("language", "case"), CASES)
def test_a_case_comes_out_as_a_lawyer_reads_it(scanner, language, case):
    report = scanner.scan_text(case["text"], language=language, format="markdown")
    wrong = [practice for practice, state in case["expect"].items() if report.practices[practice].state != state]
    assert sorted(wrong) == case.get("missed", [])
