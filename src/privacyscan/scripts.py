"""Which script letters belong to, told by their places in Unicode.

A class of all Hangul or Han in a regular expression takes Python milliseconds to compile, each time it stands in one.
"""

from __future__ import annotations

# What numbers the items of Korean lists: "가.", "나.", ….
KOREAN_COUNTERS = "가나다라마바사아자차카타파하"
# A class for regular expressions: any letter or digit behind the alphabets of Europe and the Near East.
EASTERN = r"[^\W\x00-\u10ff]"

_FIRST_EASTERN = "\u1100"


def eastern_letters(text: str) -> tuple[int, int, int]:
    """Return how many letters of ``text`` are Hangul, Kana and Han."""
    if max(text, default="") < _FIRST_EASTERN:
        return 0, 0, 0
    hangul = sum(
        "\uac00" <= letter <= "\ud7a3" or "\u1100" <= letter <= "\u11ff" or "\u3130" <= letter <= "\u318f"
        for letter in text
    )
    kana = sum("\u3040" <= letter <= "\u30ff" for letter in text)
    han = sum(
        "\u4e00" <= letter <= "\u9fff" or "\u3400" <= letter <= "\u4dbf" or "\uf900" <= letter <= "\ufaff"
        for letter in text
    )
    return hangul, kana, han


def has_cjk(text: str) -> bool:
    """Return whether ``text`` holds a Hangul syllable or a Han character."""
    if max(text, default="") < _FIRST_EASTERN:
        return False
    return any("\u3400" <= letter <= "\u9fff" or is_hangul(letter) for letter in text)


def is_hangul(letter: str) -> bool:
    """Return whether a letter is a Hangul syllable; none is where there is no letter."""
    return "\uac00" <= letter <= "\ud7a3"
