"""Folding text for matching, character by character, so that offsets stay true."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from privacyscan.knowledge.patterns import TAKEN_FOR_ASCII

_QUOTES = {"‘": "'", "’": "'", "‚": "'", "‛": "'", "“": '"', "”": '"', "„": '"', "‟": '"', "′": "'", "″": '"'}
_DASHES = dict.fromkeys("‐‑‒–—―−", "-")
_MIDDLE_DOTS = dict.fromkeys("ㆍ・‧∙", "·")
# Full-width ASCII, as Chinese and Korean texts mix it in; the clause marks ，；：。 stay, rules use them.
_KEPT_WIDE = "，；：！？（）"
_FULL_WIDTH = {chr(code): chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F) if chr(code) not in _KEPT_WIDE}
_PLAIN = {**_QUOTES, **_DASHES, **_MIDDLE_DOTS, **_FULL_WIDTH, "\u3000": " ", "\xa0": " ", "\n": " "}
# What Taiwan and Hong Kong call otherwise, in simplified characters, each as long as the mainland's word.
_WORDS = {
    "资讯": "信息",
    "资料": "信息",
    "装置": "设备",
    "登入": "登录",
    "登出": "退出",
    "存取": "访问",
    "帐号": "账号",
    "帐户": "账户",
    "储存": "存储",
    "透过": "通过",
    "行销": "营销",
    "促销": "营销",
    "揭露": "披露",
    "移转": "转移",
    "档案": "文件",
    "位址": "地址",
    "纪录": "记录",
    "网路": "网络",
    "软体": "软件",
    "硬体": "硬件",
    "讯息": "消息",
    "简讯": "短信",
    "萤幕": "屏幕",
    "伺服器": "服务器",
    "第三人": "第三方",
    "电邮": "邮箱",
    "搜寻": "搜索",
    "透露": "披露",
    "联络": "联系",
    "预设": "默认",
    "支援": "支持",
    "程式": "程序",
    "阁下": "用户",
    "连线": "连接",
}
_WORD = re.compile("|".join(_WORDS))
# Numbers in the brackets of a template: "保存【30】日".
_FILLED_IN = re.compile("【([0-9一二三四五六七八九十两]{1,4})】")
# Looking for the few is ten times as fast as looking every character up.
_STRANGE = re.compile(f"[{''.join(map(re.escape, _PLAIN))}]")
# Stands where a word begins or ends, for the literals of patterns.
EDGE = "\x7f"
BOUNDARY = re.compile(r"\b", re.ASCII)


def fold(text: str) -> str:
    """Return ``text`` with quotes, dashes, widths and spaces made plain and Han characters simplified.

    It keeps its length: Taiwan's and Hong Kong's characters become the
    mainland's one by one, and so do some of their words.
    """
    if text.isascii():
        # Of ASCII, only the line break is folded.
        return text.replace("\n", " ")
    plain = _FILLED_IN.sub(r" \1 ", _STRANGE.sub(lambda found: _PLAIN[found[0]], text))
    if not _is_traditional(plain):
        return plain
    simplified = "".join(_simplified(letter) if _is_han(letter) else letter for letter in plain)
    return _WORD.sub(lambda found: _WORDS[found[0]], simplified)


def _is_traditional(text: str) -> bool:
    """Whether a text holds Han characters that the mainland's first character set leaves out."""
    try:
        text.encode("gb2312")
    except UnicodeEncodeError:
        return any(_is_foreign(letter) for letter in set(text) if _is_han(letter))
    return False


def _is_han(letter: str) -> bool:
    return "\u4e00" <= letter <= "\u9fff"


@cache
def _is_foreign(character: str) -> bool:
    return not character.encode("gb2312", "ignore")


@cache
def _simplified(character: str) -> str:
    simplified = _converter().convert(character)
    return simplified if len(simplified) == 1 else character


@cache
def _converter() -> Any:
    # Imported with the first such character: few texts hold one.
    from opencc import OpenCC

    return OpenCC("t2s")


def marked(text: str) -> str | None:
    """Return ``text`` as literals are looked for in it: in lower case, the edges of its words marked.

    ``None`` where it holds one of the two letters beyond ASCII that RE2 takes
    for s and k, but for no letters of a word.
    """
    if not text.isascii() and any(letter in text for letter in TAKEN_FOR_ASCII):
        return None
    return BOUNDARY.sub(EDGE, text).lower()


def letters(text: str) -> int:
    """Return the length of a text in Latin letters: a Han or Hangul character says as much as two."""
    return sum(2 if character >= "\u1100" else 1 for character in text)
