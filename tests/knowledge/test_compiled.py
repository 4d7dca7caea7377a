"""What was parsed beforehand is what the YAML files say, and nothing but them decides."""

import shutil

import pytest

from privacyscan.knowledge import compiled, yamlfile
from privacyscan.knowledge.compiling import compile_knowledge
from privacyscan.knowledge.ledger import load_ledgers
from privacyscan.knowledge.rules import load_rules
from privacyscan.knowledge.texts import load_texts
from privacyscan.resources import data_dir


@pytest.fixture
def without(monkeypatch):
    """Nothing parsed beforehand."""
    monkeypatch.setattr(yamlfile, "parsed", lambda text: None)


def test_the_shipped_lines_are_those_of_the_files():
    shipped = (data_dir("models") / compiled.FILE_NAME).read_text("utf-8")
    assert shipped == "".join(compile_knowledge()), "run `make rulebook`"


def test_rules_texts_and_ledgers_are_the_same_without(request):
    rules, ledgers = load_rules(examples=False), load_ledgers()
    texts = {language: load_texts(language) for language in ("en", "ko")}
    request.getfixturevalue("without")
    assert load_rules(examples=False) == rules
    assert load_ledgers() == ledgers
    for language, loaded in texts.items():
        parsed = load_texts.__wrapped__(language)
        assert (parsed._strings, parsed._sentences) == (loaded._strings, loaded._sentences)


def test_a_scan_with_the_shipped_rules_parses_no_yaml(monkeypatch):
    monkeypatch.setattr(yamlfile, "parse", None)
    assert load_rules(examples=False).rules


def test_a_changed_file_is_read_as_it_is(tmp_path):
    folder = tmp_path / "rules"
    shutil.copytree(data_dir("rules"), folder)
    path = folder / "collection" / "ip_address.yaml"
    path.write_text(path.read_text("utf-8").replace("severity: medium", "severity: low"), "utf-8")
    assert load_rules(folder, examples=False).rules["ip_address"].severity == "low"


def test_an_installation_without_the_lines_reads_the_files(monkeypatch, tmp_path):
    monkeypatch.setattr(compiled, "data_dir", lambda name: tmp_path)
    compiled._lines.cache_clear()
    try:
        assert load_rules(examples=False).rules
    finally:
        compiled._lines.cache_clear()
