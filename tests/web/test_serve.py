"""The command that opens the page."""

import re
import signal
import socket
import subprocess
import sys
import time

import httpx
from click.testing import CliRunner

from privacyscan.cli import app


def test_serve_opens_the_page_and_stops_on_request():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "privacyscan", "serve", "--port", str(port), "--workers", "1"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    try:
        for _ in range(200):
            try:
                answer = httpx.get(f"http://127.0.0.1:{port}/", trust_env=False)
                break
            except httpx.TransportError:
                time.sleep(0.1)
        assert answer.status_code == 200
        assert "server" not in answer.headers
    finally:
        process.send_signal(signal.SIGINT)
        out, errors = process.communicate(timeout=20)
    assert out == ""
    assert re.fullmatch(rf"privacyscan: open http://127\.0\.0\.1:{port}/ .*\n(privacyscan: stopped\n)?", errors)


def test_serve_says_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "uvicorn", None)
    result = CliRunner().invoke(app, ["serve"])
    assert result.exit_code == 2
    assert "pip install 'privacyscan[web]'" in result.output
