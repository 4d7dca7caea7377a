"""Puts a report into the order a reporter would tell it in; no format, no judgement.

The terminal, Markdown and HTML reporters all tell this one story.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from math import fsum

from privacyscan.knowledge.citations import cite, cite_all
from privacyscan.knowledge.rules import Rule, RuleSet
from privacyscan.knowledge.texts import ReportLanguage, Texts, load_texts
from privacyscan.models import (
    Category,
    Contribution,
    Grade,
    NoGrade,
    Polarity,
    PracticeResult,
    Report,
    Score,
    Severity,
    State,
)
from privacyscan.reporters.closing import Closing
from privacyscan.reporters.marks import state_words
from privacyscan.reporters.naming import named_languages, spoken
from privacyscan.reporters.opening import Opening
from privacyscan.reporters.phrasing import Phrasing
from privacyscan.reporters.proof import Proof
from privacyscan.reporters.records import records_of
from privacyscan.reporters.story import (
    Bullet,
    Consequence,
    Duty,
    Section,
    Story,
    Summand,
    Unsaid,
    practice_anchor,
)
from privacyscan.reporters.turning import turning
from privacyscan.reporters.values import lines_of

_STATED = (State.AFFIRMED, State.CONDITIONAL, State.CONTRADICTORY)
_STATE_ORDER = (State.CONTRADICTORY, State.AFFIRMED, State.CONDITIONAL, State.DENIED, State.SILENT)
_SEVERITY_ORDER = tuple(reversed(Severity))
_SECTIONS = (
    Category.COLLECTION,
    Category.STORAGE,
    Category.SHARING,
    Category.USE,
    Category.PROTECTION,
    Category.TRANSPARENCY,
)
_ELSEWHERE = ("cross_border_transfer", "storage_china")
_MAX_WHY = 6
# Fewer points than this are shown as nought.
_TOLD_POINTS = 0.05


def tell(report: Report, rules: RuleSet, language: ReportLanguage) -> Story:
    """Return the story of ``report`` in ``language``."""
    return _Teller(report, rules, load_texts(language)).story()


def no_grade_line(reason: NoGrade, texts: Texts) -> str:
    """Return why a text has no grade, in a sentence."""
    count, _, minimum = reason.detail.partition(" < ")
    detail = named_languages(reason.detail, texts)
    return texts(f"no_grade.{reason.code}", detail=detail, count=count, minimum=minimum)


class _Teller:
    def __init__(self, report: Report, rules: RuleSet, texts: Texts) -> None:
        self.report, self.rules, self.texts = report, rules, texts
        self.phrasing = Phrasing(report, rules, texts)
        self.proof = Proof(report, texts)
        self.bullets = {practice: self._bullet(practice, result) for practice, result in report.practices.items()}
        risks = [rule for rule in rules.rules.values() if rule.polarity is Polarity.RISK]
        self.risks = sorted(risks, key=lambda rule: (-rule.weight, rule.id))
        self.silent = tuple(self._silent())

    def story(self) -> Story:
        graded = self.report.score.grade is not Grade.NONE
        opening = Opening(self.report, self.rules, self.texts)
        closing = Closing(self.report, self.rules, self.texts)
        protections = [bullet for bullet in self.bullets.values() if bullet.protective and bullet.state in _STATED]
        return Story(
            language=self.texts.language,
            report=self.report,
            kicker=self._kicker(),
            headline=opening.headline(),
            facts=opening.facts() if graded else (),
            lead=opening.lead() if graded else (self._no_grade(),),
            grade=self.report.score.grade,
            grade_lines=self._grade_lines(),
            notices=tuple(
                self.texts(f"notices.{item.code}", detail=named_languages(item.detail, self.texts))
                for item in self.report.notices
            ),
            sections=tuple(self._sections()),
            contradictions=tuple(bullet for bullet in self.bullets.values() if bullet.state is State.CONTRADICTORY),
            silent=self.silent if graded else (),
            table=tuple(self.bullets.values()),
            why=tuple(self._why()) if graded else (),
            combinations=tuple(self._combinations()) if graded else (),
            records=records_of((self.report.service, self.report.document.title), self.texts, self._read()),
            actions=closing.actions() if graded else (),
            rights=tuple(protections),
            conclusion=closing.conclusion(len(self.silent)),
            summands=tuple(self._summand(item) for item in self.report.score.contributions),
            turning=tuple(turning(self.report, self.rules, self.texts)),
            duties=tuple(self._duties()),
        )

    def _read(self) -> Mapping[str, Bullet]:
        """What may stand beside a record; a text without a grade may be unread, so its silence says nothing."""
        graded = self.report.score.grade is not Grade.NONE
        return {key: item for key, item in self.bullets.items() if graded or item.state is not State.SILENT}

    def _bullet(self, practice: str, result: PracticeResult) -> Bullet:
        rule = self.rules.rules[practice]
        return Bullet(
            practice=practice,
            title=self.phrasing.title(practice),
            state=result.state,
            state_word=state_words(result.state, result.strength, self.texts),
            strength=result.strength,
            severity=result.severity,
            protective=rule.polarity is Polarity.PROTECTION,
            sentence=self.phrasing.sentence(practice),
            points=result.contribution,
            quotes=tuple(self.proof.quote(item) for item in result.evidence),
            reasons=tuple(self.proof.reason(practice, reason) for reason in result.reasons),
            anchor=practice_anchor(practice),
        )

    def _title(self, rule: Rule) -> str:
        return rule.text[self.texts.language].title

    def _kicker(self) -> str:
        document = self.report.document
        parts = [
            self.texts("policy_word"),
            named_languages(document.language, self.texts),
            self.texts("labels.characters", count=f"{document.characters:,}"),
        ]
        if document.scope:
            names = ", ".join(self.texts(f"scopes.{name.replace(' ', '_')}") for name in document.scope)
            parts.insert(1, self.texts("labels.scope", names=names))
        if document.stated_date is not None:
            parts.insert(1, self.texts("history.stated", date=spoken(document.stated_date, self.texts)))
        return " · ".join(parts)

    def _no_grade(self) -> str:
        reason = self.report.score.reason
        return no_grade_line(reason, self.texts) if reason is not None else ""

    def _grade_lines(self) -> tuple[str, ...]:
        result = self.report.score
        if result.exposure is None or result.transparency is None:
            return (self.texts("grade.none"),)
        lines = [self.texts("grade.line", exposure=f"{result.exposure:.1f}", grade=result.grade)]
        lines += self._protected(result)
        if result.percentile is not None:
            lines.append(self._percentile(result.exposure, result.percentile))
        lines.append(self.texts("grade.transparency", transparency=f"{result.transparency:.1f}"))
        return tuple(lines)

    def _protected(self, result: Score) -> Iterable[str]:
        """That protections took the exposure to nothing, where there was something to take."""
        stated = fsum(item.points for item in result.contributions if item.points > 0 and item.kind != "limit")
        if f"{result.exposure:.1f}" == "0.0" and stated >= _TOLD_POINTS:
            yield self.texts("grade.protected", points=f"{stated:.1f}")

    def _percentile(self, exposure: float, percentile: int) -> str:
        # The percentile is rounded down: nought of it does not mean that no policy is lower.
        reference = self.rules.scoring.reference
        lower = sum(other < exposure for other in reference)
        key = {0: "percentile_lowest", len(reference): "percentile_highest"}.get(lower, "percentile")
        if key == "percentile" and not percentile:
            key = "percentile_low"
        return self.texts(f"grade.{key}", count=len(reference), percentile=percentile, lower=lower)

    def _sections(self) -> Iterable[Section]:
        findings = {finding.id: finding for finding in self.report.findings}
        for category in _SECTIONS:
            own = [
                self.bullets[practice]
                for practice, result in self.report.practices.items()
                if result.category is category and result.state is not State.SILENT
            ]
            yield Section(
                id=category.value,
                title=self.texts(f"sections.{category}"),
                bullets=tuple(_ranked(own)),
                values=tuple(lines_of(category, self.report.values, findings, self.rules, self.texts)),
                notes=tuple(self._notes(category)),
                empty=self._empty(category),
            )

    def _empty(self, category: Category) -> str:
        """What stands in a section without findings: that none was found on each of its practices."""
        own = [key for key, result in self.report.practices.items() if result.category is category]
        names = [self.bullets[key].title for key in own]
        return self.texts("section_empty", names=", ".join(names))

    def _notes(self, category: Category) -> Iterable[str]:
        """That nothing was found on where data goes, in the section that is about it."""
        silent = [item for item in _ELSEWHERE if self.bullets[item].state is State.SILENT]
        if category is Category.STORAGE and len(silent) == len(_ELSEWHERE):
            yield self.bullets[_ELSEWHERE[0]].sentence

    def _why(self) -> Iterable[Consequence]:
        stated = [rule for rule in self.risks if self.report.practices[rule.id].state in _STATED]
        for rule in stated[:_MAX_WHY]:
            title, why = self.phrasing.title(rule.id), self.phrasing.why(rule.id)
            yield Consequence(rule.id, title, why, tuple(self._laws(rule)))

    def _laws(self, rule: Rule) -> Iterable[str]:
        """The laws that bear on a practice, each once; those of China only where the policy speaks of data there."""
        kept = self.report.practices.get("storage_china")
        there = kept is not None and kept.state in _STATED
        articles: dict[str, list[str]] = {}
        for item in rule.references:
            if there or not item.law.startswith("PRC"):
                articles.setdefault(item.law, []).append(item.article)
        return (cite(self.texts, law, ", ".join(own)) for law, own in articles.items())

    def _combinations(self) -> Iterable[str]:
        active = {item.practice for item in self.report.score.contributions if item.kind == "combination"}
        return (item.text[self.texts.language] for item in self.rules.combinations if item.id in active)

    def _summand(self, item: Contribution) -> Summand:
        if item.kind == "practice":
            return Summand(self.bullets[item.practice].title, item.points, item.kind, practice_anchor(item.practice))
        if item.kind == "limit":
            return Summand(self.texts(f"limits.{item.practice}"), item.points, item.kind, "")
        combination = next(entry for entry in self.rules.combinations if entry.id == item.practice)
        names = " × ".join(self.bullets[practice].title for practice in combination.practices)
        return Summand(names, item.points, item.kind, "")

    def _silent(self) -> Iterable[Unsaid]:
        """Every practice that no statement was found on, so that all counts of them agree."""
        missing = [item for item in self.bullets.values() if item.state is State.SILENT]
        for bullet in _ranked(missing):
            yield Unsaid(bullet, " · ".join(self._asked_by(bullet.practice)), self.proof.touched(bullet.practice))

    def _asked_by(self, practice: str) -> Iterable[str]:
        """The articles that ask for what a practice shows, as far as no other practice shows it either."""
        for expected in self.rules.scoring.expected:
            shown = any(self.report.practices[name].state is not State.SILENT for name in expected.practices)
            # Said once, of the practice that the duty is about: no law asks for a word on one country.
            if practice == expected.practices[0] and expected.law and not shown:
                law = ", ".join(cite_all(self.texts, expected.law))
                yield law if len(expected.practices) == 1 else f"{law} ({expected.title[self.texts.language]})"

    def _duties(self) -> Iterable[Duty]:
        expected = {item.id: item for item in self.rules.scoring.expected}
        for item in self.report.score.disclosures:
            if item.id in expected:
                word = "disclosed" if item.points == item.possible else "partly" if item.points else "undisclosed"
                known = expected[item.id]
                yield Duty(
                    known.title[self.texts.language],
                    item.points,
                    item.possible,
                    self.texts(f"labels.{word}"),
                    ", ".join(cite_all(self.texts, known.law)),
                )
            else:
                yield Duty(
                    self._title(self.rules.rules[item.id]),
                    item.points,
                    item.possible,
                    self.bullets[item.id].state_word,
                    "",
                )


def _ranked(bullets: Iterable[Bullet]) -> Sequence[Bullet]:
    """Strongest first: by state, then concern, then points."""
    return sorted(
        bullets,
        key=lambda item: (
            _STATE_ORDER.index(item.state),
            _SEVERITY_ORDER.index(item.severity),
            -item.points,
            item.practice,
        ),
    )
