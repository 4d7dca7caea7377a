"""What the commands take: formats, grades, and the options that several of them share."""

from __future__ import annotations

from pathlib import Path
from typing import Literal, get_args

import click

from privacyscan.knowledge.texts import ReportLanguage
from privacyscan.scanning.scanner import LanguageChoice

# Output formats of every command that reports. SARIF is about places in one file, so only a scan has it.
Format = Literal["terminal", "json", "html", "markdown", "pdf"]
ScanFormat = Literal["terminal", "json", "html", "markdown", "pdf", "sarif"]
# Grades that --fail-on takes.
FailOn = Literal["A", "B", "C", "D", "E"]

FILE = click.Path(dir_okay=False, path_type=Path)
FOLDER = click.Path(file_okay=False, path_type=Path)
_FORMAT_HELP = "How to say it."

format_option = click.option(
    "--format", "-f", type=click.Choice(get_args(Format)), default="terminal", show_default=True, help=_FORMAT_HELP
)
scan_format_option = click.option(
    "--format", "-f", type=click.Choice(get_args(ScanFormat)), default="terminal", show_default=True, help=_FORMAT_HELP
)
output_option = click.option("--output", "-o", type=FILE, help="Write to this file instead of standard output.")
report_lang_option = click.option(
    "--report-lang",
    type=click.Choice(get_args(ReportLanguage)),
    help="Language of the report. Default: Korean for a Korean policy, else English.",
)
policy_lang_option = click.option(
    "--policy-lang",
    type=click.Choice(get_args(LanguageChoice)),
    default="auto",
    show_default=True,
    help="Language of the policy; auto finds it out.",
)
