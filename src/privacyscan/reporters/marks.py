"""What the formats of bare characters share: the mark of a state, a shortened quote, points with their sign."""

from __future__ import annotations

from privacyscan.knowledge.texts import Texts
from privacyscan.models import State, Strength

HEDGED = "hedged"
_GLYPHS = {"affirmed": "●", HEDGED: "◉", "conditional": "◐", "denied": "○", "contradictory": "◩", "silent": "◌"}


def manner(state: State, strength: Strength | None) -> str:
    """Return a state as every count and every chip tells it: what is only said to be possible is "hedged"."""
    return HEDGED if state == State.AFFIRMED and strength == Strength.HEDGED else str(state)


def glyph(state: State, strength: Strength | None = None) -> str:
    """Return the mark of a state for formats that have only characters."""
    return _GLYPHS[manner(state, strength)]


def state_words(state: State, strength: Strength | None, texts: Texts) -> str:
    """Return the chip of a state in words: "Says it may", "With conditions · hedged"."""
    words = texts(f"states.{manner(state, strength)}.chip")
    both = strength == Strength.HEDGED and state not in (State.AFFIRMED, State.SILENT)
    return f"{words} · {texts('strength.hedged')}" if both else words


def shorten(text: str, limit: int) -> str:
    """Return ``text`` on one line, cut at a word with an ellipsis where it is longer than ``limit``."""
    line = " ".join(text.split())
    if len(line) <= limit:
        return line
    cut = line[: limit - 1]
    return (cut.rsplit(" ", 1)[0] if " " in cut[limit // 2 :] else cut) + "…"


def signed(points: float, digits: int = 1) -> str:
    """Return points with their sign, with a true minus."""
    return f"{points:+.{digits}f}".replace("-", "−")
