"""Laws by the names and numbering of each report language."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from privacyscan.knowledge.texts import Texts

# A code that is cited by sections: 1798.140(c).
_SECTION = re.compile(r"\d{3,5}\.")
_RANGE = re.compile(r"(\d{1,3})-(\d{1,3})")
_CITED = re.compile(r"^(?P<law>.*?)\s+(?P<article>\d.*)$")


def cite(texts: Texts, law: str, article: str) -> str:
    """Return "PIPA art. 30", or "개인정보 보호법 제30조" in Korean; a law without a Korean name keeps its own."""
    name = texts(f"laws.{law}") if texts.has(f"laws.{law}") else law
    if _SECTION.match(article):
        return f"{name} § {article}"
    return f"{name} {_korean_article(article) if texts.language == 'ko' else texts('article', article=article)}"


def cite_all(texts: Texts, references: Iterable[str]) -> Iterator[str]:
    """Yield the citations for references that hold law and article in one ("PIPA 28-8"), each law once."""
    articles: dict[str, list[str]] = {}
    for reference in references:
        found = _CITED.match(reference)
        articles.setdefault(found["law"] if found else reference, []).extend([found["article"]] if found else [])
    for law, own in articles.items():
        yield cite(texts, law, ", ".join(own)) if own else law


def _korean_article(article: str) -> str:
    """Articles as Koreans cite them: 30 → 제30조, 28-8(1) → 제28조의8제1항, 44-46 → 제44조부터 제46조까지."""
    parts = []
    for part in article.split(", "):
        ends = _RANGE.fullmatch(part)
        if ends and int(ends[2]) > int(ends[1]):
            parts.append(f"제{ends[1]}조부터 제{ends[2]}조까지")
            continue
        found = re.fullmatch(r"(\d{1,3})(?:-(\d{1,2}))?(?:\((\d{1,2})\))?(\([a-z]\))?", part)
        if not found:
            parts.append(part)
            continue
        number, branch, paragraph, point = found.groups()
        place = f"제{number}조" + (f"의{branch}" if branch else "") + (f"제{paragraph}항" if paragraph else "")
        parts.append(place + (point or ""))
    return "·".join(parts)
