"""Laws are cited as readers of each language cite them."""

import pytest

from privacyscan.knowledge.citations import cite, cite_all
from privacyscan.knowledge.texts import load_texts


@pytest.mark.parametrize(
    ("law", "article", "korean"),
    [
        ("PIPA (Korea)", "30", "개인정보 보호법 제30조"),
        ("PIPA (Korea)", "28-8(1)", "개인정보 보호법 제28조의8제1항"),
        ("PRC National Intelligence Law", "7, 14", "중국 국가정보법 제7조·제14조"),
        ("GDPR", "13(1)(f)", "GDPR 제13조제1항(f)"),
        ("Unheard-of Act", "3", "Unheard-of Act 제3조"),
    ],
)
def test_korean_citations(law, article, korean):
    assert cite(load_texts("ko"), law, article) == korean


def test_english_citations():
    assert cite(load_texts("en"), "GDPR", "13") == "GDPR art. 13"
    assert list(cite_all(load_texts("en"), ["PIPA 22-2"])) == ["PIPA (Korea) art. 22-2"]


def test_a_reference_without_a_number_stays():
    assert list(cite_all(load_texts("ko"), ["Common sense"])) == ["Common sense"]


def test_a_law_is_named_once():
    references = ["PIPA 17", "PIPA 30", "GDPR 13"]
    assert list(cite_all(load_texts("ko"), references)) == ["개인정보 보호법 제17조·제30조", "GDPR 제13조"]
