"""Whether the page is used on its own computer, and what follows from it."""

from __future__ import annotations

import ipaddress

from starlette.requests import Request

from privacyscan.web.settings import Settings


def is_loopback(host: str) -> bool:
    """Return whether ``host`` is reached from this computer alone."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def is_local(request: Request) -> bool:
    """Return whether the one who asks sits at this computer.

    Behind a proxy the app listens on this computer alone as well; the name it
    was asked by tells. So it does where a name of somebody else's was made to
    lead here.
    """
    settings: Settings = request.app.state.settings
    try:
        return settings.local and is_loopback(request.url.hostname or "")
    except ValueError:
        return False


def may_fetch(request: Request) -> bool:
    """Return whether policies may be read from addresses."""
    settings: Settings = request.app.state.settings
    return is_local(request) if settings.fetch is None else settings.fetch
