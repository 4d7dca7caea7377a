"""The command line: thin commands over the library."""

from __future__ import annotations

import os
import sys
import tempfile
from enum import StrEnum
from io import StringIO
from itertools import zip_longest
from pathlib import Path
from typing import Annotated, Any, NoReturn

import typer
from rich.console import Console

from privacyscan._version import __version__
from privacyscan.comparison import MAX_POLICIES, MIN_POLICIES, compare
from privacyscan.documents import UnreadableSourceError
from privacyscan.knowledge.rules import RuleSet, load_rules
from privacyscan.knowledge.texts import ReportLanguage, load_texts
from privacyscan.knowledge.yamlfile import KnowledgeError
from privacyscan.models import Comparison, Grade, Report
from privacyscan.reporters.html import render_comparison_html, render_report_html
from privacyscan.reporters.json import render_json
from privacyscan.reporters.markdown import render_comparison_markdown, render_report_markdown
from privacyscan.reporters.terminal import print_comparison, print_report
from privacyscan.scanning.scanner import LanguageChoice, Scanner

# Width of terminal output that goes into a file or a pipe.
_PLAIN_WIDTH = 100
EXIT_DONE, EXIT_FAILED_ON, EXIT_WRONG, EXIT_INTERRUPTED = 0, 1, 2, 130


class WrongUsageError(ValueError):
    """Options or arguments that don't fit together; the message is meant for the user."""


# Typer brings its own copy of click in some versions; this is whatever its usage errors derive from.
_UsageError: Any = typer.BadParameter.__mro__[1]


def _print_version(given: bool) -> None:
    if given:
        _print(f"privacyscan {__version__}")
        raise typer.Exit()


app = typer.Typer(
    name="privacyscan",
    invoke_without_command=True,
    add_completion=False,
    rich_markup_mode="rich",
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    help="""Reads a privacy policy in English, Korean or Chinese and says, with quoted proof, what it collects,
where that is kept, who gets to see it, what it is used for, and what you can do.

Nothing leaves this computer. Try:

  privacyscan scan policy.md

  privacyscan scan https://example.org/privacy --format html -o report.html

  pbpaste | privacyscan scan - --report-lang ko

  privacyscan compare ours.md theirs.md

Exit codes: 0 done; 1 --fail-on reached; 2 wrong usage or unreadable input.""",
)
rules_app = typer.Typer(invoke_without_command=True, help="Look at the rules, and check them.")
app.add_typer(rules_app, name="rules")


class Format(StrEnum):
    """Output formats."""

    TERMINAL = "terminal"
    JSON = "json"
    HTML = "html"
    MARKDOWN = "markdown"


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


@app.callback()
def root(
    context: typer.Context,
    _version: Annotated[
        bool, typer.Option("--version", help="Print the version and stop.", is_eager=True, callback=_print_version)
    ] = False,
) -> None:
    """Show the help where no command is given."""
    _help_without_command(context)


@rules_app.callback()
def rules_root(context: typer.Context) -> None:
    """Look at the rules, and check them."""
    _help_without_command(context)


@app.command()
def scan(
    source: Annotated[
        str, typer.Argument(metavar="SOURCE", help="A file, - for standard input, or an http(s) address.")
    ],
    format: FormatOption = Format.TERMINAL,
    output: OutputOption = None,
    report_lang: ReportLangOption = None,
    policy_lang: PolicyLangOption = PolicyLanguage.AUTO,
    service: Annotated[
        str | None, typer.Option("--service", help="Name of the service. Default: from the policy's title.")
    ] = None,
    fail_on: Annotated[
        FailOn | None,
        typer.Option(
            "--fail-on",
            help="Exit with 1 if the grade is this or worse, or if no grade can be given.",
            case_sensitive=False,
        ),
    ] = None,
) -> None:
    """Scan one policy and say what it allows."""
    scanner = Scanner()
    report = scanner.scan_file(source, language=_choice(policy_lang), service=service)
    language = _report_language(report_lang, report.document.language)
    _write(_render_report(report, scanner.rules, language, format, output), output)
    if report.score.reason is not None:
        texts = load_texts(language)
        _note(f"N/A: {texts(f'no_grade.{report.score.reason.code}', detail=report.score.reason.detail)}")
    if fail_on is not None and (report.score.grade is Grade.NONE or report.score.grade.value >= fail_on.value):
        raise typer.Exit(EXIT_FAILED_ON)


@app.command(name="compare")
def compare_command(
    sources: Annotated[
        list[str], typer.Argument(metavar="A B [C…]", help="Two to five policies: files or http(s) addresses.")
    ],
    format: FormatOption = Format.TERMINAL,
    output: OutputOption = None,
    report_lang: ReportLangOption = None,
    policy_lang: PolicyLangOption = PolicyLanguage.AUTO,
    service: Annotated[
        list[str] | None, typer.Option("--service", help="Name of a service; once for each policy, in their order.")
    ] = None,
) -> None:
    """Put two to five policies side by side, a row a practice."""
    names = service or []
    if not MIN_POLICIES <= len(sources) <= MAX_POLICIES:
        raise WrongUsageError(f"compare takes {MIN_POLICIES} to {MAX_POLICIES} policies, not {len(sources)}")
    if names and len(names) != len(sources):
        raise WrongUsageError(
            f"--service was given {len(names)} times for {len(sources)} policies; name all of them or none"
        )
    scanner = Scanner()
    reports = [
        scanner.scan_file(source, language=_choice(policy_lang), service=name)
        for source, name in zip_longest(sources, names)
    ]
    comparison = compare(reports)
    languages = {report.document.language for report in reports}
    language = _report_language(report_lang, languages.pop() if len(languages) == 1 else "")
    _write(_render_comparison(comparison, scanner.rules, language, format, output), output)


@rules_app.command(name="list")
def rules_list() -> None:
    """List every practice with its category, concern and weight."""
    for rule in load_rules(examples=False).rules.values():
        _print(f"{rule.id:30} {rule.category:13} {rule.severity:9} {rule.weight:>4g}  {rule.text['en'].title}")


@rules_app.command(name="show")
def rules_show(
    practice: Annotated[
        str, typer.Argument(metavar="PRACTICE", help="The id of a practice, as `rules list` shows it.")
    ],
    report_lang: Annotated[ReportLang, typer.Option("--report-lang", help="Language of the text.")] = ReportLang.EN,
) -> None:
    """Show one practice: why it matters, what is looked for, examples."""
    rules = load_rules()
    if practice not in rules.rules:
        raise WrongUsageError(f"no practice '{practice}'; `privacyscan rules list` shows them all")
    rule = rules.rules[practice]
    text = rule.text[report_lang.value]
    _print(f"{text.title} ({rule.id})")
    _print(f"{rule.category} · {rule.severity} · {rule.polarity} · weight {rule.weight:g}")
    _print(f"\n{text.why}\n{text.advice}")
    for item in rule.references:
        _print(f"  {item.law} {item.article}: {item.says}")
    for code, patterns in rule.patterns.items():
        _print(f"\n[{code}] patterns")
        for pattern in patterns:
            _print(f"  {pattern.match}" + (f"  → {pattern.state}" if pattern.state else ""))
        for state in ("affirmed", "denied", "conditional", "silent"):
            for example in getattr(rule.examples.get(code), state, ())[:2]:
                _print(f"  {state:11} {' '.join(example.split())}")


@rules_app.command(name="check")
def rules_check(
    folder: Annotated[
        Path | None,
        typer.Argument(
            metavar="[FOLDER]", help="A rules folder. Default: the rules that ship.", exists=True, file_okay=False
        ),
    ] = None,
    practice: Annotated[str | None, typer.Option("--practice", help="Run the examples of this practice only.")] = None,
) -> None:
    """Load every rule and run every example; print all mistakes with file and line."""
    # Imported here: a scan needs none of it.
    from privacyscan.scanning.selfcheck import run_examples

    rules = load_rules(folder)
    if practice is not None and practice not in rules.rules:
        raise WrongUsageError(f"no practice '{practice}'; `privacyscan rules list` shows them all")
    wrong = count = 0
    for result in run_examples(rules, practice):
        count += 1
        if not result.as_written:
            wrong += 1
            said = (
                "a known miss now comes out right; move it to the examples"
                if result.known_miss
                else f"comes out {result.answer}"
            )
            reasons = ", ".join(f"{reason.code}({reason.detail})" for reason in result.reasons)
            example = " ".join(result.text.split())
            _print(f"{result.practice} [{result.language}] {result.expected}: {said}: {example}  <{reasons}>")
    _print(f"{len(rules.rules)} rules, {count} examples, {wrong} wrong")
    if wrong:
        raise typer.Exit(EXIT_FAILED_ON)


@app.command()
def evaluate(
    benchmark: Annotated[str, typer.Argument(metavar="BENCHMARK", help="Which labelled corpus: gold.")],
    data: Annotated[
        Path,
        typer.Option("--data", help="The folder that holds the corpora.", envvar="PRIVACYSCAN_DATA", file_okay=False),
    ],
    show_errors: Annotated[
        int, typer.Option("--show-errors", help="Print this many wrong answers with their quotes.", min=0)
    ] = 20,
) -> None:
    """Measure the scanner on labelled policies: per policy, language and state, with the confusions."""
    # Imported here: a scan needs none of it.
    from privacyscan.learning.evaluation import BENCHMARKS, BenchmarkError, evaluate_gold, summary

    if benchmark not in BENCHMARKS:
        raise WrongUsageError(f"no benchmark '{benchmark}'; there is {', '.join(BENCHMARKS)}")
    try:
        _print(summary(evaluate_gold(data, Scanner()), show_errors))
    except BenchmarkError as error:
        _fail(str(error))


def main() -> NoReturn:
    """Run the command line; every expected failure is one line on standard error and exit code 2."""
    try:
        code = app(standalone_mode=False)
        sys.stdout.flush()
    except _UsageError as error:
        _note(f"privacyscan: {' '.join(error.format_message().split())} (see privacyscan --help)")
        code = EXIT_WRONG
    except (WrongUsageError, UnreadableSourceError, KnowledgeError) as error:
        _note(f"privacyscan: {error}")
        code = EXIT_WRONG
    except (KeyboardInterrupt, typer.Abort):
        _note("privacyscan: stopped")
        code = EXIT_INTERRUPTED
    except BrokenPipeError:
        # The reader of our output has gone; there is nobody left to tell.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = EXIT_DONE
    sys.exit(code if isinstance(code, int) else EXIT_DONE)


def _render_report(
    report: Report, rules: RuleSet, language: ReportLanguage, format: Format, output: Path | None
) -> str:
    match format:
        case Format.JSON:
            return render_json(report)
        case Format.HTML:
            return render_report_html(report, rules, language)
        case Format.MARKDOWN:
            return render_report_markdown(report, rules, language)
        case Format.TERMINAL:
            console = _console(output)
            print_report(console, report, rules, language)
            return _captured(console)


def _render_comparison(
    comparison: Comparison, rules: RuleSet, language: ReportLanguage, format: Format, output: Path | None
) -> str:
    match format:
        case Format.JSON:
            return render_json(comparison)
        case Format.HTML:
            return render_comparison_html(comparison, rules, language)
        case Format.MARKDOWN:
            return render_comparison_markdown(comparison, rules, language)
        case Format.TERMINAL:
            console = _console(output)
            print_comparison(console, comparison, rules, language)
            return _captured(console)


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


def _write(text: str, output: Path | None) -> None:
    if output is None:
        sys.stdout.write(text)
        return
    try:
        output.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile("w", dir=output.parent, delete=False, encoding="utf-8", newline="\n") as file:
            file.write(text)
        # Readable as any new file is, not private as a temporary one.
        Path(file.name).chmod(0o644)
        Path(file.name).replace(output)
    except OSError as error:
        _fail(f"{output}: can't be written ({error.strerror}); name a file in a folder you may write to")
    _note(f"privacyscan: wrote {output}")


def _report_language(chosen: ReportLang | None, policy_language: str) -> ReportLanguage:
    if chosen is not None:
        return chosen.value
    return "ko" if policy_language == "ko" else "en"


def _choice(language: PolicyLanguage) -> LanguageChoice:
    return language.value


def _help_without_command(context: typer.Context) -> None:
    if context.invoked_subcommand is None:
        _print(context.get_help())
        raise typer.Exit()


def _print(line: str) -> None:
    sys.stdout.write(line + "\n")


def _note(line: str) -> None:
    sys.stderr.write(line + "\n")


def _fail(line: str) -> NoReturn:
    _note(f"privacyscan: {line}")
    raise typer.Exit(EXIT_WRONG)
