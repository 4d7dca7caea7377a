"""Folding text for matching, character by character, so that offsets stay true."""

from __future__ import annotations

_QUOTES = {"‘": "'", "’": "'", "‚": "'", "‛": "'", "“": '"', "”": '"', "„": '"', "‟": '"', "′": "'", "″": '"'}
_DASHES = dict.fromkeys("‐‑‒–—―−", "-")
_MIDDLE_DOTS = dict.fromkeys("ㆍ・‧∙", "·")
# Full-width ASCII, as Chinese and Korean texts mix it in; the clause marks ，；：。 stay, rules use them.
_KEPT_WIDE = "，；：！？（）"
_FULL_WIDTH = {chr(code): chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F) if chr(code) not in _KEPT_WIDE}
_TABLE = str.maketrans({**_QUOTES, **_DASHES, **_MIDDLE_DOTS, **_FULL_WIDTH, "\u3000": " ", "\xa0": " ", "\n": " "})


def fold(text: str) -> str:
    """Return ``text`` with quotes, dashes, widths and spaces made plain, the same length."""
    return text.translate(_TABLE)
