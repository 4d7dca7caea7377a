"""What a policy's service is called, as far as its title or its opening tells."""

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
# Files that say only which version or document they are; their folder says whose (`Acme/2025-02-14.md`).
_VERSION_NAME = re.compile(r"20\d\d[-_.]?\d\d[-_.]?\d\d|^Privacy (?:Policy|Notice|Statement)\.\w+$")
_HOST = re.compile(r"https?://(?:www\.)?([^/:]+)", re.IGNORECASE)
# The opening of a policy, where it says who "we" are: `Acme, Inc. (“Acme”, “we”)`, `도담랩(주)(이하 ‘회사’)`.
_OPENING, _FIRST_FIRM = 3000, 800
_ASIDE = re.compile(r"(?P<before>[^()\n]{0,80})\((?P<aside>[^()\n]{2,120})\)")
_TERM = re.compile(r"[\"“”]([^\"“”]{2,40}?),?[\"“”]")
_OURSELVES = {"we", "us", "our", "company", "the company"}
_TERM_ONLY = re.compile(
    r"(?:the |our )?(?:company|services?|sites?|website|app|platform|privacy|policy|terms|you|user)\b", re.I
)
_LEGAL_FORM = re.compile(
    r",?\s+(?:Inc|LLC|Ltd|Limited|GmbH|Corp|Corporation|Co|B\.V|S\.A|AG|PLC|plc|Pty|Oy|AB)\.?(?=[\s,]|$)"
)
_LAST_FORM = re.compile(_LEGAL_FORM.pattern.replace(r"(?=[\s,]|$)", "$"))
_PROPER = re.compile(r"(?:^|[^,\s]\s)(?<!\bin\s)(?<!\boutside\s)(?<!\bat\s)((?:[A-Z][\w&’'-]*(?:\.\w+)?\s?){1,4})$")
# A letter or digit of the name: ASCII, or Hangul and Han, told without a class of them all.
_KOREAN = re.compile(
    r"(?:^|[\s‘'“\"「])(?P<name>[^\W_\x80-\u10ff](?:[.&-]|[^\W_\x80-\u10ff]){1,29})(?:\s?(?:\(주\)|㈜|주식회사))?[’'”\"」]?"
    r"\s?\(이하,?\s?[‘'“\"「](?P<called>[^’'”\"」\n]{1,20})[’'”\"」]",
    re.MULTILINE,
)
# Of the words before a firm's name only its own are taken: none of "by", "of" or a verb in the past stands in one.
_CHINESE = re.compile(
    r"(?P<name>[^\W了由与是的A-Za-z\d_]{2,20}?)(?:（[^（）]{2,6}）)?(?:股份|集团)?有限(?:责任)?公司"
    r"\s?（以下[^）]{0,12}[“\"「](?:我们|本公司|公司)[”\"」]"
)
_KOREAN_SELF = ("회사", "당사")
_KOREAN_GENERIC = re.compile(r"(?:방침|정책|약관|서비스|정보|법률?|회사|주식회사|사이트|홈페이지|앱)$")


def guess_service(document: Document) -> str:
    """Return the service as the title or the opening sentences name it; an empty text where nothing does.

    Next to those stand the host of an address, and the folder of a file that
    is named by a date. The name of a file says nothing of a service.
    """
    title = _titled(document)
    own = title if not document.source.endswith(title) else ""
    name = " ".join(_POLICY_WORDS.sub(" ", own).split()).strip(_EDGES)
    name = re.sub(r"^(?:for|of)\s+", "", name, flags=re.IGNORECASE)
    while (shorter := _TRAILING.sub("", name).strip(_EDGES)) != name and shorter:
        name = shorter
    name = _LAST_FORM.sub("", name) or name
    if name and len(name) <= _LONGEST and not _GENERIC.match(name):
        return name
    return _introduced(document.text[:_OPENING]) or _placed(document.source)


def _placed(source: str) -> str:
    """The host or the folder that tells whose policy it is."""
    path = re.sub(r"[?#].*$|^[0-9a-f]{7,40}:", "", source).rstrip("/")
    if host := _HOST.match(path):
        return host[1]
    folder, _, file_name = path.rpartition("/")
    return folder.rpartition("/")[-1].strip(".") if _VERSION_NAME.search(file_name) else ""


def _introduced(opening: str) -> str:
    """Who the opening says that "we" are."""
    for match in _KOREAN.finditer(opening):
        name, called = match["name"].removeprefix("주식회사").removesuffix("주식회사"), match["called"]
        if (called in _KOREAN_SELF or called in name) and not _KOREAN_GENERIC.search(name):
            return name
    if chinese := _CHINESE.search(opening):
        return chinese["name"]
    for match in _ASIDE.finditer(opening):
        terms = _TERM.findall(match["aside"])
        before = match["before"].rstrip(_EDGES)
        bare = _LEGAL_FORM.sub("", before).rstrip(_EDGES)
        proper = _PROPER.search(bare)
        # A firm that is only named may be another's: that of the policy comes first of all.
        ours = {term.casefold() for term in terms} & _OURSELVES or (bare != before and match.end() < _FIRST_FIRM)
        named = [term for term in terms if term[0].isupper() and not _TERM_ONLY.match(term)]
        own = [term for term in named if term.casefold() not in _OURSELVES]
        # Several firms taken together go by the term that names them: `(collectively “Acme”, “we”)`.
        together = own if "collectively" in match["aside"] else []
        if not terms or not ours or (proper is None and not together):
            continue
        name = own[0] if own else proper[1].strip() if proper else ""
        if not _GENERIC.match(name) and not _TERM_ONLY.match(name):
            return name
    return ""


def _titled(document: Document) -> str:
    """The first of the leading headings that calls itself a policy, else the title."""
    headings = [block for block in document.blocks if block.kind is BlockKind.HEADING][:_LEADING_HEADINGS]
    texts = (document.text[block.start : block.end] for block in headings)
    return next((text for text in texts if _POLICY_WORDS.search(text)), document.title)
