"""What can go wrong on the web: a code, a status, and a wording in both languages (RFC 9457 for the API)."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any

from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import Response

from privacyscan.knowledge.texts import Texts, load_texts

PROBLEM_TYPE = "application/problem+json"
_RETRY_SECONDS = 5


class FieldProblem(BaseModel):
    """One wrong place of a request."""

    model_config = ConfigDict(title="FieldProblem")

    pointer: str = Field(description="JSON pointer to the wrong value, such as `#/documents/0/text`.")
    detail: str


class Problem(BaseModel):
    """An error by RFC 9457."""

    type: str = "about:blank"
    title: str
    status: int
    code: str = Field(description="A fixed word for the kind of error.")
    detail: str
    errors: list[FieldProblem] = []


class ProblemError(Exception):
    """A request can't be answered; ``code`` names its wording under ``web.errors``.

    ``detail`` replaces that wording where the one who refused said more.
    """

    def __init__(self, code: str, status: HTTPStatus, /, *, detail: str = "", **values: object) -> None:
        super().__init__(code)
        self.code = code
        self.status = status
        self._detail = detail
        self._values = values

    def wording(self, texts: Texts) -> str:
        """Return what to tell the person who asked."""
        key = f"web.errors.{self.code}"
        return texts(key, **self._values) if texts.has(key) else self._detail

    @property
    def headers(self) -> dict[str, str]:
        """The headers of the answer."""
        return {"Retry-After": str(_RETRY_SECONDS)} if self.status is HTTPStatus.SERVICE_UNAVAILABLE else {}


def problem_response(error: ProblemError, errors: Sequence[Mapping[str, Any]] = ()) -> Response:
    """Return the answer of the API to a request that can't be answered."""
    problem = Problem(
        title=error.status.phrase,
        status=error.status,
        code=error.code,
        detail=error.wording(load_texts("en")),
        errors=[FieldProblem.model_validate(item) for item in errors],
    )
    content = json.dumps(problem.model_dump(), ensure_ascii=False)
    return Response(content, error.status, headers=error.headers, media_type=PROBLEM_TYPE)
