"""What a worker process does: reads what was sent, judges it, and renders the answer."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from privacyscan.comparison import compare
from privacyscan.documents import Format, UnreadableSourceError, read_text, text_of
from privacyscan.documents.source import RawSource
from privacyscan.knowledge.rules import RuleSet
from privacyscan.knowledge.texts import ReportLanguage
from privacyscan.models import PASTED, Comparison, Report
from privacyscan.reporters.html import Frame, render_comparison_html, render_report_html
from privacyscan.reporters.json import render_json
from privacyscan.reporters.markdown import render_comparison_markdown, render_report_markdown
from privacyscan.reporters.pdf import render_pdf
from privacyscan.resources import data_dir
from privacyscan.scanning.scanner import LanguageChoice, Scanner
from privacyscan.web.settings import MAX_TEXT_BYTES

Output = Literal["page", "html", "markdown", "json", "pdf"]
# A text that could not be read has no states that could be compared.
_NOT_READ = ("empty", "unsupported_language", "mixed_languages")


class RefusedError(ValueError):
    """The worker will not judge this; ``code`` names the reason, the message says it in English."""

    def __init__(self, code: str, message: str = "") -> None:
        # Both are arguments of the exception, so that it comes whole out of the pipe.
        super().__init__(code, message)
        self.code = code
        self.message = message


@dataclass(frozen=True)
class Policy:
    """One policy as it was sent: a text, the bytes of a file, an address, or the name of an example."""

    text: str = ""
    data: bytes = b""
    example: str = ""
    name: str = PASTED
    service: str | None = None
    format: Format = "auto"
    url: str = ""
    content_type: str = ""

    @property
    def given(self) -> bool:
        """Whether there is anything to read."""
        return bool(self.text.strip() or self.data or self.example or self.url)


@dataclass(frozen=True)
class Task:
    """One or more policies to judge, and how to tell the result. ``shown`` goes to the layout of a page."""

    policies: tuple[Policy, ...]
    output: Output
    language: LanguageChoice = "auto"
    report_language: ReportLanguage = "en"
    compared: bool = False
    made: str = "offline"
    shown: Mapping[str, Any] = field(default_factory=dict)


def examples() -> dict[str, Path]:
    """Return the example policies by their names."""
    return {path.stem: path for path in sorted(data_dir("examples").glob("*.md"))}


def perform(task: Task, scanner: Scanner) -> bytes:
    """Return the rendered answer. Raises ``RefusedError``."""
    try:
        policies = [_opened(policy) for policy in task.policies]
        reports = [
            scanner.scan_document(
                read_text(policy.text, source=policy.name, format=policy.format),
                language=task.language,
                service=policy.service,
            )
            for policy in policies
        ]
    except UnreadableSourceError as error:
        raise RefusedError(error.code, str(error)) from None
    frame = Frame(made=task.made)
    if task.output == "page":
        shown = {**task.shown, "policies": [dataclasses.asdict(policy) for policy in policies]}
        frame = Frame("web/result.html.j2", task.made, shown)
    result: Report | Comparison = reports[0]
    if task.compared:
        if any(report.score.reason and report.score.reason.code in _NOT_READ for report in reports):
            raise RefusedError("not_comparable")
        result = compare(reports)
    return _rendered(result, scanner.rules, task, frame)


def _opened(policy: Policy) -> Policy:
    """The policy as text: a file is decoded, an example is looked up."""
    if policy.example:
        path = examples()[policy.example]
        return dataclasses.replace(policy, text=path.read_text("utf-8"), name=path.name, format="markdown")
    if not policy.data:
        return policy
    text, format = text_of(RawSource(policy.name, policy.data, policy.content_type))
    if len(text.encode("utf-8", "replace")) > MAX_TEXT_BYTES:
        raise RefusedError("text_too_long")
    return dataclasses.replace(policy, data=b"", text=text, format=format)


def _rendered(result: Report | Comparison, rules: RuleSet, task: Task, frame: Frame) -> bytes:
    language = task.report_language
    if task.output == "json":
        return render_json(result).encode()
    if task.output == "markdown":
        markdown = (
            render_report_markdown(result, rules, language, frame.made)
            if isinstance(result, Report)
            else render_comparison_markdown(result, rules, language)
        )
        return markdown.encode("utf-8", "replace")
    page = (
        render_report_html(result, rules, language, frame)
        if isinstance(result, Report)
        else render_comparison_html(result, rules, language, frame)
    )
    return render_pdf(page) if task.output == "pdf" else page.encode("utf-8", "replace")
