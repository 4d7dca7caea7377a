"""What the commands give: rendering a result, writing it whole or not at all, and the lines of an error.

A reporter is imported once its format is asked for: a report in the terminal
does not wait for the templates of a page.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click
from rich.console import Console

from privacyscan.cli.options import Format
from privacyscan.knowledge.rules import RuleSet
from privacyscan.knowledge.texts import ReportLanguage
from privacyscan.models import Comparison, Original, Report

if TYPE_CHECKING:
    from privacyscan.versions import History

# Width of terminal output that goes into a file or a pipe.
_PLAIN_WIDTH = 100
EXIT_DONE, EXIT_FAILED_ON, EXIT_WRONG, EXIT_INTERRUPTED = 0, 1, 2, 130


def render_report(
    report: Report, rules: RuleSet, language: ReportLanguage, format: Format, output: Path | None
) -> str | bytes:
    """Return the report in the chosen format."""
    match format:
        case "json":
            from privacyscan.reporters.json import render_json

            return render_json(report)
        case "html":
            from privacyscan.reporters.html import render_report_html

            return render_report_html(report, rules, language)
        case "pdf":
            from privacyscan.reporters.html import render_report_html

            return _pdf(render_report_html(report, rules, language))
        case "markdown":
            from privacyscan.reporters.markdown import render_report_markdown

            return render_report_markdown(report, rules, language)
        case "terminal":
            from privacyscan.reporters.terminal import print_report

            console = _console(output)
            print_report(console, report, rules, language)
            return _captured(console)


def render_sarif(
    report: Report,
    rules: RuleSet,
    language: ReportLanguage,
    original: Original,
    suppressions: Mapping[str, str] | None,
) -> str:
    """Return the report as SARIF; suppressions that suppress nothing get a line on standard error."""
    from privacyscan.reporters.sarif import render_report_sarif, reported

    known = {finding.id for finding in reported(report, rules)}
    if unknown := [id for id in suppressions or {} if id not in known]:
        note(f"privacyscan: no result to suppress has the id {', '.join(unknown)}")
    return render_report_sarif(report, rules, language, original, suppressions)


def render_comparison(
    comparison: Comparison, rules: RuleSet, language: ReportLanguage, format: Format, output: Path | None
) -> str | bytes:
    """Return the comparison in the chosen format."""
    match format:
        case "json":
            from privacyscan.reporters.json import render_json

            return render_json(comparison)
        case "html":
            from privacyscan.reporters.html import render_comparison_html

            return render_comparison_html(comparison, rules, language)
        case "pdf":
            from privacyscan.reporters.html import render_comparison_html

            return _pdf(render_comparison_html(comparison, rules, language))
        case "markdown":
            from privacyscan.reporters.markdown import render_comparison_markdown

            return render_comparison_markdown(comparison, rules, language)
        case "terminal":
            from privacyscan.reporters.terminal_comparison import print_comparison

            console = _console(output)
            print_comparison(console, comparison, rules, language)
            return _captured(console)


def render_history(
    history: History, rules: RuleSet, language: ReportLanguage, format: Format, output: Path | None
) -> str | bytes:
    """Return the history in the chosen format."""
    match format:
        case "json":
            from privacyscan.reporters.json import render_json

            return render_json(history)
        case "html":
            from privacyscan.reporters.html import render_history_html

            return render_history_html(history, rules, language)
        case "pdf":
            from privacyscan.reporters.html import render_history_html

            return _pdf(render_history_html(history, rules, language))
        case "markdown":
            from privacyscan.reporters.markdown import render_history_markdown

            return render_history_markdown(history, rules, language)
        case "terminal":
            from privacyscan.reporters.terminal_history import print_history

            console = _console(output)
            print_history(console, history, rules, language)
            return _captured(console)


def _pdf(page: str) -> bytes:
    from privacyscan.reporters.pdf import PdfUnavailableError, render_pdf

    try:
        return render_pdf(page)
    except PdfUnavailableError as error:
        fail(str(error))


@contextmanager
def progress(unit: str) -> Iterator[Callable[[int, int], None]]:
    """Show a bar on standard error, where that is a terminal; yields ``advance(done, of_all)``."""
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = TextColumn(unit), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn()
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(unit, total=None)

        def advance(done: int, of_all: int) -> None:
            bar.update(task, completed=done, total=of_all)

        yield advance


def _console(output: Path | None) -> Console:
    """A console that writes into memory, so that a failure leaves no half-written output."""
    shown = Console()
    on_screen = output is None and shown.is_terminal
    return Console(
        file=StringIO(),
        force_terminal=on_screen,
        color_system="auto" if on_screen else None,
        width=shown.width if on_screen else _PLAIN_WIDTH,
        highlight=False,
        legacy_windows=False,
    )


def _captured(console: Console) -> str:
    text: str = console.file.getvalue() if isinstance(console.file, StringIO) else ""
    return "\n".join(line.rstrip() for line in text.splitlines()) + "\n"


def write(content: str | bytes, output: Path | None) -> None:
    """Write ``content`` to standard output, or to a file that appears only once it is whole."""
    data = content.encode("utf-8", "replace") if isinstance(content, str) else content
    if output is None:
        if isinstance(content, str):
            sys.stdout.write(content)
        elif sys.stdout.isatty():
            fail("a PDF is no text for a terminal; name a file with -o report.pdf")
        else:
            sys.stdout.buffer.write(data)
        return
    try:
        target = output.resolve()
        if target.exists() and not target.is_file():
            # A device or a pipe is written to, never replaced.
            target.write_bytes(data)
        else:
            _replace(target, data)
    except OSError as error:
        fail(f"{output}: can't be written ({error.strerror}); name a file in a folder you may write to")
    note(f"privacyscan: wrote {output}")


def _replace(target: Path, data: bytes) -> None:
    import tempfile

    target.parent.mkdir(parents=True, exist_ok=True)
    mode = target.stat().st_mode & 0o777 if target.exists() else 0o644
    with tempfile.NamedTemporaryFile(dir=target.parent, delete=False) as file:
        file.write(data)
    Path(file.name).chmod(mode)
    Path(file.name).replace(target)


def say(line: str) -> None:
    """Write a line to standard output."""
    sys.stdout.write(line + "\n")


def note(line: str) -> None:
    """Write a line to standard error."""
    sys.stderr.write(line + "\n")


def fail(line: str) -> NoReturn:
    """Write the line of an error and end with the exit code for wrong use."""
    note(f"privacyscan: {line}")
    raise click.exceptions.Exit(EXIT_WRONG)
