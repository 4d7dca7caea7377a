"""The example policies: what a careful reader says of them, and how much of it the scanner finds."""

import pytest
import yaml

from tests.conftest import EXAMPLES

EXPECTED = {
    name: states
    for path in sorted(EXAMPLES.glob("expected.*.yaml"))
    for name, states in yaml.safe_load(path.read_text(encoding="utf-8")).items()
}
# The examples were written and labelled without looking at the rules; what is still missed is missed.
RIGHT_AT_LEAST = 30


@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_most_states_are_those_of_a_careful_reader(scanner, name):
    report = scanner.scan_file(EXAMPLES / f"{name}.md")
    wrong = {
        practice: (state, report.practices[practice].state.value)
        for practice, state in EXPECTED[name].items()
        if report.practices[practice].state != state
    }
    assert len(EXPECTED[name]) == 36
    assert len(wrong) <= 36 - RIGHT_AT_LEAST, wrong


def test_the_examples_are_full_length():
    for name in EXPECTED:
        text = (EXAMPLES / f"{name}.md").read_text(encoding="utf-8")
        assert len(text) > 4_000 if name.endswith(".zh") else len(text.split()) >= 2_000


def test_the_examples_fall_on_both_sides(scanner):
    exposures = {name: scanner.scan_file(EXAMPLES / f"{name}.md").score.exposure for name in EXPECTED}
    assert exposures["lumenqiao.en"] > exposures["harborwrite.en"] + 30
    assert exposures["mirinae.ko"] > exposures["dodamnote.ko"] + 30
