"""The style sheet and the scripts: few, whole in memory, and at an address that changes with their content."""

from __future__ import annotations

import hashlib
from functools import cache
from http import HTTPStatus

from fastapi import APIRouter, Response

from privacyscan.resources import data_dir
from privacyscan.web.problems import ProblemError

router = APIRouter(include_in_schema=False)
_PARTS = {
    "style.css": ("style.css", "web/web.css"),
    "htmx.js": ("web/vendor/htmx.min.js",),
    "page.js": ("web/page.js",),
}
_MEDIA = {"css": "text/css", "js": "text/javascript"}
_YEAR = 365 * 24 * 3600


@router.get("/static/{name}")
async def static(name: str) -> Response:
    """Return one of the files."""
    if name not in _PARTS:
        raise ProblemError("not_found", HTTPStatus.NOT_FOUND)
    headers = {"Cache-Control": f"public, max-age={_YEAR}, immutable"}
    return Response(_content(name), media_type=_MEDIA[name.rpartition(".")[2]], headers=headers)


@cache
def addresses() -> dict[str, str]:
    """Return where each file is, below ``/static/``."""
    return {name: f"{name}?v={hashlib.sha256(_content(name)).hexdigest()[:12]}" for name in _PARTS}


@cache
def _content(name: str) -> bytes:
    folder = data_dir("reports/templates")
    return b"\n".join((folder / part).read_bytes() for part in _PARTS[name])
