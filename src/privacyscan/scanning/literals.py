"""What a text must hold for a pattern to match it: literals, read off the pattern without running it.

A pattern is read as a union of branches. Each branch is a row of sets of literals: a
text that the branch matches holds one literal of every set, in this order. Cox,
"Regular Expression Matching with a Trigram Index" (2012), reads pieces of three
letters off patterns this way, and RE2's own prefilter words; here they keep their
order too, and where they begin or end at the edge of a word. Nothing may be promised
that doesn't hold: what is not understood may be anything.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from privacyscan.scanning.folding import BOUNDARY, EDGE

Literals = frozenset[str]

# How many ways to write a stretch are told apart; beyond it, the stretch is cut in two.
_MOST_WORDINGS = 16
# How many words a list of alternatives may have to be one stretch with what stands around it.
_MOST_ALTERNATIVES = 32
# How many members a class may have to be written out: "[- ]", not "[a-z]".
_MOST_MEMBERS = 4
# Literals of fewer bytes, edges counted, are in nearly every text, and not looked for where others are.
_TELLING = 3

# An atom (letters in a row but for one that is repeated, a bracket, a class, an escaped letter, a mark) and its repeat.
_TOKEN = re.compile(
    r"([^\\.\[(){|*+?^$]+(?![*+?{])"
    r"|\((?:\?P?<\w+>|\?[^:)<(]*[:)])?"
    r"|\[\^?\]?(?:\\.|\[:\w+:\]|[^\]\\])*\]"
    r"|\\.|.)"
    r"([*+?]\??|\{\d+(?:,\d*)?\}\??)?",
    re.DOTALL,
)
# A class that can be written out: no ranges, no escapes, nothing negated.
_MEMBERS = re.compile(r"\[(-?[^\]\[\\^-][^\]\[\\-]*-?)\]")
# Letters that RE2 may take for others when it disregards case, and those that folded texts don't hold.
# ASCII is looked after by ``marked``; Hangul, Han and the punctuation around them have no case.
_UNTOLD = re.compile(r"[^\x00-\x09\x0b-\x7e\xb7\u2000-\u206f\u2e80-\ua63f\uac00-\ud7a3\uff01-\uff20]")

_IMPLIED_EDGE = re.compile(r"^\x7f(?!\x7f)|(?<!\x7f)\x7f$", re.MULTILINE)
_SEVERAL = re.compile(r"\x7f+")
# Spaces and marks before or behind a word: that the word begins or ends there says as much.
_OUTSIDE = re.compile(r"^[ -/:-@\[-^`{-~]+(?=\x7f|$)|(?<=\x7f)[ -/:-@\[-^`{-~]+$", re.MULTILINE)


class Branch(NamedTuple):
    """One way to match: a literal of each set of ``row`` stands in the text, one behind the other."""

    row: tuple[Literals, ...]
    # The place in the row of the set that the fewest texts hold a literal of.
    rarest: int


class _NotUnderstoodError(Exception):
    """The pattern uses something that is not read here."""


class _Part(NamedTuple):
    """What is known of a piece of a pattern.

    ``wordings`` are all the texts it matches, where they can be told; else any
    text it matches holds a wording of each set of ``required``, in this order.
    """

    wordings: Sequence[str] | None
    required: Sequence[Literals]


_NOTHING = _Part(("",), ())
_ANYTHING = _Part(None, ())


def branches(pattern: str) -> tuple[Branch, ...] | None:
    """Return the branches of an RE2 pattern, or ``None`` where it may match a text without any literal."""
    try:
        parts, _ = _alternatives(_TOKEN.findall(pattern), 0)
    except _NotUnderstoodError:
        return None
    found = [_branch(_required(part)) for part in parts]
    return tuple(branch for branch in found if branch) if all(found) else None


def _branch(wordings: Sequence[Literals]) -> Branch | None:
    row = [_shortest(literals) for literals in map(_with_edges, wordings) if "" not in literals]
    if not row:
        return None
    rarest = max(row, key=_rarity)
    telling = tuple(literals for literals in row if literals is rarest or _rarity(literals)[0] >= _TELLING)
    return Branch(telling, telling.index(rarest))


def _alternatives(tokens: Sequence[tuple[str, str]], place: int) -> tuple[list[_Part], int]:
    """Read what stands between two brackets; returns its alternatives and the place of the closing bracket."""
    parts = []
    sequence = _Sequence()
    while place < len(tokens):
        atom, repeat = tokens[place]
        if atom == ")":
            break
        if atom == "|":
            parts.append(sequence.part())
            sequence = _Sequence()
        elif atom[0] == "(" and atom[-1] != ")":
            inner, place = _alternatives(tokens, place + 1)
            if place == len(tokens):
                raise _NotUnderstoodError
            sequence.add(_repeated(_union(inner), tokens[place][1]))
        else:
            sequence.add(_repeated(_atom(atom), repeat))
        place += 1
    return [*parts, sequence.part()], place


class _Sequence:
    """Pieces of a pattern one behind the other."""

    def __init__(self) -> None:
        self._wordings: Sequence[str] = ("",)
        self._required: list[Literals] = []
        self._whole = True

    def add(self, part: _Part) -> None:
        """Put ``part`` behind what was added before."""
        if part.wordings is not None and len(self._wordings) * len(part.wordings) <= _MOST_WORDINGS:
            self._wordings = [before + behind for before in self._wordings for behind in part.wordings]
            return
        self._required += [*_required(_Part(self._wordings, ())), *part.required]
        self._wordings = part.wordings or ("",)
        self._whole = False

    def part(self) -> _Part:
        """Return what is known of the whole sequence."""
        stretch = _Part(self._wordings, ())
        return stretch if self._whole else _Part(None, [*self._required, *_required(stretch)])


def _atom(atom: str) -> _Part:
    first = atom[0]
    if first == "[":
        members = _MEMBERS.fullmatch(atom)
        if members is None or len(members[1]) > _MOST_MEMBERS or _UNTOLD.search(atom):
            return _ANYTHING
        return _Part(sorted(set(members[1].lower())), ())
    if first == "\\" and len(atom) == 2:
        return _escaped(atom[1])
    if first in "^$" or first == "(":
        return _NOTHING
    if first == ".":
        return _ANYTHING
    if first in "*+?{\\" or atom == ")":
        raise _NotUnderstoodError
    return _literal(atom)


def _escaped(letter: str) -> _Part:
    if letter == "b":
        return _Part((EDGE,), ())
    if letter in "BAz":
        return _NOTHING
    if letter in "dDwWsS":
        return _ANYTHING
    if letter.isalnum():
        raise _NotUnderstoodError
    return _literal(letter)


def _literal(text: str) -> _Part:
    if not _UNTOLD.search(text):
        return _Part((text.lower(),), ())
    return _Part(None, [frozenset((piece.lower(),)) for piece in _UNTOLD.split(text) if piece])


def _repeated(part: _Part, repeat: str) -> _Part:
    if not repeat:
        return part
    if repeat[0] not in "?*" and not repeat.startswith(("{0,", "{0}")):
        return _Part(None, _required(part))
    if repeat[0] == "?" and part.wordings is not None and len(part.wordings) < _MOST_ALTERNATIVES:
        return _Part([*part.wordings, ""], ())
    return _ANYTHING


def _union(parts: Sequence[_Part]) -> _Part:
    if len(parts) == 1:
        return parts[0]
    listed = [part.wordings for part in parts if part.wordings is not None]
    if len(listed) == len(parts) and sum(map(len, listed)) <= _MOST_ALTERNATIVES:
        return _Part([wording for wordings in listed for wording in wordings], ())
    # As many sets of each alternative as all have, its rarest in their order: all the first ones together,
    # all the second ones, …. Whichever alternative matches, the text holds a wording of each.
    rows = [_required(part) for part in parts]
    length = min(map(len, rows))
    return _Part(None, [frozenset().union(*sets) for sets in zip(*(_rarest(row, length) for row in rows), strict=True)])


def _rarest(row: Sequence[Literals], length: int) -> list[Literals]:
    places = sorted(range(len(row)), key=lambda place: _rarity(row[place]), reverse=True)
    return [row[place] for place in sorted(places[:length])]


def _required(part: _Part) -> Sequence[Literals]:
    if part.wordings is None:
        return part.required
    return () if "" in part.wordings or EDGE in part.wordings else (frozenset(part.wordings),)


def _with_edges(wordings: Literals) -> set[str]:
    """Return ``wordings`` with the edges of words marked: those inside, and outside those that the pattern asks for."""
    # All at once, a line each. An edge at the end of a line that is marked once follows from the letters of the
    # wording alone, and may be none in a text; one that the pattern asks for is marked twice.
    lines = _IMPLIED_EDGE.sub("", BOUNDARY.sub(EDGE, "\n".join(wordings)))
    return set(_OUTSIDE.sub("", _SEVERAL.sub(EDGE, lines)).split("\n"))


def _shortest(literals: Iterable[str]) -> Literals:
    """The literals that hold no other: where "your data" stands, "data" does."""
    kept: list[str] = []
    for literal in sorted(literals, key=len):
        if not any(other in literal for other in kept):
            kept.append(literal)
    return frozenset(kept)


def _rarity(literals: Literals) -> tuple[int, int]:
    """How few texts hold one of ``literals``: the shortest is the commonest; a CJK letter says more than another."""
    return min(len(literal.encode()) for literal in literals), -len(literals)
