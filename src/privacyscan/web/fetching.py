"""Policies from addresses: fetched beside the scans, so that a slow site keeps no worker busy."""

from __future__ import annotations

import asyncio
import dataclasses
from concurrent.futures import Future
from http import HTTPStatus
from threading import Thread

from privacyscan.documents import UnreadableSourceError
from privacyscan.documents.fetching import Reach, fetch_address
from privacyscan.documents.source import RawSource
from privacyscan.web.problems import ProblemError
from privacyscan.web.tasks import Policy, Task

# Fetches at once; one more is told to come back.
_AT_ONCE = 8
# Beyond the fetch's own limit: it does not hold for the name server.
_GRACE_SECONDS = 2.0


class Fetcher:
    """Fetches what a task names by its address."""

    def __init__(self, reach: Reach) -> None:
        self._reach = reach
        # Fetches that run, also those nobody waits for any more.
        self.running = 0

    async def filled(self, task: Task) -> Task:
        """Return ``task`` with the content of its addresses. Raises ``ProblemError``."""
        policies = [await self._filled(policy) if policy.url else policy for policy in task.policies]
        return dataclasses.replace(task, policies=tuple(policies))

    async def _filled(self, policy: Policy) -> Policy:
        if self.running >= _AT_ONCE:
            raise ProblemError("busy", HTTPStatus.SERVICE_UNAVAILABLE)
        self.running += 1
        fetch = asyncio.wrap_future(self._start(policy.url))
        # Counted until its thread ends, whoever waits for it.
        fetch.add_done_callback(self._ended)
        try:
            async with asyncio.timeout(self._reach.seconds + _GRACE_SECONDS):
                raw = await asyncio.shield(fetch)
        except UnreadableSourceError as error:
            raise ProblemError(error.code, HTTPStatus.UNPROCESSABLE_ENTITY, detail=str(error), **error.values) from None
        except TimeoutError:
            raise ProblemError("address_slow", HTTPStatus.UNPROCESSABLE_ENTITY) from None
        return dataclasses.replace(policy, text="", data=raw.data, content_type=raw.content_type, name=policy.url)

    def _start(self, address: str) -> Future[RawSource]:
        """Fetch in a thread of its own, which does not keep the app from ending as one of a pool would."""
        future: Future[RawSource] = Future()

        def run() -> None:
            try:
                future.set_result(fetch_address(address, self._reach))
            except Exception as error:  # noqa: BLE001, RUF100 - it is raised where the answer is awaited
                future.set_exception(error)

        Thread(target=run, daemon=True).start()
        return future

    def _ended(self, fetch: asyncio.Future[RawSource]) -> None:
        self.running -= 1
        if not fetch.cancelled():
            # Looked at, so that asyncio does not complain where nobody waits.
            fetch.exception()
