"""The shipped YAML files, parsed beforehand: reading JSON takes a fraction of the time.

``models/knowledge.tsv`` has a line a file: the SHA-256 of its content, its path,
and what it holds as JSON. A file is looked up by its content alone, so that one
that was changed since, or is somebody's own, is parsed as what it is.
``knowledge/compiling.py`` writes the lines.
"""

from __future__ import annotations

import hashlib
from functools import cache
from typing import Any

import msgspec

from privacyscan.resources import MissingDataError, data_dir

FILE_NAME = "knowledge.tsv"


def parsed(content: bytes) -> Any | None:
    """Return what a YAML file with this ``content`` holds, or ``None`` where it was not parsed beforehand."""
    line = _lines().get(content_digest(content))
    return msgspec.json.decode(line) if line is not None else None


@cache
def _lines() -> dict[str, bytes]:
    try:
        # Most lines are never asked for, and need not be made text.
        lines = (data_dir("models") / FILE_NAME).read_bytes().split(b"\n")
    except (MissingDataError, FileNotFoundError):
        return {}
    return {digest.decode(): data for digest, _, data in (line.split(b"\t", 2) for line in lines if line)}


def content_digest(content: bytes) -> str:
    """Return the SHA-256 by which a file is looked up, the same for all kinds of line ends."""
    return hashlib.sha256(content.replace(b"\r\n", b"\n")).hexdigest()
