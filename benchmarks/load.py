"""Many at once: how long a policy takes on a busy server, and whether its memory stays where it was.

Run: python -m benchmarks.load [--data FOLDER] [--seconds 60] [--clients 16] [--workers 2]

Starts `privacyscan serve` on a free port of this computer. First each policy
is sent alone, then all clients send policies one after the other, in turn to
the page and to the API. Who is told that the server is busy waits as long as
it was told to. FOLDER holds policies as Markdown or text files, in any depth;
without it, those of examples/ are sent. Exits with 1 where an answer was
neither the report nor 503, p95 reached ten times that of a policy sent alone,
or memory grew by more than a tenth.
"""

from __future__ import annotations

import argparse
import itertools
import os
import signal
import socket
import statistics
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

import httpx

from privacyscan.resources import data_dir

_MAX_RATIO = 10.0
_MAX_GROWTH = 1.1
_WARM_SHARE = 0.5
_LONGEST_ANSWER = 180.0
_RANKS = 20


@dataclass
class Tally:
    """What the clients met."""

    statuses: Counter[str] = field(default_factory=Counter)
    seconds: list[float] = field(default_factory=list)


def policies(folder: Path) -> list[str]:
    """Return the texts of a folder, the same order on every machine."""
    paths = sorted(path for path in folder.rglob("*") if path.suffix in (".md", ".txt"))
    return [path.read_text("utf-8", errors="replace") for path in paths]


@contextmanager
def server(workers: int) -> Iterator[tuple[str, int]]:
    """Run the server; yields its address and process id."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "privacyscan", "serve", "--port", str(port), "--workers", str(workers)]
    process = subprocess.Popen(command, stderr=subprocess.DEVNULL)
    address = f"http://127.0.0.1:{port}"
    try:
        for _ in range(300):
            with suppress(httpx.TransportError):
                httpx.get(f"{address}/healthz", trust_env=False)
                break
            time.sleep(0.1)
        yield address, process.pid
    finally:
        process.send_signal(signal.SIGINT)
        process.wait()


def ask(client: httpx.Client, text: str, page: bool) -> httpx.Response:
    """Send a policy to the page or to the API."""
    if page:
        return client.post("/report", files={"text": (None, text)})
    return client.post("/api/v1/scan", json={"text": text})


def alone(client: httpx.Client, texts: list[str]) -> list[float]:
    """Return how long each policy takes while nobody else asks."""
    taken = []
    for text in texts:
        for page in (True, False):
            started = time.perf_counter()
            ask(client, text, page).raise_for_status()
            taken.append(time.perf_counter() - started)
    return taken


def keep_asking(address: str, work: Iterator[tuple[str, bool]], lock: threading.Lock, end: float, tally: Tally) -> None:
    """Be one client: send policies until ``end``."""
    with httpx.Client(base_url=address, timeout=_LONGEST_ANSWER, trust_env=False) as client:
        while (left := end - time.monotonic()) > 0:
            with lock:
                text, page = next(work)
            started = time.perf_counter()
            try:
                answer = ask(client, text, page)
                status = str(answer.status_code)
            except httpx.HTTPError as error:
                status = type(error).__name__
            taken = time.perf_counter() - started
            with lock:
                tally.statuses[status] += 1
                if status == "200":
                    tally.seconds.append(taken)
            if status == "503":
                time.sleep(max(min(float(answer.headers.get("retry-after", 1)), left), 0.0))


def megabytes(pid: int) -> float:
    """Return the memory in use by a process and those it started."""
    status = Path(f"/proc/{pid}/status").read_text("ascii", errors="replace")
    resident = next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmRSS"))
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text("ascii").split()
    return resident / 1024 + sum(megabytes(int(child)) for child in children)


def rank(values: list[float], percent: int) -> float:
    """Return the value that ``percent`` of ``values`` do not exceed."""
    return sorted(values)[max(-(-len(values) * percent // 100) - 1, 0)]


def main() -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, help="Folder of policies. Default: the examples.")
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--clients", type=int, default=16)
    parser.add_argument("--workers", type=int, default=2)
    arguments = parser.parse_args()
    texts = policies(arguments.data or data_dir("examples"))
    tally, lock = Tally(), threading.Lock()
    with server(arguments.workers) as (address, pid):
        with httpx.Client(base_url=address, timeout=_LONGEST_ANSWER, trust_env=False) as client:
            alone(client, texts[:_RANKS])
            single = alone(client, texts)
        work = itertools.cycle((text, page) for text in texts for page in (True, False))
        end = time.monotonic() + arguments.seconds
        threads = [
            threading.Thread(target=keep_asking, args=(address, work, lock, end, tally))
            for _ in range(arguments.clients)
        ]
        for thread in threads:
            thread.start()
        time.sleep(arguments.seconds * _WARM_SHARE)
        warm = megabytes(pid)
        for thread in threads:
            thread.join()
        last = megabytes(pid)
    return told(arguments, texts, single, tally, (warm, last))


def told(
    arguments: argparse.Namespace, texts: list[str], single: list[float], tally: Tally, memory: tuple[float, float]
) -> int:
    """Print what was met; return the exit code."""
    mean, busy = statistics.mean(single), rank(tally.seconds, 95)
    warm, last = memory
    ratio = busy / mean
    print(f"{len(texts)} policies of {statistics.mean(map(len, texts)):,.0f} characters on average")
    print(
        f"{arguments.clients} clients, {arguments.workers} workers, {os.cpu_count()} cores, {arguments.seconds:.0f} s"
    )
    print(f"alone: mean {mean:.2f} s, p50 {rank(single, 50):.2f} s, p95 {rank(single, 95):.2f} s")
    print("answers: " + ", ".join(f"{count} × {status}" for status, count in sorted(tally.statuses.items())))
    print(f"busy: p50 {rank(tally.seconds, 50):.2f} s, p95 {busy:.2f} s = {ratio:.1f} × the mean alone")
    print(f"memory, server and workers: {warm:.0f} MB half-way, {last:.0f} MB at the end")
    fine = set(tally.statuses) <= {"200", "503"} and ratio < _MAX_RATIO and last < warm * _MAX_GROWTH
    return 0 if fine else 1


if __name__ == "__main__":
    sys.exit(main())
