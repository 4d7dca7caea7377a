"""What many tests share: one scanner, the rules with their examples, a browser, the real data where it is at hand."""

import os
import shutil
from pathlib import Path

import pytest
from hypothesis import settings
from playwright.sync_api import sync_playwright

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


@pytest.fixture(scope="session")
def browser():
    """Debian's chromium; tests that need it are skipped where it is absent."""
    path = shutil.which("chromium")
    if path is None:
        pytest.skip("Debian's chromium is not installed (make test installs it)")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=path, args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
        )
        yield browser
        browser.close()
