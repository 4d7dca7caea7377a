"""Where languages differ: English and Chinese negate before the verb, Korean after it."""

from __future__ import annotations

from privacyscan.scanning.grammar import Grammar
from privacyscan.scanning.negation_after import NegationAfter
from privacyscan.scanning.negation_before import NegationBefore
from privacyscan.scanning.reading import Reading


def read(grammar: Grammar, folded: str) -> Reading:
    """Return the reading of one folded clause, in the word order of the grammar's language."""
    after = grammar.lexicon.negation_side == "after"
    return NegationAfter(grammar, folded) if after else NegationBefore(grammar, folded)
