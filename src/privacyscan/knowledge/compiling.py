"""Parses the shipped YAML files beforehand (``knowledge/compiled.py``).

Run: python -m privacyscan.knowledge.compiling (or `make rulebook`)
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from privacyscan.knowledge.compiled import FILE_NAME, content_digest
from privacyscan.knowledge.yamlfile import parse
from privacyscan.resources import data_dir

# What a scan reads; the examples of the rules are for tests.
_FOLDERS = (("rules", "**/*.yaml"), ("reports/templates", "*.yaml"), ("seeds/ledger", "*.yaml"))
_LEFT_OUT = ".examples.yaml"


def compile_knowledge() -> Iterator[str]:
    """Yield the lines of ``models/knowledge.tsv`` for the YAML files as they are now."""
    for folder, pattern in _FOLDERS:
        root = data_dir(folder)
        for path in sorted(root.glob(pattern)):
            if not path.name.endswith(_LEFT_OUT):
                content = path.read_bytes()
                name = f"{folder}/{path.relative_to(root).as_posix()}"
                yield f"{content_digest(content)}\t{name}\t{_json(parse(path, content.decode()))}\n"


def _json(data: Any) -> str:
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))


if __name__ == "__main__":
    (data_dir("models") / FILE_NAME).write_text("".join(compile_knowledge()), encoding="utf-8", newline="\n")
