"""The second voice: the seeds, the vectoriser, the model file, and what it adds to the rules."""

import json
import subprocess
import sys
from collections import Counter

import numpy as np
import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.linear_model import LogisticRegression

from privacyscan import Scanner
from privacyscan.cli import app
from privacyscan.learning import seeds as seedfiles
from privacyscan.learning.seeds import LANGUAGES, SeedError, read_concepts, read_seeds
from privacyscan.learning.similarity import NEAR_DUPLICATE, similar_pairs
from privacyscan.learning.training import LENGTH_POWER, design, fit, labels_of, train
from privacyscan.resources import data_dir
from privacyscan.scanning.classification import MODEL_NAME, ModelError, ModelFile, shipped_classifier
from privacyscan.scanning.folding import fold
from privacyscan.scanning.ngrams import ngrams
from privacyscan.scanning.symbols import symbols_of
from privacyscan.scanning.thesaurus import thesaurus_of
from tests.conftest import ROOT

SEEDS = ROOT / "seeds"
MODEL = ROOT / "models" / MODEL_NAME
NO_WORDS = thesaurus_of({})
THESAURUS = thesaurus_of({"rhythm": ["rhythm", "cadence"], "typing": ["typing", "keyboard"]})
# Words of every concept at least, in every language.
_ENTRIES = 10
_HEAVY, _HEAVY_CLAUSES, _CLAUSES = 5, 60, 40


@pytest.fixture(scope="module")
def clauses(rules):
    return {language: read_seeds(SEEDS, language, rules.rules) for language in LANGUAGES}


@pytest.fixture(scope="module")
def retrained(tmp_path_factory, rules):
    path = tmp_path_factory.mktemp("model") / MODEL_NAME
    train(SEEDS, tuple(rules.rules), path)
    return ModelFile(path)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_practice_has_its_clauses(clauses, rules, language):
    counts = Counter(practice for seed in clauses[language] for practice in seed.practices)
    for rule in rules.rules.values():
        wanted = _HEAVY_CLAUSES if rule.weight >= _HEAVY and rule.polarity == "risk" else _CLAUSES
        assert counts[rule.id] >= wanted, rule.id


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_third_of_the_clauses_speak_of_nothing(clauses, language):
    assert sum(not seed.practices for seed in clauses[language]) >= len(clauses[language]) / 3


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_clause_stands_twice(clauses, language):
    texts = [seed.text for seed in clauses[language]]
    assert [(texts[first], texts[second]) for first, second, _ in similar_pairs(texts, NEAR_DUPLICATE)] == []


@pytest.mark.parametrize(("language", "words"), [("en", 4_000), ("ko", 6_000), ("zh", 1_500)])
def test_the_vocabulary_is_varied(clauses, language, words):
    texts = [fold(seed.text).casefold() for seed in clauses[language]]
    found = {symbol for text in texts for symbol in (text if language == "zh" else text.split())}
    assert len(found) >= words


def test_the_shipped_model_is_what_the_seeds_give(retrained, clauses):
    shipped = ModelFile(MODEL)
    assert shipped.digest == retrained.digest == seedfiles.digest(SEEDS)
    assert shipped.practices == retrained.practices
    for language in LANGUAGES:
        texts = [seed.text for seed in clauses[language]]
        first, second = (model.model(language).probabilities(texts) for model in (shipped, retrained))
        assert np.abs(first - second).max() < 1e-6
        one, other = (model.model(language) for model in (shipped, retrained))
        assert np.abs(one.denies - other.denies).max() < 1e-6
        assert np.abs(one.denial_bias - other.denial_bias).max() < 1e-6
        assert np.abs(one.rephrases - other.rephrases).max() < 1e-6


def test_the_model_is_small():
    assert MODEL.stat().st_size <= 6_000_000


def test_numpy_gives_what_scikit_learn_gives(clauses, rules):
    practices = tuple(rules.rules)
    seeds = clauses["en"][:600]
    texts, labels = [seed.text for seed in seeds], labels_of(seeds, practices)[:, [practices.index("ip_address")]]
    fitted = fit(texts, labels, np.zeros_like(labels), THESAURUS)
    matrix, buckets, idf = design(texts, THESAURUS, LENGTH_POWER)
    assert fitted.model.buckets.tolist() == buckets.tolist()
    own = LogisticRegression(C=20.0, solver="liblinear", tol=1e-5, random_state=20261122).fit(matrix, labels[:, 0])
    slope = float(np.median(fitted.model.weights[:, 0] / (own.coef_[0] * idf)))
    shift = float(fitted.model.bias[0]) - float(own.intercept_[0]) * slope
    expected = 1 / (1 + np.exp(-(own.decision_function(matrix) * slope + shift)))
    assert np.abs(expected - fitted.model.probabilities(texts)[:, 0]).max() < 1e-6


@settings(max_examples=60)
@given(st.lists(st.text(max_size=60), max_size=6), st.sampled_from(LANGUAGES))
def test_clauses_are_read_alone_whatever_they_hold(texts, language):
    thesaurus = shipped_classifier().model(language).thesaurus
    together = ngrams(texts, thesaurus)
    for index, text in enumerate(texts):
        alone = ngrams([text], thesaurus)
        assert sorted(together.bucket[together.clause == index].tolist()) == sorted(alone.bucket.tolist())
        spans = zip(alone.start.tolist(), alone.end.tolist(), strict=True)
        assert all(0 <= start < end <= len(text) or start == end == -1 for start, end in spans)


@settings(max_examples=30)
@given(st.lists(st.text(max_size=80), min_size=1, max_size=4), st.sampled_from(LANGUAGES))
def test_probabilities_are_probabilities(texts, language):
    matrix = shipped_classifier().model(language).probabilities(texts)
    assert matrix.shape == (len(texts), 36)
    assert ((matrix >= 0) & (matrix <= 1)).all()


def test_a_word_is_known_by_its_beginning():
    assert set(ngrams(["cookies"], NO_WORDS).bucket) == set(ngrams(["Cookie"], NO_WORDS).bucket)
    assert set(ngrams(["쿠키를"], NO_WORDS).bucket) & set(ngrams(["쿠키"], NO_WORDS).bucket)


def test_words_of_like_meaning_are_one_feature():
    first, second = (
        set(ngrams([text], THESAURUS).bucket) for text in ("the rhythm of your typing", "cadence, keyboard")
    )
    # Both concepts, and the pair of them.
    assert len(first & second) == 3
    assert not set(ngrams(["the rhythm of your typing"], NO_WORDS).bucket) & set(ngrams(["cadence"], NO_WORDS).bucket)


def test_an_entry_is_found_where_it_stands_and_not_across_clauses():
    thesaurus = thesaurus_of({"share": ["hand over", "넘겨"], "keep": ["hand"]})
    texts = ["We hand over data.", "By hand.", "over there", "정보를 넘겨 드립니다"]
    symbols = symbols_of(texts)
    number, first, last = thesaurus.found_in(symbols)
    found = [
        (concept, texts[symbols.clause[at]][symbols.start[at] : symbols.end[to]])
        for concept, at, to in zip(number.tolist(), first.tolist(), last.tolist(), strict=True)
    ]
    assert found == [(1, "hand"), (0, "hand over"), (1, "hand"), (0, "넘겨")]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_concept_has_its_words_in_every_language(language):
    concepts = read_concepts(SEEDS, language)
    assert list(concepts) == list(read_concepts(SEEDS, "en"))
    for name, words in concepts.items():
        assert len(words) >= _ENTRIES, name
        assert len(set(words)) == len(words), name
        assert all(len(symbols_of([word]).hashes) for word in words), name


@pytest.mark.parametrize("content", ["[broken", "- a list", "keep: word", "keep: [1]"])
def test_a_wrong_thesaurus_names_its_file(tmp_path, content):
    (tmp_path / "thesaurus").mkdir()
    (tmp_path / "thesaurus" / "en.yaml").write_text(content, encoding="utf-8")
    with pytest.raises(SeedError, match=r"en\.yaml"):
        read_concepts(tmp_path, "en")


@pytest.mark.parametrize("content", [b"", b"no model", b"PK\x03\x04 broken"])
def test_a_damaged_model_is_one_clear_error(tmp_path, content):
    path = tmp_path / "model.npz"
    path.write_bytes(content)
    with pytest.raises(ModelError, match="privacyscan train"):
        ModelFile(path)


def test_a_missing_or_foreign_model_is_one_clear_error(tmp_path):
    with pytest.raises(ModelError, match="missing"):
        ModelFile(tmp_path / "nothing.npz")
    np.savez(tmp_path / "other.npz", format=99, practices=np.array(["a"]), digest="x")
    with pytest.raises(ModelError, match="format 99"):
        ModelFile(tmp_path / "other.npz")
    np.savez(tmp_path / "pickle.npz", format=np.array([{}], dtype=object))
    with pytest.raises(ModelError):
        ModelFile(tmp_path / "pickle.npz")


@pytest.mark.parametrize(
    "line",
    [
        "not json",
        '{"text": "x"}',
        '{"text": "", "practices": {}}',
        '{"text": "x", "practices": {"nonsense": "affirmed"}}',
        '{"text": "x", "practices": {"ip_address": "silent"}}',
    ],
)
def test_a_wrong_seed_names_file_and_line(tmp_path, line):
    (tmp_path / "clauses").mkdir()
    (tmp_path / "clauses" / "en.jsonl").write_text(
        '{"text": "fine", "practices": {}}\n' + line + "\n", encoding="utf-8"
    )
    with pytest.raises(SeedError, match=r"en\.jsonl:2"):
        read_seeds(tmp_path, "en", ["ip_address"])


def test_train_names_the_seed_it_cannot_use(tmp_path):
    (tmp_path / "clauses").mkdir()
    for language in LANGUAGES:
        (tmp_path / "clauses" / f"{language}.jsonl").write_text("broken\n", encoding="utf-8")
    result = CliRunner().invoke(app, ["train", "--seeds", str(tmp_path), "-o", str(tmp_path / "model.npz")])
    assert result.exit_code == 2
    assert not (tmp_path / "model.npz").exists()


def test_a_scan_imports_no_scikit_learn():
    code = (
        "import sys; from privacyscan import Scanner; Scanner().scan_text('We log your IP address.', language='en');"
        "print([name for name in sys.modules if name.split('.')[0] in ('sklearn', 'scipy')])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize("language", LANGUAGES)
def test_paraphrases_are_heard_more_often_with_both_voices(language, capsys):
    cases = json.loads((ROOT / "tests" / "paraphrases" / f"{language}.json").read_text(encoding="utf-8"))
    heard = {}
    for name, scanner in (("rules", Scanner(classifier=None)), ("fused", Scanner())):
        reports = [scanner.scan_text(case["text"], language=language) for case in cases]
        states = [report.practices[case["practice"]].state for report, case in zip(reports, cases, strict=True)]
        heard[name] = sum(state != "silent" for state in states)
    with capsys.disabled():
        line = f"{language}: of {len(cases)} paraphrases rules hear {heard['rules']}, both voices {heard['fused']}"
        sys.stdout.write(f"\n{line}\n")
    assert heard["fused"] > heard["rules"]
    assert heard["fused"] >= 0.85 * len(cases)


def test_a_nomination_quotes_and_explains():
    text = "We watch the rhythm in which you type and the pressure of your fingers on the keys, and keep it on file."
    report = Scanner().scan_text(text, language="en")
    found = next(finding for finding in report.findings if finding.practice == "keystroke_dynamics")
    if not found.voices.rule:
        assert found.reasons[0].code == "classifier_nominated"
    assert found.quote == text
    assert data_dir("models").is_dir()
