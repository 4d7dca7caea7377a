"""Korean particles: choosing 은/는, 이/가, 을/를, 과/와, 으로/로 by the sound a word ends in."""

from __future__ import annotations

import re

_HANGUL_FIRST, _HANGUL_LAST = 0xAC00, 0xD7A3
_FINALS = 28
_FINAL_RIEUL = 8
# Digits and letter names by the final consonant of their Korean reading: 0 영, 1 일 …; L 엘, M 엠, N 엔, R 알.
_DIGIT_FINALS = {"0": 21, "1": 8, "3": 16, "6": 1, "7": 8, "8": 8}
_LETTER_FINALS = {"l": 8, "m": 16, "n": 4, "r": 8}
# Endings of English words that Korean reads with a final consonant.
# A stop after one short vowel closes the last sound ("not" 낫, "app" 앱); after a consonant it does not ("help" 헬프).
_WORD_ENDINGS = (
    ("ng", 21), ("n", 4), ("m", 16), ("l", 8), ("le", 8), ("ck", 1), ("ook", 1), ("ic", 1),
    ("one", 4), ("ine", 4), ("ome", 16), ("ame", 16), ("ime", 16),
)  # fmt: skip
_STOPS = {"t": 19, "p": 17, "b": 17}
_CLOSED = re.compile(r"(?:^|[^aeiou])[aeio](?:tt?|pp?|b)$|(?:^|[^aeiou])u(?:t|p)$")
_TAIL = re.compile(r"[\"'”’」』》)\]]*$|\([^()]*\)$")


def with_josa(word: str, pair: str) -> str:
    """Return ``word`` with the particle of ``pair`` ("은/는") that its last sound takes.

    A trailing quotation mark or parenthesis is passed over. An all-capital
    Latin word is read letter by letter, another one roughly as Korean reads it.
    """
    consonant, vowel = pair.split("/")
    final = _final(word)
    if consonant == "으로" and final == _FINAL_RIEUL:
        return word + vowel
    return word + (consonant if final else vowel)


def _final(word: str) -> int:
    """The number of the final consonant of the last sound, 0 for none."""
    bare = word.strip()
    while (shorter := _TAIL.sub("", bare).strip()) != bare and shorter:
        bare = shorter
    if not bare:
        return 0
    last = bare[-1]
    if _HANGUL_FIRST <= ord(last) <= _HANGUL_LAST:
        return (ord(last) - _HANGUL_FIRST) % _FINALS
    if last.isdigit():
        return _DIGIT_FINALS.get(last, 0)
    tail = re.search(r"[A-Za-z]+$", bare)
    if tail is None:
        return 0
    letters = tail.group()
    if letters.isupper():
        return _LETTER_FINALS.get(letters[-1].lower(), 0)
    word = letters.lower()
    if _CLOSED.search(word):
        return _STOPS[word[-1]]
    return next((final for ending, final in _WORD_ENDINGS if word.endswith(ending)), 0)
