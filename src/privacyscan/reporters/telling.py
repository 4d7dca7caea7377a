"""Puts a report into the order a reporter would tell it in; no format, no judgement.

The terminal, Markdown and HTML reporters all tell this one story.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from privacyscan.knowledge.citations import cite, cite_short
from privacyscan.knowledge.rules import Rule, RuleSet
from privacyscan.knowledge.texts import ReportLanguage, Texts, load_texts
from privacyscan.models import (
    Category,
    Contribution,
    Evidence,
    Grade,
    Polarity,
    PracticeResult,
    Reason,
    Report,
    Severity,
    State,
    Strength,
)
from privacyscan.reporters.records import records_of
from privacyscan.reporters.story import (
    Bullet,
    Consequence,
    Duty,
    Quote,
    Section,
    Story,
    Summand,
    practice_anchor,
    quote_anchor,
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
# Of these, so many at most are denials.
_MAX_DENIED = 2
_MAX_FACTS = 5
_MAX_WHY = 6
_MAX_ACTIONS = 5
_HEADLINE_LIMIT = {"ko": 40, "en": 84}


def tell(report: Report, rules: RuleSet, language: ReportLanguage) -> Story:
    """Return the story of ``report`` in ``language``."""
    return _Teller(report, rules, load_texts(language)).story()


class _Teller:
    def __init__(self, report: Report, rules: RuleSet, texts: Texts) -> None:
        self.report, self.rules, self.texts = report, rules, texts
        self.bullets = {practice: self._bullet(practice, result) for practice, result in report.practices.items()}
        risks = [rule for rule in rules.rules.values() if rule.polarity is Polarity.RISK]
        self.risks = sorted(risks, key=lambda rule: (-rule.weight, rule.id))

    def story(self) -> Story:
        graded = self.report.score.grade is not Grade.NONE
        protections = [bullet for bullet in self.bullets.values() if bullet.protective and bullet.state in _STATED]
        return Story(
            language=self.texts.language,
            report=self.report,
            kicker=self._kicker(),
            headline=self._headline(),
            facts=self._facts() if graded else (),
            lead=self._lead(),
            grade=self.report.score.grade,
            grade_lines=self._grade_lines(),
            notices=tuple(
                self.texts(f"notices.{item.code}", detail=self._detail(item.detail)) for item in self.report.notices
            ),
            sections=tuple(self._sections()),
            contradictions=tuple(bullet for bullet in self.bullets.values() if bullet.state is State.CONTRADICTORY),
            silent=tuple(_ranked(bullet for bullet in self.bullets.values() if bullet.state is State.SILENT)),
            table=tuple(self.bullets.values()),
            why=tuple(self._why()),
            combinations=tuple(self._combinations()),
            records=records_of((self.report.service, self.report.document.title), self.texts),
            actions=tuple(self._actions()) if graded else (),
            rights=tuple(protections),
            conclusion=self._conclusion(),
            summands=tuple(self._summand(item) for item in self.report.score.contributions),
            turning=tuple(turning(self.report, self.rules, self.texts)),
            duties=tuple(self._duties()),
        )

    def _bullet(self, practice: str, result: PracticeResult) -> Bullet:
        rule = self.rules.rules[practice]
        title = self._title(rule)
        hedged = result.state is State.AFFIRMED and result.strength is Strength.HEDGED
        return Bullet(
            practice=practice,
            title=title,
            state=result.state,
            state_word=self.texts(f"states.{result.state}.chip"),
            strength=result.strength,
            severity=result.severity,
            protective=rule.polarity is Polarity.PROTECTION,
            sentence=self.texts.sentence(practice, "hedged" if hedged else result.state.value, title),
            points=result.contribution,
            quotes=tuple(self._quote(item) for item in result.evidence),
            reasons=tuple(self._reason(reason) for reason in result.reasons),
            anchor=practice_anchor(practice),
        )

    def _quote(self, evidence: Evidence) -> Quote:
        section = evidence.section[-1] if evidence.section else ""
        return Quote(evidence.quote, quote_anchor(evidence), evidence.start, evidence.end, section)

    def _reason(self, reason: Reason) -> str:
        return self.texts(f"reasons.{reason.code}", detail=reason.detail)

    def _title(self, rule: Rule) -> str:
        return rule.text[self.texts.language].title

    def _short(self, rule: Rule) -> str:
        return self.texts.sentence(rule.id, "short", self._title(rule))

    def _language_name(self, code: str) -> str:
        return self.texts(f"languages.{code}") if self.texts.has(f"languages.{code}") else code

    def _detail(self, detail: str) -> str:
        """Language codes in a detail ("ja 20%") become names."""
        return ", ".join(
            " ".join([self._language_name(part.split(" ")[0]), *part.split(" ")[1:]]) for part in detail.split(", ")
        )

    def _kicker(self) -> str:
        document = self.report.document
        parts = [
            self.texts("policy_word"),
            self._language_name(document.language),
            self.texts("labels.characters", count=f"{document.characters:,}"),
        ]
        return " · ".join(parts)

    def _headline(self) -> str:
        if self.report.score.grade is Grade.NONE:
            return self.texts("headline.none", service=self.report.service)
        grave = [
            rule
            for rule in self.risks
            if self.report.practices[rule.id].state is State.AFFIRMED
            and self.report.practices[rule.id].severity in _SEVERITY_ORDER[:2]
        ]
        hedged = [rule for rule in grave if self.report.practices[rule.id].strength is Strength.HEDGED]
        firm = [rule for rule in grave if rule not in hedged]
        denied = [rule for rule in self.risks if self.report.practices[rule.id].state is State.DENIED]
        if self.report.score.grade in (Grade.A, Grade.B) and len(denied) > len(grave):
            kind, chosen = "restrained", denied
        else:
            kind, chosen = ("risky", firm) if firm else ("hedged", hedged)
        for count, suffix in ((2, "two"), (1, "one")):
            if len(chosen) >= count:
                names = dict(zip(("first", "second"), (self._short(rule) for rule in chosen), strict=False))
                line = self.texts(f"headline.{kind}_{suffix}", service=self.report.service, **names)
                if count == 1 or len(line) <= _HEADLINE_LIMIT[self.texts.language]:
                    return line
        return self.texts("headline.plain", service=self.report.service)

    def _facts(self) -> tuple[str, ...]:
        facts = [self._fact(rule) for rule in self._told_first()][: _MAX_FACTS - 1]
        silent = [name for name, result in self.report.practices.items() if result.state is State.SILENT]
        trained = self.report.practices.get("model_training")
        if trained and trained.state is State.AFFIRMED and "training_opt_out" in silent:
            facts.append(self.texts("deck.silent", short=self._short(self.rules.rules["training_opt_out"])))
        return tuple(facts)

    def _told_first(self) -> list[Rule]:
        """The risks in the order of telling: what a restrained policy rules out, what another one states."""
        order = {State.AFFIRMED: 0, State.CONDITIONAL: 1, State.CONTRADICTORY: 1, State.DENIED: 2}
        told = [rule for rule in self.risks if self.report.practices[rule.id].state is not State.SILENT]
        told.sort(key=lambda rule: order[self.report.practices[rule.id].state])
        if self.report.score.grade not in (Grade.A, Grade.B):
            return told
        # Even a restrained policy allows something, and readers must see it beside what is ruled out.
        first = [rule for rule in told if self.report.practices[rule.id].state is State.DENIED][:_MAX_DENIED]
        return [*first, *(rule for rule in told if rule not in first)]

    def _fact(self, rule: Rule) -> str:
        result = self.report.practices[rule.id]
        if result.state is State.AFFIRMED and result.strength is not Strength.HEDGED:
            return self.texts.sentence(rule.id, "fact", self._title(rule))
        kind = "hedged" if result.state is State.AFFIRMED else result.state.value
        return self.texts(f"deck.{kind}", short=self._short(rule))

    def _lead(self) -> tuple[str, ...]:
        if (reason := self.report.score.reason) is not None:
            return (self.texts(f"no_grade.{reason.code}", detail=self._detail(reason.detail)),)
        states = [self.report.practices[rule.id].state for rule in self.risks]
        lines = [
            self.texts("lead.opening", service=self.report.service, kind=self.texts("policy_word")),
            self.texts("lead.counts", total=len(states), affirmed=states.count(State.AFFIRMED)),
        ]
        for state in (State.CONDITIONAL, State.DENIED, State.CONTRADICTORY, State.SILENT):
            if count := states.count(state):
                lines.append(self.texts(f"lead.{state}", count=count))
        return " ".join(lines), self.texts("lead.limits")

    def _grade_lines(self) -> tuple[str, ...]:
        result = self.report.score
        if result.exposure is None or result.transparency is None:
            return (self.texts("grade.none"),)
        lines = [self.texts("grade.line", exposure=f"{result.exposure:.1f}", grade=result.grade)]
        if result.percentile is not None:
            key = {0: "percentile_lowest", 100: "percentile_highest"}.get(result.percentile, "percentile")
            count = len(self.rules.scoring.reference)
            lines.append(self.texts(f"grade.{key}", count=count, percentile=result.percentile))
        lines.append(self.texts("grade.transparency", transparency=f"{result.transparency:.1f}"))
        return tuple(lines)

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
            )

    def _why(self) -> Iterable[Consequence]:
        stated = [rule for rule in self.risks if self.report.practices[rule.id].state in _STATED]
        for rule in stated[:_MAX_WHY]:
            laws = tuple(cite(self.texts, item.law, item.article) for item in rule.references)
            yield Consequence(rule.id, self._title(rule), rule.text[self.texts.language].why, laws)

    def _combinations(self) -> Iterable[str]:
        active = {item.practice for item in self.report.score.contributions if item.kind == "combination"}
        return (item.text[self.texts.language] for item in self.rules.combinations if item.id in active)

    def _actions(self) -> Iterable[str]:
        stated = [rule for rule in self.risks if self.report.practices[rule.id].state in _STATED]
        advice = dict.fromkeys(rule.text[self.texts.language].advice for rule in stated)
        return [*list(advice)[:_MAX_ACTIONS], self.texts("actions_general")]

    def _conclusion(self) -> tuple[str, ...]:
        grade = self.report.score.grade
        lines = [self.texts(f"conclusion.{grade}")]
        if grade is Grade.NONE:
            return tuple(lines)
        active = {item.practice for item in self.report.score.contributions if item.kind == "combination"}
        if "training_without_choice" in active:
            lines.append(self.texts("conclusion.training"))
        if (kept := self.report.practices.get("storage_china")) and kept.state is State.AFFIRMED:
            lines.append(self.texts("conclusion.china"))
        if silent := sum(bullet.state is State.SILENT for bullet in self.bullets.values()):
            lines.append(self.texts("conclusion.open", count=silent))
        return tuple(lines)

    def _summand(self, item: Contribution) -> Summand:
        if item.kind == "practice":
            return Summand(self.bullets[item.practice].title, item.points, item.kind, practice_anchor(item.practice))
        if item.kind == "limit":
            return Summand(self.texts(f"limits.{item.practice}"), item.points, item.kind, "")
        combination = next(entry for entry in self.rules.combinations if entry.id == item.practice)
        names = " × ".join(self.bullets[practice].title for practice in combination.practices)
        return Summand(names, item.points, item.kind, "")

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
                    ", ".join(cite_short(self.texts, item) for item in known.law),
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
