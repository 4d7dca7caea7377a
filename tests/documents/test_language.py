"""The language of a document, or that it can't be told."""

import subprocess
import sys

import fasttext
import pytest

from privacyscan.documents import detect_language, language, read_text

TEXTS = {
    "en": "We collect the information that you give us when you open an account and use our services every day.",
    "ko": "회사는 서비스 제공에 필요한 최소한의 개인정보를 수집하며, 수집한 정보는 목적을 다하면 지체 없이 파기합니다.",
    "zh": "我们会收集您在注册账号和使用服务过程中主动提供的信息，以及您的设备自动产生的日志信息。",
    "ja": "当社は、お客様がサービスを利用する際に、氏名やメールアドレスなどの個人情報を取得することがあります。",
    "de": "Wir erheben personenbezogene Daten, wenn Sie unsere Website besuchen oder ein Konto bei uns eröffnen.",
    "fr": "Nous recueillons les informations que vous nous communiquez lorsque vous créez un compte sur notre site.",
}


@pytest.mark.parametrize("code", sorted(TEXTS))
def test_languages_are_found(code):
    found = detect_language(read_text(TEXTS[code] * 3))
    assert found.code == code
    assert found.supported == (code in ("en", "ko", "zh"))


@pytest.mark.parametrize("text", ["", "12345 67890", "!!! ???", "https://a.example/b"])
def test_no_language_is_guessed_from_nothing(text):
    found = detect_language(read_text(text))
    assert found.code == "und"
    assert not found.supported


def test_several_languages_are_noticed_largest_first():
    found = detect_language(read_text("\n\n".join([TEXTS["ko"]] * 6 + [TEXTS["en"]] * 3)))
    assert [code for code, _ in found.shares] == ["ko", "en"]
    assert sum(share for _, share in found.shares) <= 1.001


def test_latin_words_do_not_make_a_chinese_text_english():
    text = "我们使用 Apple Push Notification Service SDK 和 Google Analytics 来推送消息并统计使用情况。" * 3
    assert detect_language(read_text(text)).code == "zh"


def test_a_text_in_capitals_is_read_as_if_it_had_none():
    assert detect_language(read_text(TEXTS["en"].upper() * 3)).code == "en"


def test_the_model_is_read_where_its_path_is_none_for_a_cpp_library(monkeypatch):
    load, asked = fasttext.load_model, []

    def only_short(path):
        asked.append(path)
        if "site-packages" in path or "resources" in path:
            raise ValueError(f"{path} cannot be opened for loading!")
        return load(path)

    monkeypatch.setattr(fasttext, "load_model", only_short)
    monkeypatch.setattr("platform.system", lambda: "Windows")
    language._model.cache_clear()
    try:
        assert detect_language(read_text(TEXTS["de"] * 3)).code == "de"
    finally:
        language._model.cache_clear()
    assert len(asked) > 1


def test_a_scan_imports_no_http_client_to_tell_a_language():
    code = (
        "import sys; from privacyscan.documents import detect_language, read_text;"
        f"print(detect_language(read_text({TEXTS['en'] * 3!r})).code, 'requests' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["en", "False"]
