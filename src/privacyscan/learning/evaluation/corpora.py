"""Four published corpora as passages with labels in this project's words.

Each corpus declares in one table which of its labels mean which practices. A
``Target`` joins several labels and several practices where the corpus draws
its lines elsewhere than this project does.
"""

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
from privacyscan.models import Document, Language


class Answer(StrEnum):
    """What a passage says of a practice, in the words of APP-350."""

    PERFORMED = "performed"
    NOT_PERFORMED = "not_performed"


@dataclass(frozen=True)
class Target:
    """Labels of a corpus, and the practices that they mean.

    Where a practice is wider than its labels, ``words`` is a pattern for what
    the labels cover, and answers whose clause names none of it aren't counted.
    """

    labels: tuple[str, ...]
    practices: tuple[str, ...]
    words: str = ""


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
    """A published corpus: where it came from, its table of labels, and its reader."""

    name: str
    source: str
    targets: dict[str, Target]
    read: Callable[[Path], Iterator[Passage]]


_APP350 = {
    "ip_address": Target(("Identifier_IP_Address",), ("ip_address",)),
    "cookies_tracking": Target(("Identifier_Cookie_or_similar_Tech",), ("cookies_tracking",)),
    "device_identifier": Target(
        (
            "Identifier_Device_ID",
            "Identifier_Ad_ID",
            "Identifier_IMEI",
            "Identifier_IMSI",
            "Identifier_MAC",
            "Identifier_SIM_Serial",
        ),
        ("device_identifier",),
    ),
    "precise_location": Target(("Location_GPS",), ("precise_location",)),
    # The friends list of a social network belongs to "SSO" there.
    "address_book": Target(
        ("Contact_Address_Book",), ("address_book",), r"contact|address book|phone ?book|phone numbers"
    ),
    # Names, user names and profiles have no label there.
    "contact_identity": Target(
        ("Contact_E_Mail_Address", "Contact_Phone_Number", "Contact_Postal_Address"),
        ("contact_identity",),
        r"e-?mail|phone|(?:postal|mailing|home|street|physical|billing|residential) address|, address|address,",
    ),
    "location": Target(
        (
            "Location",
            "Location_GPS",
            "Location_WiFi",
            "Location_Cell_Tower",
            "Location_Bluetooth",
            "Location_IP_Address",
        ),
        ("precise_location", "approximate_location"),
    ),
}

_GDPR200 = {
    "cross_border_transfer": Target(("Third-country Transfers",), ("cross_border_transfer",)),
    "retention": Target(("Data Retention Period",), ("retention_period_stated", "retention_indefinite")),
    "right_to_delete": Target(("Right to Erasure",), ("right_to_delete",)),
    "right_to_access": Target(("Right to Access", "Right to Portability"), ("right_to_access",)),
    "rights": Target(
        ("Right to Erasure", "Right to Access", "Right to Portability"), ("right_to_delete", "right_to_access")
    ),
}

# A place of storage (10.2) counts for storage_china where the paragraph names a Chinese one, and for transfers
# where it speaks of going abroad too: a paragraph has one code there, whatever else it says.
_STORED_IN_CHINA = "10.2 China"
_CHINESE_PLACE = re.compile(r"中国|中华人民共和国|境内|我国|大陆|北京|上海|深圳|广州|杭州|贵州")
_ABROAD = re.compile(r"境外|跨境|出境|海外")
_APPCP100 = {
    "storage_china": Target((_STORED_IN_CHINA,), ("storage_china",)),
    "cross_border_transfer": Target(("9",), ("cross_border_transfer",)),
    "retention": Target(("10.1",), ("retention_period_stated", "retention_indefinite")),
    "right_to_access": Target(("6.2", "6.7"), ("right_to_access",)),
    "right_to_delete": Target(("6.4",), ("right_to_delete",)),
    # "6" stands for the rights of individuals in general.
    "rights": Target(("6", "6.2", "6.4", "6.7"), ("right_to_delete", "right_to_access")),
    "cookies_tracking": Target(("13.1",), ("cookies_tracking",)),
}

_TYPE = "Personal Information Type"
_OPP115 = {
    "cookies_tracking": Target((f"{_TYPE}: Cookies and tracking elements",), ("cookies_tracking",)),
    "ip_or_device_identifier": Target((f"{_TYPE}: IP address and device IDs",), ("ip_address", "device_identifier")),
    "device_info": Target((f"{_TYPE}: Computer information",), ("device_info",)),
    "location": Target((f"{_TYPE}: Location",), ("precise_location", "approximate_location")),
    "contact_identity": Target((f"{_TYPE}: Contact",), ("contact_identity",)),
    "payment_financial": Target((f"{_TYPE}: Financial",), ("payment_financial",)),
    "usage_logs": Target((f"{_TYPE}: User online activities",), ("usage_logs",)),
    "advertising": Target(("Purpose: Advertising",), ("targeted_advertising", "advertiser_sharing")),
    "business_transfer": Target(("Purpose: Merger/Acquisition",), ("business_transfer",)),
    "affiliate_sharing": Target(("Third Party Entity: Other part of company/affiliate",), ("affiliate_sharing",)),
    "security_measures": Target(("Data Security",), ("security_measures",)),
    "children_barred": Target(("Audience Type: Children",), ("children_barred",)),
    "retention": Target(("Data Retention",), ("retention_period_stated", "retention_indefinite")),
    "right_to_delete": Target(
        ("Access Type: Delete account (partial)", "Access Type: Delete account (full)"), ("right_to_delete",)
    ),
}


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
                labels.add((_STORED_IN_CHINA, Answer.PERFORMED))
            if "10.2" in codes and _ABROAD.search(text):
                labels.add(("9", Answer.PERFORMED))
            context = [(f"h{depth}", title) for depth, title in enumerate(titles, 1)]
            yield _passage(policy=policy, texts=[text], labels=labels, context=context, language="zh")
        yield from _appcp100_titles(child, policy, (*titles, text) if child.tag == "title" and text else titles)


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
        Corpus("app350", "Story et al. 2019, APP-350: segments of app policies", _APP350, _read_app350),
        Corpus("gdpr200", "GDPR-Transparency-200: passages of app policies", _GDPR200, _read_gdpr200),
        Corpus("appcp100", "APPCP-100: paragraphs of Chinese app policies", _APPCP100, _read_appcp100),
        Corpus("opp115", "Wilson et al. 2016, OPP-115: segments of website policies", _OPP115, _read_opp115),
    )
}
