"""What would change the grade: only what the sum says."""

from privacyscan import Scanner
from privacyscan.knowledge.texts import load_texts
from privacyscan.reporters.turning import turning
from privacyscan.scanning.scoring import grade_of
from tests.conftest import EXAMPLES


def test_what_is_named_would_change_the_grade(scanner, rules):
    for path in sorted(EXAMPLES.glob("*.md")):
        report = scanner.scan_file(path)
        lines = list(turning(report, rules, load_texts("en")))
        assert lines
        worse = [line for line in lines if "would make it" in line]
        cuts = sorted(rules.scoring.grades.values())
        assert bool(worse) == (report.score.exposure < cuts[-1])
        if worse:
            points = float(worse[0].split()[0])
            assert grade_of(rules.scoring, report.score.exposure + points + 0.05) > report.score.grade


def test_a_text_without_a_grade_has_none():
    report = Scanner().scan_text("We collect your IP address.", language="en")
    assert list(turning(report, Scanner().rules, load_texts("en"))) == []
