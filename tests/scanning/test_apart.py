"""The classifier in a process of its own says what it says in this one, and what goes wrong there is made good here."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from privacyscan.scanning import apart
from privacyscan.scanning.apart import ClassifierApart
from privacyscan.scanning.classification import shipped_classifier

TEXTS = [
    "We record the rhythm at which you type in the editor.",
    "The library opens at nine.",
    "Whatever you write in the chat teaches our models, unless you object.",
]
PRACTICES = ("keystroke_dynamics", "model_training", "no_such_practice")


@pytest.fixture
def forks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a process start although the tests have imported numpy long ago."""
    monkeypatch.setattr(apart, "_worth_it", lambda: True)


def said(voice: apart.SecondVoice) -> list[object]:
    """Everything resolution may ask."""
    pairs = voice.nominations(lambda *_: True)
    return [
        [voice.probability(practice, clause) for practice in PRACTICES for clause in range(len(TEXTS))],
        pairs,
        voice.nominations(lambda *_: False),
        voice.nominations(lambda clause, practice: clause == 0 and practice == "keystroke_dynamics"),
        [voice.strongest(practice, clause) for clause, practice in pairs],
        [voice.denial(practice, clause) for clause, practice in pairs],
    ]


@pytest.mark.usefixtures("forks")
def test_the_other_process_says_the_same() -> None:
    here = shipped_classifier().predict(TEXTS, "en")
    assert here.nominations(lambda *_: True), "the texts should make the classifier say something"
    assert said(ClassifierApart().predict(TEXTS, "en")) == said(here)


@pytest.mark.usefixtures("forks")
def test_a_second_document_is_judged_here() -> None:
    classifier = ClassifierApart()
    assert said(classifier.predict(TEXTS, "en")) == said(classifier.predict(TEXTS, "en"))


@pytest.mark.parametrize("copies", [1, 9000], ids=["fits the pipe", "is more than a pipe holds"])
@pytest.mark.parametrize("dies", [False, True])
@pytest.mark.usefixtures("forks")
def test_a_process_that_dies_costs_only_time(monkeypatch: pytest.MonkeyPatch, copies: int, *, dies: bool) -> None:
    if dies:
        monkeypatch.setattr(apart, "_listen", lambda *_: os._exit(1))
    texts = [f"{text} ({copy})" for copy in range(copies) for text in TEXTS]
    told = ClassifierApart().predict(texts, "en").nominations(lambda *_: True)
    assert told
    assert told == shipped_classifier().predict(texts, "en").nominations(lambda *_: True)


@pytest.mark.usefixtures("forks")
def test_a_machine_without_room_for_a_process_needs_none(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse() -> int:
        raise BlockingIOError("no room")

    monkeypatch.setattr(os, "fork", refuse)
    assert said(ClassifierApart().predict(TEXTS, "en")) == said(shipped_classifier().predict(TEXTS, "en"))


def test_a_scan_in_a_terminal_does_not_wait_for_numpy() -> None:
    code = (
        "import sys; from privacyscan.scanning.apart import ClassifierApart; "
        "from privacyscan.scanning.scanner import Scanner; "
        "scanner = Scanner(classifier=ClassifierApart()); report = scanner.scan_file(sys.argv[1]); "
        "print(len(report.findings), 'numpy' in sys.modules)"
    )
    policy = Path(__file__).parents[2] / "examples" / "mirinae.ko.md"
    ran = subprocess.run([sys.executable, "-c", code, str(policy)], check=True, capture_output=True, text=True)
    findings, waited = ran.stdout.split()
    assert int(findings) > 0
    assert waited == str(len(os.sched_getaffinity(0)) < 2)
