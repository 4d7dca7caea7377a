"""What the commands take: formats, languages, grades, and how their options are described."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer


class Format(StrEnum):
    """Output formats of every command that reports."""

    TERMINAL = "terminal"
    JSON = "json"
    HTML = "html"
    MARKDOWN = "markdown"
    PDF = "pdf"


class ScanFormat(StrEnum):
    """Output formats of a scan: SARIF is about places in one file, so no other command has it."""

    TERMINAL = "terminal"
    JSON = "json"
    HTML = "html"
    MARKDOWN = "markdown"
    PDF = "pdf"
    SARIF = "sarif"


class PolicyLanguage(StrEnum):
    """Languages a policy may be in."""

    AUTO = "auto"
    EN = "en"
    KO = "ko"
    ZH = "zh"


class ReportLang(StrEnum):
    """Languages a report may be in."""

    EN = "en"
    KO = "ko"


class FailOn(StrEnum):
    """Grades that ``--fail-on`` takes."""

    A = "A"
    B = "B"
    C = "C"
    D = "D"
    E = "E"


FormatOption = Annotated[Format, typer.Option("--format", "-f", help="How to say it.")]
ScanFormatOption = Annotated[ScanFormat, typer.Option("--format", "-f", help="How to say it.")]
SuppressionsOption = Annotated[
    Path | None,
    typer.Option(
        "--suppressions",
        metavar="FILE",
        help="YAML list of accepted findings, each with id and reason; SARIF marks them as suppressed.",
        exists=True,
        dir_okay=False,
    ),
]
OutputOption = Annotated[
    Path | None, typer.Option("--output", "-o", help="Write to this file instead of standard output.", dir_okay=False)
]
ReportLangOption = Annotated[
    ReportLang | None,
    typer.Option("--report-lang", help="Language of the report. Default: Korean for a Korean policy, else English."),
]
PolicyLangOption = Annotated[
    PolicyLanguage, typer.Option("--policy-lang", help="Language of the policy; auto finds it out.")
]
