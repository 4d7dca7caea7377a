"""What many tests share: one scanner, the rules with their examples, the real data where it is at hand."""

import os
from pathlib import Path

import pytest
from hypothesis import settings

from privacyscan import RuleSet, Scanner, load_rules

ROOT = Path(__file__).resolve().parents[1]
EXAMPLES = ROOT / "examples"
# A property is no timed test: a slow machine is no counterexample.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")


@pytest.fixture(scope="session")
def rules() -> RuleSet:
    return load_rules()


@pytest.fixture(scope="session")
def scanner() -> Scanner:
    return Scanner()


@pytest.fixture(scope="session")
def data() -> Path:
    """The folder of real policies; tests that need it are skipped where it is absent."""
    folder = Path(os.environ.get("PRIVACYSCAN_DATA", ROOT.parent / "shared" / "data"))
    if not (folder / "gold").is_dir():
        pytest.skip("real policies are not at hand (set PRIVACYSCAN_DATA)")
    return folder
