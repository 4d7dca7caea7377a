"""Literals decide what is tried, RE2 what matches: nothing that any pattern finds is left out."""

import math
import re

import pytest
import re2
from hypothesis import given, settings
from hypothesis import strategies as st

from privacyscan.documents import read_source
from privacyscan.knowledge.patterns import TAKEN_FOR_ASCII, compile_any, compile_pattern, loosened, options
from privacyscan.resources import data_dir
from privacyscan.scanning import indexing, literals
from privacyscan.scanning.compiling import compile_literals
from privacyscan.scanning.exact import ExactPatterns
from privacyscan.scanning.folding import fold, marked
from privacyscan.scanning.indexing import FILE_NAME, index_patterns, literal_index, number_patterns
from privacyscan.scanning.literals import branches
from privacyscan.scanning.prefilter import Prefilter
from privacyscan.scanning.segmentation import segment
from tests.conftest import EXAMPLES

# The letters of texts and patterns: words, what divides them, one beyond ASCII with and two without case, and the
# signs that RE2 takes for k and s.
LETTERS = "abks -,é정的\u212aſ"


def readable(pattern):
    """The branches of a pattern, edges of words as "|"."""
    found = branches(pattern)
    return found and [
        [{literal.replace("\x7f", "|") for literal in literals} for literals in branch.row] for branch in found
    ]


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("keystrokes", [[["keystrokes"]]]),
        (r"\bkey[- ]?strokes?\b", [[["|keystroke|", "|keystrokes|", "|key| |stroke|", "|key| |strokes|",
                                     "|key|-|stroke|", "|key|-|strokes|"]]]),
        ("(?:your |the )?IP", [[["ip"]]]),
        (r"sell[^.;]{0,80}\b(?:data|information)\b", [[["sell"], ["|data|", "|information|"]]]),
        ("cookies|web (?-i:beacons)", [[["cookies"]], [["web| |beacons"]]]),
        ("(?:we collect|[0-9]+ gather).*names", [[["|gather", "we| |collect"], ["names"]]]),
        ("(?:abc){2,3}d", [[["abc"]]]),
        ("위치 ?정보", [[["위치 정보", "위치정보"]]]),
        ("删除(?:账[号户])?", [[["删除"]]]),
        # What may match a text without any literal is always tried.
        ("(?:abc)*", None),
        ("[0-9]+", None),
        ("abc|[^.]", None),
        (r"\bé\b", None),
        # So is what is not read here.
        (r"\p{Han}abc", None),
        (r"\x61bc", None),
        ("a{,3}bc", None),
    ],
)  # fmt: skip
def test_what_a_text_must_hold(pattern, expected):
    assert readable(pattern) == (expected and [[set(literals) for literals in row] for row in expected])


def test_a_pattern_waits_for_its_rarest_literals():
    (branch,) = branches("we [^.]{0,40}retention")
    assert branch.row[branch.rarest] == {"retention"}


def test_the_order_and_the_edges_of_words_count():
    prefilter = Prefilter(index_patterns([r"\bsell\b[^.]*\bdata\b", "data"]))
    texts = ["We SELL data.", "Data we sell.", "Bestsellers sell metadata.", "We sell, data", "Nothing", ""]
    assert prefilter.nominate(texts) == [{0, 1}, {1}, {1}, {0, 1}, set(), set()]


def test_texts_are_looked_at_in_any_number():
    prefilter = Prefilter(index_patterns(["cookie", "[0-9]"]))
    texts = ["cookie" if number % 3 else "" for number in range(600)]
    assert prefilter.nominate(texts) == [{0, 1} if text else {1} for text in texts]
    assert Prefilter(index_patterns([])).nominate(["cookie"]) == [set()]


def test_re2_takes_two_letters_beyond_ascii_for_letters_of_ascii():
    everything = "".join(chr(code) for code in range(0x80, 0x110000) if not 0xD800 <= code < 0xE000)
    taken = {found.group() for found in compile_pattern("[a-z]").finditer(everything)}
    assert taken == set(TAKEN_FOR_ASCII)
    assert all(marked(f"a{letter}") is None for letter in taken)


def test_letters_that_literals_hold_have_no_case():
    told = {chr(code) for code in range(0x80, 0x10000) if not 0xD800 <= code < 0xE000 and branches(chr(code))}
    assert {"·", "가", "的", "。", "，"} <= told
    others = "".join(chr(code) for code in range(0x110000) if not 0xD800 <= code < 0xE000 and chr(code) not in told)
    assert compile_pattern("[" + re.escape("".join(sorted(told))) + "]").search(others) is None
    assert all(letter.casefold() == letter == letter.upper() for letter in told)


def atoms():
    letters = st.text(LETTERS, min_size=1, max_size=4).map(re.escape)
    return st.one_of(
        letters,
        letters,
        st.sampled_from(["[ab]", "[- ]", "[^k]", "[^.;]", "[a-k]", ".", r"\b", r"\w", r"\W", "^", "$", r"\B", "[s정]"]),
    )


def composed(inner):
    repeats = ["?", "*", "+", "{0,2}", "{1,3}", "{2}", "??", "*?"]
    return st.one_of(
        st.lists(inner, min_size=1, max_size=3).map("".join),
        st.lists(inner, min_size=2, max_size=3).map(lambda parts: f"(?:{'|'.join(parts)})"),
        st.lists(inner, min_size=2, max_size=3).map("|".join).map(lambda joined: f"({joined})"),
        inner.map(lambda part: f"(?-i:{part})"),
        st.tuples(inner, st.sampled_from(repeats)).map(lambda pair: f"(?:{pair[0]}){pair[1]}"),
        st.tuples(
            st.sampled_from(["a", "[^k]", ".", "정", r"\w"]),
            st.sampled_from([*repeats, "{0,16}", "{0,40}?", "{2,24}", "{1,320}?"]),
        ).map("".join),
    )


def compiles(pattern):
    try:
        re2.compile(pattern, options())
    except re2.error:
        return False
    return True


PATTERNS = st.recursive(atoms(), composed, max_leaves=8).filter(compiles)
# RE2 finds \B between the bytes of one letter, and its Python wrapper then counts letters wrongly.
WITHOUT_INNER = PATTERNS.filter(lambda pattern: r"\B" not in pattern)
TEXTS = st.text(LETTERS + "ABKS.", max_size=30)


@settings(max_examples=400, deadline=None)
@given(st.lists(PATTERNS, min_size=1, max_size=4), st.lists(TEXTS, min_size=1, max_size=4))
def test_whatever_re2_finds_is_nominated(patterns, texts):
    compiled = [compile_pattern(pattern) for pattern in patterns]
    for text, nominated in zip(texts, Prefilter(index_patterns(patterns)).nominate(texts), strict=True):
        assert {number for number, pattern in enumerate(compiled) if pattern.search(text)} <= nominated


@settings(max_examples=300, deadline=None)
@given(st.lists(WITHOUT_INNER, min_size=1, max_size=4), TEXTS, st.sampled_from([1, 8, 20]))
def test_patterns_find_the_same_in_every_form(patterns, text, times):
    exact = ExactPatterns(patterns)
    searched = text * times
    for number, pattern in enumerate(patterns):
        assert list(exact.find(number, searched)) == spans(compile_pattern(pattern), searched)
    assert list(exact.find_any(range(len(patterns)), searched)) == spans(compile_any(patterns), searched)


def spans(pattern, text):
    return [found.span() for found in pattern.finditer(text) if found.end() > found.start()]


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("a[^.]{0,15}b", ("a[^.]{0,15}b", math.inf)),
        ("ab{3}[^.]{0,120}?b.{2,300}", ("ab{3}[^.]{0,}?b.{2,}", 120)),
        (r"a{0,16}\w{1,40}정{0,50}", (r"a{0,}\w{1,}정{0,}", 16)),
        # Two words may be as long as a text, or empty: only letters are counted.
        ("(?:ab?){0,120}", ("(?:ab?){0,120}", math.inf)),
        ("[^.{0,120}]", ("[^.{0,120}]", math.inf)),
        (r"\{0,120}", (r"\{0,120}", math.inf)),
        (r"\Q.{0,120}\E", (r"\Q.{0,120}\E", math.inf)),
    ],
)
def test_only_repeats_of_one_letter_lose_large_bounds(pattern, expected):
    assert loosened(pattern) == expected


@pytest.mark.parametrize("language", ["en", "ko", "zh"])
def test_of_the_shipped_patterns_few_are_nominated_and_all_that_match(rules, language):
    patterns = number_patterns(rules, language).patterns
    compiled = [compile_pattern(pattern) for pattern in patterns]
    clauses = [
        clause
        for path in sorted(EXAMPLES.glob(f"*.{language}.md"))[:1]
        for clause in segment(read_source(str(path)), rules.lexicons[language].abbreviations)
    ]
    texts = [fold(clause.text) for clause in clauses]
    nominated = Prefilter(literal_index(patterns)).nominate(texts)
    found = [{number for number, pattern in enumerate(compiled) if pattern.search(text)} for text in texts]
    assert all(matching <= tried for matching, tried in zip(found, nominated, strict=True))
    # Any short line may name a processor under "수탁자": such patterns hold no word to look for.
    assert sum(map(len, found)) > 0.25 * sum(map(len, nominated))


def test_the_shipped_literals_are_those_of_the_rules():
    assert (data_dir("models") / FILE_NAME).read_text("utf-8") == "".join(compile_literals()), "run `make rulebook`"


def test_shipped_rules_are_not_read_again(rules, monkeypatch):
    patterns = number_patterns(rules, "ko").patterns
    fresh = index_patterns(patterns)
    monkeypatch.setattr(literals, "branches", None)
    shipped = literal_index(patterns)
    assert [list(branch.row) for branch in shipped.branches] == [list(branch.row) for branch in fresh.branches]
    assert (shipped.literals, shipped.sets, shipped.always) == (fresh.literals, fresh.sets, fresh.always)


def test_changed_rules_are_read_as_they_are(rules):
    patterns = (*number_patterns(rules, "ko").patterns, "새로운 ?낱말")
    assert "새로운낱말" in literal_index(patterns).literals


def test_an_installation_without_the_file_reads_the_rules(rules, monkeypatch, tmp_path):
    monkeypatch.setattr(indexing, "data_dir", lambda name: tmp_path)
    patterns = number_patterns(rules, "ko").patterns
    assert literal_index(patterns) == index_patterns(patterns)
