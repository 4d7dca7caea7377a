"""The command `history`: one policy through time, from files or from a git repository."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import click

from privacyscan.cli.options import (
    FOLDER,
    Format,
    format_option,
    output_option,
    policy_lang_option,
    report_lang_option,
)
from privacyscan.cli.output import fail, note, progress, render_history, write
from privacyscan.documents import read_raw, read_source
from privacyscan.knowledge.texts import ReportLanguage
from privacyscan.models import Document
from privacyscan.scanning.scanner import LanguageChoice, Scanner

Dated = tuple[date | None, Document]
_UNKNOWN = "?"


@click.command(name="history")
@click.argument("sources", nargs=-1, metavar="[A B…]")
@click.option("--dates", help="Dates of the versions, YYYY-MM-DD or ?, by commas. Default: from names and texts.")
@click.option("--git", type=FOLDER, help="A git repository; reads every committed version of --file.")
@click.option("--file", help="Path of the policy inside the --git repository.")
@format_option
@output_option
@report_lang_option
@policy_lang_option
@click.option("--service", help="Name of the service. Default: from the last version's title.")
def history_command(  # noqa: PLR0913, PLR0917 - one argument an option
    sources: tuple[str, ...],
    dates: str | None,
    git: Path | None,
    file: str | None,
    format: Format,
    output: Path | None,
    report_lang: ReportLanguage | None,
    policy_lang: LanguageChoice,
    service: str | None,
) -> None:
    """Follow one policy through time.

    Tells what appeared, vanished, was said more firmly or more weakly. A B… are
    two or more versions: files or http(s) addresses.
    """
    # Imported here: a scan needs none of it.
    from privacyscan.history import follow
    from privacyscan.versions import MIN_VERSIONS

    versions = _from_git(git, file, sources) if git is not None or file is not None else _from_files(sources, dates)
    if len(versions) < MIN_VERSIONS:
        fail(f"a history takes {MIN_VERSIONS} or more versions, not {len(versions)}")
    scanner = Scanner()
    reports = []
    with progress("versions") as advance:
        for number, (_, document) in enumerate(versions, 1):
            reports.append(scanner.scan_document(document, language=policy_lang, service=service))
            advance(number, len(versions))
    if unread := [report.document.source for report in reports if not report.findings]:
        fail(f"nothing to follow in {', '.join(unread)}; give versions of a policy in English, Korean or Chinese")
    history = follow(reports, [day for day, _ in versions])
    languages = {report.document.language for report in reports}
    spoken: ReportLanguage = "ko" if languages == {"ko"} else "en"
    language = report_lang or spoken
    write(render_history(history, scanner.rules, language, format, output), output)


def _from_git(repository: Path | None, file: str | None, sources: Sequence[str]) -> list[Dated]:
    from privacyscan.documents.repository import revisions

    if repository is None or file is None or sources:
        fail("--git REPOSITORY and --file PATH go together, without other sources")
    return [(revision.day, read_raw(revision.raw)) for revision in revisions(repository, file)]


def _from_files(sources: Sequence[str], dates: str | None) -> list[Dated]:
    if not sources:
        fail("name two or more versions, or --git REPOSITORY --file PATH")
    documents = [read_source(source) for source in sources]
    if dates is None:
        return [(_date_of(source, document), document) for source, document in zip(sources, documents, strict=True)]
    given = [item.strip() for item in dates.split(",")]
    if len(given) != len(sources):
        fail(f"--dates gives {len(given)} dates for {len(sources)} versions; give one for each, by commas")
    try:
        days = [None if item == _UNKNOWN else date.fromisoformat(item) for item in given]
    except ValueError as error:
        fail(f"--dates: {error}; write dates as 2025-02-14, or ? where nobody knows")
    return list(zip(days, documents, strict=True))


def _date_of(source: str, document: Document) -> date | None:
    from privacyscan.documents.dating import date_in_name, stated_date

    day = date_in_name(Path(source).name) or stated_date(document.text)
    if day is None:
        note(f"privacyscan: {source}: no date in its name or its text; it comes after the version before it (--dates)")
    return day
