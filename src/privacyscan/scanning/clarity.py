"""How plainly a clause says what it is evidence for: whole sentences first, headings and pointers last."""

from __future__ import annotations

import re
from bisect import bisect_right
from enum import IntEnum

from privacyscan.models import BlockKind, Document, Finding

# Sentences end so; Korean ones without a full stop end in their verb.
_SENTENCE_END = re.compile(r"(?:[.!?。！？;；]|[다요음임함])[\"'”’)\]」』）*_]{0,4}$")
_SHORT, _CAPTION, _LONG = 16, 90, 420
# Beyond this a clause is a long list rather than a telling one.
_MENTIONS_COUNTED = 3
_CJK = re.compile(r"[\u3400-\u9fff\uac00-\ud7a3]")
# A question, a link's words, a numbered heading, a line that leads elsewhere.
_POINTS = re.compile(
    r"[?？]$|알아보기|바로 ?가기|자세한 (?:내용|사항)|详见|请参阅|^参见"
    r"|\b(?:this|these) (?:section|(?:privacy )?policy|notice|statement)s? (?:also )?(?:describes?|explains?|covers?)\b"
    r"|\bas (?:set out|described|explained|specified) in (?:our|the) [^.;]{0,40}(?:policy|notice|section)\b"
    r"|\b(?:learn|read) more\b|\bfor (?:more|further) (?:information|details)\b"
    r"|^\d{1,2}(?:\.\d{1,2}){0,2}\.? .{1,70}$",
    re.IGNORECASE,
)
# How a user may refuse a thing shows it only by the way.
_REFUSES = re.compile(
    r"(?:설정|메뉴|도구|settings?|menu|options?|설정을?) ?>"
    r"|\b(?:disable|block|reject|refuse|decline|turn(?:ing)? off|clear|delete|opt(?:ing)?[- ]out)\b"
    r"|쿠키[^.]{0,30}(?:거부|삭제|차단)|(?:拒绝|禁用|清除|关闭)[^。；]{0,12}(?:cookie|广告|推荐)",
    re.IGNORECASE,
)
# A right is not shown best by the cases in which it is turned down, or that it may bring trouble.
_TURNS_DOWN = re.compile(
    r"\b(?:we may (?:also )?(?:decline|refuse|reject)|may no longer be able|unable to)\b"
    r"|거절할 수|제한될 수|无法|拒绝您",
    re.IGNORECASE,
)
# What services do with data; a sentence without any of it speaks of the data only by the way.
_ACTS = re.compile(
    r"\b(?:collect|obtain|receiv|gather|record|track|use[sd]?\b|using|shar|disclos|sell|sold|transfer|stor|retain|keep"
    r"|kept|process|combin|train|analy[sz]|pass|give|gave|provid|place|set\b|engag|rel(?:y|ies)\b)"
    r"|수집|제공(?:받|합|할|하)|이용합|이용할|이용하|사용합|사용할|사용하|보관|저장|이전|공유|위탁|판매|분석|처리|전송"
    r"|收集|搜集|获取|使用|共享|提供|存储|储存|保存|传输|委托|记录|处理|转移|披露|推送|推荐",
    re.IGNORECASE,
)
_SPEAKER = re.compile(r"\b(?:we|us|our|you|your)\b|회사|당사|저희|이용자|회원|我们|您|用户", re.IGNORECASE)


class Form(IntEnum):
    """What kind of clause a quote is, the plainest first."""

    SENTENCE = 0
    ITEM = 1
    ROW = 2
    ASIDE = 3
    POINTER = 4


def form_of(finding: Finding, document: Document, *, act: bool) -> Form:
    """Return what kind of clause the quote of ``finding`` is; ``act`` says that it is to tell what a service does."""
    text = " ".join(finding.quote.split())
    kind = _kind(document, finding.start)
    short = len(text) < (_SHORT // 2 if _CJK.search(text) else _SHORT)
    aside = _REFUSES if act else _TURNS_DOWN
    ended = bool(_SENTENCE_END.search(text))
    caption = not ended and len(text) < _CAPTION and kind in (BlockKind.PARAGRAPH, BlockKind.HEADING, None)
    if kind is BlockKind.HEADING or caption or _heads(finding) or short or _POINTS.search(text) or aside.search(text):
        return Form.POINTER
    if kind in (BlockKind.TABLE_ROW, BlockKind.TABLE_HEADER):
        return Form.ROW
    if act and not _borrowed(finding) and not _ACTS.search(text):
        return Form.ASIDE
    return Form.SENTENCE if ended and not _borrowed(finding) else Form.ITEM


def plainness(finding: Finding, document: Document, *, act: bool) -> tuple[int, bool, int, bool]:
    """Return a key by which the plainest quote sorts first: form, length, what it names, whether it says who acts."""
    text = finding.quote
    long = len(text) > (_LONG // 2 if _CJK.search(text) else _LONG)
    named = -min(finding.mentions, _MENTIONS_COUNTED)
    return int(form_of(finding, document, act=act)), long, named, not _SPEAKER.search(text)


def _heads(finding: Finding) -> bool:
    """Whether nothing but the heading above says what is done: the clause is a caption under it."""
    codes = {reason.code for reason in finding.reasons}
    return "heading_verb" in codes and not _SENTENCE_END.search(finding.quote.strip())


def _borrowed(finding: Finding) -> bool:
    """Whether the verb stands outside the clause: in the sentence over a list, a table's head, a heading."""
    return any(reason.code in ("intro_verb", "row_verb", "heading_verb", "bare_list") for reason in finding.reasons)


def _kind(document: Document, place: int) -> BlockKind | None:
    index = bisect_right(document.blocks, place, key=lambda block: block.start) - 1
    return document.blocks[index].kind if index >= 0 else None
