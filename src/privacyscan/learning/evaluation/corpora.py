"""Five published corpora as passages; ``targets`` declares which of their labels mean which practices."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from privacyscan.documents import DocumentBuilder
from privacyscan.learning.evaluation.errors import BenchmarkError
from privacyscan.learning.evaluation.targets import APP350, APPCP100, CAPP130, GDPR200, OPP115, STORED_IN_CHINA, Target
from privacyscan.models import Document, Language


class Answer(StrEnum):
    """What a passage says of a practice, in the words of APP-350."""

    PERFORMED = "performed"
    NOT_PERFORMED = "not_performed"


@dataclass(frozen=True)
class Passage:
    """One labelled stretch of a policy, with the headings and the introduction above it.

    ``start`` is where the passage begins in ``document.text``; what stands
    before it is context. ``group`` is a part of the corpus that is counted apart.
    """

    policy: str
    document: Document
    start: int
    language: Language
    labels: frozenset[tuple[str, Answer]]
    group: str = ""


@dataclass(frozen=True)
class Corpus:
    """A published corpus: where it came from, its table of labels, and its reader.

    Where labels are ``topics``, they say what a passage speaks of and not what
    it says of it: every answer counts as performed.
    """

    name: str
    source: str
    targets: dict[str, Target]
    read: Callable[[Path], Iterator[Passage]]
    topics: bool = False


# A place of storage (10.2) counts for storage_china where the paragraph names a Chinese one, and for transfers
# where it speaks of going abroad too: a paragraph has one code there, whatever else it says.
_CHINESE_PLACE = re.compile(r"中国|中华人民共和国|境内|我国|大陆|北京|上海|深圳|广州|杭州|贵州")
_ABROAD = re.compile(r"境外|跨境|出境|海外")


def _read_app350(data: Path) -> Iterator[Passage]:
    """An annotation may run over several segments and is repeated on each; such a run is one passage."""
    runs: list[tuple[dict[str, Any], frozenset[tuple[str, Answer]], list[str]]] = []
    for row in _rows(data / "app350" / "dev.jsonl"):
        labels = frozenset(
            (re.sub(r"_(?:1st|3rd)Party$", "", str(item["practice"])), Answer(str(item["modality"]).lower()))
            for item in row["annotations"]
        )
        last, last_labels, texts = runs[-1] if runs else (None, None, [])
        if last is not None and labels and labels == last_labels and _follows(row, last, len(texts)):
            texts.append(row["text"])
        else:
            runs.append((row, labels, [row["text"]]))
    for row, labels, texts in runs:
        yield _passage(
            policy=str(row["policy"]),
            texts=texts,
            labels=labels,
            group="made-up denials" if row["synthetic"] else "real policies",
        )


def _follows(row: dict[str, Any], first: dict[str, Any], length: int) -> bool:
    return bool(row["policy"] == first["policy"] and row["segment"] == first["segment"] + length)


def _read_gdpr200(data: Path) -> Iterator[Passage]:
    for row in _rows(data / "gdpr200" / "dev.jsonl"):
        labels = {
            (str(item["requirement"]), Answer.PERFORMED if item["performed"] else Answer.NOT_PERFORMED)
            for item in row["annotations"]
        }
        context = [(str(item["type"]), str(item["text"])) for item in row["context"]]
        yield _passage(policy=row["policy"], texts=[row["passage"]], labels=labels, context=context)


def _read_opp115(data: Path) -> Iterator[Passage]:
    """A label counts where two of a segment's three annotators set it."""
    for row in _rows(data / "opp115" / "attributes_dev.jsonl"):
        votes = Counter(
            {
                (vote, annotator)
                for item in row["annotations"]
                for annotator in [str(item["annotator"])]
                for vote in _opp115_votes(item)
            }
        )
        counts = Counter(label for label, _ in votes)
        labels = {label for label, count in counts.items() if count >= 2}
        yield _passage(policy=row["policy"], texts=[row["text"]], labels=labels)


def _opp115_votes(item: dict[str, Any]) -> Iterator[tuple[str, Answer]]:
    answer = Answer.NOT_PERFORMED if item["attributes"].get("Does/Does Not") == "Does Not" else Answer.PERFORMED
    yield str(item["category"]), answer
    if item["category"] != "User Choice/Control":
        for name, value in item["attributes"].items():
            yield f"{name}: {value}", answer


def _read_appcp100(data: Path) -> Iterator[Passage]:
    paths = sorted((data / "appcp100").glob("*.xml"))
    if not paths:
        raise BenchmarkError(f"{data / 'appcp100'}: no policy found; --data takes the folder that holds appcp100/")
    for path in paths:
        try:
            root = ElementTree.parse(path).getroot()  # noqa: S314 -- a local corpus, and no entity is resolved
        except ElementTree.ParseError as error:
            raise BenchmarkError(f"{path}: not the XML of APPCP-100 ({error})") from None
        yield from _appcp100_titles(root, path.stem, ())


def _appcp100_titles(node: Any, policy: str, titles: tuple[str, ...]) -> Iterator[Passage]:
    for child in node:
        text = " ".join((child.text or "").split())
        if child.tag == "p" and text:
            codes = set(str(child.get("category") or "").split(","))
            labels = {(code, Answer.PERFORMED) for code in codes}
            labels |= {("9", Answer.PERFORMED) for code in codes if code.split(".")[0] == "9"}
            if "10.2" in codes and _CHINESE_PLACE.search(text):
                labels.add((STORED_IN_CHINA, Answer.PERFORMED))
            if "10.2" in codes and _ABROAD.search(text):
                labels.add(("9", Answer.PERFORMED))
            context = [(f"h{depth}", title) for depth, title in enumerate(titles, 1)]
            yield _passage(policy=policy, texts=[text], labels=labels, context=context, language="zh")
        yield from _appcp100_titles(child, policy, (*titles, text) if child.tag == "title" and text else titles)


def _read_capp130(data: Path) -> Iterator[Passage]:
    for row in _rows(data / "capp130" / "topic_dev.jsonl"):
        topics = [str(topic) for topic, given in enumerate(json.loads(row["label"])) if given]
        labels = [(topic, Answer.PERFORMED) for topic in topics]
        yield _passage(policy="", texts=[str(row["text"])], labels=labels, language="zh")


def _passage(
    *,
    policy: str,
    texts: Iterable[str],
    labels: Iterable[tuple[str, Answer]],
    context: Iterable[tuple[str, str]] = (),
    language: Language = "en",
    group: str = "",
) -> Passage:
    builder = DocumentBuilder(source=policy)
    introduced = False
    for kind, above in context:
        if match := re.fullmatch(r"h([1-9])", kind):
            builder.heading(above, int(match.group(1)))
        elif kind == "list_intro":
            builder.paragraph(above)
            introduced = True
    before = builder.build().text
    for text in texts:
        if introduced:
            builder.list_item(text, 0)
        else:
            builder.paragraph(text)
    return Passage(
        policy=policy,
        document=builder.build(),
        start=len(before),
        language=language,
        labels=frozenset(labels),
        group=group,
    )


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except OSError:
        raise BenchmarkError(f"{path}: not found; --data takes the folder that holds {path.parent.name}/") from None
    for number, line in enumerate(lines, 1):
        try:
            yield json.loads(line)
        except json.JSONDecodeError as error:
            raise BenchmarkError(f"{path}:{number}: not JSON ({error.msg})") from None


CORPORA = {
    corpus.name: corpus
    for corpus in (
        Corpus("app350", "Story et al. 2019, APP-350: segments of app policies", APP350, _read_app350),
        Corpus("gdpr200", "GDPR-Transparency-200: passages of app policies", GDPR200, _read_gdpr200),
        Corpus("appcp100", "APPCP-100: paragraphs of Chinese app policies", APPCP100, _read_appcp100),
        Corpus("capp130", "CAPP-130: sentences of Chinese app policies, by topic", CAPP130, _read_capp130, topics=True),
        Corpus("opp115", "Wilson et al. 2016, OPP-115: segments of website policies", OPP115, _read_opp115),
    )
}
