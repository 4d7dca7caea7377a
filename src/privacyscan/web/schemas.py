"""JSON schemas of what the API answers with, as its OpenAPI description shows them."""

from __future__ import annotations

import json
import re
from inspect import cleandoc
from typing import Any

import msgspec

from privacyscan.models import Comparison, Evidence, Finding, Report, ReportDocument
from privacyscan.web.problems import Problem

REFERENCE = "#/components/schemas/{name}"


def answer_schemas() -> dict[str, dict[str, Any]]:
    """Return the schemas of reports, comparisons and problems, and of all they are made of, by name."""
    _, schemas = msgspec.json.schema_components([Report, Comparison], ref_template=REFERENCE)
    for model in (Evidence, Finding, ReportDocument):
        for field in model.kept_out:
            del schemas[model.__name__]["properties"][field]
    for schema in schemas.values():
        schema["description"] = cleandoc(schema["description"])
        if "properties" in schema:
            # What may be left out when a model is made stands in every answer.
            schema["required"] = list(schema["properties"])
    problem = Problem.model_json_schema(ref_template=REFERENCE.format(name="{model}"))
    schemas |= problem.pop("$defs") | {Problem.__name__: problem}
    return {name: schemas[name] for name in sorted(_reached(schemas, {"Report", "Comparison", "Problem"}))}


def _reached(schemas: dict[str, dict[str, Any]], names: set[str]) -> set[str]:
    """The names themselves and all that their schemas refer to."""
    reference = re.escape(REFERENCE).replace(re.escape("{name}"), r"(\w+)")
    found = {name for known in names for name in re.findall(reference, json.dumps(schemas[known]))}
    return names if found <= names else _reached(schemas, names | found)
