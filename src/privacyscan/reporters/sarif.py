"""SARIF 2.1.0: a result for every sentence that matters to a reader, for code scanning and editors."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import quote

from privacyscan.knowledge.rules import Rule, RuleSet
from privacyscan.knowledge.texts import ReportLanguage, load_texts
from privacyscan.models import Finding, Original, Polarity, Report, Severity, State, Strength
from privacyscan.reporters.places import Places
from privacyscan.reporters.telling import tell

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_FINGERPRINT = "privacyscan/v1"
# Numbers that platforms cut into bands (from 0.1 low, 4 medium, 7 high, 9 critical): one inside each band.
_SECURITY_SEVERITY = {
    Severity.INFO: "0.0",
    Severity.LOW: "2.0",
    Severity.MEDIUM: "5.5",
    Severity.HIGH: "8.0",
    Severity.CRITICAL: "9.5",
}
# What an address may hold as it stands; what is escaped in it already stays so.
_ADDRESS_SAFE = ":/?#[]@!$&'()*+,;=%~"

_Json = dict[str, Any]


def render_report_sarif(
    report: Report,
    rules: RuleSet,
    language: ReportLanguage,
    original: Original,
    suppressions: Mapping[str, str] | None = None,
) -> str:
    """Return the report as a SARIF log; places are those in ``original``, which the report's document was read from.

    ``suppressions`` are reasons by finding id. Where they are given, every
    result says whether it is suppressed.
    """
    log = {"$schema": _SCHEMA, "version": "2.1.0", "runs": [_run(report, rules, language, original, suppressions)]}
    return json.dumps(log, ensure_ascii=False, indent=2) + "\n"


def reported(report: Report, rules: RuleSet) -> tuple[Finding, ...]:
    """Return the findings that become results: risks that are stated, protections that are denied."""
    return tuple(finding for finding in report.findings if _level(finding, report, rules) is not None)


def _run(
    report: Report,
    rules: RuleSet,
    language: ReportLanguage,
    original: Original,
    suppressions: Mapping[str, str] | None,
) -> _Json:
    uri = _uri(report.document.source)
    places = Places(original.text, report.document)
    results = []
    for finding in reported(report, rules):
        result = _result(finding, report, rules, language)
        _place(result, finding, places, uri)
        if suppressions is not None:
            result["suppressions"] = [
                {"kind": "external", "status": "accepted", "justification": reason}
                for reason in [suppressions.get(finding.id)]
                if reason is not None
            ]
        results.append(result)
    return {
        "tool": {
            "driver": {
                "name": "privacyscan",
                "semanticVersion": report.tool_version,
                "language": "en",
                "rules": [_descriptor(rule) for rule in rules.rules.values()],
                "properties": {"rulesetDigest": report.ruleset_digest},
            }
        },
        "language": language,
        "columnKind": "unicodeCodePoints",
        "invocations": [
            {
                "executionSuccessful": True,
                "toolExecutionNotifications": list(_notifications(report, rules, language)),
            }
        ],
        "artifacts": [
            {
                "location": {"uri": uri},
                "roles": ["analysisTarget"],
                "hashes": {"sha-256": original.sha256},
                "properties": {"textSha256": report.document.sha256, "language": report.document.language},
            }
        ],
        "results": results,
        "properties": {
            "service": report.service,
            "grade": report.score.grade.value,
            "exposure": report.score.exposure,
            "transparency": report.score.transparency,
        },
    }


def _descriptor(rule: Rule) -> _Json:
    english = rule.text["en"]
    return {
        "id": rule.id,
        "name": "".join(part.capitalize() for part in rule.id.split("_")),
        "shortDescription": {"text": english.title},
        "fullDescription": {"text": english.why},
        "defaultConfiguration": {"level": _rule_level(rule)},
        "help": {"text": "\n\n".join(_help(rule, "en", "ko")), "markdown": "\n\n".join(_help_markdown(rule))},
        "properties": {
            # A category may be named like a polarity, and tags are a set.
            "tags": list(dict.fromkeys(("privacy", rule.category.value, rule.polarity.value))),
            "severity": rule.severity.value,
            "security-severity": _SECURITY_SEVERITY[rule.severity],
            "weight": rule.weight,
        },
    }


def _help(rule: Rule, *languages: ReportLanguage) -> Iterator[str]:
    for language in languages:
        text = rule.text[language]
        yield from (text.title, text.why, text.advice)


def _help_markdown(rule: Rule) -> Iterator[str]:
    for language in ("en", "ko"):
        texts, (title, why, advice) = load_texts(language), _help(rule, language)
        yield f"## {title}"
        yield f"**{texts('sections.why')}** {why}"
        yield f"**{texts('sections.actions')}** {advice}"


def _rule_level(rule: Rule) -> str:
    """The level of a sentence that does what the rule looks out for, with nothing that softens it."""
    if rule.polarity is Polarity.PROTECTION:
        return "warning"
    levels = {Severity.CRITICAL: "error", Severity.HIGH: "error", Severity.MEDIUM: "warning"}
    return levels.get(rule.severity, "note")


def _level(finding: Finding, report: Report, rules: RuleSet) -> str | None:
    """The level of a finding, or nothing where it is good news or no news."""
    rule, overall = rules.rules[finding.practice], report.practices[finding.practice].state
    level = _rule_level(rule)
    if rule.polarity is Polarity.PROTECTION:
        # A denial of narrower scope ("we can't delete invoices") does not take a protection away.
        denied = finding.state is State.DENIED and overall in (State.DENIED, State.CONTRADICTORY)
        return level if denied else None
    if overall is State.DENIED:
        # Another statement of the policy prevails over what this one affirms.
        return None if finding.state is State.DENIED else "note"
    if overall is State.CONTRADICTORY:
        # Both sides are shown, and neither is certain.
        return "warning" if level == "error" else level
    if finding.state is State.DENIED:
        return None
    return "warning" if finding.state is State.CONDITIONAL and level == "error" else level


def _result(finding: Finding, report: Report, rules: RuleSet, language: ReportLanguage) -> _Json:
    overall = report.practices[finding.practice].state
    return {
        "ruleId": finding.practice,
        "ruleIndex": list(rules.rules).index(finding.practice),
        "level": _level(finding, report, rules),
        "message": {"text": _message(finding, overall, rules.rules[finding.practice], language)},
        "partialFingerprints": {_FINGERPRINT: finding.id},
        "properties": {
            "state": finding.state.value,
            "policyState": overall.value,
            "strength": finding.strength.value,
            "confidence": finding.confidence,
            "reasons": [reason.model_dump(mode="json") for reason in finding.reasons],
            "voices": finding.voices.model_dump(mode="json"),
        },
    }


def _message(finding: Finding, overall: State, rule: Rule, language: ReportLanguage) -> str:
    """The practice, its state, and the sentence about it; no word of the policy, which could pose as a link."""
    texts = load_texts(language)
    title = rule.text[language].title
    state = State.CONTRADICTORY if overall is State.CONTRADICTORY else finding.state
    hedged = finding.strength is Strength.HEDGED
    words = [title, texts(f"states.{state}.chip"), *([texts("strength.hedged")] if hedged else [])]
    form = "hedged" if hedged and state is State.AFFIRMED else state.value
    return f"{' · '.join(words)}: {texts.sentence(rule.id, form, title)}"


def _place(result: _Json, finding: Finding, places: Places, uri: str) -> None:
    """Say where the quote stands. Without a line SARIF allows no region, so the quote goes into the properties."""
    physical: _Json = {"artifactLocation": {"uri": uri, "index": 0}}
    region = places.find(finding.start, finding.end)
    if region is None:
        result["properties"]["quote"] = finding.quote
    else:
        physical["region"] = {
            "startLine": region.start_line,
            "startColumn": region.start_column,
            "endLine": region.end_line,
            "endColumn": region.end_column,
            "snippet": {"text": finding.quote},
        }
    result["locations"] = [{"physicalLocation": physical}]


def _notifications(report: Report, rules: RuleSet, language: ReportLanguage) -> Iterator[_Json]:
    """What a reader must know of the run: a text that nobody could judge has no results, and is not clean."""
    story = tell(report, rules, language)
    for notice, line in zip(report.notices, story.notices, strict=True):
        yield {"descriptor": {"id": notice.code}, "level": "note", "message": {"text": line}}
    if report.score.reason is not None:
        text = " ".join(story.lead)
        yield {"descriptor": {"id": report.score.reason.code}, "level": "warning", "message": {"text": text}}


def _uri(source: str) -> str:
    """The source as a URI: an address as it is, a relative path relative, an absolute one with file:."""
    if re.match(r"https?://", source, re.IGNORECASE):
        return quote(source, safe=_ADDRESS_SAFE)
    path = Path(source)
    return path.as_uri() if path.is_absolute() else quote(os.fsencode(path.as_posix()))
