"""SARIF: valid by the official schema, places that hold in the source file, ids that stay, hostile text."""

import hashlib
import html
import json
import os
import re
import subprocess
import sys

import pytest
from sarif_kit.validate import validation_errors

from privacyscan.documents import read_original, read_text
from privacyscan.models import Original, State
from privacyscan.reporters.sarif import render_report_sarif, reported
from tests.conftest import EXAMPLES, ROOT

NAMES = ["lumenqiao.en", "harborwrite.en", "mirinae.ko", "dodamnote.ko", "xingheyu.zh"]
STATED = "We collect your IP address. We may record your keystrokes if you agree. We sell your personal data."
DENIED = "We never sell your data. You cannot delete your account or your personal data."
PAGE = """<!doctype html><html><head><title>Privacy Policy</title>
<script>var copy = "We collect your IP address and we sell it.";</script></head><body>
<nav><a href="/">IP address</a></nav><main><h1>Privacy Policy</h1>
<p>We collect <b>your&nbsp;IP&#32;address</b> &amp; we
  sell your <!-- --><a href="/data?a=1&amp;b=2" title="x">personal data</a> to advertisers.</p>
<table><tr><th>What</th><th>Why</th></tr><tr><td>Keystroke patterns</td><td>We record keystrokes</td></tr></table>
</main></body></html>
"""


def sarif(scanner, text, *, source="policy.md", format="markdown", report_lang="en", suppressions=None):
    report = scanner.scan_document(read_text(text, source=source, format=format), language="en", service="Quill")
    original = Original(text=text, sha256=hashlib.sha256(text.encode()).hexdigest())
    log = json.loads(render_report_sarif(report, scanner.rules, report_lang, original, suppressions))
    assert validation_errors(log) == []
    return log["runs"][0]


def quotes(run, text):
    """What stands at each result's place in the source, and what it quotes."""
    lines = text.split("\n")
    for result in run["results"]:
        region = result["locations"][0]["physicalLocation"]["region"]
        part = lines[region["startLine"] - 1 : region["endLine"]]
        part[-1] = part[-1][: region["endColumn"] - 1]
        part[0] = part[0][region["startColumn"] - 1 :]
        yield "\n".join(part), region["snippet"]["text"]


def words(text):
    return re.sub(r"[\W_]+", "", html.unescape(re.sub(r"<[^<>]*>|\]\([^()]*\)", "", text)))


def states(run):
    return {(result["ruleId"], result["properties"]["state"]): result["level"] for result in run["results"]}


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("language", ["en", "ko"])
def test_the_examples_are_valid_and_every_place_holds_its_quote(scanner, name, language):
    document, original = read_original(str(EXAMPLES / f"{name}.md"))
    report = scanner.scan_document(document)
    log = json.loads(render_report_sarif(report, scanner.rules, language, original))
    assert validation_errors(log) == []
    found = list(quotes(log["runs"][0], original.text))
    assert len(found) == len(reported(report, scanner.rules)) > 5
    for there, quote in found:
        assert words(there) == words(quote)
        assert there[0] == quote[0]


def test_places_hold_in_plain_text_with_other_line_ends(scanner):
    wrapped = "We sell your personal data to other\r\ncompanies, and they may use them to\r\nshow you advertisements."
    text = f"Privacy Policy\r\n\r\n{STATED}\r\n\r\nMore\r\n\r\n{wrapped}\r\n"
    found = list(quotes(sarif(scanner, text, source="policy.txt", format="plain"), text))
    assert len(found) >= 4
    assert wrapped in [there for there, _ in found]


def test_places_hold_in_html(scanner):
    found = list(quotes(sarif(scanner, PAGE, source="policy.html", format="html"), PAGE))
    assert any(there.startswith("We collect <b>your&nbsp;IP") and "<!-- -->" in there for there, _ in found)
    assert any("</td><td>" in there for there, _ in found)
    for there, quote in found:
        assert words(there) == words(quote)


def test_columns_count_code_points(scanner):
    run = sarif(scanner, "🦊🦊 **We sell** your [personal data](https://a.example/(x).\n")
    assert run["columnKind"] == "unicodeCodePoints"
    region = run["results"][0]["locations"][0]["physicalLocation"]["region"]
    assert (region["startLine"], region["startColumn"]) == (1, 1)


def test_a_quote_that_is_not_in_the_file_has_no_place_and_stays_readable(scanner):
    report = scanner.scan_text("We sell your personal data.", language="en", source="policy.md")
    original = Original(text="Something else.", sha256="0" * 64)
    log = json.loads(render_report_sarif(report, scanner.rules, "en", original))
    assert validation_errors(log) == []
    result = log["runs"][0]["results"][0]
    assert result["locations"] == [{"physicalLocation": {"artifactLocation": {"uri": "policy.md", "index": 0}}}]
    assert result["properties"]["quote"] == "We sell your personal data."


def test_levels_follow_concern_and_state(scanner):
    levels = states(sarif(scanner, STATED))
    assert levels["ip_address", "affirmed"] == "warning"
    assert levels["keystroke_dynamics", "conditional"] == "warning"
    assert levels["sale_of_data", "affirmed"] == "error"


def test_protections_that_are_denied_are_told_and_risks_that_are_denied_are_not(scanner):
    levels = states(sarif(scanner, DENIED))
    assert levels["right_to_delete", "denied"] == "warning"
    assert ("sale_of_data", "denied") not in levels


def test_both_sides_of_a_contradiction_are_told(scanner):
    report = scanner.scan_text("We sell your personal data. We do not sell your personal data.", language="en")
    assert report.practices["sale_of_data"].state is State.CONTRADICTORY
    run = sarif(scanner, "We sell your personal data.\n\nWe do not sell your personal data.\n")
    sale = [result for result in run["results"] if result["ruleId"] == "sale_of_data"]
    assert {result["properties"]["state"] for result in sale} == {"affirmed", "denied"}
    for result in sale:
        assert result["level"] == "warning"
        assert "Contradicts itself" in result["message"]["text"]


def test_every_practice_is_a_rule_in_both_languages(scanner):
    run = sarif(scanner, STATED)
    rules = run["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == list(scanner.rules.rules)
    for rule in rules:
        own = scanner.rules.rules[rule["id"]]
        for kind in ("text", "markdown"):
            english, korean = (rule["help"][kind].index(own.text[code].advice) for code in ("en", "ko"))
            assert english < korean
        assert {own.category, own.polarity} <= set(rule["properties"]["tags"])
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]


def test_messages_speak_the_language_of_the_report_and_quote_nothing(scanner):
    hostile = "We sell your personal data to [click](1) {0} partners."
    for language, word in (("en", "Says it does"), ("ko", "명시")):
        run = sarif(scanner, hostile, report_lang=language)
        assert run["language"] == language
        text = next(result["message"]["text"] for result in run["results"] if result["ruleId"] == "sale_of_data")
        assert word in text
        assert "click" not in text


def test_ids_stay_when_a_paragraph_comes_before(scanner):
    def ids(run):
        return [result["partialFingerprints"]["privacyscan/v1"] for result in run["results"]]

    before, after = sarif(scanner, STATED), sarif(scanner, "Welcome to our pages.\n\n" + STATED)
    assert ids(before) == ids(after) != []
    first = [run["results"][0]["locations"][0]["physicalLocation"]["region"]["startLine"] for run in (before, after)]
    assert first == [1, 3]


def test_accepted_findings_are_suppressed_with_their_reason(scanner):
    plain = sarif(scanner, STATED)
    assert all("suppressions" not in result for result in plain["results"])
    chosen = plain["results"][0]["partialFingerprints"]["privacyscan/v1"]
    first, *others = sarif(scanner, STATED, suppressions={chosen: "Agreed with legal."})["results"]
    assert first["suppressions"] == [{"kind": "external", "status": "accepted", "justification": "Agreed with legal."}]
    assert others
    assert all(result["suppressions"] == [] for result in others)


def test_a_text_nobody_could_judge_is_not_clean(scanner):
    run = sarif(scanner, "Buy milk.")
    assert run["results"] == []
    assert run["properties"]["grade"] == "N/A"
    notes = run["invocations"][0]["toolExecutionNotifications"]
    assert ("too_short", "warning") in [(item["descriptor"]["id"], item["level"]) for item in notes]


@pytest.mark.parametrize(
    ("source", "uri"),
    [
        ("policies/our policy#2.md", "policies/our%20policy%232.md"),
        ("./a:b.md", "a%3Ab.md"),
        ("/srv/정책.md", "file:///srv/%EC%A0%95%EC%B1%85.md"),
        ("https://a.example/privacy?lang=en#top", "https://a.example/privacy?lang=en#top"),
        ("https://a.example/개인%20정보", "https://a.example/%EA%B0%9C%EC%9D%B8%20%EC%A0%95%EB%B3%B4"),
        ("-", "-"),
        ("not\udcffutf8.md", "not%FFutf8.md"),
    ],
)
def test_sources_are_uris(scanner, source, uri):
    run = sarif(scanner, STATED, source=source)
    assert run["artifacts"][0]["location"]["uri"] == uri
    assert {result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] for result in run["results"]} == {uri}


HOSTILE = {
    "null bytes": "We sell\x00your\x00\x00personal data.",
    "bidi": "\u202eWe sell\u202c your \u2066personal\u2069 data.",
    "invisible": "We\u200b sell\ufeff your per\u00adsonal data.",
    "long line": "Nothing to see here, " * 500 + "and then. We sell your personal data.",
    "markup": "We **sell** your [personal data](javascript:alert(1)) \\& `more`.",
    "tags": "We <b onclick='x'>sell</b> your <i>personal data</i>.",
    "open tags": "<a <a <script " * 3000 + "\n\nWe sell your personal data.",
    "open links": "](" * 3000 + "\n\nWe sell your personal data.",
    "quotes": 'We sell your "personal data"\\u0000 \u2028 \x7f.',
    "decomposed": "We sell your personal data, re\u0301sume\u0301s too. We sell your personal data.",
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
@pytest.mark.parametrize("format", ["plain", "markdown", "html"])
def test_hostile_text_stays_valid_and_in_its_place(scanner, text, format):
    run = sarif(scanner, text, format=format)
    lines = text.split("\n")
    for result in run["results"]:
        place = result["locations"][0]["physicalLocation"]
        if "region" in place:
            region = place["region"]
            assert 1 <= region["startLine"] <= region["endLine"] <= len(lines)
            assert 1 <= region["endColumn"] <= len(lines[region["endLine"] - 1]) + 1
            assert lines[region["startLine"] - 1][region["startColumn"] - 1] == region["snippet"]["text"][0]


@pytest.mark.parametrize("kind", ["null bytes", "bidi", "invisible", "long line", "tags", "decomposed"])
def test_hostile_text_is_found_where_it_stands(scanner, kind):
    run = sarif(scanner, HOSTILE[kind])
    sale = [result for result in run["results"] if result["ruleId"] == "sale_of_data"]
    assert sale
    assert all("region" in result["locations"][0]["physicalLocation"] for result in sale)


def test_decomposed_hangul_is_found(scanner):
    import unicodedata

    text = unicodedata.normalize("NFD", (EXAMPLES / "mirinae.ko.md").read_text(encoding="utf-8"))
    report = scanner.scan_text(text, source="mirinae.md", format="markdown")
    original = Original(text=text, sha256="0" * 64)
    run = json.loads(render_report_sarif(report, scanner.rules, "ko", original))["runs"][0]
    for there, quote in quotes(run, text):
        assert words(unicodedata.normalize("NFC", there)) == words(quote)


def run_cli(*arguments, stdin=None, cwd=ROOT):
    return subprocess.run(
        [sys.executable, "-m", "privacyscan", *map(str, arguments)],
        input=stdin,
        capture_output=True,
        cwd=cwd,
        env={**os.environ, "PYTHONIOENCODING": "utf-8"},
        timeout=120,
        check=False,
    )


def test_the_command_line_writes_sarif(tmp_path):
    result = run_cli("scan", "examples/lumenqiao.en.md", "--format", "sarif", "-o", tmp_path / "out.sarif")
    assert result.returncode == 0, result.stderr
    log = json.loads((tmp_path / "out.sarif").read_text(encoding="utf-8"))
    assert validation_errors(log) == []
    artifact = log["runs"][0]["artifacts"][0]
    assert artifact["location"]["uri"] == "examples/lumenqiao.en.md"
    assert artifact["hashes"]["sha-256"] == hashlib.sha256((EXAMPLES / "lumenqiao.en.md").read_bytes()).hexdigest()


def test_standard_input_has_places_too():
    result = run_cli(
        "scan", "-", "--policy-lang", "en", "--format", "sarif", stdin=b"\n\nWe sell your personal data.\n"
    )
    results = json.loads(result.stdout)["runs"][0]["results"]
    assert {item["locations"][0]["physicalLocation"]["region"]["startLine"] for item in results} == {3}


def test_the_command_line_suppresses(tmp_path, scanner):
    (tmp_path / "policy.md").write_text(STATED, encoding="utf-8")
    known = sarif(scanner, STATED)["results"][0]["partialFingerprints"]["privacyscan/v1"]
    listed = tmp_path / ".privacyscan-ignore.yaml"
    listed.write_text(
        f"- id: {known}\n  reason: Agreed.\n- {{id: f-0123456789ab, reason: Gone since.}}\n", encoding="utf-8"
    )
    arguments = ("scan", "policy.md", "--policy-lang", "en", "--format", "sarif", "--suppressions", listed.name)
    result = run_cli(*arguments, cwd=tmp_path)
    assert result.returncode == 0
    assert "f-0123456789ab" in result.stderr.decode()
    assert known not in result.stderr.decode()
    log = json.loads(result.stdout)
    assert validation_errors(log) == []
    results = log["runs"][0]["results"]
    assert [bool(item["suppressions"]) for item in results] == [True] + [False] * (len(results) - 1)
    assert run_cli(*arguments, "-o", listed.name, cwd=tmp_path).returncode == 2
    assert listed.read_text(encoding="utf-8").startswith("- id")


def test_suppressions_are_for_sarif_alone(tmp_path):
    listed = tmp_path / "listed.yaml"
    listed.touch()
    result = run_cli("scan", EXAMPLES / "lumenqiao.en.md", "--suppressions", listed)
    assert result.returncode == 2
    assert "--format sarif" in result.stderr.decode()


def test_a_comparison_is_no_sarif():
    result = run_cli("compare", *(EXAMPLES / f"{name}.md" for name in NAMES[:2]), "--format", "sarif")
    assert result.returncode == 2
    assert "sarif" in result.stderr.decode()
