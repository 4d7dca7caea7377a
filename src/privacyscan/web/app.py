"""The app: the pages and the API, their workers, and how errors are told."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect

from privacyscan._version import __version__
from privacyscan.knowledge.rules import RuleSet, load_rules
from privacyscan.web import api, pages, static
from privacyscan.web.fetching import Fetcher
from privacyscan.web.heads import HeadAsGet
from privacyscan.web.problems import ProblemError, problem_response
from privacyscan.web.protection import Protection
from privacyscan.web.schemas import answer_schemas
from privacyscan.web.settings import Settings
from privacyscan.web.workers import WorkerPool

_API_PATHS = ("/api/", "/healthz")


class App(FastAPI):
    """FastAPI with the schemas of what it answers with, and none of what it does not."""

    def openapi(self) -> dict[str, Any]:
        """Return the OpenAPI description."""
        if self.openapi_schema is None:
            schema = super().openapi()
            # FastAPI describes what the rulebook shares with the answers in the order of the code.
            schemas = answer_schemas() | schema["components"]["schemas"]
            schema["components"]["schemas"] = schemas
            # FastAPI's own shape of a validation error; ours is a problem.
            for name in ("HTTPValidationError", "ValidationError"):
                schemas.pop(name, None)
            self.openapi_schema = schema
        return self.openapi_schema


def create_app(settings: Settings | None = None, rules: RuleSet | None = None) -> FastAPI:
    """Return the app; its workers start and end with it. ``rules`` are those its rulebook shows."""
    chosen = settings or Settings(local=False)
    pool = WorkerPool(chosen)

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        pool.start()
        try:
            yield
        finally:
            pool.stop()

    app = App(
        title="privacyscan",
        version=__version__,
        summary="Reads a privacy policy and says, with quoted proof, what it allows.",
        description="Nothing that is sent is stored or passed on.",
        lifespan=lifespan,
        openapi_url="/api/v1/openapi.json",
        # Both fetch their scripts from other servers.
        docs_url=None,
        redoc_url=None,
    )
    app.state.settings = chosen
    app.state.pool = pool
    app.state.fetcher = Fetcher(chosen.reach)
    app.state.rules = rules or load_rules()
    app.include_router(api.router)
    app.include_router(pages.router)
    app.include_router(static.router)
    app.add_middleware(Protection)
    app.add_middleware(HeadAsGet)
    app.add_exception_handler(ProblemError, _on_problem)
    app.add_exception_handler(RequestValidationError, _on_invalid)
    app.add_exception_handler(HTTPException, _on_http)
    app.add_exception_handler(ClientDisconnect, _on_leaving)
    return app


async def _on_problem(request: Request, error: Exception) -> Response:
    assert isinstance(error, ProblemError)  # noqa: S101 - registered for this class alone
    if request.url.path.startswith(_API_PATHS):
        return problem_response(error)
    return pages.error_page(request, error)


async def _on_invalid(_: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)  # noqa: S101 - registered for this class alone
    # The wrong value itself is left out: it could be the text of a policy.
    errors = [
        {"pointer": "#/" + "/".join(str(part) for part in item["loc"][1:]), "detail": item["msg"]}
        for item in error.errors()
    ]
    return problem_response(ProblemError("invalid_request", HTTPStatus.UNPROCESSABLE_ENTITY), errors)


async def _on_http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)  # noqa: S101 - registered for this class alone
    if isinstance(error.__cause__, ProblemError):
        # FastAPI makes one error of all that stops the reading of a body.
        return await _on_problem(request, error.__cause__)
    status = HTTPStatus(error.status_code)
    codes = {HTTPStatus.NOT_FOUND: "not_found", HTTPStatus.METHOD_NOT_ALLOWED: "wrong_method"}
    answer = await _on_problem(request, ProblemError(codes.get(status, "invalid_request"), status))
    answer.headers.update(error.headers or {})
    return answer


async def _on_leaving(_: Request, __: Exception) -> Response:
    # Nobody reads this.
    return Response(status_code=HTTPStatus.NO_CONTENT)
