"""Bytes from a file, stdin or an http(s) address, and the text they hold."""

from __future__ import annotations

import codecs
import re
import sys
from pathlib import Path
from typing import BinaryIO, NamedTuple

from privacyscan.documents.errors import UnreadableSourceError
from privacyscan.models import STDIN

MAX_BYTES = 10 * 1024 * 1024
_META_CHARSET = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?\s*([A-Za-z0-9_:.-]{2,40})", re.IGNORECASE)
_TYPE_CHARSET = re.compile(r"charset\s*=\s*[\"']?([A-Za-z0-9_:.-]{2,40})", re.IGNORECASE)
# Tried in this order after UTF-8: Korean and Chinese policies of the older web.
_LEGACY_CHARSETS = ("cp949", "gb18030")
_MAX_CONTROL_SHARE = 0.02
# Control characters but for white space, and what stands for bytes that are no text.
_STRANGE = [*(chr(code) for code in range(32) if chr(code) not in "\t\n\r\f\v"), "\ufffd"]


class RawSource(NamedTuple):
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
    if source == STDIN:
        return RawSource(STDIN, limited((stdin or sys.stdin.buffer).read(MAX_BYTES + 1), "standard input"))
    if re.match(r"^https?://", source, re.IGNORECASE):
        # Imported here: the command line pays for an HTTP client only where it needs one.
        from privacyscan.documents.fetching import fetch_address

        return fetch_address(source)
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
    strange = sum(map(sample.count, _STRANGE))
    if strange > _MAX_CONTROL_SHARE * max(len(sample), 1):
        raise UnreadableSourceError(_not_text(name), "not_text")
    return text


def _not_text(name: str) -> str:
    return f"{name}: this is not text; give a text, Markdown or HTML file in UTF-8, CP949 or GB18030"


def limited(data: bytes, name: str, code: str = "file_too_large") -> bytes:
    """Return ``data``. Raises ``UnreadableSourceError`` where it is larger than what is read."""
    if len(data) > MAX_BYTES:
        raise UnreadableSourceError(
            f"{name}: larger than {MAX_BYTES // 1024 // 1024} MB; give the policy's text alone", code
        )
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
            return RawSource(source, limited(file.read(MAX_BYTES + 1), source))
    except FileNotFoundError:
        raise UnreadableSourceError(
            f"{source}: no such file; give a file, - for standard input, or an http(s) address"
        ) from None
    except PermissionError:
        raise UnreadableSourceError(f"{source}: no permission to read it") from None
    except (OSError, ValueError) as error:
        raise UnreadableSourceError(f"{source}: can't be read ({error})") from None
