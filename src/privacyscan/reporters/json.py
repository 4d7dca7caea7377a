"""JSON: the contract, whole and byte for byte the same for the same input."""

from __future__ import annotations

import json

from privacyscan.models import Comparison, Report
from privacyscan.versions import History


def render_json(item: Report | Comparison | History) -> str:
    """Return ``item`` as JSON text with a line break at the end; letters of all languages stay readable."""
    return json.dumps(item.model_dump(mode="json"), ensure_ascii=False, indent=2) + "\n"
