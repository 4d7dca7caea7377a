"""Connections to judged addresses only: what a name resolves to is looked at, and exactly that is connected to."""

from __future__ import annotations

import ipaddress
import socket
import time
from collections.abc import Callable, Iterable
from ipaddress import IPv4Address, IPv6Address
from typing import Any

import httpcore

from privacyscan.documents.errors import UnreadableSourceError

# Python's own tables name these global, or differ from version to version.
_SPECIAL = tuple(ipaddress.ip_network(net) for net in ("192.0.0.0/24", "192.88.99.0/24", "2001::/23", "2001:db8::/32"))
_TUNNELS = tuple(ipaddress.ip_network(net) for net in ("2002::/16", "3fff::/20"))
_GLOBAL_V6 = ipaddress.IPv6Network("2000::/3")
# Of an address in here, the last 32 bits are an IPv4 address that a gateway goes on to.
_GATEWAY = ipaddress.IPv6Network("64:ff9b::/96")


def is_public(address: str) -> bool:
    """Return whether ``address`` is a host of the open internet, and no private, local, shared or reserved one."""
    try:
        parsed = _inner(ipaddress.ip_address(address))
    except ValueError:
        return False
    if any(parsed in net for net in (*_SPECIAL, *_TUNNELS)):
        return False
    if isinstance(parsed, IPv6Address):
        return parsed in _GLOBAL_V6
    return parsed.is_global and not parsed.is_multicast


def _inner(address: IPv4Address | IPv6Address) -> IPv4Address | IPv6Address:
    """The IPv4 address that an IPv6 one stands for, or the address itself."""
    if isinstance(address, IPv6Address):
        if address.ipv4_mapped is not None:
            return address.ipv4_mapped
        if address in _GATEWAY:
            return IPv4Address(int(address) & 0xFFFFFFFF)
    return address


class JudgedBackend(httpcore.NetworkBackend):
    """Connects where ``judge`` lets it, until ``deadline`` (by ``time.monotonic``).

    The name is resolved once and the connection goes to the addresses that
    were judged, so that a second answer of its name server can't lead
    elsewhere. Without ``public_only``, the first connection may go anywhere,
    as into the user's own network; but once one led into the open, a
    redirect can't lead back in.
    """

    def __init__(self, judge: Callable[[str], bool], deadline: float, *, public_only: bool) -> None:
        self._judge = judge
        self._deadline = deadline
        self._public_only = public_only
        self._inner = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        """Return a connection to ``host``. Raises ``UnreadableSourceError`` where it may not be reached."""
        addresses = _resolved(host, port)
        # One among others is enough: who mixes them wants the check to see one and the connection to take the other.
        public = all(self._judge(address) for address in addresses)
        if self._public_only and not public:
            raise UnreadableSourceError(
                f"{host}: lies in a private or local network, which may not be reached from here", "address_private"
            )
        self._public_only |= public
        error: Exception = httpcore.ConnectError("no address")
        for address in addresses:
            try:
                stream = self._inner.connect_tcp(
                    address, port, _left(self._deadline, timeout), local_address, socket_options
                )
                return _TimedStream(stream, self._deadline)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as failed:
                error = failed
        raise error

    def connect_unix_socket(self, *_: Any, **__: Any) -> httpcore.NetworkStream:
        """Refuse: a socket of this computer is never meant."""
        raise httpcore.ConnectError("no Unix sockets")


class _TimedStream(httpcore.NetworkStream):
    """A connection on which every step ends by the deadline, however little each brings."""

    def __init__(self, stream: httpcore.NetworkStream, deadline: float) -> None:
        self._stream = stream
        self._deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, _left(self._deadline, timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, _left(self._deadline, timeout))

    def close(self) -> None:
        self._stream.close()

    def start_tls(self, ssl_context: Any, server_hostname: str | None = None, timeout: float | None = None) -> Any:
        secured = self._stream.start_tls(ssl_context, server_hostname, _left(self._deadline, timeout))
        return _TimedStream(secured, self._deadline)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)


def _left(deadline: float, timeout: float | None) -> float:
    left = deadline - time.monotonic()
    if left <= 0:
        raise httpcore.ReadTimeout("the time for the whole answer is over")
    return left if timeout is None else min(timeout, left)


def _resolved(host: str, port: int) -> list[str]:
    """The addresses of a name, each once, in the resolver's order."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise UnreadableSourceError(f"{host}: there is no such host; check the address", "address_unknown") from None
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))
