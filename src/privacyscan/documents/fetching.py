"""A policy from its http(s) address: bounded in time and size, and only from where it may come.

On httpcore, the engine below httpx: it takes a network backend, so that what a
name resolves to can be judged before it is connected to. httpx hides that, and
the standard library has no time limit for a whole answer.
"""

from __future__ import annotations

import time
import urllib.request
import zlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from http import HTTPStatus

import httpcore
import httpx

from privacyscan.documents.errors import UnreadableSourceError
from privacyscan.documents.reaching import JudgedBackend, is_public
from privacyscan.documents.source import MAX_BYTES, RawSource, limited

_MAX_REDIRECTS = 5
_MAX_STEP_SECONDS = 20.0
_HEADERS = (
    (b"User-Agent", b"privacyscan"),
    (b"Accept", b"text/html, text/*;q=0.9, */*;q=0.5"),
    (b"Accept-Encoding", b"gzip"),
)
_PORTS = {"http": 80, "https": 443}
_READABLE_TYPES = (
    "text/html",
    "application/xhtml+xml",
    "text/plain",
    "text/markdown",
    "text/x-markdown",
    "application/pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    # The server does not know; the first bytes tell.
    "application/octet-stream",
)
_GZIP_OR_ZLIB = zlib.MAX_WBITS | 32


@dataclass(frozen=True)
class Reach:
    """How far a fetch may go. The default is that of a person at their own computer."""

    seconds: float = 60.0
    # Whether private addresses are refused from the start, not only once a redirect leads to one.
    public_only: bool = False
    # Ports that are asked; empty for any.
    ports: frozenset[int] = frozenset()
    judge: Callable[[str], bool] = is_public


_OWN = Reach()
# For an address that somebody else gives.
PUBLIC = Reach(seconds=20.0, public_only=True, ports=frozenset(_PORTS.values()))


def fetch_address(address: str, reach: Reach = _OWN) -> RawSource:
    """Return what ``address`` holds. Raises ``UnreadableSourceError`` with one line for whatever can't be read."""
    deadline = time.monotonic() + reach.seconds
    url = _parsed(address, address, reach)
    try:
        with _pool(url, reach, deadline) as pool:
            for _ in range(_MAX_REDIRECTS + 1):
                with pool.stream(
                    "GET",
                    httpcore.URL(scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path),
                    headers=[(b"Host", url.netloc), *_HEADERS],
                    extensions={"timeout": dict.fromkeys(("connect", "read", "write", "pool"), _MAX_STEP_SECONDS)},
                ) as answer:
                    moved = _header(answer, b"location") if 300 <= answer.status < 400 else ""
                    if not moved:
                        return _read(answer, address)
                    url = _parsed(str(url.join(moved)), address, reach)
    except httpcore.TimeoutException:
        raise UnreadableSourceError(
            f"{address}: the server answers too slowly; try again, or save the page and scan the file", "address_slow"
        ) from None
    except httpx.InvalidURL:
        raise UnreadableSourceError(f"{address}: leads to something that is no address", "address_wrong") from None
    except (httpcore.NetworkError, httpcore.ProtocolError, httpcore.ProxyError) as error:
        raise UnreadableSourceError(f"{address}: can't be reached ({error})", "address_unreachable") from None
    raise UnreadableSourceError(f"{address}: redirected more than {_MAX_REDIRECTS} times", "address_redirects")


def _parsed(text: str, address: str, reach: Reach) -> httpx.URL:
    """The parts of an address, refused where it is none that may be asked for."""
    try:
        url = httpx.URL(text)
    except (httpx.InvalidURL, ValueError):
        raise UnreadableSourceError(f"{address}: is no address", "address_wrong") from None
    if url.scheme not in _PORTS:
        raise UnreadableSourceError(f"{address}: leads to no http(s) address", "address_wrong")
    if not url.host:
        raise UnreadableSourceError(f"{address}: the address names no host", "address_wrong")
    if url.userinfo:
        raise UnreadableSourceError("an address with a name or password in it is not asked for", "address_wrong")
    if reach.ports and (url.port or _PORTS[url.scheme]) not in reach.ports:
        ports = " and ".join(str(port) for port in sorted(reach.ports))
        raise UnreadableSourceError(f"{address}: only ports {ports} are asked", "address_port")
    return url


def _pool(url: httpx.URL, reach: Reach, deadline: float) -> httpcore.ConnectionPool:
    security = httpx.create_ssl_context()
    proxy = None if reach.public_only else _proxy_for(url)
    if proxy is not None:
        # The proxy resolves names and decides what may be reached; its network may have no other way out.
        chosen = httpx.Proxy(proxy)
        way = JudgedBackend(lambda _: True, deadline, public_only=False)
        return httpcore.HTTPProxy(str(chosen.url), chosen.raw_auth, ssl_context=security, network_backend=way)
    backend = JudgedBackend(reach.judge, deadline, public_only=reach.public_only)
    return httpcore.ConnectionPool(ssl_context=security, network_backend=backend)


def _proxy_for(url: httpx.URL) -> str | None:
    if urllib.request.proxy_bypass(url.host):
        return None
    proxies = urllib.request.getproxies()
    return proxies.get(url.scheme) or proxies.get("all")


def _read(answer: httpcore.Response, address: str) -> RawSource:
    if answer.status != HTTPStatus.OK:
        raise UnreadableSourceError(
            f"{address}: the server answered {_status(answer.status)}; check the address",
            "address_status",
            status=_status(answer.status),
        )
    content_type = _header(answer, b"content-type")
    kind = content_type.split(";")[0].strip().lower()
    if kind and kind not in _READABLE_TYPES:
        raise UnreadableSourceError(
            f"{address}: the server sent {kind}; give an address of an HTML or text page", "address_type", kind=kind
        )
    body = _unpacked(answer.iter_stream(), _header(answer, b"content-encoding").lower(), address)
    return RawSource(address, limited(body, address, "address_large"), content_type)


def _unpacked(chunks: Iterable[bytes], encoding: str, address: str) -> bytes:
    """The body, read and unpacked no further than one byte past the limit."""
    data = bytearray()
    if encoding in ("", "identity"):
        for chunk in chunks:
            data += chunk
            if len(data) > MAX_BYTES:
                break
        return bytes(data)
    if encoding not in ("gzip", "x-gzip", "deflate"):
        raise UnreadableSourceError(f"{address}: the server sent {encoding}, which was not asked for", "address_packed")
    unpacker = zlib.decompressobj(_GZIP_OR_ZLIB)
    try:
        for chunk in chunks:
            data += unpacker.decompress(chunk, MAX_BYTES + 1 - len(data))
            if len(data) > MAX_BYTES:
                break
    except zlib.error:
        raise UnreadableSourceError(f"{address}: the answer came damaged; try again", "address_packed") from None
    return bytes(data)


def _header(answer: httpcore.Response, name: bytes) -> str:
    return next((value.decode("latin-1") for key, value in answer.headers if key.lower() == name), "")


def _status(code: int) -> str:
    try:
        return f"{code} {HTTPStatus(code).phrase}"
    except ValueError:
        return str(code)
