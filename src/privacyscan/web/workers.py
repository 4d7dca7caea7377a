"""Worker processes that can be ended: a scan that runs too long, or dies, takes only its own process along."""

from __future__ import annotations

import asyncio
import mmap
import multiprocessing
import signal
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from http import HTTPStatus
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from privacyscan.scanning.scanner import Scanner
from privacyscan.web.problems import ProblemError
from privacyscan.web.settings import Settings
from privacyscan.web.tasks import RefusedError, Task, perform

_START_SECONDS = 60.0
# A second of grace between asking a worker to end and insisting.
_END_SECONDS = 1.0
# What a worker may hold in the middle of a scan, as a multiple of what it may keep.
_MOST_MEMORY = 4
_WARM_UP = ("We collect your name.", "이름을 수집합니다.", "我们收集您的姓名。")


class _Worker:
    """One process with a scanner of its own, that answers one task at a time."""

    def __init__(self, megabytes: int) -> None:
        # A fresh interpreter: a fork would copy the threads' locks and every open connection.
        context = multiprocessing.get_context("spawn")
        self._connection, theirs = context.Pipe()
        self.process = context.Process(target=_serve, args=(theirs, megabytes), daemon=True)
        self.process.start()
        theirs.close()
        self._ready = False
        # What it held when it last answered.
        self.megabytes = 0

    def ask(self, task: Task, seconds: float) -> bytes:
        """Return the answer. Raises ``TimeoutError``, ``RefusedError``, or ``OSError`` where the process died."""
        if not self._ready:
            self._await(_START_SECONDS)
            self._ready = True
        self._connection.send(task)
        answer, self.megabytes = self._await(seconds)
        if isinstance(answer, RefusedError):
            raise answer
        if not isinstance(answer, bytes):
            raise OSError("the scan failed")
        return answer

    def _await(self, seconds: float) -> Any:
        if not self._connection.poll(seconds):
            raise TimeoutError
        try:
            return self._connection.recv()
        except EOFError:
            raise OSError("the worker process ended") from None

    def end(self) -> None:
        """End the process now; whoever waits for it sees its connection close."""
        self.process.kill()
        self.process.join(_END_SECONDS)


class WorkerPool:
    """A few workers, and a short queue before them."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._workers: list[_Worker] = []
        self._idle: asyncio.Queue[_Worker] = asyncio.Queue()
        # Scans that run or wait.
        self.pending = 0
        # One thread for each worker, and one for each that was just ended and whose thread is about to notice.
        self._threads = ThreadPoolExecutor(max_workers=settings.workers * 2)

    @property
    def processes(self) -> list[int]:
        """The ids of the worker processes."""
        return [worker.process.pid or 0 for worker in self._workers]

    def start(self) -> None:
        """Start the workers; they get ready while the app answers already."""
        for _ in range(self._settings.workers):
            self._add()

    def stop(self) -> None:
        """End all workers."""
        for worker in self._workers:
            worker.end()
        self._workers.clear()
        self._threads.shutdown(wait=False)

    async def run(self, task: Task) -> bytes:
        """Return the answer to ``task``; a caller that is cancelled ends the scan. Raises ``ProblemError``."""
        if self.pending >= self._settings.workers * (1 + self._settings.waiting):
            raise ProblemError("busy", HTTPStatus.SERVICE_UNAVAILABLE)
        self.pending += 1
        try:
            return await self._run(task)
        finally:
            self.pending -= 1

    async def _run(self, task: Task) -> bytes:
        worker = await self._idle.get()
        while not worker.process.is_alive():
            self._replace(worker)
            worker = await self._idle.get()
        sound = False
        seconds = self._settings.time_limit * len(task.policies)
        try:
            answer = await asyncio.get_running_loop().run_in_executor(self._threads, worker.ask, task, seconds)
            sound = True
        except RefusedError as error:
            sound = True
            raise ProblemError(error.code, HTTPStatus.UNPROCESSABLE_ENTITY, detail=error.message) from None
        except TimeoutError:
            raise ProblemError("too_slow", HTTPStatus.SERVICE_UNAVAILABLE, seconds=f"{seconds:g}") from None
        except OSError:
            raise ProblemError("scan_failed", HTTPStatus.SERVICE_UNAVAILABLE) from None
        finally:
            # RE2 and the allocator keep what they once needed.
            if sound and worker.megabytes <= self._settings.worker_memory:
                self._idle.put_nowait(worker)
            else:
                self._replace(worker)
        return answer

    def _add(self) -> None:
        worker = _Worker(self._settings.worker_memory * _MOST_MEMORY)
        self._workers.append(worker)
        self._idle.put_nowait(worker)

    def _replace(self, worker: _Worker) -> None:
        worker.end()
        if worker in self._workers:
            self._workers.remove(worker)
            self._add()


def _serve(connection: Connection, megabytes: int) -> None:
    """Answer tasks until the app is gone, with ``megabytes`` of memory at most."""
    _limit_memory(megabytes)
    # Ctrl-C in a terminal reaches the whole group; the app ends its workers itself.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    scanner = Scanner()
    for text in _WARM_UP:
        scanner.scan_text(text)
    connection.send("ready")
    while True:
        try:
            task = connection.recv()
        except (EOFError, OSError):
            return
        connection.send((_answer(task, scanner), _megabytes()))


def _limit_memory(megabytes: int) -> None:
    """Let the system refuse more: a text that grows without end ends this process, and no other one."""
    # Windows has no such limits.
    with suppress(ImportError, ValueError, OSError):
        import resource

        _, most = resource.getrlimit(resource.RLIMIT_AS)
        resource.setrlimit(resource.RLIMIT_AS, (megabytes * 2**20, most))


def _megabytes() -> int:
    """The memory this process holds; 0 where the system does not tell."""
    try:
        pages = int(Path("/proc/self/statm").read_text("ascii").split()[1])
    except OSError:
        return 0
    return pages * mmap.PAGESIZE // 2**20


def _answer(task: Task, scanner: Scanner) -> bytes | RefusedError | None:
    try:
        return perform(task, scanner)
    except RefusedError as error:
        return error
    except Exception:  # noqa: BLE001, RUF100 - a text must not end the worker, and its traceback could quote it
        return None
