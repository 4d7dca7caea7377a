"""Folding text for matching, character by character, so that offsets stay true."""

from __future__ import annotations

import re

_QUOTES = {"‘": "'", "’": "'", "‚": "'", "‛": "'", "“": '"', "”": '"', "„": '"', "‟": '"', "′": "'", "″": '"'}
_DASHES = dict.fromkeys("‐‑‒–—―−", "-")
_MIDDLE_DOTS = dict.fromkeys("ㆍ・‧∙", "·")
# Full-width ASCII, as Chinese and Korean texts mix it in; the clause marks ，；：。 stay, rules use them.
_KEPT_WIDE = "，；：！？（）"
_FULL_WIDTH = {chr(code): chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F) if chr(code) not in _KEPT_WIDE}
_PLAIN = {**_QUOTES, **_DASHES, **_MIDDLE_DOTS, **_FULL_WIDTH, "\u3000": " ", "\xa0": " ", "\n": " "}
# Looking for the few is ten times as fast as looking every character up.
_STRANGE = re.compile(f"[{''.join(map(re.escape, _PLAIN))}]")


def fold(text: str) -> str:
    """Return ``text`` with quotes, dashes, widths and spaces made plain, the same length."""
    # Of ASCII, only the line break is folded.
    return text.replace("\n", " ") if text.isascii() else _STRANGE.sub(lambda found: _PLAIN[found[0]], text)
