"""A "no" that stands as a label: before a list, at the head of an item, in a cell beside the data."""

from __future__ import annotations

import pytest

from privacyscan.models import Language, State
from privacyscan.scanning.scanner import Scanner


@pytest.fixture(scope="module")
def scanner() -> Scanner:
    return Scanner()


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "## What the lamp collects\n\na) Always:\n\n- IP address\n\nb) Never:\n\n- fingerprints"),
        ("en", "## What the lamp collects\n\n- Always: your IP address\n- Never: your fingerprints"),
        ("en", "| When | What we collect |\n|---|---|\n| Always | IP address |\n| Never | Fingerprints |"),
        ("en", "| Data | Do we collect it? |\n|---|---|\n| IP address | Always |\n| Fingerprints | Never |"),
        ("ko", "## 등불이 수집하는 정보\n\n- 항상: IP 주소\n- 수집 안 함: 지문"),
        ("ko", "| 구분 | 수집 항목 |\n|---|---|\n| 항상 | IP 주소 |\n| 수집하지 않음 | 지문 |"),
        ("en", "We collect:\n\n- IP address (not shared)\n- fingerprints (not collected)"),
        ("zh", "我们收集以下信息：\n\n- IP 地址（不共享）\n- 指纹（不收集）"),
        ("en", "| | |\n|---|---|\n| What we collect | IP address |\n| What we don't collect | Fingerprints |"),
        ("ko", "| 항목 | 설명 |\n|---|---|\n| 수집하는 정보 | IP 주소 |\n| 수집하지 않는 정보 | 주소록, 지문 |"),
        ("ko", "## 수집 항목\n\n수집하는 항목: IP 주소\n\n수집하지 않는 항목: 주소록, 지문"),
        ("ko", "접속 IP 주소는 기록하고 지문은 저장하지 않습니다."),
        ("zh", "| 项目 | 说明 |\n|---|---|\n| 收集的信息 | IP 地址 |\n| 不收集的信息 | 指纹 |"),
        ("zh", "## 台灯收集的信息\n\n- 始终：IP 地址\n- 绝不：指纹"),
        ("zh", "| 情形 | 收集的信息 |\n|---|---|\n| 始终 | IP 地址 |\n| 从不收集 | 指纹 |"),
    ],
)
def test_a_label_denies_what_it_heads_and_nothing_else(scanner: Scanner, language: Language, text: str) -> None:
    practices = scanner.scan_text(text, language=language, format="markdown").practices
    assert practices["ip_address"].state is State.AFFIRMED
    assert practices["biometric_data"].state is State.DENIED


@pytest.mark.parametrize(
    ("text", "practice"),
    [
        # Whether it is passed on, when it ends and whether it must be given are other questions.
        ("## What we collect\n\n| Shared? | What |\n|---|---|\n| Never | Fingerprints |", "biometric_data"),
        ("## Cookies we use\n\n| Cookie | Expires |\n|---|---|\n| login cookie | never |", "cookies_tracking"),
        ("## What we collect\n\n| Required? | What |\n|---|---|\n| Never | Fingerprints |", "biometric_data"),
        ("| Third parties | Data collected |\n|---|---|\n| None | IP address |", "ip_address"),
        # The column that the data stands in answers for itself.
        (
            "| Data | Disclosed to | Sold to |\n|---|---|---|\n| Email address | Advertising networks | None |",
            "advertiser_sharing",
        ),
        ("We collect:\n\n- Never before seen in a lamp: your fingerprints", "biometric_data"),
    ],
)
def test_a_no_to_something_else_denies_nothing(scanner: Scanner, text: str, practice: str) -> None:
    report = scanner.scan_text(text, language="en", format="markdown")
    assert report.practices[practice].state is State.AFFIRMED


@pytest.mark.parametrize(
    ("language", "text", "practice", "state"),
    [
        ("en", "## Information we share with advertisers\n\n- your IP address", "advertiser_sharing", State.AFFIRMED),
        ("en", "## Information we share with advertisers\n\n- your IP address", "ip_address", State.AFFIRMED),
        ("en", "## What we never sell\n\n- your date of birth", "sale_of_data", State.DENIED),
        # What is not passed on is held all the same.
        ("en", "## What we never sell\n\n- your date of birth", "contact_identity", State.AFFIRMED),
        ("ko", "## 광고주에게 제공하는 정보\n\n- IP 주소", "advertiser_sharing", State.AFFIRMED),
        ("ko", "## 제3자에게 제공하지 않는 정보\n\n- 계좌번호", "payment_financial", State.AFFIRMED),
        ("zh", "## 我们向广告商共享的信息\n\n- IP 地址", "advertiser_sharing", State.AFFIRMED),
        # A sentence below speaks for itself, and a list of how and why lists no data.
        (
            "en",
            "## Information we share with advertisers\n\nWe need an IP address.",
            "advertiser_sharing",
            State.SILENT,
        ),
        ("en", "## How we share your information\n\n- through IP address lookups", "ip_address", State.SILENT),
    ],
)
def test_a_heading_says_what_becomes_of_the_data_listed_below_it(
    scanner: Scanner, language: Language, text: str, practice: str, state: State
) -> None:
    assert scanner.scan_text(text, language=language, format="markdown").practices[practice].state is state
