"""What the formats of bare characters share: the mark of a state, a shortened quote, points with their sign."""

from __future__ import annotations

from privacyscan.models import State

_GLYPHS = {State.AFFIRMED: "●", State.CONDITIONAL: "◐", State.DENIED: "○", State.CONTRADICTORY: "◩", State.SILENT: "◌"}


def glyph(state: State) -> str:
    """Return the mark of a state for formats that have only characters."""
    return _GLYPHS[state]


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
