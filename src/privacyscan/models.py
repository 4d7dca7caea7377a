"""The words of privacyscan as frozen types: what every stage takes and returns.

Offsets are always counted in code points of ``Document.text``, start included
and end excluded, so that ``document.text[start:end] == quote`` holds for every
piece of evidence.
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

SCHEMA_VERSION: Literal["1"] = "1"
# Sources that are no place: what stands on standard input, and a text given as it is.
STDIN, PASTED = "-", "text"

Language = Literal["en", "ko", "zh"]


class State(StrEnum):
    """What a policy says about one practice."""

    AFFIRMED = "affirmed"
    CONDITIONAL = "conditional"
    DENIED = "denied"
    CONTRADICTORY = "contradictory"
    SILENT = "silent"


class Severity(StrEnum):
    """How much a practice matters to a reader, whatever the confidence."""

    INFO = "info"
    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"
    CRITICAL = "critical"


class Polarity(StrEnum):
    """Whether a practice adds exposure or takes it off."""

    RISK = "risk"
    PROTECTION = "protection"


class Category(StrEnum):
    """The six folders of practices, in the order a report shows them."""

    COLLECTION = "collection"
    STORAGE = "storage"
    SHARING = "sharing"
    USE = "use"
    PROTECTION = "protection"
    TRANSPARENCY = "transparency"


class Strength(StrEnum):
    """How firmly a clause says it: a hedge ("may", "할 수 있습니다") weakens, never denies."""

    FIRM = "firm"
    HEDGED = "hedged"


class Grade(StrEnum):
    """Grade from exposure; ``N/A`` where nothing may be graded."""

    A = "A"
    B = "B"
    C = "C"
    D = "D"
    E = "E"
    NONE = "N/A"


class ValueKind(StrEnum):
    """The kinds of values read out of quotes, in the order a report lists them."""

    COUNTRY = "country"
    RETENTION_PERIOD = "retention_period"
    RECIPIENT = "recipient"
    AUTHORITY = "authority"
    MINIMUM_AGE = "minimum_age"


class BlockKind(StrEnum):
    """The part a block plays in a document."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    LIST_INTRO = "list_intro"
    LIST_ITEM = "list_item"
    TABLE_HEADER = "table_header"
    TABLE_ROW = "table_row"


class Frozen(BaseModel):
    """Base of all models: immutable, and strict about unknown keys."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Span(Frozen):
    """A half-open range of code points in ``Document.text``."""

    start: int = Field(ge=0)
    end: int = Field(ge=0)


class Cell(Span):
    """One cell of a table row, with the text of the header cell above it."""

    header: str = ""


class Block(Span):
    """A paragraph, heading, list item or table row, with its place in the document.

    ``section`` holds the headings above the block, outermost first. ``intro``
    is the index of the block that introduces the list or table the block
    belongs to, ``parent`` the index of the list item a nested item belongs to.
    """

    kind: BlockKind
    section: tuple[str, ...] = ()
    level: int = 0
    intro: int | None = None
    parent: int | None = None
    cells: tuple[Cell, ...] = ()


class DocumentLanguage(Frozen):
    """The language a text is judged in, and how it was found.

    ``code`` is an ISO 639-1 code, or ``und`` where the text is too short to
    tell. ``shares`` gives the part of the letters written in each language
    that was noticed, largest first, summing to at most 1.
    """

    code: str
    supported: bool
    shares: tuple[tuple[str, float], ...] = ()


class Document(Frozen):
    """What was read: a normalised text and the blocks it is made of."""

    source: str
    title: str
    text: str
    blocks: tuple[Block, ...]


class Original(Frozen):
    """What a document was read from: the text with its markup, and the digest of the bytes that held it."""

    text: str = Field(repr=False)
    sha256: str


class Clause(Span):
    """A sentence, list item, table row or heading: the unit that is judged."""

    text: str
    block: int = Field(ge=0)


class RuleMatch(Span):
    """One pattern of one rule found in one clause; offsets are document offsets."""

    practice: str
    clause: int
    pattern: int
    excepted: bool = False


class Reason(Frozen):
    """One decision on the way to a state: a fixed code and the words that caused it."""

    code: str
    detail: str = ""


class Voices(Frozen):
    """Who speaks for a finding: whether a rule matched, and the classifier's calibrated probability.

    ``classifier`` is null where only rules judge.
    """

    rule: bool
    classifier: float | None = None


class Evidence(Frozen):
    """A quotation: ``document.text[start:end] == quote``.

    ``cut`` says whether it begins, and whether it ends, inside a sentence; it
    serves the reporters and stays out of the JSON.
    """

    quote: str
    start: int
    end: int
    section: tuple[str, ...] = ()
    cut: Annotated[tuple[bool, bool], Field(exclude=True, repr=False)] = (False, False)


class Finding(Frozen):
    """A clause that says something about a practice, resolved to a state.

    ``match_start`` and ``match_end`` mark the words a pattern found inside the
    quote, ``mentions`` counts how many wordings of the practice its clause
    holds. ``qualified`` says that the clause narrows its own scope (a purpose,
    a region, a group of users), so that it can't contradict another one.
    """

    id: str
    practice: str
    state: State
    strength: Strength
    qualified: bool
    severity: Severity
    confidence: float
    quote: str
    start: int
    end: int
    match_start: int
    match_end: int
    mentions: int
    section: tuple[str, ...]
    reasons: tuple[Reason, ...]
    voices: Voices


class ExtractedValue(Frozen):
    """Something a quote names: ``document.text[start:end] == quote`` are its very words.

    ``value`` is the canonical id (a country's ISO 3166-1 code, "EU", "EEA",
    "police" …); for a period and an age it is ``amount``, in days and in
    years, as text. ``finding`` is the id of the finding whose quote it is from.
    """

    kind: ValueKind
    value: str
    amount: int | None = None
    practice: str
    finding: str
    quote: str
    start: int
    end: int
    section: tuple[str, ...] = ()


class Dismissed(Frozen):
    """A match that was looked at and dropped, with the reason."""

    practice: str
    quote: str
    start: int
    end: int
    section: tuple[str, ...]
    reasons: tuple[Reason, ...]


class PracticeResult(Frozen):
    """What the whole policy says about one practice.

    ``contribution`` is in points of exposure (negative for a protection).
    ``searched`` names the sections that were read where the state is silent.
    """

    category: Category
    state: State
    severity: Severity
    strength: Strength | None = None
    confidence: float
    contribution: float
    evidence: tuple[Evidence, ...] = ()
    reasons: tuple[Reason, ...] = ()
    voices: Voices = Voices(rule=False)
    searched: tuple[str, ...] = ()


class Contribution(Frozen):
    """One summand of the exposure: a practice, a combination, or a limit.

    ``practice`` holds the practice id, or the id of the combination or limit
    when ``kind`` says so.
    """

    practice: str
    points: float
    kind: Literal["practice", "combination", "limit"] = "practice"


class Disclosure(Frozen):
    """One thing a policy must state, and how many transparency points it earned."""

    id: str
    points: float
    possible: float


class NoGrade(Frozen):
    """Why a text gets no grade."""

    code: Literal["empty", "too_short", "unsupported_language", "mixed_languages", "not_a_policy", "says_too_little"]
    detail: str = ""


class Score(Frozen):
    """Exposure 0-100 (higher is riskier) and transparency 0-100 (higher is better).

    ``percentile`` is the share, in percent, of the reference policies with a
    lower exposure. All three are null where ``grade`` is ``N/A``.
    """

    exposure: float | None
    transparency: float | None
    grade: Grade
    percentile: int | None
    contributions: tuple[Contribution, ...] = ()
    disclosures: tuple[Disclosure, ...] = ()
    reason: NoGrade | None = None


class ReportDocument(Frozen):
    """The document a report is about.

    ``blocks``, the day it states of itself and the regions or readers that its
    title names serve the reporters and stay out of the JSON.
    """

    source: str
    title: str
    language: str
    characters: int
    sha256: str
    text: str
    blocks: Annotated[tuple[Block, ...], Field(exclude=True, repr=False)] = ()
    stated_date: Annotated[date | None, Field(exclude=True, repr=False)] = None
    scope: Annotated[tuple[str, ...], Field(exclude=True, repr=False)] = ()


class Notice(Frozen):
    """Something a reader must know about how the text was read."""

    code: Literal["mixed_languages", "rules_only", "language_forced"]
    detail: str = ""


class Coverage(Frozen):
    """How much of the text was judged."""

    clauses: int
    sections: int


class Report(Frozen):
    """The whole answer about one policy; ``model_dump(mode="json")`` is the contract."""

    schema_version: Literal["1"] = SCHEMA_VERSION
    tool_version: str
    ruleset_digest: str
    service: str
    document: ReportDocument
    notices: tuple[Notice, ...]
    coverage: Coverage
    practices: dict[str, PracticeResult]
    findings: tuple[Finding, ...]
    dismissed: tuple[Dismissed, ...]
    values: tuple[ExtractedValue, ...]
    score: Score


class Side(Frozen):
    """One service's answer in one row of a comparison."""

    state: State
    strength: Strength | None = None
    evidence: Evidence | None = None


class Relation(StrEnum):
    """How the sides of one row relate; silence on any side can't be compared."""

    SAME = "same"
    DIFFERENT = "different"
    NOT_COMPARABLE = "not_comparable"
    ALL_SILENT = "all_silent"


class ComparisonRow(Frozen):
    """One practice across all services, in the order the services were given."""

    practice: str
    category: Category
    relation: Relation
    sides: tuple[Side, ...]


class ValueRow(Frozen):
    """What each policy names of one kind, in the order the services were given.

    Of the periods only the longest is kept. An empty side states none: that is silence, not "none".
    """

    kind: ValueKind
    sides: tuple[tuple[ExtractedValue, ...], ...]


class ComparedPolicy(Frozen):
    """The head of one column of a comparison."""

    service: str
    source: str
    language: str
    sha256: str
    score: Score


class Comparison(Frozen):
    """Two or more policies side by side, a row a practice."""

    schema_version: Literal["1"] = SCHEMA_VERSION
    tool_version: str
    ruleset_digest: str
    policies: tuple[ComparedPolicy, ...]
    rows: tuple[ComparisonRow, ...]
    values: tuple[ValueRow, ...]
