"""Which region and which kind of document a policy's title names."""

from __future__ import annotations

import re

# Canonical name → words for it in titles; a title that names none holds for everybody.
_NAMED = {
    "europe": r"\b(?:europe(?:an)?|eu|eea|gdpr)\b|유럽|欧洲|欧盟",
    "uk": r"\b(?:uk|united kingdom)\b|영국|英国",
    "switzerland": r"\b(?:switzerland|swiss)\b|스위스|瑞士",
    "us": r"(?-i:\bUSA?\b|\bU\.S\.)|\bunited states\b|미국|美国",
    "california": r"\b(?:california|ccpa)\b|캘리포니아|加州|加利福尼亚",
    "korea": r"\bkorean?\b|한국|대한민국|韩国",
    "china": r"\bchin(?:a|ese)\b|중국|中国",
    "japan": r"\bjapan(?:ese)?\b|일본|日本",
    "brazil": r"\bbrazil(?:ian)?\b|브라질|巴西",
    "canada": r"\bcanad(?:a|ian)\b|캐나다|加拿大",
    "cookies": r"\bcookies?\b|쿠키",
    "terms": r"\bterms\b|\bconditions of use\b|약관|用户协议|服务条款",
    "processing agreement": r"\bdata processing (?:agreement|addendum)\b|처리 ?위탁 ?계약",
    "children": r"\b(?:child(?:ren)?|kids|teens?|students?)\b|아동|어린이|청소년|학생|儿童|未成年",
    "staff": r"\b(?:applicants?|candidates?|recruit(?:ment|ing)|employees?|job)\b|채용|지원자|임직원|招聘|员工",
    "businesses": r"\b(?:enterprise|business(?:es)?|api|developers?)\b|기업용|개발자|企业|开发者",
}
_PATTERNS = {name: re.compile(words, re.IGNORECASE) for name, words in _NAMED.items()}
_PRIVACY = re.compile(r"\bprivacy\b|\bdata protection\b|개인\s?정보|隐私", re.IGNORECASE)


def scope_of(title: str, service: str = "") -> frozenset[str]:
    """Return the regions and kinds of document that ``title`` names, apart from what the ``service`` is called."""
    own = {name for name, pattern in _PATTERNS.items() if pattern.search(service)}
    named = {name for name, pattern in _PATTERNS.items() if pattern.search(title)} - own
    if _PRIVACY.search(title):
        # "Privacy and cookie policy" is the policy all the same.
        named.discard("cookies")
    return frozenset(named)
