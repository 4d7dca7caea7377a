"""What stands around a sentence decides: the next sentence, the heading, the column, the line below."""

from __future__ import annotations

import pytest

from privacyscan.models import State
from privacyscan.scanning.scanner import Scanner


@pytest.fixture(scope="module")
def scanner() -> Scanner:
    return Scanner()


@pytest.mark.parametrize(
    ("language", "text", "practice", "state"),
    [
        (
            "en",
            "Our SDK reads your exact GPS position. We only collect this data if you have granted permission.",
            "precise_location",
            State.CONDITIONAL,
        ),
        (
            "ko",
            "회사는 이용자의 GPS 위치정보를 수집합니다. 이러한 정보는 이용자가 동의한 경우에만 수집됩니다.",
            "precise_location",
            State.CONDITIONAL,
        ),
        ("zh", "我们会收集您的GPS精确位置。我们仅在您授权后才会收集此类信息。", "precise_location", State.CONDITIONAL),
        ("en", "## What we collect about you\n\nBiometric information\n\nNo", "biometric_data", State.DENIED),
        ("en", "We collect your IP address.\n\nNo cookies are set by us.", "ip_address", State.AFFIRMED),
        (
            "en",
            "## How long we keep records\n\nLonger only:\n\n- To comply with a legal process or government order.",
            "government_disclosure",
            State.SILENT,
        ),
        (
            "en",
            "| Data we share | Source | Purpose |\n|---|---|---|\n| Cookie numbers | Advertisers | to count visits |",
            "advertiser_sharing",
            State.SILENT,
        ),
        (
            "en",
            "| Data we share | Recipients |\n|---|---|\n| Cookie numbers | Advertisers |",
            "advertiser_sharing",
            State.AFFIRMED,
        ),
        (
            "en",
            "| Feature | By default | What it does |\n|---|---|---|\n| Friend finder | Off | Uploads your contacts |",
            "address_book",
            State.CONDITIONAL,
        ),
        (
            "zh",
            "| 开关 | 默认状态 | 开启后 |\n|---|---|---|\n| 语音改进 | 关闭 | 您的录音用于训练语音模型 |",
            "model_training",
            State.CONDITIONAL,
        ),
        # A list that lost its bullets still stands under its colon.
        ("en", "**We never collect:**\n\nFace scans, keystrokes", "keystroke_dynamics", State.DENIED),
        (
            "en",
            "**Only with your consent we collect:**\n\nGPS position\n\nVoice prints",
            "biometric_data",
            State.CONDITIONAL,
        ),
        ("zh", "**经您单独同意后才采集：**\n\n声纹、人脸图像。", "biometric_data", State.CONDITIONAL),
        # Fragments in a row head nothing.
        (
            "en",
            "## Collected only with your consent\n\nVoice print (for calls). GPS position.",
            "biometric_data",
            State.CONDITIONAL,
        ),
        # A reply may be a condition.
        (
            "en",
            "### Do advertisers get my address?\n\nOnly with your consent.",
            "advertiser_sharing",
            State.CONDITIONAL,
        ),
        # A denied list says nothing of another act, and ends at a "however".
        ("ko", "아래 정보는 판매하지 않습니다.\n\n- IP 주소", "ip_address", State.SILENT),
        (
            "ko",
            "다음 정보는 수집하지 않습니다.\n\n- 위치정보\n\n단, 기기 모델명은 수집합니다.",
            "device_info",
            State.AFFIRMED,
        ),
        # "If you refuse" heads what happens then.
        (
            "en",
            "| Permission | Why | If you refuse |\n|---|---|---|\n| GPS position | Your route | no map of it |",
            "precise_location",
            State.CONDITIONAL,
        ),
        # A label opens a paragraph or an item, and the next sentence speaks of it.
        ("en", "- **Browser and operating system.** We record the version of both.", "device_info", State.AFFIRMED),
        ("en", "**IP address.** We keep it for a week.", "ip_address", State.AFFIRMED),
        ("en", "**Fingerprints.** Your operating system compares them.", "biometric_data", State.SILENT),
        (
            "en",
            "Guests may open their locker with a fingerprint. A fingerprint template is created only if you "
            "have signed the consent form.",
            "biometric_data",
            State.CONDITIONAL,
        ),
        (
            "en",
            "We use cookies on every page. Analytics cookies are set only with your consent.",
            "cookies_tracking",
            State.AFFIRMED,
        ),
        (
            "ko",
            "추출되는 얼굴 특징값은 민감정보이므로, 회사는 별도의 동의를 받은 경우에 한하여 이를 처리합니다.",
            "biometric_data",
            State.CONDITIONAL,
        ),
        (
            "en",
            "We note what you read, which is not listed here, and use it to train our language models.",
            "model_training",
            State.AFFIRMED,
        ),
        (
            "en",
            "We collect data that is not listed in this notice and use it to train our language models.",
            "model_training",
            State.AFFIRMED,
        ),
        (
            "en",
            "**What we don't do**\n\n- Show you personalised adverts\n- Sell your data",
            "targeted_advertising",
            State.DENIED,
        ),
        (
            "en",
            "## What we process\n\nOpt out: https://help.mirelle.example/en/controls-for-tailored-ads",
            "targeted_advertising",
            State.SILENT,
        ),
        (
            "zh",
            "d）当您打开本软件时，我们会读取剪贴板，仅当剪贴板有口令时，我们才会收集该信息。\n\n"
            "11）设备信息：我们会获取您的IMEI、OAID。",
            "device_identifier",
            State.AFFIRMED,
        ),
        ("ko", "## 앱 접근권한\n\n- 주소록: 친구 초대\n- 카메라: 사진 첨부", "address_book", State.CONDITIONAL),
        (
            "ko",
            "## 앱 접근권한\n\n| 구분 | 권한 | 목적 |\n|---|---|---|\n| 선택 | 연락처 | 친구 목록 조회 |",
            "address_book",
            State.CONDITIONAL,
        ),
        ("ko", "## 앱 접근권한\n\n주소록: 수집하지 않음", "address_book", State.DENIED),
        (
            "en",
            "We never sell your personal data to third parties.\n\nWe sell personal data of users to data brokers.",
            "sale_of_data",
            State.CONTRADICTORY,
        ),
        (
            "zh",
            "我们承诺不会向任何第三方出售您的个人信息。\n\n我们会将您的姓名和电话号码出售给数据公司。",
            "sale_of_data",
            State.CONTRADICTORY,
        ),
        (
            "zh",
            "中国大陆用户的信息存放在贵阳的数据中心。\n\n其他国家用户的信息存放在新加坡，不会存储在中国大陆。",
            "storage_china",
            State.AFFIRMED,
        ),
        ("en", "The keys you press are never recorded or sent to us.", "keystroke_dynamics", State.DENIED),
        ("en", "The keys you press are recorded by our servers.", "keystroke_dynamics", State.AFFIRMED),
        (
            "en",
            "Your data is never sent overseas.\n\nRecords are sent to our office in Malaysia, where they are indexed.",
            "cross_border_transfer",
            State.CONTRADICTORY,
        ),
        # A sentence that goes on under the condition of the one before, and one behind no condition.
        (
            "en",
            "We don't sell your address unless you have signed form B. If you have done so, we sell it to sponsors.",
            "sale_of_data",
            State.CONDITIONAL,
        ),
        ("en", "You can open an account. If you do so, we log your IP address.", "ip_address", State.AFFIRMED),
        (
            "ko",
            "맞춤 광고는 동의하신 경우에만 보여 드립니다. 이 경우 광고 파트너에게 광고 식별자를 제공합니다.",
            "advertiser_sharing",
            State.CONDITIONAL,
        ),
        ("ko", "누구나 가입할 수 있습니다. 이 경우 IP 주소를 수집합니다.", "ip_address", State.AFFIRMED),
        (
            "zh",
            "经您单独同意，我们会开启个性化广告。此时我们会向广告合作伙伴提供设备标识符。",
            "advertiser_sharing",
            State.CONDITIONAL,
        ),
        (
            "en",
            "Only if you agree do we start the Lumo analytics tool. The tool records your IP address.",
            "ip_address",
            State.CONDITIONAL,
        ),
        ("en", "We use an analytics tool. The tool records your IP address.", "ip_address", State.AFFIRMED),
        (
            "ko",
            "산책 지도는 켜신 경우에만 작동합니다. 이 기능은 정밀한 위치정보를 수집합니다.",
            "precise_location",
            State.CONDITIONAL,
        ),
        # Separate consent holds for the whole chapter, and for what others do with the data elsewhere.
        (
            "ko",
            "### 얼굴로 문 열기\n\n1. 카메라로 얼굴을 찍어 특징값을 만듭니다.\n2. 문을 열 때마다 대조합니다.\n\n"
            "얼굴 특징값은 따로 동의를 받아 수집합니다.\n\n### 맡기는 일\n\n"
            "| 업체 | 하는 일 |\n|---|---|\n| 온빛기술 | 얼굴 특징값 비교 |",
            "biometric_data",
            State.CONDITIONAL,
        ),
        # The sentence that announces a list introduces it, whatever stands between.
        (
            "ko",
            "가입하실 때 아래 항목을 받습니다. 비밀번호는 저희도 볼 수 없습니다.\n\n- 이름, 전화번호\n- 배송지 주소",
            "contact_identity",
            State.AFFIRMED,
        ),
        # A consent under another action's title binds nothing here.
        (
            "ko",
            "| 수집 항목 | 민감정보 | 국외 이전 |\n|---|---|---|\n"
            "| 이름, 전화번호 | 처리하지 않음 | 동의하신 경우 있음 |",
            "contact_identity",
            State.AFFIRMED,
        ),
        (
            "ko",
            "| 수집 항목 | 민감정보 | 국외 이전 |\n|---|---|---|\n"
            "| 이름, 전화번호 | 처리하지 않음 | 동의하신 경우 있음 |",
            "cross_border_transfer",
            State.CONDITIONAL,
        ),
        (
            "en",
            "| Data | Collected | Sold to third parties |\n|---|---|---|\n"
            "| Email address | yes | only with your consent |\n| IP address | yes | no |",
            "sale_of_data",
            State.CONDITIONAL,
        ),
        # A plain verb makes a sentence, and no label.
        ("en", "Nothing else happens. Deletion takes place after 30 days.", "retention_period_stated", State.AFFIRMED),
        # Who is warned of is not the service.
        (
            "en",
            "Beware of people who pretend to be us. They may ask for your card number.",
            "payment_financial",
            State.SILENT,
        ),
        (
            "ko",
            "은행을 사칭하는 전화에 주의하시기 바랍니다. 이들은 카드번호를 수집합니다.",
            "payment_financial",
            State.SILENT,
        ),
        ("en", "We work with advertisers. They may collect your IP address.", "ip_address", State.AFFIRMED),
        ("en", "Agencies help us to find fraudsters. They collect your IP address.", "ip_address", State.AFFIRMED),
        # The condition of one sentence is none of what comes "in either case".
        (
            "en",
            "We read your contacts only if you allow it. In either case the report contains the model of your phone.",
            "device_info",
            State.AFFIRMED,
        ),
        # A switch is called what it may be: its name states nothing.
        (
            "en",
            'Only if you tick "Let Linnet learn from my texts" do we use the texts you enter to train our models.',
            "user_content",
            State.CONDITIONAL,
        ),
        # What was done until a day is done no longer.
        ("en", "Before May 2022 the app read your contacts. It no longer does.", "address_book", State.DENIED),
        # Consent in the words that announce a table, and what its rows state all the same.
        (
            "ko",
            "회사는 정밀 검사를 위하여 고객의 동의를 받아 다음과 같이 국외로 이전합니다.\n\n"
            "| 받는 자 | 국가 |\n|---|---|\n| Norderlab GmbH | 독일 |",
            "cross_border_transfer",
            State.CONDITIONAL,
        ),
        (
            "ko",
            "회사는 가입하실 때 동의를 받아 수집한 정보를 다음과 같이 위탁합니다.\n\n"
            "| 수탁자 | 업무 |\n|---|---|\n| 온누리데이터 | 서버 운영 위탁 |",
            "service_provider_sharing",
            State.AFFIRMED,
        ),
        (
            "ko",
            "동의하신 경우에 한하여 아래와 같이 제공합니다.\n\n| 받는 자 | 보유기간 |\n|---|---|\n| 다온카드 | 2년 |",
            "retention_period_stated",
            State.AFFIRMED,
        ),
        # A negation behind a wording denies it, wherever the wording began.
        (
            "ko",
            "처리 서버는 모두 국내 데이터센터에 있으며 회원 데이터는 국외로 이전되지 않습니다.",
            "cross_border_transfer",
            State.DENIED,
        ),
        # What may be switched off was on at first.
        (
            "en",
            "Your voice notes train our recogniser model. You may turn this off in the settings. "
            "As long as it is off, no note is used for training.",
            "model_training",
            State.AFFIRMED,
        ),
        (
            "ko",
            "입력하신 내용은 AI 모델의 학습에 이용됩니다. 설정에서 이 기능을 끌 수 있습니다. "
            "꺼져 있는 동안의 대화는 학습에 쓰지 않습니다.",
            "model_training",
            State.AFFIRMED,
        ),
        # Nor does that refuse the right to switch it off.
        (
            "ko",
            "입력하신 내용은 AI 모델의 학습에 이용됩니다. 꺼져 있는 동안의 대화는 학습에 쓰지 않습니다.",
            "training_opt_out",
            State.SILENT,
        ),
    ],
)
def test_the_surroundings_decide(scanner, language, text, practice, state):
    assert scanner.scan_text(text, language=language).practices[practice].state is state


def test_a_borrowed_condition_is_told_from_its_own(scanner):
    text = (
        "### At the door\n\nWe use face prints to open the door to the pool.\n\n"
        "### Entering\n\nWe collect face prints only with your separate consent.\n\n"
        "The camera at the gate scans your face print and stores it."
    )
    report = scanner.scan_text(text, language="en", format="markdown")
    found = [item for item in report.findings if item.practice == "biometric_data"]
    assert [item.reasons[-1].code for item in found] == ["condition_elsewhere", "consent_condition", "condition_above"]
    assert "consent" in report.practices["biometric_data"].evidence[0].quote
