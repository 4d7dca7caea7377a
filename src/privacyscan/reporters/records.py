"""What authorities made public about a service, in the words of one language."""

from __future__ import annotations

from collections.abc import Iterable

from privacyscan.knowledge.ledger import LedgerEntry, ledger_for, load_ledgers
from privacyscan.knowledge.texts import Texts
from privacyscan.reporters.story import PublicRecord


def records_of(names: Iterable[str], texts: Texts) -> tuple[PublicRecord, ...]:
    """Return the records, oldest first, of the first of ``names`` that a ledger knows; none where no ledger does."""
    ledgers = load_ledgers()
    found = (ledger_for(name, ledgers) for name in names)
    ledger = next((item for item in found if item is not None), None)
    return tuple(_record(entry, texts) for entry in ledger.entries) if ledger else ()


def _record(entry: LedgerEntry, texts: Texts) -> PublicRecord:
    language = texts.language
    about = texts("authorities_version", version=entry.about_version[language]) if entry.about_version else ""
    return PublicRecord(
        id=f"r-{entry.id}",
        date=entry.date.isoformat(),
        authority=entry.authority[language],
        stage=texts(f"stages.{entry.stage}"),
        text=entry.found[language],
        about=about,
        source=entry.source,
    )
