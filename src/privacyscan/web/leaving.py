"""A scan nobody waits for any more is ended."""

from __future__ import annotations

import asyncio

from starlette.requests import ClientDisconnect, Request

from privacyscan.web.fetching import Fetcher
from privacyscan.web.tasks import Task
from privacyscan.web.workers import WorkerPool


async def answer_to(request: Request, task: Task) -> bytes:
    """Return the answer of the pool; raise ``ClientDisconnect`` and end the scan where the client leaves first."""
    scan = asyncio.create_task(_answered(request, task))
    gone = asyncio.create_task(_gone(request))
    try:
        await asyncio.wait({scan, gone}, return_when=asyncio.FIRST_COMPLETED)
        if not scan.done():
            raise ClientDisconnect
        return scan.result()
    finally:
        scan.cancel()
        gone.cancel()


async def _answered(request: Request, task: Task) -> bytes:
    fetcher: Fetcher = request.app.state.fetcher
    pool: WorkerPool = request.app.state.pool
    return await pool.run(await fetcher.filled(task))


async def _gone(request: Request) -> None:
    while (await request.receive())["type"] != "http.disconnect":
        pass
