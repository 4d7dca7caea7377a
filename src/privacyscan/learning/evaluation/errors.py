"""The one error of evaluation."""

from __future__ import annotations


class BenchmarkError(ValueError):
    """The labelled data is not there or not in the expected form."""
