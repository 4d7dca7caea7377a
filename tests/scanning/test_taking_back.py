"""What a sentence has done with data, and its second half or the next sentence denies to be taken by the service."""

from __future__ import annotations

import pytest

from privacyscan.models import Language, State
from privacyscan.scanning.scanner import Scanner


def _state(scanner: Scanner, language: Language, text: str) -> State:
    return scanner.scan_text(text, language=language, format="markdown").practices["biometric_data"].state


@pytest.mark.parametrize(
    ("language", "text"),
    [
        (
            "en",
            "The app uses your face scan to unlock. Your phone checks the scan; we never receive this data.",
        ),
        ("en", "We may use your fingerprint to confirm payments, but we do not collect this information."),
        ("en", "The app uses your face scan to unlock. It is compared by your phone and we do not receive this data."),
        ("ko", "간편결제를 이용하실 때 지문 정보를 카드사에 제공하게 되지만, 회사는 해당 정보를 수집하지 않습니다."),
        (
            "ko",
            "지문 결제를 이용하시면 지문 정보로 본인 인증을 합니다. "
            "지문 결제는 제휴사가 제공하며, 회사는 해당 정보를 수집하거나 저장하지 않습니다.",
        ),
        ("zh", "开户时，我们可能需要您提供人脸信息，并传输给合作银行进行核验，但我们本身不会收集您的前述信息。"),
        ("zh", "您需要使用指纹信息确认付款。请您知悉，该功能由手机厂商提供，台灯不会收集和存储您的该类信息。"),
    ],
)
def test_what_the_service_does_not_take_is_denied(scanner: Scanner, language: Language, text: str) -> None:
    assert _state(scanner, language, text) is State.DENIED


@pytest.mark.parametrize(
    ("language", "text"),
    [
        # Said of those who refuse.
        ("en", "The app uses your face scan to unlock. If you refuse, the app still works and we do not collect it."),
        ("zh", "我们会使用您的面部信息进行核验。如您不同意，我们不会收集该信息。"),
        # What is analysed and not kept was taken.
        ("en", "We use your face scan to open the gate. We do not store your face scan."),
        ("ko", "회사는 출입을 위하여 얼굴 정보를 분석합니다. 얼굴 정보 자체는 저장하지 않습니다."),
        # Said of one case: behind the scenes, of visitors, of who is no friend.
        ("en", "We process your fingerprint at the gate. We do not collect fingerprints from visitors."),
        ("en", "We use your fingerprint at the gate; guests use a code, but we do not collect this information."),
        ("en", "The app uses your face scan. When you sign out, it is handled by your phone and we do not receive it."),
        ("ko", "회사는 얼굴 정보로 본인을 확인합니다. 앱을 종료하시면 꺼지며, 회사는 해당 정보를 수집하지 않습니다."),
        ("zh", "我们使用您的人脸信息进行门禁核验。访客的人脸信息我们不收集。"),
        ("zh", "我们会使用您的人脸信息登录。您可以拒绝提供，我们不会收集该信息。"),
        ("zh", "我们会使用您的人脸信息登录，但如您关闭该功能，平台不会收集上述信息。"),
        # What is not taken for one purpose may be for another.
        ("en", "We use your face scan to open the gate. We do not collect your face scan for advertising."),
    ],
)
def test_what_is_refused_not_kept_or_said_of_one_case_takes_nothing_back(
    scanner: Scanner, language: Language, text: str
) -> None:
    assert _state(scanner, language, text) in (State.AFFIRMED, State.CONTRADICTORY)
