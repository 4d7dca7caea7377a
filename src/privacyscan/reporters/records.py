"""What authorities made public about a service, in the words of one language."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from privacyscan.knowledge.ledger import LedgerEntry, ledger_for, load_ledgers
from privacyscan.knowledge.texts import Texts
from privacyscan.models import State
from privacyscan.reporters.story import Beside, Bullet, PublicRecord

_STATED = (State.AFFIRMED, State.CONDITIONAL, State.CONTRADICTORY)
_NOTHING: Mapping[str, Bullet] = {}


def records_of(names: Iterable[str], texts: Texts, read: Mapping[str, Bullet] = _NOTHING) -> tuple[PublicRecord, ...]:
    """Return the records, oldest first, of the first of ``names`` that a ledger knows; none where no ledger does.

    Beside each stands what ``read``, the practices of the policy at hand, says of the same.
    """
    ledgers = load_ledgers()
    found = (ledger_for(name, ledgers) for name in names)
    ledger = next((item for item in found if item is not None), None)
    return tuple(_record(entry, texts, read) for entry in ledger.entries) if ledger else ()


def _record(entry: LedgerEntry, texts: Texts, read: Mapping[str, Bullet]) -> PublicRecord:
    language = texts.language
    about = texts("authorities_version", version=entry.about_version[language]) if entry.about_version else ""
    return PublicRecord(
        id=f"r-{entry.id}",
        date=entry.date.isoformat(),
        authority=entry.authority[language],
        stage=texts(f"stages.{entry.stage}"),
        text=entry.found[language],
        about=about,
        source=entry.source[language],
        beside=tuple(_beside(entry, texts, read)),
    )


def _beside(entry: LedgerEntry, texts: Texts, read: Mapping[str, Bullet]) -> Iterator[Beside]:
    for practice in entry.practices:
        if bullet := read.get(practice):
            if bullet.state is State.SILENT:
                yield Beside(bullet, texts("authorities_silent"), "")
            else:
                found_since = practice in entry.missing and bullet.state in _STATED
                yield Beside(bullet, bullet.sentence, texts("authorities_stated") if found_since else "")
