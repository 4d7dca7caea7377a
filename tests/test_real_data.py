"""Real policies, where they are at hand: figures that must hold, quotes that must be exact, no exception."""

import pytest

from privacyscan.learning.evaluation.gold import evaluate_gold

DEEPSEEK_AFFIRMED = """
keystroke_dynamics device_info ip_address cookies_tracking storage_china government_disclosure model_training
contact_identity user_content advertiser_sharing
""".split()


def test_gold_states(data, scanner):
    evaluation = evaluate_gold(data, scanner)
    assert evaluation.overall.accuracy >= 0.95
    assert evaluation.by_label()["denied"].accuracy >= 0.8
    assert all(tally.accuracy >= 0.92 for tally in evaluation.by_language().values())


def test_what_the_articles_feared_is_found(data, scanner):
    report = scanner.scan_file(data / "gold" / "deepseek-2025-02-16.md")
    for practice in DEEPSEEK_AFFIRMED:
        assert report.practices[practice].state == "affirmed", practice
        for evidence in report.practices[practice].evidence:
            assert report.document.text[evidence.start : evidence.end] == evidence.quote


def test_what_the_later_version_dropped_is_not_found(data, scanner):
    report = scanner.scan_file(data / "gold" / "deepseek-2026-02-10.md")
    assert report.practices["keystroke_dynamics"].state == "silent"
    assert report.practices["biometric_data"].state == "denied"


# Every fourth English one: all of them take a quarter of the whole suite.
@pytest.mark.parametrize(("folder", "every"), [("en", 4), ("zh", 1), ("other", 1)])
def test_policies_scan_with_exact_quotes(data, scanner, folder, every):
    paths = sorted((data / "policies" / folder).iterdir())[::every]
    assert paths
    for path in paths:
        report = scanner.scan_file(path)
        text = report.document.text
        quotes = [*report.findings, *report.dismissed, *report.values]
        quotes += [evidence for result in report.practices.values() for evidence in result.evidence]
        assert all(text[item.start : item.end] == item.quote for item in quotes), path
        if folder == "other" and report.document.language not in ("en", "ko", "zh"):
            assert report.score.grade == "N/A"
