"""The public surface is small, and locked."""

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
