"""What the commands take: formats, languages, grades, and how their options are described."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer


class Format(StrEnum):
    """Output formats."""

    TERMINAL = "terminal"
    JSON = "json"
    HTML = "html"
    MARKDOWN = "markdown"
    PDF = "pdf"


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
