"""Whole Korean policies of invented services, labelled by somebody who had not seen what the product says."""

import json
from pathlib import Path

import pytest

FOLDER = Path(__file__).parent.parent / "policies"
POLICIES = json.loads((FOLDER / "ko.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("labelled", POLICIES, ids=lambda labelled: labelled["policy"])
def test_a_policy_comes_out_as_its_reader_labelled_it(scanner, labelled):
    practices = scanner.scan_file(FOLDER / labelled["source"], language="ko").practices
    accept = labelled["accept"]
    wrong = [
        practice
        for practice, state in labelled["states"].items()
        if practices[practice].state not in (state, *accept.get(practice, ()))
    ]
    assert sorted(wrong) == labelled["missed"]
