"""The pages: paste, compare, the rulebook. Rendered here, working without a script."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from http import HTTPStatus
from importlib.util import find_spec
from typing import Any
from urllib.parse import quote, urlencode

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse
from msgspec.structs import astuple

from privacyscan._version import __version__
from privacyscan.comparison import MAX_POLICIES, MIN_POLICIES
from privacyscan.knowledge.rules import Rule, RuleSet
from privacyscan.knowledge.texts import ReportLanguage, load_texts
from privacyscan.models import PASTED, Category
from privacyscan.reporters.html import Frame, environment
from privacyscan.web.forms import Form, address_in, example_policy, needs_policies, read_form
from privacyscan.web.leaving import answer_to
from privacyscan.web.locality import is_local, may_fetch
from privacyscan.web.problems import ProblemError
from privacyscan.web.settings import MAX_ADDRESS, MAX_FILE_BYTES
from privacyscan.web.static import addresses
from privacyscan.web.tasks import Output, Policy, Task, examples

router = APIRouter(include_in_schema=False)
_MEDIA: dict[Output, tuple[str, str]] = {
    "html": ("text/html; charset=utf-8", "html"),
    "markdown": ("text/markdown; charset=utf-8", "md"),
    "json": ("application/json", "json"),
    "pdf": ("application/pdf", "pdf"),
}


@router.get("/")
async def home(request: Request, url: str = "") -> Response:
    """Return the page with the box to paste into; an address that a link names is filled in, and not yet asked."""
    return _page(request, "home.html.j2", policy=Policy(url=address_in(url)))


@router.get("/report")
async def example(request: Request, example: str = "") -> Response:
    """Judge an example policy; of others there is no report to come back to."""
    if example not in examples():
        return RedirectResponse(f"{request.scope.get('root_path', '')}/?lang={language_of(request)}")
    form = Form(policies=(example_policy(example),))
    try:
        return await _result(request, form)
    except ProblemError as error:
        return _page(request, "home.html.j2", error)


@router.post("/report")
async def report(request: Request) -> Response:
    """Judge what was pasted, chosen or clicked, and answer with the report or one of its files."""
    form = await read_form(request)
    try:
        needs_policies(form.policies, 1)
        return await _result(request, form)
    except ProblemError as error:
        return _page(request, "home.html.j2", error, policy=form.policies[0], chosen=form.language)


@router.get("/compare")
async def compare_form(request: Request) -> Response:
    """Return the page with the boxes to compare."""
    return _page(request, "compare_form.html.j2")


@router.post("/compare")
async def compare(request: Request) -> Response:
    """Compare two to five policies, or take those at hand into the first boxes."""
    form = await read_form(request, count=MAX_POLICIES)
    given = tuple(policy for policy in form.policies if policy.given)
    try:
        if form.adding:
            return _page(request, "compare_form.html.j2", policies=given, chosen=form.language)
        needs_policies(given, MIN_POLICIES)
        return await _result(request, replace(form, policies=given))
    except ProblemError as error:
        # In their boxes, empty ones too: what is told to be missing is missing there.
        return _page(request, "compare_form.html.j2", error, policies=form.policies, chosen=form.language)


@router.get("/rules")
async def rules(request: Request, q: str = "") -> Response:
    """Return the rulebook, or what of it holds all the words of ``q``."""
    known: RuleSet = request.app.state.rules
    language = language_of(request)
    words = q[:200].casefold().split()
    found = [rule for rule in known.rules.values() if all(word in _haystack(rule, language) for word in words)]
    areas = [(category, [rule for rule in found if rule.category is category]) for category in Category]
    return _page(request, "rules.html.j2", q=q[:200], count=len(found), areas=[area for area in areas if area[1]])


@router.get("/rules/{practice}")
async def rule(request: Request, practice: str) -> Response:
    """Return one practice: why it matters, what is looked for, examples, law."""
    known: RuleSet = request.app.state.rules
    if practice not in known.rules:
        raise ProblemError("not_found", HTTPStatus.NOT_FOUND)
    return _page(request, "rule.html.j2", rule=known.rules[practice])


def error_page(request: Request, error: ProblemError) -> Response:
    """Return the page that says why a request can't be answered."""
    return _page(request, "error.html.j2", error)


def language_of(request: Request) -> ReportLanguage:
    """Return the language of the pages: the one switched to, else the browser's first of ours, else English."""
    switched = request.query_params.get("lang")
    if switched in ("en", "ko"):
        return "ko" if switched == "ko" else "en"
    ranked: list[tuple[float, str]] = []
    for item in request.headers.get("accept-language", "").split(",")[:20]:
        tag, _, weight = item.strip().partition(";q=")
        try:
            ranked.append((-float(weight or 1), tag.split("-")[0].lower()))
        except ValueError:
            continue
    # Sorting is stable: of equal weights the one named first wins.
    for _, tag in sorted(ranked, key=lambda pair: pair[0]):
        if tag in ("en", "ko"):
            return "ko" if tag == "ko" else "en"
    return "en"


async def _result(request: Request, form: Form) -> Response:
    if any(policy.url for policy in form.policies) and not may_fetch(request):
        raise ProblemError("fetch_off", HTTPStatus.FORBIDDEN)
    compared = len(form.policies) > 1
    language = form.report_language or language_of(request)
    task = Task(
        policies=form.policies,
        output=form.output,
        language=form.language,
        report_language=language,
        compared=compared,
        made="offline" if is_local(request) else "web.made",
        shown={
            **_shown(request),
            "lang": language,
            "compared": compared,
            "chosen": form.language,
            **_link(form.policies, language),
        },
    )
    content = await answer_to(request, task)
    if form.output == "page":
        return HTMLResponse(content)
    media, suffix = _MEDIA[form.output]
    stem = "comparison" if compared else "report"
    name = form.policies[0].service if not compared else None
    disposition = f"attachment; filename=\"{stem}.{suffix}\"; filename*=UTF-8''{quote(name or stem, safe='')}.{suffix}"
    return Response(content, media_type=media, headers={"Content-Disposition": disposition})


def _link(policies: tuple[Policy, ...], language: ReportLanguage) -> dict[str, Any]:
    """What leads to this result again, and whether it does so by itself: a text is in no link."""
    (first, *others) = policies
    address = first.url or (first.name if "://" in first.name else "")
    known = {} if others else {"example": first.example} if first.example else {"url": address} if address else {}
    path = "/compare" if others else "/report" if first.example else "/"
    return {"link": f"{path}?{urlencode({**known, 'lang': language})}", "again": "example" in known}


def _page(request: Request, template: str, error: ProblemError | None = None, **values: Any) -> Response:
    texts = load_texts(language_of(request))
    known: RuleSet = request.app.state.rules
    boxes = (*values.pop("policies", ()), *[Policy()] * MAX_POLICIES)[:MAX_POLICIES]
    content = (
        environment()
        .get_template(f"web/{template}")
        .render(
            {"policy": Policy(), "policies": boxes, "fewest": MIN_POLICIES, "chosen": "auto", **values},
            max_file=MAX_FILE_BYTES,
            pasted=PASTED,
            t=texts,
            frame=Frame(shown=_shown(request)),
            examples=_examples(),
            total=len(known.rules),
            alert=error.wording(texts) if error else "",
        )
    )
    status, headers = (error.status, error.headers) if error else (HTTPStatus.OK, {})
    return HTMLResponse(content, status, headers)


def _shown(request: Request) -> dict[str, Any]:
    """What the layout of every page needs, in a form that can go to a worker."""
    language = language_of(request)
    # A page that a form led to has no address of its own; its switch posts the form again.
    path = request.url.path if request.method == "GET" else "/compare" if request.url.path == "/compare" else "/"
    return {
        "base": request.scope.get("root_path", ""),
        "path": path.removeprefix(request.scope.get("root_path", "")),
        "query": {key: request.query_params[key][:MAX_ADDRESS] for key in ("q", "url") if key in request.query_params},
        "lang": language,
        "local": is_local(request),
        "fetch": may_fetch(request),
        "files": addresses(),
        "most": MAX_POLICIES,
        "version": __version__,
        "pdf": find_spec("weasyprint") is not None,
    }


@cache
def _examples() -> tuple[tuple[str, str, str], ...]:
    """The example policies: name, language, title."""
    return tuple(
        (name, name.rpartition(".")[2], path.read_text("utf-8").splitlines()[0].lstrip("# "))
        for name, path in examples().items()
    )


def _haystack(rule: Rule, language: ReportLanguage) -> str:
    text = rule.text[language]
    laws = [f"{item.law} {item.article}" for item in rule.references]
    own = rule.examples.get(language)
    cases = [case for group in astuple(own) for case in group] if own else []
    return "\n".join((rule.id, text.title, text.why, text.advice, *laws, *cases)).casefold()
