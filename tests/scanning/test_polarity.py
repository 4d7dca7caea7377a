"""What a clause says: denied, conditional, affirmed or nothing, in three languages."""

import pytest

CASES = [
    # Negation by scope
    ("en", "device_identifier", "We do not collect your device ID.", "denied"),
    ("en", "ip_address", "Your IP address is never recorded.", "denied"),
    ("en", "biometric_data", "No biometric data is collected by the app.", "denied"),
    ("en", "precise_location", "We collect neither your precise location nor your contacts.", "denied"),
    ("en", "keystroke_dynamics", "We not only record your keystrokes but also keep them.", "affirmed"),
    ("en", "ip_address", "We do not sell your data, but we log your IP address.", "affirmed"),
    ("en", "ip_address", "Data we collect includes, but is not limited to, your IP address.", "affirmed"),
    ("ko", "keystroke_dynamics", "회사는 키보드 입력 패턴을 수집하지 않습니다.", "denied"),
    ("ko", "biometric_data", "서비스는 지문 등 생체정보를 수집하거나 저장하지 아니합니다.", "denied"),
    ("ko", "ip_address", "회사는 이용자를 식별하지 않는 범위에서 접속 IP 주소를 수집합니다.", "affirmed"),
    ("ko", "precise_location", "회사는 GPS 위치정보를 수집하는 일이 없습니다.", "denied"),
    ("zh", "address_book", "我们不会收集您的通讯录。", "denied"),
    ("zh", "biometric_data", "本应用未收集您的人脸信息。", "denied"),
    ("zh", "ip_address", "我们不仅收集您的IP地址，还会记录设备型号。", "affirmed"),
    # Conditions
    ("en", "address_book", "With your permission, we access your address book.", "conditional"),
    ("en", "precise_location", "We will not collect your precise location without your consent.", "conditional"),
    ("ko", "address_book", "이용자가 동의한 경우에 휴대전화 주소록을 수집합니다.", "conditional"),
    ("ko", "precise_location", "회사는 동의 없이 GPS 위치정보를 수집하지 않습니다.", "conditional"),
    ("zh", "precise_location", "经您授权后，我们会收集您的精确位置信息。", "conditional"),
    ("zh", "biometric_data", "未经您的单独同意，我们不会收集您的人脸信息。", "conditional"),
    # A paragraph's first condition holds for what it goes on to say
    (
        "en",
        "address_book",
        "With your permission, we read your address book. We use your contacts to find friends.",
        "conditional",
    ),
    (
        "en",
        "address_book",
        "With your permission, we read your address book. We also collect contacts that friends upload.",
        "affirmed",
    ),
    ("zh", "address_book", "经您授权后，我们会读取您的通讯录。我们会使用通讯录联系人为您推荐好友。", "conditional"),
    # Who acts
    ("en", "cookies_tracking", "You may disable cookies in your browser.", "silent"),
    ("ko", "cookies_tracking", "이용자는 브라우저 설정에서 쿠키 저장을 거부할 수 있습니다.", "silent"),
    ("zh", "cookies_tracking", "您可以在浏览器中拒绝Cookie。", "silent"),
    ("en", "user_content", "You may record clips of a match, including your conversations with others.", "silent"),
    # A title that opens a paragraph
    ("en", "government_disclosure", "As Required by Law and Similar Disclosures. Our help page explains.", "silent"),
    # The same word, another thing
    ("en", "storage_china", "Our registered office is in Hangzhou, China.", "silent"),
    ("en", "storage_china", "We store your data on servers in Hangzhou, China.", "affirmed"),
    ("en", "storage_china", "Our servers are in Taipei, Taiwan (Republic of China).", "silent"),
    ("ko", "storage_china", "수집한 개인정보는 중국에 있는 서버에 저장됩니다.", "affirmed"),
    ("ko", "storage_china", "중국어사전", "silent"),
    ("zh", "keystroke_dynamics", "请点击页面上的“确定”按键。", "silent"),
    ("zh", "storage_china", "我们在中国境内收集的个人信息存储在中国境内。", "affirmed"),
]


@pytest.mark.parametrize(("language", "practice", "text", "state"), CASES)
def test_clauses(scanner, language, practice, text, state):
    report = scanner.scan_text(text, language=language, format="plain")
    result = report.practices[practice]
    reasons = [item.reasons for item in (*report.findings, *report.dismissed) if item.practice == practice]
    assert result.state == state, reasons


STRUCTURES = [
    ("en", "keystroke_dynamics", "We do not collect:\n\n- your keystrokes\n- your voice", "denied"),
    ("en", "keystroke_dynamics", "We collect:\n\n- your keystroke patterns\n- your name", "affirmed"),
    ("en", "ip_address", "## Information we collect\n\n- IP address\n- language", "affirmed"),
    ("en", "ip_address", "## IP address", "silent"),
    ("en", "biometric_data", "| Category | Collected |\n|---|---|\n| Biometric information | NO |", "denied"),
    ("en", "biometric_data", "| Category | Collected |\n|---|---|\n| Biometric information | YES |", "affirmed"),
    (
        "en",
        "government_disclosure",
        "We do not share your data except in the following cases:\n\n- with law enforcement agencies\n- with a court",
        "affirmed",
    ),
    ("ko", "biometric_data", "다음 정보는 수집하지 않습니다:\n\n- 지문\n- 얼굴 특징정보", "denied"),
    ("ko", "ip_address", "## 제2조(수집하는 개인정보 항목)\n\n- 접속 IP 주소\n- 쿠키", "affirmed"),
    ("ko", "biometric_data", "| 항목 | 수집 여부 |\n|---|---|\n| 생체정보(지문) | 아니오 |", "denied"),
    ("zh", "biometric_data", "我们不会收集以下信息：\n\n- 人脸信息\n- 指纹", "denied"),
    ("zh", "biometric_data", "| 信息 | 是否收集 |\n|---|---|\n| 人脸识别信息 | 否 |", "denied"),
    ("en", "device_identifier", "- Not collected from anybody\n  - device identifier", "denied"),
    ("ko", "keystroke_dynamics", "- 누구에게서도 수집하지 않음\n  - 키 입력 기록", "denied"),
    ("en", "biometric_data", "Fingerprints are stored locally on your phone; we never receive them.", "denied"),
    ("zh", "address_book", "通讯录匹配在您的手机本地完成，我们不会获取或上传。", "denied"),
    ("en", "cookies_tracking", "## Cookies\n\nWe do not use any.", "denied"),
    ("en", "cookies_tracking", "## Cookies\n\nThis section is about our websites.", "silent"),
    ("ko", "cookies_tracking", "## 쿠키\n\n사용하지 않습니다.", "denied"),
    ("zh", "biometric_data", "## 生物识别信息\n\n我们不收集此类信息。", "denied"),
    ("en", "ip_address", "| Data | When |\n|---|---|\n| IP address | only with your consent |", "conditional"),
    ("en", "targeted_advertising", "## With your consent\n\n- personalised advertising", "conditional"),
    (
        "en",
        "model_training",
        "| Why we use your data | Legal ground |\n|---|---|\n| To train our models on your chats | "
        "To perform our contract; for our legitimate interests; where we ask for it, your consent |",
        "affirmed",
    ),
    ("en", "precise_location", "You may not:\n\n- follow other people by GPS", "silent"),
    (
        "zh",
        "cross_border_transfer",
        "目前我们不会向境外提供您的个人信息。将来如确需向境外提供，我们会征得您的同意。",
        "denied",
    ),
    (
        "ko",
        "service_provider_sharing",
        "| 공유 대상 | 공유하나요? |\n|---|---|\n| 클라우드 호스팅 업체 | 예 |",
        "affirmed",
    ),
]


@pytest.mark.parametrize(("language", "practice", "text", "state"), STRUCTURES)
def test_structures(scanner, language, practice, text, state):
    report = scanner.scan_text(text, language=language, format="markdown")
    reasons = [item.reasons for item in (*report.findings, *report.dismissed) if item.practice == practice]
    assert report.practices[practice].state == state, reasons


def test_a_denial_of_narrower_scope_does_not_contradict(scanner):
    text = "We use cookies on our website. We do not use cookies to follow you across other websites."
    result = scanner.scan_text(text, language="en").practices["cookies_tracking"]
    assert result.state == "affirmed"


def test_two_flat_statements_about_the_same_thing_contradict(scanner):
    text = "We collect your precise location.\n\nWe do not collect your precise location."
    result = scanner.scan_text(text, language="en").practices["precise_location"]
    assert result.state == "contradictory"
    assert len(result.evidence) == 2


@pytest.mark.parametrize(
    ("language", "practice", "text"),
    [
        ("ko", "cross_border_transfer", "개인정보를 국외로 이전하지 않습니다.\n\n개인정보를 국외로 이전합니다."),
        ("zh", "biometric_data", "我们不采集人脸特征信息。\n\n注册时，我们会采集您的人脸特征并存储。"),
    ],
)
def test_short_denials_contradict_in_like_words(scanner, language, practice, text):
    assert scanner.scan_text(text, language=language).practices[practice].state == "contradictory"


def test_a_denial_that_goes_on_does_not_contradict_in_like_words(scanner):
    denial = "We don't show personalised ads based on what you keep in your drive, mail or photos."
    text = f"We show you personalised ads.\n\n{denial}"
    assert scanner.scan_text(text, language="en").practices["targeted_advertising"].state == "affirmed"


def test_a_broken_off_introduction_hedges_what_it_announces(scanner):
    text = "We may also pass your data to a third party if:\n\n- we believe that a court order requires it."
    result = scanner.scan_text(text, language="en", format="markdown").practices["government_disclosure"]
    assert result.state == "affirmed"
    assert result.strength == "hedged"
