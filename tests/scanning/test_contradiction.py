"""When a policy contradicts itself, and what reconciles two statements of it."""

from __future__ import annotations

import pytest

from privacyscan.models import Language, State
from privacyscan.scanning.scanner import Scanner


@pytest.fixture(scope="module")
def scanner() -> Scanner:
    return Scanner()


@pytest.mark.parametrize(
    ("language", "text", "practice"),
    [
        ("en", "We never sell your personal information.\n\nWe sell customer lists to data brokers.", "sale_of_data"),
        (
            "ko",
            "개인정보를 국외로 이전하지 않습니다.\n\n회원 정보를 미국의 서버에 저장합니다.",
            "cross_border_transfer",
        ),
        ("zh", "我们不会将您的内容用于训练模型。\n\n我们使用用户上传的图片训练图像模型。", "model_training"),
        # The same kind of data, or one of all.
        (
            "en",
            "We do not share your photos with advertisers.\n\nWe share your photos with advertisers each week.",
            "advertiser_sharing",
        ),
        ("en", "We do not sell your data.\n\nWe sell your photos to brokers.", "sale_of_data"),
        # What leaves nothing out is contradicted by a "may" too.
        (
            "en",
            "The shop sets no cookies and uses no similar technology at all.\n\n"
            "The shop may store cookies on your computer.",
            "cookies_tracking",
        ),
        (
            "en",
            "The lock never reads your precise location for any reason.\n\n"
            "To find the nearest door, the lock reads the precise location of your phone.",
            "precise_location",
        ),
        # What is denied is named again beside what is asked for.
        (
            "zh",
            "我们不会收集您的银行卡信息。\n\n会员续费时须填写银行卡号，我们会保存这些银行卡信息，方便下次续费。",
            "payment_financial",
        ),
        # What a service is called is no kind of data.
        (
            "ko",
            "하루일기는 맞춤형 광고를 하지 않습니다.\n\n## 이용 목적\n\n- 이용 이력을 분석한 맞춤형 광고의 게재",
            "targeted_advertising",
        ),
        # What is ruled out "for any reason" stays so in a longer sentence; "within walking distance" narrows nothing.
        (
            "en",
            "The lamp takes your privacy seriously and we never collect the precise location of your phone, for any "
            "reason.\n\nTo show you lamps within walking distance, we collect the precise location of your phone.",
            "precise_location",
        ),
        # "So that they may" leaves nothing open.
        (
            "en",
            "We don't share your data with advertisers.\n\n"
            "We share your data with advertisers so that they may pick what to show you.",
            "advertiser_sharing",
        ),
    ],
)
def test_a_flat_denial_of_one_thing_denies_every_case(
    scanner: Scanner, language: Language, text: str, practice: str
) -> None:
    result = scanner.scan_text(text, language=language).practices[practice]
    assert result.state is State.CONTRADICTORY
    assert len(result.evidence) == 2


@pytest.mark.parametrize(
    ("language", "text", "practice"),
    [
        # The next sentence takes part of it back.
        ("en", "We do not use cookies. However, we place cookies to keep your basket.", "cookies_tracking"),
        # Another group, another mode, another part of the data.
        (
            "ko",
            "일반 회원에게서는 얼굴 정보를 받지 않습니다.\n\n기사의 얼굴 정보를 수집합니다.",
            "biometric_data",
        ),
        ("zh", "青少年模式下，我们不会展示个性化广告。\n\n我们向您展示个性化广告。", "targeted_advertising"),
        ("en", "We do not collect your card number.\n\nWe collect records of your payments.", "payment_financial"),
        # It may be done, and a plain denial leaves something out.
        ("en", "We do not sell your data.\n\nWe may sell data to partners of the mall.", "sale_of_data"),
        # Of one kind of data alone.
        (
            "en",
            "We do not share your photos with advertisers.\n\nWe share your advertising ID with advertisers.",
            "advertiser_sharing",
        ),
        ("ko", "음성 녹음을 모델 학습에 이용하지 않습니다.\n\n대화를 모델 학습에 이용합니다.", "model_training"),
        ("zh", "我们不会与广告主共享您的照片。\n\n我们会与广告主共享您的设备标识符。", "advertiser_sharing"),
        # A row denies of itself.
        (
            "ko",
            "| 수탁자 | 국외 이전 |\n|---|---|\n| 새벽물류 | 국외 이전 없음 |\n| Cloudharbor Inc. | 미국 |",
            "cross_border_transfer",
        ),
    ],
)
def test_what_is_narrowed_contradicts_nothing(scanner: Scanner, language: Language, text: str, practice: str) -> None:
    document = scanner.scan_text(text, language=language, format="markdown")
    assert document.practices[practice].state is State.AFFIRMED
