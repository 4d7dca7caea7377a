"""A scan that runs too long, dies or is left alone takes nothing else along."""

import os
import signal
import threading
import time
from pathlib import Path

import httpx
import pytest

from privacyscan.web.settings import Settings
from tests.conftest import EXAMPLES
from tests.web.conftest import running

TEXT = (EXAMPLES / "lumenqiao.en.md").read_text("utf-8")
# Takes several seconds to judge.
LONG = TEXT * 60


def scan(client, text=TEXT):
    return client.post("/api/v1/scan", json={"text": text})


def until(condition, seconds=20):
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "waited too long"
        time.sleep(0.02)


@pytest.fixture(scope="module")
def limited():
    """One worker, nobody may wait, one second for a scan."""
    with running(Settings(workers=1, waiting=0, time_limit=1.0)) as served:
        yield served


@pytest.fixture(scope="module")
def patient():
    with running(Settings(workers=1, waiting=0)) as served:
        scan(served[0])
        yield served


def start(client, text=LONG):
    """Ask in another thread; returns the list that the answer will be put into."""
    answers = []
    thread = threading.Thread(target=lambda: answers.append(scan(client, text)))
    thread.start()
    return thread, answers


def test_a_scan_that_takes_too_long_is_ended(limited):
    client, app = limited
    before = app.state.pool.processes
    answer = scan(client, LONG)
    assert (answer.status_code, answer.json()["code"]) == (503, "too_slow")
    assert "1 seconds" in answer.json()["detail"]
    assert app.state.pool.processes != before
    assert scan(client).status_code == 200


def test_who_comes_while_all_are_busy_is_told_when_to_come_back(patient):
    client, app = patient
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


def test_an_idle_worker_that_died_is_replaced(patient):
    client, app = patient
    os.kill(app.state.pool.processes[0], signal.SIGKILL)
    time.sleep(0.1)
    assert scan(client).status_code == 200


def test_a_client_that_leaves_ends_its_scan(patient):
    client, app = patient
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
def test_a_worker_that_grew_too_large_makes_way():
    with running(Settings(workers=1, worker_memory=1)) as (client, app):
        (before,) = app.state.pool.processes
        assert scan(client).status_code == 200
        (after,) = app.state.pool.processes
        assert after != before
        assert scan(client).status_code == 200


def test_workers_end_with_the_app():
    with running(Settings(workers=1)) as (_, app):
        (process,) = app.state.pool.processes
    with pytest.raises(ProcessLookupError):
        os.kill(process, 0)
