"""What the terminal's reports share: headings, bullets with their quotes, public records, the legend."""

from __future__ import annotations

from collections.abc import Iterable

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from privacyscan.knowledge.texts import Texts
from privacyscan.models import Severity, State, Strength
from privacyscan.reporters.marks import glyph, shorten, state_words
from privacyscan.reporters.story import Bullet, Named, PublicRecord

_COLOURS = {
    Severity.CRITICAL: "red",
    Severity.HIGH: "red",
    Severity.MEDIUM: "yellow",
    Severity.LOW: "blue",
    Severity.INFO: "green",
}
_QUOTE_LIMIT = 200


def named_in_words(items: Iterable[Named]) -> str:
    """Return the items of a line of values, each with the words that name it."""
    return ", ".join(item.label + (f" (“{item.words}”)" if item.words else "") for item in items)


def mark(bullet: Bullet) -> Text:
    """Return the mark of a bullet's state in the colour of its concern."""
    return Text(glyph(bullet.state, bullet.strength), style="green" if bullet.protective else _COLOURS[bullet.severity])


def told(bullet: Bullet, sentence: str = "") -> Text:
    """Return a bullet in full: title, state, sentence, and its first quote."""
    said = Text.assemble((bullet.title, "bold"), f" [{bullet.state_word}] ", sentence or bullet.sentence)
    for quote in bullet.quotes[:1]:
        section = f" ({quote.section})" if quote.section else ""
        said.append(f"\n“{shorten(quote.text, _QUOTE_LIMIT)}”{section}", style="italic dim")
    return said


def print_records(console: Console, records: Iterable[PublicRecord], texts: Texts) -> None:
    """Write what authorities made public, with what the policy at hand says beside it."""
    for record in records:
        head = Text.assemble((f" {texts('labels.regulator')} ", "reverse"), " ", (record.date, "bold"))
        head.append(f" {record.authority} ({record.stage}): {record.text}")
        console.print(Padding(head, (0, 0, 0, 2)))
        for item in record.beside:
            said = Text.assemble((f" {texts('labels.policy')} ", "reverse dim"), " ", told(item.bullet, item.says))
            if item.reading:
                said.append(f"\n{texts('labels.tool')}: {item.reading}")
            console.print(Padding(said, (0, 0, 0, 6)))


def legend(texts: Texts) -> str:
    """Return what the marks of the states mean, on one line."""
    known = [(State.AFFIRMED, Strength.FIRM), (State.AFFIRMED, Strength.HEDGED)]
    known += [(state, Strength.FIRM) for state in State if state is not State.AFFIRMED]
    return "   ".join(f"{glyph(*item)} {state_words(*item, texts)}" for item in known)


def heading(console: Console, title: str) -> None:
    """Write the heading of a section, after an empty line."""
    console.print()
    console.print(Text(f"◎ {title}", style="bold"))


def indented(console: Console, line: str, style: str = "") -> None:
    """Write a line that belongs under a heading."""
    console.print(Padding(Text(line, style=style), (0, 0, 0, 2)))
