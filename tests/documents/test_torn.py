"""Texts whose every line became a paragraph are whole again, and others stay as they are."""

from __future__ import annotations

import textwrap

from hypothesis import given
from hypothesis import strategies as st

from privacyscan.documents.torn import mend
from privacyscan.models import State
from privacyscan.scanning.scanner import Scanner

PARAGRAPHS = [
    "When you borrow a boat we collect personal information that you give us, such as your name, your e-mail address, "
    "the number of your boating licence and, if you pay at the pier, the last digits of your card.",
    "While the boat is under way its transmitter sends our harbour office the technical details of your telephone, "
    "including unique device identifiers and the version of its operating system, so that we can find you in a storm.",
    "If you allow the application to read the address book of your telephone, we may access and store the names and "
    "numbers in it in order to show you which of your friends are out on the lake at the same time.",
    "We share what we know about you with the insurer of the boat, with the police of the lake where a court asks for "
    "it, and with nobody else, and we delete all of it at the end of the season in which you last borrowed a boat.",
    "Questions are answered at the harbour office, by letter or by e-mail, as soon as somebody is back from the water, "
    "which on long summer days may well be after the sun has set and the last of the boats has been tied up.",
]


def torn(paragraphs: list[str], width: int = 70) -> str:
    """Every line a paragraph, every paragraph further apart."""
    return "\n\n\n\n".join("\n\n".join(textwrap.wrap(paragraph, width)) for paragraph in paragraphs)


def test_torn_lines_become_their_paragraphs_again() -> None:
    assert mend(torn(PARAGRAPHS)).split("\n\n") == PARAGRAPHS


def test_what_stood_on_two_lines_is_read_as_one_sentence() -> None:
    report = Scanner().scan_text(torn(["Boats on the Lake: Privacy Policy", *PARAGRAPHS]))
    assert report.practices["address_book"].state is State.CONDITIONAL
    assert report.practices["device_identifier"].state is State.AFFIRMED
    for finding in report.findings:
        assert report.document.text[finding.start : finding.end] == finding.quote


def test_titles_lists_and_tables_are_not_joined() -> None:
    rest = "# What we keep\n\n- your name\n\n- your berth\n\n| Item | Days |\n\n1. Season tickets\n\nShort title"
    mended = mend(f"{torn(PARAGRAPHS)}\n\n\n\n{rest}")
    assert mended.endswith(rest)


def test_a_text_that_nothing_tore_stays_as_it_is() -> None:
    whole = "\n\n".join([*PARAGRAPHS, "- your name", "and the name of your boat, as you told us when you signed up"])
    assert mend(whole) == whole


@given(st.lists(st.text(alphabet=st.characters(codec="utf-8"), max_size=120), max_size=60))
def test_nothing_is_lost_or_made_up(lines: list[str]) -> None:
    text = "\n\n".join([torn(PARAGRAPHS), *lines])
    assert "".join(mend(text).split()) == "".join(text.split())
