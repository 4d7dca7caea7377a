"""Finds the data folders: beside the package in a wheel, at the top in a checkout."""

from __future__ import annotations

from functools import cache
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


class MissingDataError(RuntimeError):
    """A data folder that every installation ships is not there."""


@cache
def data_dir(name: str) -> Path:
    """Return the folder ``name`` (``rules``, ``reports/templates``, ``seeds``, ``examples``).

    A wheel carries the folders under ``privacyscan/data``; a checkout has them
    at its top. Raises ``MissingDataError`` where neither is there.
    """
    for root in (_PACKAGE / "data", _PACKAGE.parents[1]):
        if (root / name).is_dir():
            return root / name
    raise MissingDataError(
        f"privacyscan's data folder '{name}' is missing: reinstall the package, or run it from a complete checkout"
    )
