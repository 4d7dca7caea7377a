"""What a form sent: read into memory within limits, never onto a disk."""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus
from typing import cast, get_args

from starlette.datastructures import FormData, UploadFile
from starlette.formparsers import MultiPartException, MultiPartParser
from starlette.requests import Request

from privacyscan.documents import Format
from privacyscan.knowledge.texts import ReportLanguage
from privacyscan.models import PASTED
from privacyscan.scanning.scanner import LanguageChoice
from privacyscan.web.problems import ProblemError
from privacyscan.web.settings import MAX_ADDRESS, MAX_FILE_BYTES, MAX_FORM_BYTES, MAX_NAME, MAX_TEXT_BYTES
from privacyscan.web.tasks import Output, Policy, examples

_MAX_FIELDS = 60


class _MemoryParser(MultiPartParser):
    """The parser without its habit of writing large files into a folder for temporary ones."""

    spool_max_size = MAX_FORM_BYTES


@dataclass(frozen=True)
class Form:
    """A form as it was sent; what is chosen from a list is one of that list."""

    policies: tuple[Policy, ...]
    language: LanguageChoice = "auto"
    report_language: ReportLanguage | None = None
    output: Output = "page"
    adding: bool = False


async def read_form(request: Request, count: int = 1) -> Form:
    """Return the form with its ``count`` policies. Raises ``ProblemError`` where it is too large or damaged."""
    if not request.headers.get("content-type", "").startswith("multipart/form-data"):
        raise ProblemError("not_a_form", HTTPStatus.UNSUPPORTED_MEDIA_TYPE)
    # Browsers send line breaks of texts as CR LF: a text of nothing else doubles.
    limit = 2 * MAX_TEXT_BYTES
    parser = _MemoryParser(
        request.headers, request.stream(), max_files=count, max_fields=_MAX_FIELDS, max_part_size=limit
    )
    try:
        data = await parser.parse()
    except MultiPartException as error:
        # The only limit a person can meet by hand is that of the text.
        if "maximum size" in error.message:
            raise ProblemError("text_too_long", HTTPStatus.REQUEST_ENTITY_TOO_LARGE) from None
        raise ProblemError("not_a_form", HTTPStatus.BAD_REQUEST) from None
    try:
        return Form(
            policies=tuple([await _policy(data, number) for number in range(count)]),
            language=cast(LanguageChoice, _chosen(data, "language", get_args(LanguageChoice))),
            report_language=_report_language(_text(data, "report_language")),
            output=cast(Output, _chosen(data, "output", get_args(Output))),
            adding=bool(_text(data, "adding")),
        )
    finally:
        await data.close()


def needs_policies(policies: tuple[Policy, ...], count: int) -> None:
    """Raise ``ProblemError`` where fewer than ``count`` policies were given."""
    if sum(policy.given for policy in policies) < count:
        raise ProblemError("empty" if count == 1 else "too_few", HTTPStatus.UNPROCESSABLE_ENTITY)


def example_policy(name: str, service: str | None = None) -> Policy:
    """Return the example ``name`` as a policy."""
    return Policy(example=name, name=examples()[name].name, service=service)


async def _policy(data: FormData, number: int) -> Policy:
    suffix = str(number) if number else ""
    service = _text(data, "service" + suffix).strip()[:MAX_NAME] or None
    example = _text(data, "example" + suffix)
    if _text(data, "without" + suffix):
        return Policy()
    if example in examples():
        return example_policy(example, service)
    file = data.get("file" + suffix)
    if isinstance(file, UploadFile) and file.filename:
        content = await file.read(MAX_FILE_BYTES + 1)
        if len(content) > MAX_FILE_BYTES:
            raise ProblemError("file_too_large", HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
        if not content:
            raise ProblemError("empty_file", HTTPStatus.UNPROCESSABLE_ENTITY)
        return Policy(data=content, name=file.filename[-MAX_NAME:], service=service)
    # No page can hold a NUL, and the text must come back from one the same.
    text = _text(data, "text" + suffix).replace("\r\n", "\n").replace("\x00", "")
    if len(text.encode("utf-8", "replace")) > MAX_TEXT_BYTES:
        raise ProblemError("text_too_long", HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
    name = _text(data, "name" + suffix)[:MAX_ADDRESS] or PASTED
    format = cast(Format, _chosen(data, "format" + suffix, get_args(Format)))
    return Policy(text=text, name=name, service=service, format=format, url=address_in(_text(data, "url" + suffix)))


def address_in(text: str) -> str:
    """Return what was typed as an address; people leave out its beginning."""
    address = text.strip()[:MAX_ADDRESS]
    return address if not address or "://" in address else f"https://{address}"


def _text(data: FormData, key: str) -> str:
    value = data.get(key)
    return value if isinstance(value, str) else ""


def _report_language(value: str) -> ReportLanguage | None:
    """The language chosen in the form; without one, that of the page holds."""
    return "ko" if value == "ko" else "en" if value == "en" else None


def _chosen(data: FormData, key: str, choices: tuple[str, ...]) -> str:
    """The value of a list, or its first where something else was sent."""
    value = _text(data, key)
    return value if value in choices else choices[0]
