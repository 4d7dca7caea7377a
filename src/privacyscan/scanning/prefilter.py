"""Which of many patterns may match which of many texts, by one look at each text.

The literals of all patterns (``literals``) stand in one automaton that finds every one
of them in a single pass over a text, however many there are (Aho and Corasick,
"Efficient String Matching: An Aid to Bibliographic Search", 1975). A branch of a
pattern is looked at where a text holds a literal of its rarest set: does one of every
set stand in that text, and one behind the other? So texts cost what the words they
hold cost, not what the patterns do.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import ahocorasick

from privacyscan.scanning.folding import marked
from privacyscan.scanning.indexing import IndexedBranch, LiteralIndex

# So many texts are looked at together: which of them hold a literal are the bits of one number.
_TOGETHER = 256


class Prefilter:
    """Patterns, to be asked which of them may match a text."""

    def __init__(self, index: LiteralIndex) -> None:
        self._index = index
        # The sets that each literal stands in, and the branches whose rarest each set is.
        self._sets: list[list[int]] = [[] for _ in index.literals]
        for number, literals in enumerate(index.sets):
            for literal in literals:
                self._sets[literal].append(number)
        self._waiting: dict[int, list[IndexedBranch]] = {}
        for branch in index.branches:
            self._waiting.setdefault(branch.rarest, []).append(branch)
        self._automaton = ahocorasick.Automaton()
        for number, word in enumerate(index.literals):
            self._automaton.add_word(word, number)
        self._automaton.make_automaton()

    def nominate(self, texts: Sequence[str]) -> list[set[int]]:
        """Return, for each folded text, the numbers of the patterns that may match it; no other does."""
        return [
            nominated
            for start in range(0, len(texts), _TOGETHER)
            for nominated in self._nominate(texts[start : start + _TOGETHER])
        ]

    def _nominate(self, texts: Sequence[str]) -> list[set[int]]:
        searched = [marked(text) for text in texts]
        # A text that can't be searched is tried with every pattern.
        nominated = [set(range(self._index.patterns) if text is None else self._index.always) for text in searched]
        literals = self._holders([text or "" for text in searched])
        sets: dict[int, int] = {}
        for literal, holders in literals.items():
            for number in self._sets[literal]:
                sets[number] = sets.get(number, 0) | holders
        for rarest, holders in sets.items():
            for branch in self._waiting.get(rarest, ()):
                bits = holders
                for number in branch.row:
                    bits &= sets.get(number, 0)
                if not bits:
                    continue
                row = [
                    [self._index.literals[literal] for literal in self._index.sets[number] if literal in literals]
                    for number in branch.row
                ]
                for place in _places(bits):
                    if branch.pattern not in nominated[place] and _in_order(row, searched[place] or ""):
                        nominated[place].add(branch.pattern)
        return nominated

    def _holders(self, texts: Sequence[str]) -> dict[int, int]:
        """For each literal that stands anywhere, the texts it stands in, as bits."""
        holders: dict[int, int] = {}
        if not self._index.literals:
            return holders
        for place, text in enumerate(texts):
            bit = 1 << place
            for literal in {literal for _, literal in self._automaton.iter(text)}:
                holders[literal] = holders.get(literal, 0) | bit
        return holders


def _in_order(row: Sequence[Sequence[str]], text: str) -> bool:
    """Whether ``text``, which holds a literal of each set of ``row``, holds them one behind the other."""
    if len(row) == 1:
        return True
    behind = 0
    for literals in row:
        ends = [found + len(literal) for literal in literals if (found := text.find(literal, behind)) >= 0]
        if not ends:
            return False
        # Two literals may share the edge of a word between them.
        behind = min(ends) - 1
    return True


def _places(bits: int) -> Iterator[int]:
    while bits:
        lowest = bits & -bits
        yield lowest.bit_length() - 1
        bits ^= lowest
