"""What surrounds every answer: headers that forbid, a limit on what is read, no posts from other origins."""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from privacyscan.web.problems import ProblemError, problem_response
from privacyscan.web.settings import MAX_FORM_BYTES

# Widths of bars are style attributes; nothing else may carry a style, and nothing may run but the app's two files.
_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "connect-src 'self'",
        "style-src 'self'",
        "style-src-attr 'unsafe-inline'",
        "img-src data:",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
_HEADERS = {
    "Content-Security-Policy": _POLICY,
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}
_SAFE_METHODS = ("GET", "HEAD", "OPTIONS")


class Protection:
    """ASGI middleware: the headers, the refusal of other origins, the limit on bodies."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        started = False

        async def guarded_send(message: Message) -> None:
            nonlocal started
            if message["type"] == "http.response.start":
                started = True
                headers = MutableHeaders(scope=message)
                headers.update(_HEADERS)
                headers.setdefault("Cache-Control", "no-store")
            await send(message)

        try:
            headers = Headers(scope=scope)
            if scope["method"] not in _SAFE_METHODS and _from_elsewhere(headers):
                raise ProblemError("cross_origin", HTTPStatus.FORBIDDEN)
            await self._app(scope, _limited(receive, headers), guarded_send)
        except ProblemError as error:
            if started:
                raise
            await problem_response(error)(scope, receive, guarded_send)


def _from_elsewhere(headers: Mapping[str, str]) -> bool:
    """Whether a page of another origin sent this.

    Browsers name the site themselves in ``Sec-Fetch-Site``, where the
    connection is encrypted or local. ``Origin`` serves for the others; under
    ``no-referrer`` a form of our own sends "null", which could be anybody.
    """
    site = headers.get("sec-fetch-site")
    if site is not None:
        return site not in ("same-origin", "none")
    origin = headers.get("origin")
    return origin is not None and urlsplit(origin).netloc != headers.get("host")


def _limited(receive: Receive, headers: Mapping[str, str]) -> Receive:
    """``receive``, given up where a body grows too large, whatever its header promised."""
    too_large = ProblemError("body_too_large", HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
    if int(headers.get("content-length") or 0) > MAX_FORM_BYTES:
        raise too_large
    received = 0

    async def limited_receive() -> Message:
        nonlocal received
        message = await receive()
        received += len(message.get("body", b""))
        if received > MAX_FORM_BYTES:
            raise too_large
        return message

    return limited_receive
