"""Lines that name a subject and state nothing: titles that were not marked, and the words that open a paragraph."""

from __future__ import annotations

from itertools import islice

from privacyscan.models import BlockKind
from privacyscan.scanning.context import Context
from privacyscan.scanning.folding import fold
from privacyscan.scanning.grammar import PASSING_ON, Grammar
from privacyscan.scanning.inheriting import LISTED_ITEMS
from privacyscan.scanning.verdict import NUMBER_WIDTH, TITLE_LIMIT, Case

_SENTENCE_ENDS = (".", "!", "?", "。", "！", "？", "다", "요", "함", "음")
_LABEL_LIMIT = 44
# How many sentences back "it" may stand for what a pattern asks for.
_SENTENCES_BEFORE = 2
# No more words has a heading inside a paragraph.
_RUN_IN_WORDS = 3


class Labels:
    """Tells labels from statements."""

    def __init__(self, grammar: Grammar, context: Context) -> None:
        self._grammar = grammar
        self._context = context

    def names_only(self, case: Case, *, whole: bool) -> bool:
        """Return whether a clause only names what follows; ``whole`` where its own words would state the practice."""
        text = self._context.text(case.block.start, case.block.end)
        return (whole and self._is_title(case)) or self._heads_paragraph(case, text) or self._is_label(case)

    def states(self, case: Case) -> bool:
        """Return whether a heading is a long whole sentence: a paragraph that was marked as a heading."""
        text = case.reading.text.rstrip()
        long = case.block.kind is BlockKind.HEADING and len(text) > TITLE_LIMIT
        return long and text.endswith((".", "。", "：")) and case.reading.states_itself

    def stands_under(self, case: Case, pattern: str) -> bool:
        """Return whether the head of the column a match stands in, of its list or of its section has ``pattern``."""
        cell = self._context.cell(case.block, case.clause.start + case.span[0])
        nearest = (self._context.reading(cell.header),) if cell is not None else self._context.intros(case.block)
        heads = (*nearest, *self._context.headings(case.block)[:1])
        return any(self._grammar.written(pattern).search(head.text) for head in heads)

    def stands_after(self, case: Case, pattern: str) -> bool:
        """Return whether one of the sentences right before, in the same place, has ``pattern``: what "it" is."""
        before = islice(self._context.preceding(case.clause), _SENTENCES_BEFORE)
        written = self._grammar.written(pattern)
        return any(written.search(self._context.reading(clause.text).text) for clause in before)

    def recipients(self, case: Case) -> str | None:
        """Return the head of the column or section by which a row names who gets the data, if one does.

        What such a row says of sources and of periods is said of them.
        """
        if case.block.kind is not BlockKind.TABLE_ROW:
            return None
        heads = [self._context.reading(cell.header) for cell in case.block.cells]
        heads += self._context.headings(case.block)[:1]
        return next((cue for head in heads if (cue := head.first("recipient_columns"))), None)

    def denying(self, case: Case) -> str | None:
        """Return the "no" at the head of an item, behind its data or in its row ("Never: your contacts"), if any."""
        label = self._whole_label(case.reading.remark(case.span))
        if label is not None and case.frame in self._grammar.actions(label):
            return label
        if case.block.kind is not BlockKind.TABLE_ROW:
            cues = (cue for cue in case.reading.cues("denying_labels") if cue[1] <= case.span[0])
            return next((case.reading.words(cue) for cue in cues if not case.reading.states_itself), None)
        own = self._context.cell(case.block, case.clause.start + case.span[0])
        answers = own is not None and bool(self._grammar.actions(fold(own.header)))
        for place, cell in enumerate(case.block.cells):
            header = fold(cell.header)
            actions = self._grammar.actions(header)
            # "Never" under "Expires" denies nothing, nor under "Shared?" that something is collected.
            asked = (case.frame in actions and not answers) or (place == 0 and not actions)
            if cell is own or not asked or self._grammar.has("optional_columns", header):
                continue
            if label := self._whole_label(self._context.text(cell.start, cell.end)):
                return label
        return None

    def _whole_label(self, words: str) -> str | None:
        """Words that are a "no" and nothing else."""
        reading = self._context.reading(words)
        return next((reading.words(cue) for cue in reading.cues("denying_labels") if cue == (0, len(words))), None)

    def _is_title(self, case: Case) -> bool:
        """A short line without a sentence end or a colon is a heading that was not marked as one."""
        text = self._context.text(case.block.start, case.block.end)
        short = case.block.kind is BlockKind.PARAGRAPH and len(text) <= TITLE_LIMIT
        # An e-mail address that stands alone is an answer.
        return short and not text.endswith(_SENTENCE_ENDS) and not any(mark in text for mark in ":：,，、@")

    def _heads_paragraph(self, case: Case, text: str) -> bool:
        """Whether a line in capitals, in Title Case or alone stands right above the paragraph that says it."""
        if len(text) > TITLE_LIMIT or not (case.reading.titled or _in_capitals(text) or self._stands_alone(case, text)):
            return False
        following = self._context.following(case.clause)
        below = self._context.block(following) if following is not None else None
        if below is None or below.kind is not BlockKind.PARAGRAPH or below.start == case.block.start:
            return False
        return following is not None and self._context.reading(following.text).states_itself

    def _stands_alone(self, case: Case, text: str) -> bool:
        """Whether a line is none of several: the lines of a list that lost its bullets stand one below another."""
        if case.block.kind is not BlockKind.PARAGRAPH or text.endswith((*_SENTENCE_ENDS, ":", "：", ",", ";")):
            return False
        before = next(self._context.preceding(case.clause), None)
        return before is None or self._context.reading(before.text).states_itself

    def _is_label(self, case: Case) -> bool:
        """The words that open a paragraph and name what it is about: "When we disclose your data. We …"."""
        clause, reading = case.clause, case.reading
        opens = clause.start - case.block.start <= NUMBER_WIDTH
        if self._asks_in_a_line(case):
            return True
        if case.block.kind is BlockKind.TABLE_ROW or reading.states_itself or self._names_case(case):
            return False
        if not opens:
            return self._runs_in(case)
        if case.frame in PASSING_ON and self._opens_statement(case):
            return True
        # No Chinese label holds a comma and a full stop.
        sentence = reading.text.rstrip().endswith("。") and "，" in reading.text
        if (
            sentence
            or len(reading.text) > TITLE_LIMIT
            or len(self._grammar.find("listing", reading.text)) >= LISTED_ITEMS
        ):
            return False
        continued = clause.end < case.block.end
        if reading.cues("questions") or (reading.titled and continued):
            return continued
        if case.frame == "none":
            # "Data received by advertisers. They …"
            nobody = not reading.cues("service_acts")
            return nobody and continued and reading.text.rstrip().endswith((".", ":"))
        ends = reading.text.rstrip().endswith((":", "："))
        heads = continued and len(reading.text) <= _LABEL_LIMIT and self._leads_statement(case)
        return not reading.verbs(case.frame) and (ends or heads)

    def _leads_statement(self, case: Case) -> bool:
        """Whether a sentence stands behind a fragment; of several ("Voice print. GPS position.") none heads."""
        following = self._context.following(case.clause)
        # In an item the words behind are its examples: "Biometric information. Faceprints, …".
        item = case.block.kind is not BlockKind.PARAGRAPH
        return item or following is None or self._context.reading(following.text).states_itself

    def _names_case(self, case: Case) -> bool:
        """Whether an item names a case of its introduction: "Except where: – we are merged. We will tell you …"."""
        item = case.block.kind is BlockKind.LIST_ITEM and bool(case.reading.cues("list_cases"))
        return item and bool(self._context.intros(case.block))

    def _opens_statement(self, case: Case) -> bool:
        """Whether a short phrase with a full stop opens a paragraph that goes on in sentences.

        "Disclosure in the event of a merger, sale or transfer. If we are …"
        """
        following = self._context.following(case.clause)
        if len(case.reading.text) > TITLE_LIMIT or not case.reading.text.rstrip().endswith("."):
            return False
        same = following is not None and following.block == case.clause.block
        return same and following is not None and self._context.reading(following.text).states_itself

    def _asks_in_a_line(self, case: Case) -> bool:
        """Whether a line of its own begins as a question and ends as none: "How partners use your data"."""
        text = self._context.text(case.block.start, case.block.end).strip()
        alone = case.block.kind is not BlockKind.TABLE_ROW and len(text) <= TITLE_LIMIT * 2 and text[-1:].isalpha()
        return alone and bool(self._context.reading(text).cues("title_openers"))

    def _runs_in(self, case: Case) -> bool:
        """A few words with a full stop in the middle of a paragraph head what follows: "… . User Content. The …"."""
        text = case.reading.text.rstrip()
        continued = case.clause.end < case.block.end
        return continued and text.endswith(".") and text[:1].isupper() and len(text.split()) <= _RUN_IN_WORDS


def _in_capitals(text: str) -> bool:
    """Whether a line is written in capitals; one "IP" among Korean or Chinese words makes none."""
    letters = [letter for letter in text if letter.isalpha()]
    return text.isupper() and sum(letter.isupper() for letter in letters) * 2 > len(letters)
