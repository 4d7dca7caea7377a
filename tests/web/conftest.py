"""The app on a real port: what a browser, a client and a worker process meet."""

import contextlib
import socket
import threading
import time

import httpx
import pytest
import uvicorn

from privacyscan.documents.fetching import Reach
from privacyscan.web.app import create_app
from privacyscan.web.settings import Settings
from tests.site import outside, running_site

# What the browser says of an answer that is no success, and htmx of a search that gave way to the next.
_REFUSED = "the server responded with a status of"
_BROKEN_OFF = ("htmx:afterRequest", "htmx:sendAbort")


@contextlib.contextmanager
def running(settings, rules):
    """Serve the app from a thread; yields a client and the app."""
    app = create_app(settings, rules)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = uvicorn.Server(uvicorn.Config(app, port=port, log_level="error", access_log=False))
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        time.sleep(0.02)
    try:
        with httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=60, trust_env=False) as client:
            yield client, app
    finally:
        server.should_exit = True
        thread.join()


@pytest.fixture(scope="session")
def served(rules):
    """One server for all tests that leave it whole; a site of this computer counts as one outside."""
    reach = Reach(seconds=1.0, public_only=True, judge=outside)
    with running(Settings(workers=1, reach=reach), rules) as (client, _):
        yield client


@pytest.fixture(scope="session")
def site():
    with running_site() as port:
        yield f"http://127.0.0.1:{port}"


def form(**fields):
    """A form as a browser sends it; a pair of name and bytes is a file."""
    return {key: value if isinstance(value, tuple) else (None, value) for key, value in fields.items()}


@pytest.fixture
def visit(browser, served):
    """Open a page; at the end no message and no request to anywhere else may have come up."""
    contexts, messages, requests = [], [], []

    def open_page(path="/", **options):
        options = {
            "java_script_enabled": False,
            "locale": "en-GB",
            "viewport": {"width": 1024, "height": 900},
        } | options
        context = browser.new_context(base_url=str(served.base_url), **options)
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: messages.append(message.text))
        page.on("request", lambda request: requests.append(request.url))
        page.goto(path)
        return page

    open_page.messages = messages
    yield open_page
    for context in contexts:
        assert context.cookies() == []
        context.close()
    assert [text for text in messages if not text.startswith(_BROKEN_OFF) and _REFUSED not in text] == []
    assert [url for url in requests if not url.startswith((str(served.base_url), "data:"))] == []
