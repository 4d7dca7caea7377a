"""Every rule's own examples, through the whole pipeline, and its known misses as expected failures."""

import pytest

from privacyscan import Scanner, load_rules
from privacyscan.models import State
from privacyscan.scanning.selfcheck import run_examples

PRACTICES = sorted(load_rules(examples=False).rules)

CONTRACT = """
keystroke_dynamics device_identifier device_info ip_address cookies_tracking usage_logs contact_identity user_content
precise_location approximate_location biometric_data payment_financial address_book third_party_sources storage_china
cross_border_transfer retention_indefinite government_disclosure advertiser_sharing affiliate_sharing
service_provider_sharing business_transfer sale_of_data model_training targeted_advertising automated_decision
retention_period_stated children_barred right_to_delete right_to_access training_opt_out security_measures
breach_notification contact_or_dpo policy_change_without_notice vague_purposes
""".split()


@pytest.fixture(scope="module")
def rules_alone(rules):
    """A scanner without the second voice."""
    return Scanner(rules, classifier=None)


def test_every_practice_of_the_contract_has_a_rule():
    assert set(CONTRACT) <= set(PRACTICES)


@pytest.mark.parametrize("practice", PRACTICES)
def test_examples_come_out_as_written(rules_alone, practice):
    wrong = [
        f"[{result.language}] {result.expected} came out {result.answer}: {result.text}"
        for result in run_examples(rules_alone, practice)
        if not result.as_written
    ]
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("practice", PRACTICES)
def test_every_language_has_patterns_and_examples(rules, practice):
    rule = rules.rules[practice]
    for language in ("en", "ko", "zh"):
        assert rule.patterns[language]
        for state in (State.AFFIRMED, State.DENIED, State.SILENT):
            examples = rule.examples[language].of(state)
            assert len(examples) >= 2
            assert len(set(examples)) == len(examples)
