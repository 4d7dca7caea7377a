"""Clauses: where sentences end and where they don't, and offsets that hold for any text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from privacyscan.documents import read_text
from privacyscan.scanning.segmentation import segment

ABBREVIATIONS = ("e.g", "i.e", "inc", "ltd", "co", "no", "u.s", "etc", "art", "dec")


def clauses(text, format="plain"):
    return [clause.text for clause in segment(read_text(text, format=format), ABBREVIATIONS)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("We collect data. We keep it.", ["We collect data.", "We keep it."]),
        ("Acme Inc. collects data, e.g. Your name.", ["Acme Inc. collects data, e.g. Your name."]),
        ("We keep 3.5 GB, see https://a.example/b.html for more.", None),
        ("We rely on the EU-U.S. Framework.", None),
        ("Data goes to the U.S. We keep it.", ["Data goes to the U.S.", "We keep it."]),
        ("Dated Dec. 5, 2024 in the U.S. Court.", None),
        ("We never sell data! Do we share it? No.", ["We never sell data!", "Do we share it?", "No."]),
        (
            "회사는 정보를 수집합니다. 동의 없이 제공하지 않습니다.",
            ["회사는 정보를 수집합니다.", "동의 없이 제공하지 않습니다."],
        ),
        ("시행일자: 2024. 12. 5.부터 적용합니다.", None),
        ("我们会收集您的信息。我们不会出售！", ["我们会收集您的信息。", "我们不会出售！"]),
        ("我们收集IP地址（如192.168.0.1）等信息。", None),
    ],
)
def test_sentences_end_where_a_reader_ends_them(text, expected):
    assert clauses(text) == (expected or [text])


def test_korean_articles_and_enumerations_become_blocks():
    found = clauses(
        "제1조(수집 항목) 회사는 다음 정보를 수집합니다.\n1. 이름\n2. 이메일\n가. 접속 기록\n나. 접속 일시\n① 쿠키\n"
        "제2조(보유 기간)\n회사는 1년간 보관합니다."
    )
    assert found == [
        "제1조(수집 항목)",
        "회사는 다음 정보를 수집합니다.",
        "이름",
        "이메일",
        "접속 기록",
        "접속 일시",
        "쿠키",
        "제2조(보유 기간)",
        "회사는 1년간 보관합니다.",
    ]


def test_chinese_enumerations_become_blocks():
    found = clauses("一、我们收集的信息\n（一）账户信息\n（二）设备信息\n二、信息的存储\n我们将信息存储在境内。")
    assert found == [
        "一、我们收集的信息",
        "账户信息",
        "设备信息",
        "二、信息的存储",
        "我们将信息存储在境内。",
    ]


def test_every_cell_of_a_table_is_its_own_clause():
    text = "| Data | Kept for |\n|---|---|\n| IP address. Device ID. | 30 days |\n"
    assert clauses(text, "markdown") == ["Data", "Kept for", "IP address.", "Device ID.", "30 days"]


@given(st.text(max_size=400), st.sampled_from(["plain", "markdown", "html"]))
def test_offsets_hold_for_any_text(text, format):
    document = read_text(text, format=format) if format != "html" else read_text(f"<p>{text}</p>", format=format)
    previous = 0
    for clause in segment(document, ABBREVIATIONS):
        assert document.text[clause.start : clause.end] == clause.text
        assert clause.text == clause.text.strip()
        assert clause.text
        block = document.blocks[clause.block]
        assert block.start <= clause.start < clause.end <= block.end
        assert clause.start >= previous
        previous = clause.end
