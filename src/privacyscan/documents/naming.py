"""What a policy's service is called, as far as its title tells."""

from __future__ import annotations

import re

from privacyscan.models import BlockKind, Document

_POLICY_WORDS = re.compile(
    r"\b(?:cookies? (?:and|&) )?(?:global |our |website |app |the )?privacy(?: (?:and|&) cookies?)? "
    r"(?:policy|notice|statement|cent(?:er|re))"
    r"|data protection (?:policy|notice|and|at)\b"
    r"|개인\s?정보\s?(?:처리|취급|보호)\s?(?:방침|정책)|隐私(?:权)?(?:保护)?(?:政策|协议|声明|条款|指引|说明)|用户|总则|《|》",
    re.IGNORECASE,
)
_EDGES = " \t-–—|:·,.()[]“”\"'’®™"
_LONGEST = 40
_LEADING_HEADINGS = 6
# What follows a name in a title without being part of it.
_TRAILING = re.compile(
    r"\s*(?:[(（/|]|\*\*).*$"
    r"|[\s&]+(?:general|personal|supplemental|services?|consumer|u\.?s\.?|highlights|user|and user notice)$"
    r"|(?:'s|’s|의)$",
    re.IGNORECASE,
)
# Titles that name a region, a chapter or nothing at all.
_GENERIC = re.compile(
    r"^(?:for|of|의|의 |v?\d[\d.]*|introduction|welcome|overview|updated?|last|effective"
    r"|europe(?:an)?|eu|eea|uk|us|usa|california|global|international|consumers?|general|website|app|online"
    r"|(?:table of )?contents|legal(?: information)?|printable version|customer accounts?|privacy|summary|'?s)?$"
    r"|^(?:(?:the|our|users?|data|information|scope|definitions?|services?|residents|united states|eea\+?|welcome"
    r"|to|of|for|and|&|notice|policy|general|highlights|disclaimer|imprint|[a-z]\.)[\s“”\"]*)+$"
    r"|^(?:we|our|let|how|this|your|what|when|where|who|why|which|information|scope|\d)\b"
    r"|^제\s?\d+\s?[조장절]|^第[一二三四五六七八九十\d]+[条章]|^[一二三四五六七八九十]+、",
    re.IGNORECASE,
)
# Files that say which version or document they are; their folder says whose (`Acme/2025-02-14.md`).
_VERSION_NAME = re.compile(r"20\d\d[-_.]?\d\d[-_.]?\d\d|^privacy[ _-]?(?:policy|notice|statement)?$", re.IGNORECASE)
_HOST = re.compile(r"https?://(?:www\.)?([^/:]+)", re.IGNORECASE)
_SUFFIX = re.compile(r"\.(?:md|markdown|html?|xhtml|txt)$", re.IGNORECASE)


def guess_service(document: Document) -> str:
    """Return the service named in the title without the words for "privacy policy", else the source's name.

    That is the host of an address, and the folder of a file that is named by a date or as a policy.
    """
    title = _titled(document)
    own = title if not document.source.endswith(title) else ""
    name = " ".join(_POLICY_WORDS.sub(" ", own).split()).strip(_EDGES)
    name = re.sub(r"^(?:for|of)\s+", "", name, flags=re.IGNORECASE)
    while (shorter := _TRAILING.sub("", name).strip(_EDGES)) != name and shorter:
        name = shorter
    path = re.sub(r"[?#].*$|^[0-9a-f]{7,40}:", "", document.source).rstrip("/")
    folder, _, file_name = path.rpartition("/")
    if name and len(name) <= _LONGEST and not _GENERIC.match(name):
        return name
    if host := _HOST.match(path):
        return host[1]
    stem = _SUFFIX.sub("", file_name)
    if _VERSION_NAME.search(stem) and (holder := folder.rpartition("/")[-1].strip(".")):
        return holder
    return stem or document.source


def _titled(document: Document) -> str:
    """The first of the leading headings that calls itself a policy, else the title."""
    headings = [block for block in document.blocks if block.kind is BlockKind.HEADING][:_LEADING_HEADINGS]
    texts = (document.text[block.start : block.end] for block in headings)
    return next((text for text in texts if _POLICY_WORDS.search(text)), document.title)
