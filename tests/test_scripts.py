"""Letters are told by their script as Unicode names them."""

from __future__ import annotations

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from privacyscan.scripts import eastern_letters, has_cjk, is_hangul


@given(st.text())
def test_letters_are_counted_by_their_names(text):
    hangul, kana, han = eastern_letters(text)
    names = [unicodedata.name(letter, "") for letter in text]
    assert hangul >= sum(name.startswith("HANGUL SYLLABLE") for name in names)
    assert kana >= sum(name.startswith("HIRAGANA LETTER") for name in names)
    assert hangul + kana + han <= len(text)
    assert has_cjk(text) >= any(map(is_hangul, text))


def test_each_script_is_told_from_the_others():
    assert eastern_letters("쿠키 cookie “é”") == (2, 0, 0)
    assert eastern_letters("クッキー") == (0, 4, 0)
    assert eastern_letters("个人信息：IP") == (0, 0, 4)
    assert not has_cjk("naïve “quotes” – 😀")
    assert has_cjk("IP 주소")
    assert has_cjk("IP地址")
