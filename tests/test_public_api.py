"""The public surface is small, and locked."""

import subprocess
import sys

import pytest

import privacyscan


def test_the_public_names_are_these():
    assert sorted(privacyscan.__all__) == [
        "Comparison",
        "Document",
        "Evidence",
        "Finding",
        "Grade",
        "KnowledgeError",
        "PracticeResult",
        "Report",
        "RuleSet",
        "Scanner",
        "Score",
        "State",
        "UnreadableSourceError",
        "__version__",
        "compare",
        "load_rules",
        "scan",
    ]


def test_scan_and_compare_are_one_call_each():
    restrained = privacyscan.scan("We do not record your keystrokes.", service="Quiet")
    curious = privacyscan.scan("We record your keystrokes to improve typing suggestions.", service="Curious")
    comparison = privacyscan.compare([restrained, curious])
    row = next(row for row in comparison.rows if row.practice == "keystroke_dynamics")
    assert [side.state for side in row.sides] == ["denied", "affirmed"]


def test_every_public_name_is_there_and_no_other():
    assert all(getattr(privacyscan, name) is not None for name in privacyscan.__all__)
    assert set(privacyscan.__all__) <= set(dir(privacyscan))
    with pytest.raises(AttributeError, match="no attribute 'scam'"):
        _ = privacyscan.scam


def test_a_name_is_imported_when_it_is_asked_for():
    code = "import sys, privacyscan; before = 'msgspec' in sys.modules; privacyscan.Report; print(before)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
