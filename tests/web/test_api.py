"""The API keeps its word: the contract, clear problems, and no answer to other origins."""

import pytest
from jsonschema import Draft202012Validator

from privacyscan import compare
from privacyscan.reporters.json import render_json
from privacyscan.web.settings import MAX_FORM_BYTES, MAX_TEXT_BYTES
from tests.conftest import EXAMPLES
from tests.web.conftest import form

LUMEN = (EXAMPLES / "lumenqiao.en.md").read_text("utf-8")
MIRINAE = (EXAMPLES / "mirinae.ko.md").read_text("utf-8")


@pytest.fixture(scope="module")
def description(served):
    return served.get("/api/v1/openapi.json").json()


def check(description, path, answer):
    """The answer is one that the description tells of, in the shape it tells."""
    method = answer.request.method.lower()
    told = description["paths"][path][method]["responses"][str(answer.status_code)]["content"]
    kind = answer.headers["content-type"].split(";")[0]
    schema = {"components": description["components"], **told[kind]["schema"]}
    Draft202012Validator(schema).validate(answer.json())


def test_a_scan_is_what_the_command_line_writes(served, scanner):
    answer = served.post("/api/v1/scan", json={"text": LUMEN, "service": "Lumen"})
    assert answer.text == render_json(scanner.scan_text(LUMEN, service="Lumen"))


def test_a_comparison_is_what_the_command_line_writes(served, scanner):
    answer = served.post("/api/v1/compare", json={"documents": [{"text": LUMEN}, {"text": MIRINAE, "service": "M"}]})
    reports = [scanner.scan_text(LUMEN), scanner.scan_text(MIRINAE, service="M")]
    assert answer.text == render_json(compare(reports))


def test_the_answers_are_as_described(served, description):
    check(description, "/api/v1/scan", served.post("/api/v1/scan", json={"text": LUMEN, "language": "en"}))
    check(description, "/api/v1/compare", served.post("/api/v1/compare", json={"documents": [{"text": LUMEN}] * 2}))
    check(description, "/api/v1/rules", served.get("/api/v1/rules"))
    check(description, "/healthz", served.get("/healthz"))


def test_the_description_tells_of_every_field_and_no_other(served, description):
    schemas = description["components"]["schemas"]
    report = served.post("/api/v1/scan", json={"text": LUMEN}).json()
    parts = {"Report": report, "ReportDocument": report["document"], "Finding": report["findings"][0]}
    for name, part in parts.items():
        assert list(schemas[name]["properties"]) == schemas[name]["required"] == list(part)
    assert "Block" not in schemas
    assert {"ComparisonRow", "Disclosure", "Evidence", "Problem", "Rulebook"} <= schemas.keys()


def test_the_rules_are_all_there(served, rules):
    answer = served.get("/api/v1/rules").json()
    assert [item["id"] for item in answer["practices"]] == list(rules.rules)
    assert answer["ruleset_digest"] == rules.digest


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({}, "#/text"),
        ({"text": 3}, "#/text"),
        ({"text": "한" * (MAX_TEXT_BYTES // 3 + 1)}, "#/text"),
        ({"text": "x", "language": "de"}, "#/language"),
        ({"text": "x", "colour": "red"}, "#/colour"),
        ({"text": "x", "service": "y" * 121}, "#/service"),
        ([], "#/"),
    ],
)
def test_a_wrong_request_is_told_where_it_is_wrong(served, description, body, pointer):
    answer = served.post("/api/v1/scan", json=body)
    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["errors"][0]["pointer"] == pointer
    check(description, "/api/v1/scan", answer)
    assert "한한" not in answer.text


def test_what_can_not_be_compared_is_refused(served):
    answer = served.post("/api/v1/compare", json={"documents": [{"text": LUMEN}, {"text": ""}]})
    assert (answer.status_code, answer.json()["code"]) == (422, "not_comparable")


def test_broken_json_is_a_problem(served):
    for content in (b"{", b"\xff\xfe", b'{"text": "\\ud800"}', b"[" * 50_000):
        answer = served.post("/api/v1/scan", content=content, headers={"Content-Type": "application/json"})
        assert answer.status_code in (400, 422), content[:20]
        assert answer.json()["code"] == "invalid_request"


def test_unknown_addresses_and_methods_are_problems(served):
    assert served.get("/api/v1/nothing").json()["code"] == "not_found"
    answer = served.get("/api/v1/scan")
    assert (answer.status_code, answer.json()["code"], answer.headers["allow"]) == (405, "wrong_method", "POST")


@pytest.mark.parametrize(
    "address", ["/", "/compare", "/rules?q=ip", "/rules/ip_address", "/static/style.css", "/healthz", "/nothing"]
)
def test_head_is_get_without_the_body(served, address):
    whole, head = served.get(address), served.head(address)
    assert (head.status_code, head.content) == (whole.status_code, b"")
    assert whole.content
    kept = ("content-length", "content-type", "content-security-policy", "cache-control")
    assert [head.headers.get(name) for name in kept] == [whole.headers.get(name) for name in kept]


def test_head_where_nothing_can_be_got_is_refused(served):
    head = served.head("/api/v1/scan")
    assert (head.status_code, head.headers["allow"], head.content) == (405, "POST", b"")


def test_a_body_is_given_up_while_it_grows(served):
    def endless():
        for _ in range(MAX_FORM_BYTES // 65536 + 2):
            yield b"x" * 65536

    answer = served.post("/api/v1/scan", content=endless(), headers={"Content-Type": "application/json"})
    assert (answer.status_code, answer.json()["code"]) == (413, "body_too_large")
    assert served.get("/healthz").status_code == 200


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://elsewhere.example"},
        {"Origin": "null"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
    ],
)
def test_other_origins_are_refused(served, headers):
    assert served.post("/api/v1/scan", json={"text": "x"}, headers=headers).status_code == 403
    assert served.post("/report", files=form(text="x"), headers=headers).status_code == 403


def test_the_own_origin_is_heard(served):
    own = {"Origin": str(served.base_url).rstrip("/")}
    assert served.post("/api/v1/scan", json={"text": "x"}, headers=own).status_code == 200
    fetched = {"Origin": "null", "Sec-Fetch-Site": "same-origin"}
    assert served.post("/report", files=form(text="x"), headers=fetched).status_code == 200


@pytest.mark.parametrize(
    "path", ["/", "/rules", "/nothing", "/api/v1/rules", "/api/nothing", "/static/style.css", "/static/htmx.js"]
)
def test_every_answer_carries_the_headers(served, path):
    answer = served.get(path)
    policy = answer.headers["content-security-policy"]
    assert policy.startswith("default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'self';")
    assert "unsafe" not in policy.replace("style-src-attr 'unsafe-inline'", "")
    assert "frame-ancestors 'none'" in policy
    assert "http" not in policy
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["referrer-policy"] == "no-referrer"
    assert "set-cookie" not in answer.headers
    assert ("no-store" in answer.headers["cache-control"]) == (not path.startswith("/static/"))


HOSTILE = {
    "script": "<script>alert(1)</script><p onclick=alert(1)>We collect your name.</p>",
    "template": "{{ 7 * 7 }} {% for x in range(9**9) %}x{% endfor %} ${7*7} We collect your name.",
    "bidi": "We collect \u202eyour name\u202c and \u2066more\u2069.",
    "nulls": "We\x00 collect\x00 your name.",
    "line": "We collect your name and address, " * 800,
    "nested": "<div>" * 9_000 + "We collect your name." + "</div>" * 9_000,
    "quotes": "> " * 5000 + "We collect your name.",
    "table": "|a" * 5000 + "|\n" + "|-" * 5000 + "|\n",
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_hostile_texts_are_only_texts(served, kind):
    answer = served.post("/report", files=form(text=HOSTILE[kind], service="<b>x</b>"))
    assert answer.status_code == 200
    assert "<script>" not in answer.text
    assert "onclick=alert(1)>" not in answer.text
    assert "<b>x</b>" not in answer.text
    assert served.get("/healthz").status_code == 200
