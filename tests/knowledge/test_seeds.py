"""What the project grew from: every claim of the articles has a rule, every finding its source."""

import re

import pytest
import yaml

from privacyscan.knowledge.ledger import ledger_for, load_ledgers
from privacyscan.resources import data_dir

ARTICLES = sorted((data_dir("seeds") / "articles").glob("*.yaml"))


def claims(path):
    return yaml.safe_load(path.read_text(encoding="utf-8"))["claims"]


def test_the_five_articles_are_there():
    assert [path.stem for path in ARTICLES] == ["000", "001", "002", "003", "004"]


@pytest.mark.parametrize("path", ARTICLES, ids=lambda path: path.stem)
def test_every_claim_is_covered_by_a_rule(path, rules):
    for claim in claims(path):
        assert claim["en"]
        assert claim["ko"]
        if not claim["practices"]:
            assert claim["outside"], claim["id"]
        for practice in claim["practices"]:
            assert practice in rules.rules, claim["id"]


def test_the_claims_reach_the_fears_that_started_the_project():
    covered = {practice for path in ARTICLES for claim in claims(path) for practice in claim["practices"]}
    assert {"keystroke_dynamics", "device_info", "ip_address", "storage_china", "model_training"} <= covered
    assert {"government_disclosure", "cookies_tracking", "contact_identity", "user_content"} <= covered


def test_the_ledger_shows_both_findings_on_keystrokes(rules):
    ledger = ledger_for("DeepSeek", load_ledgers())
    assert ledger is not None
    about_keystrokes = [entry for entry in ledger.entries if "keystroke_dynamics" in entry.practices]
    assert len(about_keystrokes) >= 2
    assert [entry.date for entry in ledger.entries] == sorted(entry.date for entry in ledger.entries)
    for entry in ledger.entries:
        assert set(entry.practices) <= set(rules.rules)
        assert entry.found.keys() >= {"en", "ko"}
        assert entry.authority.keys() >= {"en", "ko"}


@pytest.mark.parametrize("name", ["DeepSeek", "딥시크", "deepseek chat", "深度求索"])
def test_a_service_finds_its_ledger(name):
    assert ledger_for(name, load_ledgers()) is not None


@pytest.mark.parametrize("name", ["Deepseeker", "ChatGPT", "", "seek"])
def test_other_services_do_not(name):
    assert ledger_for(name, load_ledgers()) is None


def test_articles_hold_no_address_of_their_sources():
    for path in ARTICLES:
        assert not re.search(r"https?://", path.read_text(encoding="utf-8"))
