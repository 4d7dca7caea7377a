"""Measures what ten times the rules cost: scanning time on the same texts, with generated rules.

Run: python -m benchmarks.matching FILE [FILE …]

FILE is a policy in any supported language. The generated rules are the
shipped ones with every word of four letters or more, and every CJK
character, replaced by a made-up one of the same length, nine
times over: they take as long to compile and to look for, and find next to nothing.
Figures are ratios of processor time in one run; compiling the rules is not counted.
"""

from __future__ import annotations

import argparse
import random
import re
import time
from collections.abc import Sequence

from msgspec.structs import replace

from privacyscan.documents import detect_language, read_source
from privacyscan.knowledge.rules import Pattern, Rule, RuleSet, load_rules
from privacyscan.models import Document
from privacyscan.scanning.folding import fold
from privacyscan.scanning.matching import Matcher
from privacyscan.scanning.scanner import Scanner
from privacyscan.scanning.segmentation import segment

_TIMES = 10
_ROUNDS = 3
# What a pattern is made of: escapes, classes, flags and counts stay, words and CJK characters are replaced.
_PARTS = re.compile(r"\\p\{\w+\}|\\.|\[[^\]]*\]|\(\?[\w-]*:|\{[^}]*\}|[A-Za-z]+|[\u4e00-\u9fff\uac00-\ud7a3]")
_SHORTEST_WORD = 4
_CONSONANTS, _VOWELS = "bcdfghjklmnpqrstvwz", "aeiou"


def main() -> None:
    """Print a row a rule set: rules, patterns, time to match and to scan, each with its ratio."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="+")
    documents = [read_source(path) for path in parser.parse_args().files]
    supported = [item for item in documents if detect_language(item).supported]
    shipped = load_rules(examples=False)
    rows = [("shipped", shipped), (f"× {_TIMES}, generated", _multiplied(shipped))]
    characters = sum(len(item.text) for item in supported)
    print(f"{len(supported)} policies, {characters:,} characters; best of {_ROUNDS} rounds")
    base: tuple[float, float] | None = None
    for name, rules in rows:
        matching, scanning = _matching(rules, supported), _scanning(rules, supported)
        base = base or (matching, scanning)
        patterns = sum(len(listed) for rule in rules.rules.values() for listed in rule.patterns.values())
        print(
            f"  {name:16} {len(rules.rules):>4} rules {patterns:>6} patterns"
            f"   matching {matching:6.2f} s × {matching / base[0]:.1f}"
            f"   scan {scanning:6.2f} s × {scanning / base[1]:.1f}"
        )


def _matching(rules: RuleSet, documents: Sequence[Document]) -> float:
    clauses = []
    for document in documents:
        language = detect_language(document).code
        clauses.append((language, segment(document, rules.lexicons[language].abbreviations)))  # type: ignore[index]
    matchers = {language: Matcher(rules, language) for language, _ in clauses}  # type: ignore[arg-type]

    def run() -> None:
        for language, listed in clauses:
            matchers[language].match(listed)

    return _best(run)


def _scanning(rules: RuleSet, documents: Sequence[Document]) -> float:
    scanner = Scanner(rules)

    def run() -> None:
        for document in documents:
            scanner.scan_document(document)

    return _best(run)


def _best(run: object) -> float:
    times = []
    # The first round builds what later ones reuse.
    for _ in range(_ROUNDS + 1):
        started = time.process_time()
        run()  # type: ignore[operator]
        times.append(time.process_time() - started)
    return min(times[1:])


def _multiplied(rules: RuleSet) -> RuleSet:
    draw = random.Random(7)
    made: dict[str, Rule] = dict(rules.rules)
    for copy in range(2, _TIMES + 1):
        for rule in rules.rules.values():
            name = f"{rule.id}_{copy}"
            patterns = {code: tuple(_renamed(item, draw) for item in rule.patterns[code]) for code in rule.patterns}
            made[name] = replace(rule, id=name, patterns=patterns, exceptions={})
    return replace(rules, rules=made)


def _renamed(pattern: Pattern, draw: random.Random) -> Pattern:
    text = _PARTS.sub(lambda found: _replaced(found.group(), draw), fold(pattern.match))
    return replace(pattern, match=text)


def _replaced(part: str, draw: random.Random) -> str:
    # Little words ("and", "of") are the same in every rule.
    if part[0] in "\\[({" or (part.isascii() and len(part) < _SHORTEST_WORD):
        return part
    if part.isascii():
        return "".join(draw.choice(_CONSONANTS if place % 2 == 0 else _VOWELS) for place in range(len(part)))
    return chr(draw.randrange(0x4E00, 0x9FA0))


if __name__ == "__main__":
    main()
