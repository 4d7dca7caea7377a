"""The command line: thin commands over the library."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from itertools import zip_longest
from pathlib import Path
from typing import NoReturn, get_args

import click

from privacyscan._version import __version__
from privacyscan.cli.history import history_command
from privacyscan.cli.options import (
    FILE,
    FOLDER,
    FailOn,
    Format,
    ScanFormat,
    format_option,
    output_option,
    policy_lang_option,
    report_lang_option,
    scan_format_option,
)
from privacyscan.cli.output import (
    EXIT_DONE,
    EXIT_FAILED_ON,
    EXIT_INTERRUPTED,
    EXIT_WRONG,
    fail,
    note,
    progress,
    render_comparison,
    render_report,
    render_sarif,
    say,
    write,
)
from privacyscan.cli.serve import serve_command
from privacyscan.comparison import MAX_POLICIES, MIN_POLICIES, compare
from privacyscan.documents import UnreadableSourceError, read_original
from privacyscan.knowledge.rules import load_rules
from privacyscan.knowledge.texts import ReportLanguage, load_texts
from privacyscan.knowledge.yamlfile import KnowledgeError
from privacyscan.models import Grade, Report
from privacyscan.reporters.telling import no_grade_line
from privacyscan.resources import data_dir
from privacyscan.scanning.apart import ClassifierApart
from privacyscan.scanning.scanner import LanguageChoice, Scanner
from privacyscan.scanning.voice import MODEL_NAME, ModelError


class WrongUsageError(ValueError):
    """Options or arguments that don't fit together; the message is meant for the user."""


# A text that could not be read has no states that could be compared.
_NOT_READ = ("empty", "unsupported_language", "mixed_languages")


@click.group(invoke_without_command=True, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, message="privacyscan %(version)s", help="Print the version and stop.")
@click.pass_context
def app(context: click.Context) -> None:
    """Reads a privacy policy in English, Korean or Chinese and says, with quoted proof, what it collects,
    where that is kept, who gets to see it, what it is used for, and what you can do.

    Nothing leaves this computer. Try:

    \b
      privacyscan scan policy.md
      privacyscan scan https://example.org/privacy --format html -o report.html
      pbpaste | privacyscan scan - --report-lang ko
      privacyscan compare ours.md theirs.md
      privacyscan history 2024-12-05.md 2025-02-14.md

    Exit codes: 0 done; 1 --fail-on reached; 2 wrong usage or unreadable input.
    """  # noqa: D205, D301 - click shows it, and keeps the lines behind its mark
    _help_without_command(context)


@app.group(name="rules", invoke_without_command=True)
@click.pass_context
def rules_app(context: click.Context) -> None:
    """Look at the rules, and check them."""
    _help_without_command(context)


@app.command()
@click.argument("source", metavar="SOURCE")
@scan_format_option
@output_option
@report_lang_option
@policy_lang_option
@click.option("--service", help="Name of the service. Default: from the policy's title.")
@click.option(
    "--fail-on",
    type=click.Choice(get_args(FailOn), case_sensitive=False),
    help="Exit with 1 if the grade is this or worse, or if no grade can be given.",
)
@click.option(
    "--suppressions",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    metavar="FILE",
    help="YAML list of accepted findings, each with id and reason; SARIF marks them as suppressed.",
)
def scan(
    source: str,
    format: ScanFormat,
    output: Path | None,
    report_lang: ReportLanguage | None,
    policy_lang: LanguageChoice,
    service: str | None,
    fail_on: FailOn | None,
    suppressions: Path | None,
) -> tuple[Scanner, Report]:
    """Scan one policy and say what it allows.

    SOURCE is a file, - for standard input, or an http(s) address.
    """
    if suppressions is not None and format != "sarif":
        raise WrongUsageError("--suppressions needs --format sarif; other formats show every finding")
    _refuse_overwriting([source, *([str(suppressions)] if suppressions else [])], output)
    accepted = _accepted(suppressions)
    scanner = Scanner(classifier=ClassifierApart())
    document, original = read_original(source)
    report = scanner.scan_document(document, language=policy_lang, service=service)
    language = _report_language(report_lang, report.document.language)
    if format == "sarif":
        write(render_sarif(report, scanner.rules, language, original, accepted), output)
    else:
        write(render_report(report, scanner.rules, language, format, output), output)
    if report.score.reason is not None:
        note(f"N/A: {no_grade_line(report.score.reason, load_texts(language))}")
    if fail_on is not None and (report.score.grade is Grade.NONE or report.score.grade.value >= fail_on):
        raise click.exceptions.Exit(EXIT_FAILED_ON)
    # Kept until the process ends: taking apart what they hold would take longer than rendering the report.
    return scanner, report


@app.command(name="compare")
@click.argument("sources", nargs=-1, required=True, metavar="A B [C…]")
@format_option
@output_option
@report_lang_option
@policy_lang_option
@click.option("--service", "names", multiple=True, help="Name of a service; once for each policy, in their order.")
def compare_command(
    sources: tuple[str, ...],
    format: Format,
    output: Path | None,
    report_lang: ReportLanguage | None,
    policy_lang: LanguageChoice,
    names: tuple[str, ...],
) -> None:
    """Put two to five policies side by side, a row a practice.

    A B … are files or http(s) addresses.
    """
    if not MIN_POLICIES <= len(sources) <= MAX_POLICIES:
        raise WrongUsageError(f"compare takes {MIN_POLICIES} to {MAX_POLICIES} policies, not {len(sources)}")
    if names and len(names) != len(sources):
        raise WrongUsageError(
            f"--service was given {len(names)} times for {len(sources)} policies; name all of them or none"
        )
    _refuse_overwriting(sources, output)
    scanner = Scanner()
    reports = [
        scanner.scan_file(source, language=policy_lang, service=name) for source, name in zip_longest(sources, names)
    ]
    unread = [report for report in reports if report.score.reason and report.score.reason.code in _NOT_READ]
    if unread:
        listed = ", ".join(f"{item.document.source} ({item.score.reason.code})" for item in unread if item.score.reason)
        raise WrongUsageError(f"nothing to compare in {listed}; give policies, each in one of English, Korean, Chinese")
    comparison = compare(reports)
    languages = {report.document.language for report in reports}
    language = _report_language(report_lang, languages.pop() if len(languages) == 1 else "")
    write(render_comparison(comparison, scanner.rules, language, format, output), output)


app.add_command(history_command)
app.add_command(serve_command)


@rules_app.command(name="list")
def rules_list() -> None:
    """List every practice with its category, concern and weight."""
    for rule in load_rules(examples=False).rules.values():
        say(f"{rule.id:30} {rule.category:13} {rule.severity:9} {rule.weight:>4g}  {rule.text['en'].title}")


@rules_app.command(name="show")
@click.argument("practice", metavar="PRACTICE")
@click.option(
    "--report-lang",
    type=click.Choice(get_args(ReportLanguage)),
    default="en",
    show_default=True,
    help="Language of the text.",
)
def rules_show(practice: str, report_lang: ReportLanguage) -> None:
    """Show one practice: why it matters, what is looked for, examples.

    PRACTICE is an id, as `rules list` shows it.
    """
    rules = load_rules()
    if practice not in rules.rules:
        raise WrongUsageError(f"no practice '{practice}'; `privacyscan rules list` shows them all")
    rule = rules.rules[practice]
    text = rule.text[report_lang]
    say(f"{text.title} ({rule.id})")
    say(f"{rule.category} · {rule.severity} · {rule.polarity} · weight {rule.weight:g}")
    say(f"\n{text.why}\n{text.advice}")
    for item in rule.references:
        say(f"  {item.law} {item.article}: {item.says}")
    for code, patterns in rule.patterns.items():
        say(f"\n[{code}] patterns")
        for pattern in patterns:
            say(f"  {pattern.match}" + (f"  → {pattern.state}" if pattern.state else ""))
        for state in ("affirmed", "denied", "conditional", "silent"):
            for example in getattr(rule.examples.get(code), state, ())[:2]:
                say(f"  {state:11} {' '.join(example.split())}")


@rules_app.command(name="check")
@click.argument("folder", required=False, type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--practice", help="Run the examples of this practice only.")
def rules_check(folder: Path | None, practice: str | None) -> None:
    """Load every rule and run every example.

    Prints all mistakes with file and line. FOLDER holds rules; default: those that ship.
    """
    # Imported here: a scan needs none of it.
    from privacyscan.scanning.selfcheck import run_examples

    rules = load_rules(folder)
    if practice is not None and practice not in rules.rules:
        raise WrongUsageError(f"no practice '{practice}'; `privacyscan rules list` shows them all")
    wrong = count = 0
    for result in run_examples(Scanner(rules, classifier=None), practice):
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
            say(f"{result.practice} [{result.language}] {result.expected}: {said}: {example}  <{reasons}>")
    say(f"{len(rules.rules)} rules, {count} examples, {wrong} wrong")
    if wrong:
        raise click.exceptions.Exit(EXIT_FAILED_ON)


@app.command()
@click.argument("benchmark", metavar="BENCHMARK")
@click.option(
    "--data", type=FOLDER, required=True, envvar="PRIVACYSCAN_DATA", show_envvar=True, help="Folder of the corpora."
)
@click.option(
    "--show-errors",
    type=click.IntRange(min=0),
    default=0,
    show_default=True,
    help="Print this many wrong answers (of each practice) with quotes and decisions.",
)
def evaluate(benchmark: str, data: Path, show_errors: int) -> None:
    """Measure the scanner on a labelled corpus.

    Counts states of whole policies (gold), or precision and recall on passages
    (app350, gdpr200, appcp100, capp130, opp115).
    """
    # Imported here: a scan needs none of it.
    from privacyscan.learning import evaluation

    if benchmark not in evaluation.BENCHMARKS:
        raise WrongUsageError(f"no benchmark '{benchmark}'; there is {', '.join(evaluation.BENCHMARKS)}")
    try:
        with progress("passages") as advance:
            text = evaluation.evaluate(benchmark, data, Scanner(), show_errors=show_errors, on_progress=advance)
    except evaluation.BenchmarkError as error:
        fail(str(error))
    say(text)


@app.command(name="train")
@click.option("--output", "-o", type=FILE, help="Model file to write. Default: the one that ships.")
@click.option("--seeds", type=FOLDER, help="Folder with clauses/ and thesaurus/. Default: the one that ships.")
def train_command(output: Path | None, seeds: Path | None) -> None:
    """Fit the classifier anew (needs privacyscan[train]).

    Learns from the labelled clauses and writes the model file.
    """
    try:
        from privacyscan.learning import training
        from privacyscan.learning.seeds import SeedError
    except ImportError:
        fail("training needs scikit-learn: install privacyscan with its extra, pip install 'privacyscan[train]'")
    folder = seeds if seeds is not None else data_dir("seeds")
    target = output if output is not None else data_dir("models") / MODEL_NAME
    try:
        with progress("practices") as advance:
            training.train(folder, tuple(load_rules(examples=False).rules), target, on_progress=advance)
    except SeedError as error:
        fail(str(error))
    say(f"{target} written")


def main() -> NoReturn:
    """Run the command line; every expected failure is one line on standard error and exit code 2."""
    try:
        returned = app(prog_name="privacyscan", standalone_mode=False)
        sys.stdout.flush()
        code = returned if isinstance(returned, int) else EXIT_DONE
    except click.UsageError as error:
        note(f"privacyscan: {' '.join(error.format_message().split())} (see privacyscan --help)")
        code = EXIT_WRONG
    except (WrongUsageError, UnreadableSourceError, KnowledgeError, ModelError) as error:
        note(f"privacyscan: {error}")
        code = EXIT_WRONG
    except (KeyboardInterrupt, click.Abort):
        note("privacyscan: stopped")
        code = EXIT_INTERRUPTED
    except OSError as error:
        # Nobody can take the rest of the output; without this, Python would complain of it once more.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = EXIT_DONE
        if not isinstance(error, BrokenPipeError):
            note(f"privacyscan: the output can't be written ({error.strerror})")
            code = EXIT_WRONG
    sys.exit(code)


def _accepted(suppressions: Path | None) -> dict[str, str] | None:
    if suppressions is None:
        return None
    # Imported here: only SARIF takes them.
    from privacyscan.knowledge.suppressions import load_suppressions

    return load_suppressions(suppressions)


def _report_language(chosen: ReportLanguage | None, policy_language: str) -> ReportLanguage:
    if chosen is not None:
        return chosen
    return "ko" if policy_language == "ko" else "en"


def _refuse_overwriting(sources: Sequence[str], output: Path | None) -> None:
    """A report must not replace what it is made from."""
    if output is not None and any(
        Path(source).exists() and Path(source).samefile(output) for source in sources if output.exists()
    ):
        raise WrongUsageError(f"{output} is what the report is made from; name another file for it")


def _help_without_command(context: click.Context) -> None:
    if context.invoked_subcommand is None:
        say(context.get_help())
