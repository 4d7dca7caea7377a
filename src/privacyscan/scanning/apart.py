"""The second voice in a process of its own: it listens while the rules read.

A scan of one policy waits for numpy as long as for its rules to match, and
Python does one thing at a time. So the classifier runs in a forked process,
which starts while the policy is still being fetched, and whose answer is
read when resolution asks for it. Whatever goes wrong there, the classifier
is run here instead: the answer is the same.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Callable, Sequence
from functools import cached_property
from typing import BinaryIO

import msgspec

from privacyscan.models import Language
from privacyscan.scanning.voice import Classifier, SecondVoice


class Question(msgspec.Struct):
    """The clauses of one document and their language."""

    texts: Sequence[str]
    language: Language


class Heard(msgspec.Struct):
    """What the classifier said of one document: probabilities by practice and clause, nominations in document order.

    Those of ``nominated`` with ``True`` stand whatever their clause says, the others only where it is rephrased.
    """

    probabilities: dict[str, list[float]]
    nominated: list[tuple[int, str, bool]]


class ClassifierApart:
    """The shipped classifier in a process of its own, for the first document; it runs here for every other."""

    def __init__(self) -> None:
        """Start the process where that gains time, and is safe: a second processor, no other thread, no numpy yet."""
        self._asked: BinaryIO | None = None
        self._answer: BinaryIO | None = None
        if _worth_it():
            self._start()

    def predict(self, texts: Sequence[str], language: Language) -> SecondVoice:
        """Return what is predicted of the clauses of one document; raises ``ModelError`` where there is no model."""
        asked, answer = self._asked, self._answer
        self._asked = self._answer = None
        if asked is None or answer is None:
            return _here().predict(texts, language)
        try:
            with asked:
                asked.write(msgspec.msgpack.encode(Question(texts, language)))
        except OSError:
            answer.close()
            return _here().predict(texts, language)
        return _Awaited(answer, texts, language)

    def _start(self) -> None:
        to_read, asked = os.pipe()
        answer, to_write = os.pipe()
        try:
            child = os.fork()
        except OSError:
            # The machine has no room for another process.
            for end in (to_read, asked, answer, to_write):
                os.close(end)
            return
        if child == 0:
            os.close(asked)
            os.close(answer)
            _listen(to_read, to_write)
        os.close(to_read)
        os.close(to_write)
        self._asked, self._answer = os.fdopen(asked, "wb"), os.fdopen(answer, "rb")


class _Awaited:
    """The answer of the other process, read when it is first needed."""

    def __init__(self, answer: BinaryIO, texts: Sequence[str], language: Language) -> None:
        self._answer = answer
        self._texts = texts
        self._language = language

    @cached_property
    def _heard(self) -> Heard | None:
        try:
            with self._answer:
                return msgspec.msgpack.decode(self._answer.read(), type=Heard)
        except (OSError, msgspec.DecodeError):
            return None

    @cached_property
    def _own(self) -> SecondVoice:
        """The same judgement, made here: for what is rarely asked, and where the other process failed."""
        return _here().predict(self._texts, self._language)

    def probability(self, practice: str, clause: int) -> float | None:
        if self._heard is None:
            return self._own.probability(practice, clause)
        column = self._heard.probabilities.get(practice)
        return None if column is None else column[clause]

    def nominations(self, rephrased: Callable[[int, str], bool]) -> Sequence[tuple[int, str]]:
        if self._heard is None:
            return self._own.nominations(rephrased)
        return [
            (clause, practice)
            for clause, practice, surely in self._heard.nominated
            if surely or rephrased(clause, practice)
        ]

    def denial(self, practice: str, clause: int) -> float:
        return self._own.denial(practice, clause)

    def strongest(self, practice: str, clause: int) -> Sequence[tuple[int, int]]:
        return self._own.strongest(practice, clause)


def _worth_it() -> bool:
    several = hasattr(os, "sched_getaffinity") and len(os.sched_getaffinity(0)) > 1
    return several and "numpy" not in sys.modules and threading.active_count() == 1


def _here() -> Classifier:
    # Imported here: this is what waits for numpy.
    from privacyscan.scanning.classification import shipped_classifier

    return shipped_classifier()


def _listen(to_read: int, to_write: int) -> None:
    """Load the classifier, answer one question and end the process, whatever happens."""
    try:
        # Whoever stops the program stops the reader; this one then finds nobody to ask or to answer.
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        from privacyscan.scanning.classification import shipped_classifier

        classifier = shipped_classifier()
        with os.fdopen(to_read, "rb") as asked, os.fdopen(to_write, "wb") as answer:
            question = msgspec.msgpack.decode(asked.read(), type=Question)
            said = classifier.predict(question.texts, question.language)
            surely = set(said.nominations(lambda *_: False))
            nominated = [(*pair, pair in surely) for pair in said.nominations(lambda *_: True)]
            columns = dict(zip(classifier.practices, said.matrix.T.tolist(), strict=True))
            answer.write(msgspec.msgpack.encode(Heard(columns, nominated)))
    finally:
        # Not ``sys.exit``: what waits to be written stands in the reader's buffers too.
        os._exit(0)
