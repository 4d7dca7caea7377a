"""Values read out of quotes: what counts, what only looks like it, and offsets that hold."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from privacyscan.models import State, ValueKind
from tests.conftest import EXAMPLES


@pytest.fixture(scope="module")
def values(scanner):
    def read(kind, text, language):
        report = scanner.scan_text(text, language=language, format="markdown")
        for item in report.values:
            assert report.document.text[item.start : item.end] == item.quote
        return {item.value for item in report.values if item.kind == kind}

    return read


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "We store your data on servers in the United States, Ireland and Singapore.", {"US", "IE", "SG"}),
        ("en", "Your personal data is transferred from the EEA to the United States.", {"US"}),
        ("en", "Our servers are located in mainland China.", {"CN"}),
        (
            "en",
            "We transfer personal data to other countries, including Hong Kong, Macau and Taiwan.",
            {"HK", "MO", "TW"},
        ),
        ("en", "We process and store your information on Chinese servers.", {"CN"}),
        ("en", "We transfer your information outside your country, to data centres in Frankfurt, Germany.", {"DE"}),
        ("en", "Data is stored in the European Union (EU) and transferred abroad to South Korea.", {"EU", "KR"}),
        ("en", "We transfer personal data to service providers in Hong Kong, China.", {"HK"}),
        ("ko", "회사의 서버는 중국 항저우에 있으며 개인정보를 그곳에 저장합니다.", {"CN"}),
        ("ko", "회사는 개인정보를 미국과 싱가포르에 있는 서버로 이전합니다.", {"US", "SG"}),
        ("ko", "회사는 개인정보를 홍콩에 있는 서버로 이전하여 보관합니다.", {"HK"}),
        ("zh", "您的个人信息存储于中华人民共和国境内的服务器。", {"CN"}),
        ("zh", "我们会将您的个人信息传输至美国和新加坡，并存储在当地的服务器上。", {"US", "SG"}),
    ],
)
def test_countries(values, language, text, expected):
    assert values(ValueKind.COUNTRY, text, language) == expected


def test_a_country_has_its_own_column(values):
    text = (
        "## 국외 이전\n\n회사는 다음과 같이 개인정보를 국외로 이전합니다.\n\n"
        "| 이전받는 자 | 이전되는 국가 | 이전 항목 |\n|---|---|---|\n"
        "| 가온클라우드(주) | 일본 | 이메일 주소 |\n| 노들호스팅(주) | 미국(오리건) | 접속 기록 |\n"
    )
    assert values(ValueKind.COUNTRY, text, "ko") == {"JP", "US"}


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "We never store your data on servers in China."),
        ("en", "Our registered office is at 12 Lantern Road, Beijing, China."),
        ("en", "We transfer data abroad under the EU Standard Contractual Clauses and the UK Addendum."),
        ("en", "If you are in the EEA, we may transfer your data outside your country."),
        ("en", "We may transfer the data of users in Japan and Brazil to other countries."),
        ("en", "Your data is transferred outside the European Economic Area, the United Kingdom and Switzerland."),
        ("en", "Recipes for turkey and a jersey are stored outside your country."),
        ("en", "We transfer data abroad; our counsel practises in Georgia."),
        ("en", "Under the laws of Germany, we may transfer your data to other countries."),
        ("ko", "회사의 주소는 중국 베이징시 하이뎬구입니다."),
        ("ko", "회사는 개인정보를 중국에 저장하지 않습니다."),
        ("zh", "公司注册地址：北京市海淀区花园路1号。"),
        ("zh", "我们不会将您的个人信息存储于中国境内。"),
        ("zh", "我们不会向美国传输您的个人信息。"),
    ],
)
def test_no_country_is_stated(values, language, text):
    assert values(ValueKind.COUNTRY, text, language) == set()


def test_georgia_is_the_country_only_where_it_says_so(values):
    clear = "We store your data on servers in Tbilisi, Georgia and transfer it abroad."
    assert values(ValueKind.COUNTRY, clear, "en") == {"GE"}
    state = "We store your data outside your country, on servers in Atlanta, Georgia."
    assert values(ValueKind.COUNTRY, state, "en") == {"US"}
    assert values(ValueKind.COUNTRY, "We store your data abroad, on servers in New Jersey.", "en") == {"US"}
    assert values(ValueKind.COUNTRY, "We store your data abroad, on servers in Jersey.", "en") == {"JE"}


@pytest.mark.parametrize(
    ("language", "period", "days"),
    [
        ("en", "30 days", {"30"}),
        ("en", "14 calendar days", {"14"}),
        ("en", "twelve months", {"360"}),
        ("en", "two (2) years", {"730"}),
        ("en", "72 hours", {"3"}),
        ("en", "24 hours", {"1"}),
        ("en", "six weeks", {"42"}),
        ("en", "3 to 6 months", {"180"}),
        ("en", "one month to two years", {"730"}),
        ("ko", "3개월", {"90"}),
        ("ko", "6개월간", {"180"}),
        ("ko", "1년", {"365"}),
        ("ko", "30일", {"30"}),
        ("ko", "3~5년", {"1825"}),
        ("zh", "五年", {"1825"}),
        ("zh", "180天", {"180"}),
        ("zh", "六个月", {"180"}),
        ("zh", "三至五年", {"1825"}),
        ("zh", "半年", {"183"}),
    ],
)
def test_periods_become_days(values, language, period, days):
    clause = {
        "en": "We keep your messages for {}.",
        "ko": "회사는 접속 기록을 {} 보관합니다.",
        "zh": "您的日志将保存{}。",
    }
    assert values(ValueKind.RETENTION_PERIOD, clause[language].format(period), language) == days


def test_a_period_in_a_table_is_read_from_its_own_cell(values):
    text = (
        "## Retention\n\n| Data | Kept for | Answered within |\n|---|---|---|\n"
        "| Server logs | 90 days | 7 days a week |\n| Invoices | 10 years | - |\n"
    )
    assert values(ValueKind.RETENTION_PERIOD, text, "en") == {"90", "3650"}


def test_the_time_until_an_account_sleeps_is_no_retention_period(values):
    text = "1년 이상 이용 기록이 없는 회원의 정보는 비활성화되며 3년간 보관됩니다."
    assert values(ValueKind.RETENTION_PERIOD, text, "ko") == {"1095"}


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "We answer your request within 30 days."),
        ("en", "As Article 30 days and duties are listed, we keep records as long as needed."),
        ("en", "Call us at 555-0130 days and nights; we keep data as long as needed."),
        ("en", "We will give you 30 days' notice of changes."),
        ("en", "We keep no fixed retention period."),
        ("ko", "회사는 요청을 받은 날부터 10일 이내에 답변합니다."),
        ("ko", "이 방침은 2024년 12월 30일부터 시행합니다."),
        ("ko", "「개인정보 보호법」 제30조에 따라 방침을 공개합니다."),
        ("zh", "我们将在15天内答复您的请求。"),
        ("zh", "本政策更新于2024年12月30日。"),
    ],
)
def test_no_period_is_stated(values, language, text):
    assert values(ValueKind.RETENTION_PERIOD, text, language) == set()


@pytest.mark.parametrize(
    ("language", "text", "years"),
    [
        ("en", "Our service is not directed to children under 13.", {"13"}),
        ("en", "You must be at least 16 years old to use the service.", {"16"}),
        ("en", "We do not knowingly collect data from children under the age of eighteen (18).", {"18"}),
        ("en", "Children aged 12 and under may not use the service.", {"13"}),
        ("ko", "회사는 만 14세 미만 아동의 개인정보를 수집하지 않습니다.", {"14"}),
        ("ko", "만 16세 이상인 이용자만 가입할 수 있습니다.", {"16"}),
        ("zh", "我们不会主动收集未满14周岁的儿童的个人信息。", {"14"}),
        ("zh", "不满十四周岁的儿童不得使用本产品。", {"14"}),
        ("en", "Our app is made for children under 13.", set()),
    ],
)
def test_minimum_ages(values, language, text, years):
    assert values(ValueKind.MINIMUM_AGE, text, language) == years


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "We may disclose your data to the police, courts and tax authorities.", {"police", "courts", "tax"}),
        (
            "en",
            "We disclose your information to law enforcement or the Federal Trade Commission.",
            {"law_enforcement", "FTC"},
        ),
        ("ko", "법원이나 국세청의 요구가 있으면 개인정보를 제공합니다.", {"courts", "tax"}),
        ("ko", "개인정보보호위원회 등 감독기관에 개인정보를 제공할 수 있습니다.", {"PIPC", "regulators"}),
        ("zh", "我们会按照公安机关、人民法院和国家网信办的要求提供您的个人信息。", {"police", "courts", "CAC"}),
        ("en", "You may lodge a complaint with the Information Commissioner's Office.", set()),
        ("en", "We never disclose your data to the police or any other authority.", set()),
    ],
)
def test_authorities(values, language, text, expected):
    assert values(ValueKind.AUTHORITY, text, language) == expected


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "We share your data with advertisers and analytics providers.", {"advertisers", "analytics_providers"}),
        (
            "en",
            "We share data with our affiliates and with cloud hosting providers.",
            {"affiliates", "cloud_providers"},
        ),
        (
            "en",
            "We share your prompts with AI model providers and other service providers.",
            {"ai_providers", "service_providers"},
        ),
        ("en", "In a merger, your data is transferred to the new owner.", {"buyers"}),
        ("en", "In a merger, your data may be transferred.", set()),
        ("zh", "如发生合并，您的个人信息可能被转移给继承方。", {"buyers"}),
        ("ko", "회사는 개인정보를 계열사에 제공합니다.", {"affiliates"}),
        (
            "ko",
            "회사는 수탁업체와 클라우드 사업자에게 개인정보를 제공합니다.",
            {"service_providers", "cloud_providers"},
        ),
        ("zh", "我们会向广告主和支付机构提供您的个人信息。", {"advertisers", "payment_processors"}),
        ("en", "We share data with service providers, but never with advertisers.", {"service_providers"}),
        ("en", "We do not share your data with advertisers.", set()),
        ("en", "We receive information about you from advertisers.", set()),
    ],
)
def test_recipients(values, language, text, expected):
    assert values(ValueKind.RECIPIENT, text, language) == expected


def test_a_value_points_at_a_finding_that_states_it(scanner):
    report = scanner.scan_file(EXAMPLES / "lumenqiao.en.md")
    findings = {finding.id: finding for finding in report.findings}
    assert report.values
    for item in report.values:
        finding = findings[item.finding]
        assert finding.state in (State.AFFIRMED, State.CONDITIONAL)
        assert finding.practice == item.practice
        assert finding.start <= item.start < item.end <= finding.end
    assert len({(item.kind, item.value, item.practice) for item in report.values}) == len(report.values)
    order = list(ValueKind)
    assert [*report.values] == sorted(report.values, key=lambda item: (order.index(item.kind), item.start))


def test_the_first_evidence_is_kept(scanner):
    text = "We keep your messages for 30 days.\n\nWe keep your photos for thirty days."
    (item,) = scanner.scan_text(text, language="en").values
    assert item.quote == "30 days"


WORDS = st.sampled_from(
    "We store transfer keep share disclose your data on servers in to the United States Korea China Hong Kong , "
    "Taiwan and EU for 30 days two (2) years with advertisers affiliates police courts under 13 children not never "
    "개인정보 를 미국 중국 에 저장 합니다 3개월 보관 14세 미만 수사기관 제공 "
    "我们 存储 于 中国 境内 三年 保存 未满14周岁 法院 。 ； . | "
    "\n \n\n # ’ － Ｕ".split(" ")
)


@settings(max_examples=120)
@given(st.lists(WORDS, max_size=70), st.sampled_from(["en", "ko", "zh"]), st.sampled_from(["plain", "markdown"]))
def test_quotes_of_values_hold_for_invented_text(scanner, words, language, format):
    report = scanner.scan_text(" ".join(words), language=language, format=format)
    for item in report.values:
        assert item.quote
        assert report.document.text[item.start : item.end] == item.quote
        assert (item.amount is None) == (item.kind not in (ValueKind.RETENTION_PERIOD, ValueKind.MINIMUM_AGE))
