"""Policies from addresses on the page: who may, and what becomes of what can't be read."""

import ast
import asyncio
import html
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import quote

import httpx
import pytest

from privacyscan.documents.fetching import Reach
from privacyscan.knowledge.texts import load_texts
from privacyscan.web.app import create_app
from privacyscan.web.fetching import Fetcher
from privacyscan.web.settings import Settings
from privacyscan.web.tasks import Policy, Task
from tests.conftest import ROOT
from tests.site import outside
from tests.web.conftest import form


def apart(work):
    """Run ``work`` in a thread of its own: the browser of other tests holds an event loop in this one."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(work).result()


@pytest.fixture(scope="module")
def app(rules):
    """The app without its workers."""
    return create_app(rules=rules)


def test_an_address_becomes_the_report(served, site):
    answer = served.post("/report", files=form(url=f"{site}/policy", service="Quill"))
    assert answer.status_code == 200
    assert "We do not record your keystrokes." in answer.text
    assert f'name="name" value="{site}/policy"' in answer.text
    saved = served.post("/report", files=form(url=f"{site}/policy", output="json")).json()
    assert saved["document"]["source"] == f"{site}/policy"


def test_addresses_can_be_compared(served, site):
    files = form(url=f"{site}/policy", text1="We record your keystrokes.", output="json")
    assert len(served.post("/compare", files=files).json()["policies"]) == 2


@pytest.mark.parametrize("language", ["en", "ko"])
@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("/to?http://127.0.0.2/", "address_private"),
        ("/drip", "address_slow"),
        ("/endless", "address_large"),
        ("/missing", "address_unreachable"),
        ("/nothing", "address_status"),
    ],
)
def test_what_can_not_be_read_is_told_and_the_address_kept(served, site, language, path, code):
    answer = served.post(f"/report?lang={language}", files=form(url=site + path))
    assert answer.status_code == 422
    wording = load_texts(language)(f"web.errors.{code}", status="304 Not Modified")
    assert wording in html.unescape(answer.text)
    assert f'value="{site}{path}"' in answer.text


def test_the_beginning_of_an_address_may_be_left_out(served):
    assert 'value="https://localhost:1/x"' in served.post("/report", files=form(url=" localhost:1/x ")).text


def test_a_link_fills_in_the_address_and_asks_nothing(served, site):
    answer = served.get("/", params={"url": f"{site}/endless", "lang": "en"})
    assert f'value="{site}/endless"' in answer.text
    assert f"url={quote(site, safe='')}%2Fendless" in answer.text.partition('hreflang="ko"')[0].rpartition("href=")[2]


@pytest.mark.parametrize(
    ("settings", "host", "offered"),
    [
        (Settings(), "localhost:8000", True),
        (Settings(), "[::1]:8000", True),
        # Behind a proxy, or where somebody made a name of theirs lead here.
        (Settings(), "policy.example", False),
        (Settings(), "[bad", False),
        (Settings(local=False), "localhost:8000", False),
        (Settings(local=False, fetch=True), "policy.example", True),
        (Settings(fetch=False), "localhost:8000", False),
    ],
)
def test_addresses_are_read_where_the_one_who_asks_sits_here_or_the_operator_wants_it(app, settings, host, offered):
    async def visit():
        app.state.settings = settings
        transport = httpx.ASGITransport(app)
        async with httpx.AsyncClient(transport=transport, base_url="http://app", headers={"Host": host}) as client:
            return await client.get("/"), await client.post("/report", files=form(url="http://10.0.0.1/"))

    page, answer = apart(lambda: asyncio.run(visit()))
    assert ('name="url"' in page.text) == offered
    assert answer.status_code == (422 if offered else 403)


def test_fetches_are_limited_and_counted_until_they_end(site):
    fetcher = Fetcher(Reach(seconds=0.3, public_only=True, judge=outside))
    task = Task((Policy(url=f"{site}/drip"),), "json")

    async def crowd():
        answers = await asyncio.gather(*(fetcher.filled(task) for _ in range(9)), return_exceptions=True)
        return sorted(answer.code for answer in answers)

    assert apart(lambda: asyncio.run(crowd())) == ["address_slow"] * 8 + ["busy"]
    assert fetcher.running == 0


def codes():
    """Every code that an error is raised with, by reading the source."""
    return apart(lambda: list(raised_codes()))


def raised_codes():
    for path in (ROOT / "src" / "privacyscan").glob("*/*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                place = {"UnreadableSourceError": 1, "ProblemError": 0, "RefusedError": 0, "limited": 2}.get(
                    node.func.id
                )
                if place is not None and len(node.args) > place and isinstance(node.args[place], ast.Constant):
                    yield node.args[place].value


@pytest.mark.parametrize("language", ["en", "ko"])
def test_every_error_has_a_wording(language):
    texts = load_texts(language)
    found = set(codes())
    assert {"address_private", "busy", "file_too_large", "scripted"} <= found
    assert [code for code in found if not texts.has(f"web.errors.{code}")] == []
