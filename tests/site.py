"""A site on this computer that plays the others: kind, slow, endless, or leading elsewhere."""

import gzip
import threading
import time
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from privacyscan.documents.source import MAX_BYTES

TEXT = b"We do not record your keystrokes."


def outside(address):
    """127.0.0.1 plays the open internet; everything else of this computer stays private."""
    return address == "127.0.0.1"


class Site(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.0"

    def do_GET(self):
        with suppress(OSError):
            self.answer(self.path)

    def answer(self, path):
        name, _, rest = path.removeprefix("http://policy.example").partition("?")
        match name:
            case "/policy":
                self.begin(**{"Content-Type": "text/plain"})
                self.wfile.write(TEXT)
            case "/to":
                self.begin(302, Location=rest)
            case "/packed":
                self.begin(**{"Content-Encoding": "gzip"})
                self.wfile.write(gzip.compress(TEXT))
            case "/bomb":
                self.begin(**{"Content-Encoding": "gzip"})
                self.wfile.write(gzip.compress(b"x" * (4 * MAX_BYTES)))
            case "/damaged":
                self.begin(**{"Content-Encoding": "gzip"})
                self.wfile.write(b"no gzip at all")
            case "/brotli":
                self.begin(**{"Content-Encoding": "br"})
            case "/endless":
                self.begin()
                while True:
                    self.wfile.write(b"x" * 65536)
            case "/drip":
                self.begin()
                self.drip(b"x")
            case "/heads":
                self.wfile.write(b"HTTP/1.0 200 OK\r\n")
                self.drip(b"X")
            case "/nothing":
                self.begin(304)

    def begin(self, status=200, **headers):
        self.send_response(status)
        for key, value in headers.items():
            self.send_header(key, value)
        self.end_headers()

    def drip(self, byte):
        while True:
            self.wfile.write(byte)
            self.wfile.flush()
            time.sleep(0.05)

    def log_message(self, *_):
        """Keep quiet."""


@contextmanager
def running_site():
    """Serve the site from a thread; yields its port."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield server.server_port
    finally:
        server.shutdown()
        server.server_close()
