"""The public surface is small, and locked."""

import json
import pickle
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


def test_a_report_is_written_in_plain_words_and_never_changed():
    report = privacyscan.scan("# Quill privacy policy\n\nWe record your keystrokes.", service="Quill")
    written = report.model_dump(mode="json")
    assert json.loads(json.dumps(written)) == written
    assert list(written) == list(report.__struct_fields__)
    assert list(written["document"]) == ["source", "title", "language", "characters", "sha256", "text"]
    assert list(written["practices"]["keystroke_dynamics"]["evidence"][0]) == ["quote", "start", "end", "section"]
    with pytest.raises(ValueError, match="mode='python'"):
        report.model_dump(mode="python")
    with pytest.raises(AttributeError, match="immutable"):
        report.service = "Feather"


def test_a_report_goes_from_process_to_process():
    report = privacyscan.scan("We record your keystrokes.", service="Quill")
    assert pickle.loads(pickle.dumps(report)) == report
