"""Reads the literals off the shipped rules beforehand (``scanning/indexing.py``).

Run: python -m privacyscan.scanning.compiling (or `make rulebook`)
"""

from __future__ import annotations

import json
from collections.abc import Iterator

from privacyscan.knowledge.rules import load_rules
from privacyscan.resources import data_dir
from privacyscan.scanning.indexing import FILE_NAME, digest, index_patterns, number_patterns


def compile_literals() -> Iterator[str]:
    """Yield the lines of ``models/literals.tsv`` for the shipped rules as they are now."""
    rules = load_rules(examples=False)
    for language in rules.lexicons:
        patterns = number_patterns(rules, language).patterns
        index = json.dumps(index_patterns(patterns), ensure_ascii=False, separators=(",", ":"))
        yield f"{digest(patterns)}\t{language}\t{index}\n"


def main() -> None:
    """Write the file."""
    (data_dir("models") / FILE_NAME).write_text("".join(compile_literals()), encoding="utf-8")


if __name__ == "__main__":
    main()
