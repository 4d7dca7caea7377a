"""A finding quotes all that decided it, in the document's own words."""

import pytest

from privacyscan import Scanner


@pytest.fixture(scope="module")
def scanner():
    return Scanner()


@pytest.mark.parametrize(
    ("practice", "text", "state", "decisive"),
    [
        (
            "ip_address",
            "Many games log the IP address of their players. Ours does nothing of the sort.",
            "denied",
            "Ours",
        ),
        (
            "service_provider_sharing",
            "Some of the suppliers that maintain this system for us are in Malta. They are given access to such data.",
            "affirmed",
            "given access",
        ),
        (
            "biometric_data",
            "회사는 지문을 원칙적으로 수집하지 않습니다. 다만, 이용자가 동의한 경우에는 수집합니다.",
            "conditional",
            "동의한 경우",
        ),
    ],
)
def test_what_the_next_sentence_decides_is_quoted_with_it(scanner, practice, text, state, decisive):
    report = scanner.scan_text(text)
    found = next(item for item in report.findings if item.practice == practice)
    assert found.state == state
    assert decisive in found.quote
    assert text[found.start : found.end] == found.quote


def test_a_sentence_that_decides_by_itself_stands_alone(scanner):
    report = scanner.scan_text("We log your IP address. We keep a diary of the weather.")
    (found,) = (item for item in report.findings if item.practice == "ip_address")
    assert found.quote == "We log your IP address."
