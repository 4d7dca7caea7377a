"""Bytes from a file, stdin or an http(s) address, and the text they hold."""

from __future__ import annotations

import codecs
import re
import sys
import time
from collections.abc import Iterable
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path
from typing import BinaryIO
from urllib.parse import urlsplit

from privacyscan.documents.errors import UnreadableSourceError

MAX_BYTES = 10 * 1024 * 1024
# For each step of the connection, and for the whole answer.
_TIMEOUT_SECONDS = 20.0
_DEADLINE_SECONDS = 60.0
_REQUEST_HEADERS = {"User-Agent": "privacyscan", "Accept": "text/html, text/*;q=0.9"}
_MAX_REDIRECTS = 5
_READABLE_TYPES = ("text/html", "application/xhtml+xml", "text/plain", "text/markdown", "text/x-markdown")
_META_CHARSET = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?\s*([A-Za-z0-9_:.-]{2,40})", re.IGNORECASE)
_TYPE_CHARSET = re.compile(r"charset\s*=\s*[\"']?([A-Za-z0-9_:.-]{2,40})", re.IGNORECASE)
# Tried in this order after UTF-8: Korean and Chinese policies of the older web.
_LEGACY_CHARSETS = ("cp949", "gb18030")
_MAX_CONTROL_SHARE = 0.02


@dataclass(frozen=True)
class RawSource:
    """What was fetched: a name to show, the bytes, and what the sender said of them."""

    name: str
    data: bytes
    content_type: str = ""


def fetch(source: str, stdin: BinaryIO | None = None) -> RawSource:
    """Return the bytes of a file path, ``-`` (stdin) or an http(s) address.

    Raises ``UnreadableSourceError`` with one helpful line for whatever can't be read.
    """
    if not source.strip():
        raise UnreadableSourceError("no source given; name a file, - for standard input, or an http(s) address")
    if source == "-":
        return RawSource("-", _limited((stdin or sys.stdin.buffer).read(MAX_BYTES + 1), "standard input"))
    if re.match(r"^https?://", source, re.IGNORECASE):
        return _fetch_url(source)
    if re.match(r"^[A-Za-z][A-Za-z0-9+.-]+://", source):
        raise UnreadableSourceError(f"{source}: only files, - and http(s) addresses can be read")
    return _fetch_file(source)


def decode(raw: RawSource) -> str:
    """Return the text of ``raw``; the declared charset wins, then UTF-8, then CP949 and GB18030.

    Raises ``UnreadableSourceError`` for binary data.
    """
    data = raw.data
    for mark, name in (
        (codecs.BOM_UTF8, "utf-8-sig"),
        (codecs.BOM_UTF16_LE, "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16"),
    ):
        if data.startswith(mark):
            return _checked(data.decode(name, errors="replace"), raw.name)
    if b"\x00" in data:
        raise UnreadableSourceError(_not_text(raw.name), "not_text")
    for name in [*_declared(raw), "utf-8", *_LEGACY_CHARSETS]:
        try:
            return _checked(data.decode(name), raw.name)
        except (UnicodeDecodeError, LookupError):
            continue
    return _checked(data.decode("utf-8", errors="replace"), raw.name)


def _declared(raw: RawSource) -> list[str]:
    names = [found.group(1) for found in [_TYPE_CHARSET.search(raw.content_type)] if found]
    names += [found.group(1).decode("ascii") for found in [_META_CHARSET.search(raw.data[:4096])] if found]
    # Python's "gb2312" and "euc-kr" are stricter than what pages so labelled hold.
    wider = {"gb2312": "gb18030", "gbk": "gb18030", "euc-kr": "cp949", "ks_c_5601-1987": "cp949"}
    return [wider.get(name.lower(), name) for name in names]


def _checked(text: str, name: str) -> str:
    sample = text[:20_000]
    strange = sum((ord(char) < 32 and char not in "\t\n\r\f\v") or char == "\ufffd" for char in sample)
    if strange > _MAX_CONTROL_SHARE * max(len(sample), 1):
        raise UnreadableSourceError(_not_text(name), "not_text")
    return text


def _not_text(name: str) -> str:
    return f"{name}: this is not text; give a text, Markdown or HTML file in UTF-8, CP949 or GB18030"


def _limited(data: bytes, name: str) -> bytes:
    if len(data) > MAX_BYTES:
        raise UnreadableSourceError(f"{name}: larger than {MAX_BYTES // 1024 // 1024} MB; give the policy's text alone")
    return data


def _fetch_file(source: str) -> RawSource:
    path = Path(source)
    try:
        if path.is_dir():
            raise UnreadableSourceError(
                f"{source}: is a directory; name one file, such as {source.rstrip('/')}/policy.md"
            )
        if not path.is_file() and path.exists():
            raise UnreadableSourceError(f"{source}: is not a regular file")
        with path.open("rb") as file:
            return RawSource(source, _limited(file.read(MAX_BYTES + 1), source))
    except FileNotFoundError:
        raise UnreadableSourceError(
            f"{source}: no such file; give a file, - for standard input, or an http(s) address"
        ) from None
    except PermissionError:
        raise UnreadableSourceError(f"{source}: no permission to read it") from None
    except (OSError, ValueError) as error:
        raise UnreadableSourceError(f"{source}: can't be read ({error})") from None


def _fetch_url(url: str) -> RawSource:
    # Imported here: the command line pays for an HTTP client only where it needs one.
    import httpx

    if not _host(url):
        raise UnreadableSourceError(f"{url}: the address names no host")
    try:
        with (
            httpx.Client(follow_redirects=True, max_redirects=_MAX_REDIRECTS, timeout=_TIMEOUT_SECONDS) as client,
            client.stream("GET", url, headers=_REQUEST_HEADERS) as answer,
        ):
            if answer.status_code >= HTTPStatus.BAD_REQUEST:
                status = f"{answer.status_code} {answer.reason_phrase}".strip()
                raise UnreadableSourceError(f"{url}: the server answered {status}; check the address")
            content_type = answer.headers.get("content-type", "")
            kind = content_type.split(";")[0].strip().lower()
            if kind and kind not in _READABLE_TYPES:
                raise UnreadableSourceError(f"{url}: the server sent {kind}; give an address of an HTML or text page")
            return RawSource(url, _body(answer.iter_bytes(), url), content_type)
    except httpx.TooManyRedirects:
        raise UnreadableSourceError(f"{url}: redirected more than {_MAX_REDIRECTS} times") from None
    except httpx.TimeoutException:
        raise UnreadableSourceError(_too_slow(url)) from None
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        raise UnreadableSourceError(f"{url}: can't be reached ({error})") from None


def _host(url: str) -> str | None:
    try:
        return urlsplit(url).hostname
    except ValueError:
        return None


def _body(chunks: Iterable[bytes], url: str) -> bytes:
    """The whole answer, given up where it grows too large or drips too slowly."""
    deadline = time.monotonic() + _DEADLINE_SECONDS
    data = bytearray()
    for chunk in chunks:
        data += chunk
        if len(data) > MAX_BYTES:
            break
        if time.monotonic() > deadline:
            raise UnreadableSourceError(_too_slow(url))
    return _limited(bytes(data), url)


def _too_slow(url: str) -> str:
    return f"{url}: the server answers too slowly; try again, or save the page and scan the file"
