"""Sentences name as examples only what their quotes do, and every count tells the same states apart."""

import pytest

from privacyscan.knowledge.mentions import names_way_out, things_named, variant_of
from privacyscan.knowledge.texts import load_texts
from privacyscan.models import State, Strength
from privacyscan.reporters.marks import manner, state_words
from privacyscan.reporters.phrasing import Phrasing, third_person
from privacyscan.reporters.quotation import plain


def said(scanner, text, practice, report_language, language="en"):
    report = scanner.scan_text(text, language=language)
    return Phrasing(report, scanner.rules, load_texts(report_language)).sentence(practice)


@pytest.mark.parametrize(
    ("text", "practice", "expected"),
    [
        ("We use cookies on our website.", "cookies_tracking", "The policy says it uses cookies."),
        ("We collect your name.", "contact_identity", "The policy says it collects details that identify you"),
        (
            "We may share your data with our affiliates.",
            "affiliate_sharing",
            "companies of its group (affiliates)",
        ),
    ],
)
def test_a_sentence_names_what_the_quote_names(scanner, text, practice, expected):
    sentence = said(scanner, text, practice, "en")
    assert expected in sentence
    assert not {"SDK", "pixel", "e-mail", "subsidiar", "parent"} & set(sentence.replace(",", "").split())


def test_korean_sentences_take_the_particle_of_what_is_named(scanner):
    assert said(scanner, "We use cookies.", "cookies_tracking", "ko") == "쿠키를 쓴다고 적고 있습니다."
    assert said(scanner, "We use cookies and pixels.", "cookies_tracking", "ko").startswith("쿠키와 픽셀을 ")


def test_processing_in_china_is_not_told_as_storage():
    assert variant_of("storage_china", ["Our team in China accesses your data to process it."]) == "handled"
    assert variant_of("storage_china", ["Your data is stored on servers in China."]) == ""
    assert variant_of("storage_china", []) == ""


def test_things_come_in_the_order_of_the_quotes():
    assert things_named("payment_financial", ["your purchases and card number"], "en") == ("purchases", "card details")


@pytest.mark.parametrize(("verb", "third"), [("collect", "collects"), ("pass", "passes"), ("do", "does")])
def test_third_person(verb, third):
    assert third_person(verb) == third


def test_what_is_only_possible_has_a_word_of_its_own():
    texts = load_texts("en")
    assert manner(State.AFFIRMED, Strength.HEDGED) == "hedged"
    assert state_words(State.AFFIRMED, Strength.HEDGED, texts) != state_words(State.AFFIRMED, Strength.FIRM, texts)
    assert texts("strength.hedged") in state_words(State.CONDITIONAL, Strength.HEDGED, texts)


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("Ad partners.** Our partners share data", "Ad partners. Our partners share data"),
        ("_You have the right", "You have the right"),
        ("snake_case names and 2 * 3", "snake_case names and 2 * 3"),
        ("see [our list](https://example.org/a)", "see our list"),
        ("| Name | E-mail |", "Name | E-mail"),
    ],
)
def test_marks_of_markdown_are_not_shown(raw, clean):
    assert plain(raw) == clean


@pytest.mark.parametrize(
    ("text", "practice", "english", "korean"),
    [
        (
            "With your consent, we may collect your fingerprint.",
            "biometric_data",
            "that, where you agree, it may collect or use biometric data (your fingerprint)",
            "이용자가 동의하면 생체정보(지문)를 수집하거나 이용할 수 있다고",
        ),
        (
            "If you enable this feature, we collect your precise location (GPS).",
            "precise_location",
            "that, where you turn it on, it collects",
            "이용자가 기능을 켜면 정밀한 위치를 수집한다고",
        ),
    ],
)
def test_a_condition_is_told_in_the_terms_of_its_quote(scanner, text, practice, english, korean):
    assert english in said(scanner, text, practice, "en")
    assert korean in said(scanner, text, practice, "ko")


@pytest.mark.parametrize(
    ("practice", "manner", "quote", "variant"),
    [
        ("model_training", "denied", "Your private personal data is not used to train our models.", "private"),
        ("model_training", "denied", "We do not use your data to train AI models.", ""),
        ("automated_decision", "denied", "No decision is made about you without human review.", "reviewed"),
        ("automated_decision", "affirmed", "我们会预测您的特征偏好", "profiling"),
        ("policy_change_without_notice", "denied", "We will notify you of material changes.", "material"),
        ("policy_change_without_notice", "denied", "We will notify you of any changes.", ""),
        ("sale_of_data", "denied", 'We do not "sell" data as that term is defined by the CCPA.', "defined_california"),
        ("sale_of_data", "hedged", "Certain transfers may constitute a “sale” under state laws.", "statutory_sale"),
        ("sale_of_data", "hedged", "This may be considered “sales” or “sharing” under state laws.", "statutory"),
        ("advertiser_sharing", "affirmed", "我们委托广告服务类的合作伙伴处理您的信息", "entrusted"),
        ("advertiser_sharing", "denied", "회사는 제3자에게 개인정보를 제공하지 않습니다.", "anyone"),
        ("training_opt_out", "affirmed", "You can opt out of your content being used to train our AI.", "content"),
        (
            "training_opt_out",
            "affirmed",
            "If you do not opt out, the recipients may use it to train their AI models.",
            "third_parties",
        ),
        ("children_barred", "affirmed", "We do not collect data of children under 13.", "uncollected"),
    ],
)
def test_a_sentence_says_no_more_than_its_quote(practice, manner, quote, variant):
    assert variant_of(practice, [quote], manner) == variant


@pytest.mark.parametrize(
    ("text", "practice", "expected"),
    [
        (
            "We collect precise location only to support Find My and services like it.",
            "precise_location",
            "limited to certain cases",
        ),
        ("We use de-identified data about you to train our AI models.", "model_training", "unidentifiable"),
        ("We collect the files you upload. We cannot read them.", "user_content", "cannot read"),
        ("You have the right to delete your data, with some exceptions.", "right_to_delete", "limits"),
    ],
)
def test_limits_of_the_quote_are_told_behind_the_sentence(scanner, text, practice, expected):
    assert expected in said(scanner, text, practice, "en")
    assert expected not in said(scanner, "We collect the files you upload.", "user_content", "en")


def test_only_one_age_is_told_of_children(scanner):
    one = "Our services are not directed to children under 13 and we do not knowingly collect their data."
    two = "We do not aim our services at children under 18 and do not knowingly collect data about children under 13."
    assert "children under 13" in said(scanner, one, "children_barred", "en")
    assert "만 13세 미만 아동" in said(scanner, one, "children_barred", "ko")
    assert "under" not in said(scanner, two, "children_barred", "en")


@pytest.mark.parametrize(
    ("quote", "tells"),
    [
        ("You can opt out at any time by using the “Privacy settings” link in the footer.", True),
        ("An authorized agent can opt out on your behalf by e-mail.", False),
        ("We show you ads.", False),
    ],
)
def test_a_way_out_is_a_link_or_a_setting(quote, tells):
    assert names_way_out(quote) is tells


def test_lists_of_the_sdks_of_others_are_told_as_such(scanner):
    text = "# 隐私政策\n\n## 第三方 SDK 说明\n\n该 SDK 会收集您的 IP 地址。\n"
    own = "# 隐私政策\n\n## 我们收集的信息\n\n我们会收集您的 IP 地址。\n"
    tells = load_texts("ko")
    for source, expected in ((text, True), (own, False)):
        report = scanner.scan_text(source, language="zh", format="markdown")
        assert ("다른 회사의 SDK" in Phrasing(report, scanner.rules, tells).sentence("ip_address")) is expected


def test_a_heading_on_transfers_is_not_passed_over(scanner):
    text = "# 개인정보 처리방침\n\n## 제4조 (개인정보의 위탁 및 국외이전)\n\n회사는 업무를 맡길 수 있습니다.\n"
    report = scanner.scan_text(text, language="ko", format="markdown")
    sentence = Phrasing(report, scanner.rules, load_texts("ko")).sentence("cross_border_transfer")
    assert "제4조 (개인정보의 위탁 및 국외이전)" in sentence
    assert "찾지 못했습니다" in sentence
