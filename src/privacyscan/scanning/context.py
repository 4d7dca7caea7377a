"""What stands around a clause: the introduction of its list, its row, the sentences before and behind."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from privacyscan.knowledge.lexicon import Frame
from privacyscan.models import Block, BlockKind, Cell, Clause, Document
from privacyscan.scanning.folding import fold
from privacyscan.scanning.grammar import PASSING_ON, Grammar
from privacyscan.scanning.reading import COLONS, Reading
from privacyscan.scanning.verdict import NUMBER_WIDTH, TITLE_LIMIT
from privacyscan.scanning.word_order import read
from privacyscan.scripts import KOREAN_COUNTERS

# How many sentences back "such information" may point.
_SENTENCES_BACK = 4
# No longer than this is an item that asks and answers ("Contacts on your phone: No").
_LONGEST_ANSWERED = 120
# No longer is a label that a paragraph holds among others ("Transfer abroad: none.").
_LONGEST_LABEL = 50
_SENTENCE_ENDS = ".。"
# "No.", "아니오"; what is longer says more than no.
_LONGEST_NO = 5
# How far back the line may stand that announces an item.
_SIBLINGS_BACK = 40
# How far below a category of a statute the policy answers it.
_LINES_BELOW = 2
_BULLET = " \t*-•"
# "d) …", "(2) …", "3.1.2 …".
_ITEM_MARK = re.compile(r"[(（]?(?:\d{1,2}|[a-zA-Z]|[" + KOREAN_COUNTERS + r"])[)）]|\d{1,2}(?:\.\d{1,2}){2}")
# "국외 이전:", "Profiling –": the words before an answer.
_ANSWERED_LABEL = re.compile(r"[^:：.。]{2,60}?(?::|：| [–—-] )")


class Context:
    """The blocks and clauses of one document, and their readings, each made once."""

    def __init__(self, grammar: Grammar, document: Document, clauses: Sequence[Clause]) -> None:
        self._grammar = grammar
        self._document = document
        self._clauses = clauses
        # A list is introduced by the last sentence before it.
        self._last_clause = {clause.block: clause for clause in clauses}
        self._position = {clause.start: index for index, clause in enumerate(clauses)}
        self._readings: dict[str, Reading] = {}
        self._index = {block.start: index for index, block in enumerate(document.blocks)}
        self._intros: dict[Block, tuple[Reading, ...]] = {}

    def block(self, clause: Clause) -> Block:
        """Return the block a clause stands in."""
        return self._document.blocks[clause.block]

    def text(self, start: int, end: int) -> str:
        """Return a stretch of the document."""
        return self._document.text[start:end]

    def reading(self, text: str) -> Reading:
        """Return the reading of ``text``, made once."""
        if text not in self._readings:
            self._readings[text] = read(self._grammar, fold(text))
        return self._readings[text]

    def intros(self, block: Block) -> tuple[Reading, ...]:
        """Return the sentences that introduce a list item or row, the nearest first.

        "We do not want sensitive data. This includes:" introduces its list by
        the sentence before.
        """
        if block not in self._intros:
            self._intros[block] = self._found_intros(block)
        return self._intros[block]

    def _found_intros(self, block: Block) -> tuple[Reading, ...]:
        announcing = self._announcing(block)
        parent = block.parent if announcing is None else announcing
        above = (parent, self._title_of_titles(block), block.intro, self._colon_above(block))
        clauses = (self._last_clause.get(index) for index in above if index is not None)
        return tuple(self._introducing(clause) for clause in clauses if clause is not None)

    def _title_of_titles(self, block: Block) -> int | None:
        """The item above the item above: what a title holds goes for the titles below it ("나. 요금 결제")."""
        above = None if block.parent is None else self._document.blocks[block.parent]
        clause = None if block.parent is None else self._last_clause.get(block.parent)
        if above is None or clause is None or above.parent == block.parent:
            return None
        return None if self.reading(clause.text).states_itself else above.parent

    def introduced_by_item(self, block: Block) -> bool:
        """Return whether the line that introduces ``block`` is an item itself: "d) …" above "11) …"."""
        above = None if block.intro is None else self._document.blocks[block.intro]
        return above is not None and _ITEM_MARK.match(self.text(above.start, above.end)) is not None

    def _announcing(self, block: Block) -> int | None:
        """The nearest line under the same item that announces it and says something: "We may collect: …".

        By a colon, or by naming the numbers below ("② … 다음 각 호의 경우에는 제공합니다.").
        """
        index = self._index.get(block.start)
        if index is None:
            return None
        top = block.intro if block.parent is None else block.parent
        for earlier in range(index - 1, max(-1 if top is None else top, index - 1 - _SIBLINGS_BACK), -1):
            above, clause = self._document.blocks[earlier], self._last_clause.get(earlier)
            if above.parent != block.parent or clause is None:
                continue
            reading = self.reading(clause.text)
            colon = block.parent is not None and self.text(above.start, above.end).rstrip().endswith(COLONS)
            if (colon or reading.cues("number_pointers")) and reading.states_itself:
                return earlier
        return None

    def _colon_above(self, block: Block) -> int | None:
        """The line with a colon above a fragment that is no list item: a list that lost its bullets, or bold words."""
        index = self._index.get(block.start)
        own = self.text(block.start, block.end)
        if index is None or block.kind is not BlockKind.PARAGRAPH or not _is_item(own):
            return None
        for earlier in range(index - 1, max(-1, index - 1 - _SIBLINGS_BACK), -1):
            above = self._document.blocks[earlier]
            if above.kind is not BlockKind.PARAGRAPH or above.section != block.section:
                return None
            text = self.text(above.start, above.end).rstrip()
            if text.endswith(COLONS):
                return earlier
            if not _is_item(text):
                return None
            if text.endswith(tuple(_SENTENCE_ENDS)) and self.reading(text).states_itself:
                return None
        return None

    def _introducing(self, clause: Clause) -> Reading:
        reading = self.reading(clause.text)
        if reading.cues("continuations"):
            return next(self.leaned_on(clause), reading)
        if reading.announces or reading.condition_of_list():
            return reading
        # "The following is done only with your consent. You may refuse." still introduces its list by the first.
        before = [self.reading(earlier.text) for earlier in self.preceding(clause) if earlier.block == clause.block]
        return next((earlier for earlier in before if earlier.cues("list_pointers") and earlier.states_itself), reading)

    def headings(self, block: Block) -> list[Reading]:
        """Return the headings above a block, the nearest first."""
        return [self.reading(heading) for heading in reversed(block.section)]

    def cells(self, block: Block) -> list[str]:
        """Return the texts of a row's cells, folded."""
        return [fold(self.text(cell.start, cell.end)) for cell in block.cells]

    def following(self, clause: Clause) -> Clause | None:
        """Return the next clause of the document, if any."""
        index = self._position.get(clause.start)
        return self._clauses[index + 1] if index is not None and index + 1 < len(self._clauses) else None

    def same_place(self, earlier: Clause, later: Clause) -> bool:
        """Return whether two clauses stand in one block, or in paragraphs under one heading."""
        before, after = self.block(earlier), self.block(later)
        if earlier.block == later.block:
            return True
        return before.kind is after.kind is BlockKind.PARAGRAPH and before.section == after.section

    def preceding(self, clause: Clause) -> Iterator[Clause]:
        """Yield the few clauses before ``clause`` that stand in the same place, the nearest first."""
        index = self._position.get(clause.start, 0)
        for earlier in reversed(self._clauses[max(index - _SENTENCES_BACK, 0) : index]):
            if not self.same_place(earlier, clause):
                return
            yield earlier

    def leaned_on(self, clause: Clause) -> Iterator[Reading]:
        """Yield the readings of the clauses that ``clause`` goes on from: "Such information includes …"."""
        current = clause
        for earlier in self.preceding(clause):
            if not self._continues(current):
                return
            yield self.reading(earlier.text)
            current = earlier

    def answer(self, block: Block, frame: Frame, span: tuple[int, int]) -> bool | None:
        """Return the yes or no that a row or an item gives, or ``None`` where it gives none.

        In a row it is that of the column that names the action, else of one
        that names no other; in an item what stands behind its last colon.
        ``span`` is where the thing asked about stands in the document.
        """
        if block.kind is BlockKind.TABLE_ROW:
            return self._row_answer(block, frame, span)
        if self._denied_below(block, frame) or self._refused_below(block):
            return False
        start, end = self._labelled(block, span)
        text = self.text(start, end)
        colon = max(text.rfind(mark) for mark in COLONS)
        # "GPS: no" is an answer; a sentence with a colon in it is none.
        if colon < 0 or start + colon < span[1] or len(text) > _LONGEST_ANSWERED or ". " in text[:colon]:
            return None
        return self._grammar.answer(fold(text[colon + 1 :]).rstrip(_SENTENCE_ENDS))

    def _labelled(self, block: Block, span: tuple[int, int]) -> tuple[int, int]:
        """The stretch of a block that a label may answer: all of it, or its clause where it holds several labels.

        "Purpose: delivery. Recipients: a courier. Transfer abroad: none."
        """
        if block.kind is not BlockKind.PARAGRAPH:
            return block.start, block.end
        inside = (item for item in self._of_block(block) if item.start <= span[0] and span[1] <= item.end)
        clause = next(inside, None)
        if clause is None:
            return block.start, block.end
        label, colon, _ = clause.text.partition(":")
        # "We collect three things: no name …" answers nothing.
        bare = bool(colon) and len(label) <= _LONGEST_LABEL and not self.reading(label).states_itself
        return (clause.start, clause.end) if bare else (block.start, block.end)

    def _of_block(self, block: Block) -> Iterator[Clause]:
        last = self._last_clause.get(self._index.get(block.start, -1))
        at = self._position.get(last.start, -1) if last is not None else -1
        while at >= 0 and self._clauses[at].start >= block.start:
            yield self._clauses[at]
            at -= 1

    def label_answer(self, block: Block, clause: Clause, span: tuple[int, int]) -> bool | None:
        """Return the yes or no behind a label that opens a block which goes on: "Transfers abroad: none. All data …".

        ``None`` where the label's words stand behind the colon, or what follows is no answer.
        """
        if block.kind is BlockKind.TABLE_ROW or clause.start - block.start > NUMBER_WIDTH:
            return None
        label = _ANSWERED_LABEL.match(clause.text)
        if label is None or clause.start + label.end() <= span[0]:
            return None
        return self._grammar.answer(fold(clause.text[label.end() :]))

    def _denied_below(self, block: Block, frame: Frame) -> bool:
        """Whether one of the next lines says no to what is listed: "Biometric data. Examples: … Collected: No."."""
        index = self._index.get(block.start, len(self._document.blocks))
        for below in self._document.blocks[index + 1 : index + 1 + _LINES_BELOW]:
            asked, colon, answer = self.text(below.start, below.end).partition(":")
            if not colon:
                continue
            asked = fold(asked)
            if frame in self._grammar.actions(asked) and self._grammar.find("asking", asked.strip(_BULLET)):
                return self._grammar.answer(fold(answer)) is False
        return False

    def cell(self, block: Block, position: int) -> Cell | None:
        """Return the cell of a row that holds ``position``, an offset into the document, if any."""
        return next((cell for cell in block.cells if cell.start <= position < cell.end), None)

    def _refused_below(self, block: Block) -> bool:
        """Whether a line that only names something has a bare "No" below it: a table that lost its columns."""
        index = self._index.get(block.start, len(self._document.blocks))
        if block.kind is not BlockKind.PARAGRAPH or block.end - block.start > _LONGEST_ANSWERED:
            return False
        below = next(iter(self._document.blocks[index + 1 : index + 2]), None)
        if below is None or below.kind is not BlockKind.PARAGRAPH or below.end - below.start > _LONGEST_NO:
            return False
        if self.reading(self.text(block.start, block.end)).states_itself:
            return False
        return self._grammar.answer(fold(self.text(below.start, below.end))) is False

    def column_answer(self, block: Block, header: str) -> bool | None:
        """Return the yes or no of a row in the column that is headed ``header``."""
        return self._grammar.answer(fold(self.under(block, header)))

    def under(self, block: Block, header: str) -> str:
        """Return what a row says in the column that is headed ``header``; nothing where there is none."""
        return next((self.text(cell.start, cell.end) for cell in block.cells if cell.header == header), "")

    def all_denied(self, block: Block) -> bool:
        """Return whether every cell of a row says no ("해당 없음")."""
        answers = [self._grammar.answer(cell) for cell in self.cells(block)]
        return bool(answers) and all(answer is False for answer in answers)

    def _row_answer(self, block: Block, frame: Frame, span: tuple[int, int]) -> bool | None:
        own = self.cell(block, span[0])
        if own is not None and self._is_sentence(own):
            return None
        # What stands under "Disclosed to" is the answer itself, unless another column asks ("Shared?").
        header = fold(own.header) if own is not None else ""
        content = frame in self._grammar.actions(header) or bool(self._grammar.find("optional_columns", header))
        if (marked := self._marked_answer(block)) is not None:
            return marked
        named, general, count = [], [], 0
        for cell, text in zip(block.cells, self.cells(block), strict=True):
            answer = self._grammar.answer(text)
            if answer is None:
                continue
            if self._grammar.find("refusal_columns", fold(cell.header)):
                # "If you refuse: no map of the ride".
                continue
            count += 1
            if not answer and self._grammar.find("optional_columns", fold(cell.header)):
                # "Required? No" says that it is taken of those who give it.
                continue
            actions = self._grammar.actions(fold(cell.header))
            # "Used" asks about collecting too; "Sold or shared" doesn't.
            asked = not actions.intersection(PASSING_ON) and bool(self.reading(cell.header).verbs(frame))
            if content and not self._grammar.find("asking", fold(cell.header)):
                continue
            if frame in actions or asked:
                named.append(answer)
            elif not actions or frame == "none":
                general.append(answer)
        answers = named or general
        return any(answers) if answers and count < len(block.cells) else None

    def _marked_answer(self, block: Block) -> bool | None:
        """The answer of a row with a column for yes and one for no, of which one is marked."""
        asked = {self._grammar.answer(fold(cell.header)): cell for cell in block.cells if cell.header}
        if True not in asked or False not in asked:
            return None
        yes, no = (bool(self.text(asked[key].start, asked[key].end).strip()) for key in (True, False))
        return yes if yes is not no else None

    def _is_sentence(self, cell: Cell) -> bool:
        text = self.text(cell.start, cell.end)
        return text.rstrip().endswith((".", "。", "다")) and self.reading(text).states_itself

    def _continues(self, clause: Clause) -> bool:
        """Whether a clause leans on the one before: by its first words, or as a fragment inside a paragraph."""
        reading = self.reading(clause.text)
        if reading.cues("continuations"):
            return True
        block = self.block(clause)
        return block.kind is BlockKind.PARAGRAPH and clause.start > block.start and not reading.states_itself


def _is_item(text: str) -> bool:
    """Whether a line may be an item: short, and no line that was cut in the middle of a sentence."""
    return len(text) <= TITLE_LIMIT and not text[:1].islower()
