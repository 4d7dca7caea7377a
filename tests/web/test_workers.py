"""A scan that runs too long, dies or is left alone takes nothing else along."""

import os
import signal
import threading
import time
from pathlib import Path

import httpx
import pytest

from privacyscan.web.settings import MAX_TEXT_BYTES, Settings
from tests.web.conftest import form, running

TEXT = "We collect your name."
# One line of 2 MB: takes several seconds to judge.
LONG = ("We collect your name and address, and do not share it, " * 40_000)[:MAX_TEXT_BYTES]


def scan(client, text=TEXT):
    return client.post("/api/v1/scan", json={"text": text})


def until(condition, seconds=20):
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "waited too long"
        time.sleep(0.02)


@pytest.fixture(scope="module")
def lonely(rules):
    """One worker, and nobody may wait; at the end nothing of it is left."""
    with running(Settings(workers=1, waiting=0), rules) as served:
        scan(served[0])
        yield served
        (process,) = served[1].state.pool.processes
    with pytest.raises(ProcessLookupError):
        os.kill(process, 0)


def start(client, text=LONG):
    """Ask in another thread; returns the list that the answer will be put into."""
    answers = []
    thread = threading.Thread(target=lambda: answers.append(scan(client, text)))
    thread.start()
    return thread, answers


def test_a_scan_that_takes_too_long_is_ended(lonely, monkeypatch):
    client, app = lonely
    monkeypatch.setattr(app.state.pool, "_settings", Settings(workers=1, waiting=0, time_limit=1.0))
    before = app.state.pool.processes
    answer = client.post("/report?lang=ko", files=form(text=LONG))
    assert answer.status_code == 503
    assert "분석이 1초를 넘겨 중단했습니다" in answer.text
    assert app.state.pool.processes != before
    assert scan(client).status_code == 200


def test_who_comes_while_all_are_busy_is_told_when_to_come_back(lonely):
    client, app = lonely
    thread, answers = start(client)
    until(lambda: app.state.pool.pending)
    answer = scan(client)
    assert (answer.status_code, answer.json()["code"]) == (503, "busy")
    assert int(answer.headers["retry-after"]) > 0
    assert client.get("/healthz").status_code == 200
    os.kill(app.state.pool.processes[0], signal.SIGKILL)
    thread.join()
    assert (answers[0].status_code, answers[0].json()["code"]) == (503, "scan_failed")
    assert scan(client).status_code == 200


def test_an_idle_worker_that_died_is_replaced(lonely):
    client, app = lonely
    os.kill(app.state.pool.processes[0], signal.SIGKILL)
    time.sleep(0.1)
    assert scan(client).status_code == 200


def test_a_client_that_leaves_ends_its_scan(lonely):
    client, app = lonely
    before = app.state.pool.processes
    with (
        httpx.Client(base_url=client.base_url, timeout=0.5, trust_env=False) as hasty,
        pytest.raises(httpx.ReadTimeout),
    ):
        scan(hasty, LONG)
    until(lambda: not app.state.pool.pending)
    assert app.state.pool.processes != before
    assert scan(client).status_code == 200


@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="only Linux tells what a process holds")
def test_a_worker_that_grows_too_large_makes_way(lonely, monkeypatch):
    client, app = lonely
    monkeypatch.setattr(app.state.pool, "_settings", Settings(workers=1, waiting=0, worker_memory=80))
    before = app.state.pool.processes
    assert scan(client).status_code == 200
    assert app.state.pool.processes != before
    # Every paragraph opens all of them anew: 100 million elements from 1 MB.
    opened = "".join(f"<b id={number}>" for number in range(2000))
    bomb = f"<html><p>{opened}</p>" + "<p>We collect your name.</p>" * 50_000
    answer = scan(client, bomb)
    assert (answer.status_code, answer.json()["code"]) == (503, "scan_failed")
    assert scan(client).status_code == 200
