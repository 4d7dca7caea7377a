"""Folding keeps every offset, and reads Traditional Chinese as Simplified."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from privacyscan import Scanner, State
from privacyscan.scanning.folding import fold


@given(st.text())
def test_folding_keeps_the_length(text: str):
    assert len(fold(text)) == len(text)


def test_traditional_characters_are_simplified():
    assert fold("刪除個人資料，《商業會計法》") == "删除个人信息，《商业会计法》"


def test_korean_and_simplified_texts_stay():
    for text in ("개인정보(個人) 처리", "我们收集您的个人信息。"):
        assert fold(text) in (text, text.replace("個", "个"))


def test_a_policy_in_traditional_characters_is_read_and_quoted_as_it_stands():
    text = "# 隱私權政策\n\n我們會收集您的裝置識別碼和IP位址，並存放於中國大陸的伺服器。\n"
    report = Scanner().scan_text(text, language="zh", format="markdown")
    assert report.practices["ip_address"].state is State.AFFIRMED
    assert report.practices["ip_address"].evidence[0].quote in text
