"""What the operator of the web app decides, and the limits that hold for everybody."""

from __future__ import annotations

from dataclasses import dataclass

from privacyscan.documents.fetching import PUBLIC, Reach

MAX_TEXT_BYTES = 2 * 1024 * 1024
MAX_FILE_BYTES = 10 * 1024 * 1024
# All of a comparison together: two files and two texts of the largest size, or five smaller ones.
MAX_FORM_BYTES = 2 * (MAX_FILE_BYTES + MAX_TEXT_BYTES) + 64 * 1024
MAX_NAME = 120
MAX_ADDRESS = 2000


@dataclass(frozen=True)
class Settings:
    """How the app runs. ``local`` says that it listens on this computer alone."""

    local: bool = True
    workers: int = 2
    # Scans that may wait, for each worker; one more is told to come back.
    waiting: int = 1
    time_limit: float = 40.0
    # Megabytes; a worker that holds more when it is done makes way for a new one. At four times that, it gets no more.
    worker_memory: int = 800
    # Whether policies are read from addresses; None: where the one who asks sits at this computer.
    fetch: bool | None = None
    reach: Reach = PUBLIC
