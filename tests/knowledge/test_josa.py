"""Particles follow the last sound, whatever the word is written in."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from privacyscan.knowledge.josa import with_josa


@pytest.mark.parametrize(
    ("word", "pair", "expected"),
    [
        ("도담노트", "은/는", "도담노트는"),
        ("처리방침", "을/를", "처리방침을"),
        ("서울", "으로/로", "서울로"),
        ("부산", "으로/로", "부산으로"),
        ("미리내AI", "은/는", "미리내AI는"),
        ("LLM", "이/가", "LLM이"),
        ("GDPR", "을/를", "GDPR을"),
        ("제3", "은/는", "제3은"),
        ("제2", "은/는", "제2는"),
        ("‘쿠키’", "이/가", "‘쿠키’가"),
        ("개인정보 보호법(제30조)", "은/는", "개인정보 보호법(제30조)은"),
        ("Harbor Write", "과/와", "Harbor Write와"),
        ("does not", "이/가", "does not이"),
        ("help", "이/가", "help가"),
        ("App", "은/는", "App은"),
        ("Facebook", "을/를", "Facebook을"),
        ("Google", "은/는", "Google은"),
        ("Apple", "과/와", "Apple과"),
        ("", "은/는", "는"),
    ],
)
def test_the_particle_fits_the_word(word, pair, expected):
    assert with_josa(word, pair) == expected


@given(st.text(max_size=30))
def test_the_word_is_kept_and_one_particle_added(word):
    assert with_josa(word, "은/는") in (word + "은", word + "는")
