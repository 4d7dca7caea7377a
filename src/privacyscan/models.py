"""The words of privacyscan as frozen types: what every stage takes and returns.

Offsets are always counted in code points of ``Document.text``, start included
and end excluded, so that ``document.text[start:end] == quote`` holds for every
piece of evidence.
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Annotated, Any, ClassVar, Literal

import msgspec
from msgspec import Meta, Struct

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


class Frozen(Struct, frozen=True, forbid_unknown_fields=True):
    """Base of all models: immutable, and strict about unknown keys.

    Bounds and patterns hold where data is read, not where code makes a model.
    ``kept_out`` names the fields that serve the reporters and stay out of the JSON.
    """

    kept_out: ClassVar[frozenset[str]] = frozenset()

    def model_dump(self, mode: Literal["json"] = "json") -> dict[str, Any]:
        """Return what the JSON holds, as dictionaries, lists, strings and numbers, in the order of the fields."""
        if mode != "json":
            raise ValueError(f"mode={mode!r} is not known; models are written as 'json' alone")
        return {name: _plain(getattr(self, name)) for name in self.__struct_fields__ if name not in self.kept_out}


NotNegative = Annotated[int, Meta(ge=0)]


class Span(Frozen, frozen=True):
    """A half-open range of code points in ``Document.text``."""

    start: NotNegative
    end: NotNegative


class Cell(Span, frozen=True):
    """One cell of a table row, with the text of the header cell above it."""

    header: str = ""


class Block(Span, frozen=True):
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


class DocumentLanguage(Frozen, frozen=True):
    """The language a text is judged in, and how it was found.

    ``code`` is an ISO 639-1 code, or ``und`` where the text is too short to
    tell. ``shares`` gives the part of the letters written in each language
    that was noticed, largest first, summing to at most 1.
    """

    code: str
    supported: bool
    shares: tuple[tuple[str, float], ...] = ()


class Document(Frozen, frozen=True):
    """What was read: a normalised text and the blocks it is made of."""

    source: str
    title: str
    text: str
    blocks: tuple[Block, ...]


class Original(Frozen, frozen=True):
    """What a document was read from: the text with its markup, and the digest of the bytes that held it."""

    text: str
    sha256: str


class Clause(Span, frozen=True):
    """A sentence, list item, table row or heading: the unit that is judged."""

    text: str
    block: NotNegative


class RuleMatch(Span, frozen=True):
    """One pattern of one rule found in one clause; offsets are document offsets."""

    practice: str
    clause: int
    pattern: int
    excepted: bool = False


class Reason(Frozen, frozen=True):
    """One decision on the way to a state: a fixed code and the words that caused it."""

    code: str
    detail: str = ""


class Voices(Frozen, frozen=True):
    """Who speaks for a finding: whether a rule matched, and the classifier's calibrated probability.

    ``classifier`` is null where only rules judge.
    """

    rule: bool
    classifier: float | None = None


class Evidence(Frozen, frozen=True):
    """A quotation: ``document.text[start:end] == quote``."""

    kept_out = frozenset({"cut"})

    quote: str
    start: int
    end: int
    section: tuple[str, ...] = ()
    # Whether it begins, and whether it ends, inside a sentence.
    cut: tuple[bool, bool] = (False, False)


class Finding(Frozen, frozen=True):
    """A clause that says something about a practice, resolved to a state.

    ``match_start`` and ``match_end`` mark the words a pattern found inside the
    quote, ``mentions`` counts how many wordings of the practice its clause
    holds. ``qualified`` says that the clause narrows its own scope (a purpose,
    a region, a group of users), so that it can't contradict another one,
    ``absolute`` that it leaves nothing out ("under no circumstances"), and
    ``particular`` of which kind of data alone it denies something ("photos").
    """

    kept_out = frozenset({"absolute", "particular"})

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
    absolute: bool = False
    particular: str = ""


class ExtractedValue(Frozen, frozen=True, kw_only=True):
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


class Dismissed(Frozen, frozen=True):
    """A match that was looked at and dropped, with the reason."""

    practice: str
    quote: str
    start: int
    end: int
    section: tuple[str, ...]
    reasons: tuple[Reason, ...]


class PracticeResult(Frozen, frozen=True, kw_only=True):
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


class Contribution(Frozen, frozen=True):
    """One summand of the exposure: a practice, a combination, or a limit.

    ``practice`` holds the practice id, or the id of the combination or limit
    when ``kind`` says so.
    """

    practice: str
    points: float
    kind: Literal["practice", "combination", "limit"] = "practice"


class Disclosure(Frozen, frozen=True):
    """One thing a policy must state, and how many transparency points it earned."""

    id: str
    points: float
    possible: float


class NoGrade(Frozen, frozen=True):
    """Why a text gets no grade."""

    code: Literal["empty", "too_short", "unsupported_language", "mixed_languages", "not_a_policy", "says_too_little"]
    detail: str = ""


class Score(Frozen, frozen=True):
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


class ReportDocument(Frozen, frozen=True):
    """The document a report is about."""

    kept_out = frozenset({"blocks", "stated_date", "scope"})

    source: str
    title: str
    language: str
    characters: int
    sha256: str
    text: str
    blocks: tuple[Block, ...] = ()
    # The day it states of itself, and the regions or readers that its title names.
    stated_date: date | None = None
    scope: tuple[str, ...] = ()


class Notice(Frozen, frozen=True):
    """Something a reader must know about how the text was read."""

    code: Literal["mixed_languages", "rules_only", "language_forced"]
    detail: str = ""


class Coverage(Frozen, frozen=True):
    """How much of the text was judged."""

    clauses: int
    sections: int


class Report(Frozen, frozen=True, kw_only=True):
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


class Side(Frozen, frozen=True):
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


class ComparisonRow(Frozen, frozen=True):
    """One practice across all services, in the order the services were given."""

    practice: str
    category: Category
    relation: Relation
    sides: tuple[Side, ...]


class ValueRow(Frozen, frozen=True):
    """What each policy names of one kind, in the order the services were given.

    Of the periods only the longest is kept. An empty side states none: that is silence, not "none".
    """

    kind: ValueKind
    sides: tuple[tuple[ExtractedValue, ...], ...]


class ComparedPolicy(Frozen, frozen=True):
    """The head of one column of a comparison."""

    service: str
    source: str
    language: str
    sha256: str
    score: Score


class Comparison(Frozen, frozen=True, kw_only=True):
    """Two or more policies side by side, a row a practice."""

    schema_version: Literal["1"] = SCHEMA_VERSION
    tool_version: str
    ruleset_digest: str
    policies: tuple[ComparedPolicy, ...]
    rows: tuple[ComparisonRow, ...]
    values: tuple[ValueRow, ...]


def _plain(value: Any) -> Any:
    if isinstance(value, Frozen):
        return value.model_dump()
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if isinstance(value, dict):
        return {str(key): _plain(item) for key, item in value.items()}
    return msgspec.to_builtins(value)
