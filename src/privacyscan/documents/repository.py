"""Every committed version of one file of a git repository, oldest first."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from privacyscan.documents.errors import UnreadableSourceError
from privacyscan.documents.source import RawSource

_TIMEOUT_SECONDS = 120


@dataclass(frozen=True)
class Revision:
    """One commit that changed the file: its day, and the bytes after it."""

    day: date
    raw: RawSource


def revisions(repository: Path, file: str) -> Iterator[Revision]:
    """Yield the versions of ``file`` (a path inside the repository), oldest first.

    Raises ``UnreadableSourceError`` where git, the repository or the file is missing.
    """
    log = _git(repository, "log", "--reverse", "--format=%H %cs", "--", file).decode()
    if not log.strip():
        raise UnreadableSourceError(
            f"{repository}: no commit has a file {file}; give its path as `git ls-files` prints it"
        )
    for line in log.splitlines():
        commit, day = line.split()
        try:
            data = _git(repository, "show", f"{commit}:{file}")
        except UnreadableSourceError:
            # The commit took the file away.
            continue
        yield Revision(date.fromisoformat(day), RawSource(f"{commit[:10]}:{file}", data))


def _git(repository: Path, *arguments: str) -> bytes:
    command = ["git", "-C", str(repository), *arguments]
    try:
        done = subprocess.run(command, capture_output=True, timeout=_TIMEOUT_SECONDS, check=False)  # noqa: S603
    except FileNotFoundError:
        raise UnreadableSourceError("git is not installed; give the versions as files instead") from None
    except subprocess.TimeoutExpired:
        raise UnreadableSourceError(f"{repository}: git took longer than {_TIMEOUT_SECONDS} seconds") from None
    if done.returncode:
        reason = done.stderr.decode(errors="replace").strip().splitlines()
        raise UnreadableSourceError(f"{repository}: git says: {reason[-1] if reason else 'no reason'}")
    return done.stdout
