"""Files, standard input and addresses: what is read, and one helpful line for what isn't."""

import codecs
import threading
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO

import pytest

from privacyscan.documents import UnreadableSourceError, read_source
from privacyscan.documents.source import MAX_BYTES

KOREAN = "회사는 이용자의 개인정보를 수집합니다."
PAGE = (
    "<html><body><main><h1>Privacy Policy</h1><p>We collect your name. "
    + "We keep it. " * 30
    + "</p></main></body></html>"
)


class Pages(BaseHTTPRequestHandler):
    def do_GET(self):
        status, headers, body = 200, {"Content-Type": "text/html; charset=utf-8"}, PAGE.encode()
        match self.path:
            case "/missing":
                status, body = 404, b"<html><body>Not here</body></html>"
            case "/moved":
                status, headers, body = 302, {"Location": "/policy"}, b""
            case "/loop":
                status, headers, body = 302, {"Location": "/loop"}, b""
            case "/picture":
                headers, body = {"Content-Type": "image/png"}, b"\x89PNG"
            case "/korean":
                headers, body = {"Content-Type": "text/plain; charset=euc-kr"}, KOREAN.encode("euc-kr")
            case "/huge":
                headers, body = {"Content-Type": "text/plain"}, b"x" * (MAX_BYTES + 10)
            case "/scripted":
                body = b"<html><body><div id=app></div><script src=/app.js></script></body></html>"
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        with suppress(BrokenPipeError, ConnectionResetError):
            self.wfile.write(body)

    def log_message(self, *_):
        """Keep quiet."""


@pytest.fixture(scope="module")
def site():
    server = ThreadingHTTPServer(("127.0.0.1", 0), Pages)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def test_a_page_is_read_from_its_address(site):
    document = read_source(f"{site}/policy")
    assert document.text.startswith("Privacy Policy")


def test_redirects_are_followed(site):
    assert read_source(f"{site}/moved").text.startswith("Privacy Policy")


def test_the_declared_charset_is_respected(site):
    assert read_source(f"{site}/korean").text == KOREAN


@pytest.mark.parametrize(
    ("path", "message"),
    [
        ("/missing", "404"),
        ("/loop", "redirected more than"),
        ("/picture", "image/png"),
        ("/huge", "larger than"),
        ("/scripted", "a script renders it"),
    ],
)
def test_what_cannot_be_read_says_why(site, path, message):
    with pytest.raises(UnreadableSourceError, match=message) as caught:
        read_source(site + path)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("address", ["http://127.0.0.1:9/", "http://", "http://[bad", "ftp://a.example/x"])
def test_addresses_that_lead_nowhere_say_so(address):
    with pytest.raises(UnreadableSourceError) as caught:
        read_source(address)
    assert "\n" not in str(caught.value)


def test_standard_input_is_read():
    assert read_source("-", stdin=BytesIO(KOREAN.encode())).text == KOREAN


@pytest.mark.parametrize(
    "data",
    [
        KOREAN.encode("utf-8"),
        codecs.BOM_UTF8 + KOREAN.encode("utf-8"),
        KOREAN.encode("utf-16"),
        KOREAN.encode("cp949"),
    ],
    ids=["utf-8", "bom", "utf-16", "cp949"],
)
def test_korean_encodings_are_read(tmp_path, data):
    path = tmp_path / "policy.txt"
    path.write_bytes(data)
    assert read_source(str(path)).text == KOREAN


def test_gb18030_pages_are_read(tmp_path):
    path = tmp_path / "policy.html"
    path.write_bytes('<html><meta charset="gb2312"><body><p>我们收集您的信息。</p></body></html>'.encode("gb18030"))
    assert read_source(str(path)).text == "我们收集您的信息。"


def test_an_empty_file_is_an_empty_document(tmp_path):
    path = tmp_path / "empty.md"
    path.touch()
    assert read_source(str(path)).text == ""


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"\x00\x01\x02" * 100, "not text"),
        (b"%PDF-1.7\x00\x01", "PDF"),
        (b"PK\x03\x04\x00\x00", "Word file is broken"),
        (bytes(range(1, 32)) * 50, "not text"),
    ],
)
def test_binary_files_are_refused(tmp_path, data, message):
    path = tmp_path / "policy.bin"
    path.write_bytes(data)
    with pytest.raises(UnreadableSourceError, match=message):
        read_source(str(path))


def test_missing_files_and_directories_are_refused(tmp_path):
    with pytest.raises(UnreadableSourceError, match="no such file"):
        read_source(str(tmp_path / "nothing.md"))
    with pytest.raises(UnreadableSourceError, match="is a directory"):
        read_source(str(tmp_path))


def test_files_beyond_the_limit_are_refused(tmp_path):
    path = tmp_path / "huge.txt"
    path.write_bytes(b"a" * (MAX_BYTES + 1))
    with pytest.raises(UnreadableSourceError, match="larger than"):
        read_source(str(path))
