"""How firmly a sentence says something: what hedges, and what only looks like it."""

from __future__ import annotations

import pytest

from privacyscan.models import State, Strength
from privacyscan.scanning.scanner import Scanner

FIRM, HEDGED = Strength.FIRM, Strength.HEDGED


@pytest.fixture(scope="module")
def scanner() -> Scanner:
    return Scanner()


@pytest.mark.parametrize(
    ("language", "text", "practice", "strength"),
    [
        ("en", "You must be at least 16 years of age, or you may not use our app.", "children_barred", FIRM),
        ("en", "We may collect your IP address.", "ip_address", HEDGED),
        ("en", "We collect identifiers that can identify you, such as your IP address.", "ip_address", FIRM),
        ("en", "We store your IP address, which may change each day.", "ip_address", FIRM),
        ("en", "To answer any question that may come up, we store your IP address.", "ip_address", FIRM),
        ("en", "The data that we may store without asking, such as your IP address, is listed.", "ip_address", HEDGED),
        ("en", "We may collect:\n\n- the IP address that you send", "ip_address", HEDGED),
        ("en", "We collect:\n\n- the IP address that you send", "ip_address", FIRM),
        (
            "en",
            "- **What we collect.** See how we handle data.\n\n  We may collect:\n\n  - *Device.* Your IP address",
            "ip_address",
            HEDGED,
        ),
        ("en", "We use your data to comply with requests from law enforcement.", "government_disclosure", HEDGED),
        ("en", "We hand over data to law enforcement.", "government_disclosure", FIRM),
        (
            "en",
            "Disclosure in the event of a merger, sale or transfer. If we merge, your data may be transferred.",
            "business_transfer",
            HEDGED,
        ),
        ("en", "## Third-party SDKs\n\n- Information collected: precise location", "precise_location", HEDGED),
        ("zh", "## 第三方SDK目录\n\n- 使用目的：自动化营销管理", "advertiser_sharing", HEDGED),
        ("ko", "## 제3자 SDK 목록\n\n- 수집 항목: IP 주소", "ip_address", HEDGED),
        ("ko", "## 수집 항목\n\n- 수집 항목: IP 주소", "ip_address", FIRM),
        ("zh", "## 第三方SDK目录\n\n- 收集信息：精确位置", "precise_location", HEDGED),
        ("zh", "## 我们收集的信息\n\n- 收集信息：精确位置", "precise_location", FIRM),
        ("ko", "회사는 단말기를 식별할 수 있는 기기 고유 번호를 수집합니다.", "device_identifier", FIRM),
        ("ko", "회사는 필요한 최소한의 항목으로 IP 주소를 수집합니다.", "ip_address", FIRM),
        ("ko", "회사는 필요한 경우 IP 주소를 수집합니다.", "ip_address", HEDGED),
        ("zh", "发生信息泄露后，我们会向您告知事件的经过和可能的影响。", "breach_notification", FIRM),
        ("zh", "我们不会向第三方泄露您的个人信息，除非是为了履行法律法规的要求。", "government_disclosure", HEDGED),
        (
            "en",
            "These disclosures may be considered sharing.\n\n| Data we disclose | Recipients |\n|---|---|\n"
            "| Usage data | Advertising networks |",
            "advertiser_sharing",
            FIRM,
        ),
        (
            "en",
            "## We may collect\n\n| Kind | What it holds |\n|---|---|\n"
            "| Messages | Communications you’ve signed up for or received, address book information |",
            "address_book",
            HEDGED,
        ),
        ("zh", "发生信息泄露后，我们可能会向您告知事件的经过。", "breach_notification", HEDGED),
    ],
)
def test_strength(scanner: Scanner, language: str, text: str, practice: str, strength: Strength) -> None:
    assert scanner.scan_text(text, language=language).practices[practice].strength is strength


@pytest.mark.parametrize(
    ("language", "text", "practice"),
    [
        ("en", "We cannot guarantee that your data is never shared with advertisers.", "advertiser_sharing"),
        ("ko", "정확한 위치정보를 수집하지 않는다고 장담할 수는 없습니다.", "precise_location"),
        ("zh", "我们并非不收集您的位置信息。", "precise_location"),
        ("zh", "我们无法承诺您的浏览记录绝不会被提供给广告主。", "advertiser_sharing"),
    ],
)
def test_a_denial_that_is_denied_says_that_it_may_be_done(scanner, language, text, practice):
    answer = scanner.scan_text(text, language=language).practices[practice]
    assert (answer.state, answer.strength) == (State.AFFIRMED, HEDGED)
    assert "double_negation" in [reason.code for reason in answer.reasons]


def test_a_doubt_behind_a_statement_takes_nothing_back(scanner):
    text = "We share your data with advertisers and cannot guarantee that they will never lose it."
    answer = scanner.scan_text(text, language="en").practices["advertiser_sharing"]
    assert (answer.state, answer.strength) == (State.AFFIRMED, FIRM)
