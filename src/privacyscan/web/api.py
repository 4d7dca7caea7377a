"""The JSON API: the reports and comparisons of the contract over HTTP."""

from __future__ import annotations

from datetime import date
from http import HTTPStatus
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Request, Response
from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from privacyscan._version import __version__
from privacyscan.comparison import MAX_POLICIES, MIN_POLICIES
from privacyscan.knowledge.rules import Rule, RuleSet
from privacyscan.models import Category, Polarity, Severity
from privacyscan.scanning.scanner import LanguageChoice
from privacyscan.web.leaving import answer_to
from privacyscan.web.problems import PROBLEM_TYPE
from privacyscan.web.schemas import REFERENCE
from privacyscan.web.settings import MAX_NAME, MAX_TEXT_BYTES
from privacyscan.web.tasks import Policy, Task


def _within_limit(text: str) -> str:
    if len(text.encode()) > MAX_TEXT_BYTES:
        raise ValueError(f"longer than {MAX_TEXT_BYTES // 1024 // 1024} MB in UTF-8")
    return text


PolicyText = Annotated[
    str,
    Field(
        max_length=MAX_TEXT_BYTES,
        description="The policy: plain text, Markdown or HTML, at most 2 MB in UTF-8.",
        examples=["# Quill privacy policy\n\nWe do not record your keystrokes."],
    ),
    AfterValidator(_within_limit),
]
ServiceName = Annotated[
    str | None, Field(max_length=MAX_NAME, description="Name of the service. Default: from the policy's title.")
]
LanguageField = Annotated[LanguageChoice, Field(description="Language the policy is judged in; `auto` finds it out.")]


class _Request(BaseModel):
    model_config = ConfigDict(extra="forbid")


class PolicyIn(_Request):
    """One of the policies to compare."""

    text: PolicyText
    service: ServiceName = None


class ScanRequest(PolicyIn):
    """A policy to judge."""

    language: LanguageField = "auto"


class CompareRequest(_Request):
    """The policies to put side by side, in the order of the columns."""

    documents: Annotated[list[PolicyIn], Field(min_length=MIN_POLICIES, max_length=MAX_POLICIES)]
    language: LanguageField = "auto"


class Law(BaseModel):
    """A law that bears on a practice."""

    law: str
    article: str
    says: str
    checked: date


class Practice(BaseModel):
    """One practice of the rulebook; texts and examples by language."""

    id: str
    category: Category
    severity: Severity
    polarity: Polarity
    weight: float
    text: dict[str, dict[str, str]]
    references: list[Law]
    examples: dict[str, dict[str, list[str]]]


class Rulebook(BaseModel):
    """All practices that are looked for."""

    ruleset_digest: str
    practices: list[Practice]


class Health(BaseModel):
    """That the app answers."""

    status: Literal["ok"] = "ok"
    version: str


_REFUSALS = (
    HTTPStatus.BAD_REQUEST,
    HTTPStatus.FORBIDDEN,
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    HTTPStatus.UNPROCESSABLE_ENTITY,
    HTTPStatus.SERVICE_UNAVAILABLE,
)


def _answers(model: str) -> dict[int | str, dict[str, Any]]:
    """What an operation answers with, by status: the JSON of ``model``, or a problem."""
    answers = ((HTTPStatus.OK, "application/json", model), *((status, PROBLEM_TYPE, "Problem") for status in _REFUSALS))
    return {int(status): _answer_of(status, media_type, name) for status, media_type, name in answers}


def _answer_of(status: HTTPStatus, media_type: str, model: str) -> dict[str, Any]:
    schema = {"$ref": REFERENCE.format(name=model)}
    return {"description": status.phrase, "content": {media_type: {"schema": schema}}}


router = APIRouter(tags=["privacyscan"])


@router.post("/api/v1/scan", responses=_answers("Report"), operation_id="scan")
async def scan(body: ScanRequest, request: Request) -> Response:
    """Judge one policy; the answer is what `privacyscan scan --format json` writes."""
    policy = Policy(text=body.text, service=body.service)
    return await _answer(request, Task((policy,), "json", language=body.language))


@router.post("/api/v1/compare", responses=_answers("Comparison"), operation_id="compare")
async def compare(body: CompareRequest, request: Request) -> Response:
    """Put two to five policies side by side, as `privacyscan compare --format json` does."""
    policies = tuple(Policy(text=item.text, service=item.service) for item in body.documents)
    return await _answer(request, Task(policies, "json", language=body.language, compared=True))


@router.get("/api/v1/rules", operation_id="rules")
async def rules(request: Request) -> Rulebook:
    """Return every practice that is looked for, with why it matters and examples."""
    known: RuleSet = request.app.state.rules
    return Rulebook(ruleset_digest=known.digest, practices=[_practice(rule) for rule in known.rules.values()])


@router.get("/healthz", operation_id="health")
async def health() -> Health:
    """Say that the app answers."""
    return Health(version=__version__)


async def _answer(request: Request, task: Task) -> Response:
    return Response(await answer_to(request, task), media_type="application/json")


def _practice(rule: Rule) -> Practice:
    return Practice.model_validate(rule.model_dump())
