"""Joins the stages: the only module that knows their order."""

from __future__ import annotations

import hashlib
from pathlib import Path
from threading import Lock
from typing import Literal, cast

from msgspec.structs import replace

from privacyscan._version import __version__
from privacyscan.documents import Format, detect_language, guess_service, read_source, read_text
from privacyscan.documents.dating import stated_date
from privacyscan.documents.scope import scope_of
from privacyscan.knowledge.rules import RuleSet, load_rules
from privacyscan.knowledge.scales import said_at_large
from privacyscan.models import (
    PASTED,
    BlockKind,
    Clause,
    Coverage,
    Dismissed,
    Document,
    DocumentLanguage,
    ExtractedValue,
    Finding,
    Language,
    Notice,
    Report,
    ReportDocument,
)
from privacyscan.scanning.aggregation import summarise
from privacyscan.scanning.extraction import Extractor
from privacyscan.scanning.grammar import Grammar
from privacyscan.scanning.matching import Matcher
from privacyscan.scanning.resolution import resolve
from privacyscan.scanning.scoring import no_grade, score
from privacyscan.scanning.segmentation import segment
from privacyscan.scanning.voice import Classifier

LanguageChoice = Literal["auto", "en", "ko", "zh"]
# A second language with a smaller share than this is names and addresses, not a second text.
_SECOND_LANGUAGE_SHARE = 0.1


class Scanner:
    """Scans policies. Loads the rules once; may be used from several threads."""

    def __init__(
        self, rules: RuleSet | None = None, classifier: Classifier | Literal["shipped"] | None = "shipped"
    ) -> None:
        """Prepare a scanner with ``rules`` and a ``classifier`` (default: those that ship with the package).

        With ``classifier=None`` only rules judge, and every report says so.
        """
        self.rules = rules if rules is not None else load_rules(examples=False)
        self._classifier = _shipped() if classifier == "shipped" else classifier
        self._tools: dict[Language, tuple[Matcher, Grammar, Extractor]] = {}
        self._lock = Lock()

    def scan_text(
        self,
        text: str,
        *,
        language: LanguageChoice = "auto",
        service: str | None = None,
        source: str = PASTED,
        format: Format = "auto",
    ) -> Report:
        """Return the report on a policy given as text (plain, Markdown or HTML)."""
        return self.scan_document(read_text(text, source=source, format=format), language=language, service=service)

    def scan_file(self, path: str | Path, *, language: LanguageChoice = "auto", service: str | None = None) -> Report:
        """Return the report on a policy in a file, on stdin (``-``) or at an http(s) address.

        Raises ``UnreadableSourceError`` where it can't be read.
        """
        return self.scan_document(read_source(str(path)), language=language, service=service)

    def scan_document(
        self, document: Document, *, language: LanguageChoice = "auto", service: str | None = None
    ) -> Report:
        """Return the report on a document that was read already."""
        detected = detect_language(document)
        chosen = (
            detected if language == "auto" else DocumentLanguage(code=language, supported=True, shares=detected.shares)
        )
        named = service or guess_service(document)
        clauses: tuple[Clause, ...] = ()
        findings: tuple[Finding, ...] = ()
        dismissed: tuple[Dismissed, ...] = ()
        values: tuple[ExtractedValue, ...] = ()
        if chosen.supported:
            code = cast(Language, chosen.code)
            clauses, findings, dismissed = self._judge(document, code, named)
            values = self._tools_for(code)[2].extract(document, findings)
        practices = summarise(self.rules, document, findings)
        reason = no_grade(self.rules, chosen, document.text, practices)
        said = said_at_large(self.rules.scoring, chosen.code, document.text)
        result = score(self.rules, practices, reason, said)
        points = {item.practice: item.points for item in result.contributions if item.kind == "practice"}
        return Report(
            tool_version=__version__,
            ruleset_digest=self.rules.digest,
            service=named,
            document=ReportDocument(
                source=document.source,
                title=document.title,
                language=chosen.code,
                characters=len(document.text),
                sha256=hashlib.sha256(document.text.encode()).hexdigest(),
                text=document.text,
                blocks=document.blocks,
                stated_date=stated_date(document.text),
                scope=tuple(sorted(scope_of(document.title, named))),
            ),
            notices=tuple(self._notices(chosen, detected)),
            coverage=Coverage(
                clauses=len(clauses),
                sections=sum(block.kind is BlockKind.HEADING for block in document.blocks),
            ),
            practices={
                practice: replace(answer, contribution=points.get(practice, 0.0))
                for practice, answer in practices.items()
            },
            findings=findings,
            dismissed=dismissed,
            values=values,
            score=result,
        )

    def _judge(
        self, document: Document, language: Language, service: str
    ) -> tuple[tuple[Clause, ...], tuple[Finding, ...], tuple[Dismissed, ...]]:
        matcher, grammar, _ = self._tools_for(language)
        clauses = segment(document, self.rules.lexicons[language].abbreviations)
        texts = [clause.text for clause in clauses]
        # Asked first: a classifier in a process of its own answers while the rules match.
        predictions = self._classifier.predict(texts, language) if self._classifier and texts else None
        matches = matcher.match(clauses)
        findings, dismissed = resolve(self.rules, grammar, document, clauses, matches, matcher, predictions, service)
        return clauses, findings, dismissed

    def _tools_for(self, language: Language) -> tuple[Matcher, Grammar, Extractor]:
        with self._lock:
            if language not in self._tools:
                matcher = Matcher(self.rules, language)
                grammar = Grammar(self.rules.lexicons[language])
                self._tools[language] = matcher, grammar, Extractor(self.rules, language, matcher.excepted)
            return self._tools[language]

    def _notices(self, chosen: DocumentLanguage, detected: DocumentLanguage) -> list[Notice]:
        notices = []
        if self._classifier is None:
            notices.append(Notice(code="rules_only"))
        if chosen.code != detected.code:
            notices.append(Notice(code="language_forced", detail=detected.code))
        others = [
            (code, share) for code, share in detected.shares if code != chosen.code and share >= _SECOND_LANGUAGE_SHARE
        ]
        if others:
            detail = ", ".join(f"{code} {share:.0%}" for code, share in others)
            notices.append(Notice(code="mixed_languages", detail=detail))
        return notices


def _shipped() -> Classifier:
    # Imported here: it waits for numpy, which a scan with a classifier of its own may not need.
    from privacyscan.scanning.classification import shipped_classifier

    return shipped_classifier()
