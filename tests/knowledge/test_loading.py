"""The loader reports all mistakes at once, each with its file and line."""

import shutil
from pathlib import Path

import pytest

from privacyscan import KnowledgeError, load_rules
from privacyscan.models import ValueKind
from privacyscan.resources import data_dir


@pytest.fixture
def folder(tmp_path):
    target = tmp_path / "rules"
    shutil.copytree(data_dir("rules"), target)
    return target


def edit(path: Path, before: str, after: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert before in text
    path.write_text(text.replace(before, after, 1), encoding="utf-8")


def problems(folder: Path) -> tuple[str, ...]:
    with pytest.raises(KnowledgeError) as caught:
        load_rules(folder)
    return caught.value.problems


def test_the_rules_that_ship_load():
    assert len(load_rules().rules) >= 36


def test_unknown_keys_are_refused_with_their_line(folder):
    path = folder / "collection" / "ip_address.yaml"
    edit(path, "severity:", "sevrity: high\nseverity:")
    (problem,) = problems(folder)
    line = path.read_text(encoding="utf-8").splitlines().index("sevrity: high") + 1
    assert problem.startswith(f"{path}:{line}: sevrity:")


def test_a_key_that_stands_twice_is_refused_with_its_line(folder):
    path = folder / "lexicon" / "en.yaml"
    edit(path, "\nanswers:\n", "\nanswers:\n  'no': ['nope']\n")
    (problem,) = (line for line in problems(folder) if "the key 'no' stands there twice" in line)
    first = path.read_text(encoding="utf-8").splitlines().index("  'no': ['nope']") + 1
    assert int(problem.removeprefix(f"{path}:").split(":")[0]) > first


def test_every_mistake_is_reported_at_once(folder):
    edit(folder / "collection" / "ip_address.yaml", "severity: medium", "severity: terrible")
    edit(folder / "use" / "model_training.yaml", "weight:", "wieght: 3\nweight:")
    found = problems(folder)
    assert any("ip_address.yaml" in line and "severity" in line for line in found)
    assert any("model_training.yaml" in line and "wieght" in line for line in found)


MISTAKES = """\
  de: [wirbeln]
  en:
    - {match: '', state: mad}
    - {mtch: twirl}
    - [twirl]
"""


def test_every_mistake_of_one_file_says_how_to_mend_it(folder):
    path = folder / "collection" / "ip_address.yaml"
    edit(path, "severity: medium\nweight: 3\n", "severity: terrible\nweight: '3'\nwieght: 3\n")
    edit(path, "patterns:\n  en:\n", f"patterns:\n{MISTAKES}")
    edit(path, "\n    title: IP address\n", "\n")
    told = {problem.removeprefix(f"{path}:").split(": ", 1)[1] for problem in problems(folder)}
    assert told == {
        "severity: must be one of 'critical', 'high', 'info', 'low', 'medium', not 'terrible'",
        "weight: must be a number, not '3'",
        "wieght: unknown key; did you mean 'weight'?",
        "text.en.title: is missing",
        "patterns.de: unknown key; known are 'en', 'ko', 'zh'",
        "patterns.en.0.match: must not be empty",
        "patterns.en.0.state: must be one of 'affirmed', 'conditional', 'contradictory', 'denied', 'silent', not 'mad'",
        "patterns.en.1.match: is missing",
        "patterns.en.1.mtch: unknown key; did you mean 'match'?",
        "patterns.en.2: must be a mapping of keys, not ['twirl']",
    }


@pytest.mark.parametrize(
    ("name", "before", "after", "problem"),
    [
        (
            "use/model_training.yaml",
            "checked: ",
            "checked: today, of: ",
            "must be a day such as 2026-01-31, not 'today'",
        ),
        ("scoring.yaml", "protection_cap: ", "protection_cap: 700 # ", "700 is greater than the maximum of 100"),
        ("lexicon/en.yaml", "\nframes:\n", "\nframes:\n  dance: [waltz]\n", "frames.dance: unknown key; known are"),
        ("values/retention_periods.yaml", "between: ", "between: [1]\n# ", "between: [1] is too short"),
        ("values/retention_periods.yaml", "kind: ", "kind: 3 # ", "kind: must be one of"),
    ],
)
def test_mistakes_in_any_file_say_how_to_mend_them(folder, name, before, after, problem):
    path = folder / name
    edit(path, before, after)
    assert any(line.startswith(f"{path}:") and problem in line for line in problems(folder)), problems(folder)


@pytest.mark.parametrize(
    ("pattern", "message"),
    [
        ("'(?=ahead)'", "RE2 can't compile it"),
        (r"'(a)\1'", "RE2 can't compile it"),
        ("'(unclosed'", "RE2 can't compile it"),
        (r"'\b쿠키'", "knows only ASCII"),
        (r"'개인정보\w'", "knows only ASCII"),
    ],
)
def test_patterns_that_re2_cannot_use_are_refused(folder, pattern, message):
    path = folder / "collection" / "cookies_tracking.yaml"
    edit(path, "patterns:\n  en:\n", f"patterns:\n  en:\n    - {pattern}\n")
    (problem,) = problems(folder)
    assert "patterns.en.0" in problem
    assert message in problem


def test_a_language_without_examples_is_refused(folder):
    path = folder / "collection" / "ip_address.examples.yaml"
    edit(path, "\n  ko:\n", "\n  zz:\n")
    assert any("ip_address.examples.yaml" in problem for problem in problems(folder))


def test_too_few_examples_are_refused(folder):
    path = folder / "collection" / "ip_address.examples.yaml"
    path.write_text(
        "examples:\n"
        "  en: {affirmed: [We log your IP address.], denied: [], silent: []}\n"
        "  ko: {affirmed: [], denied: [], silent: []}\n"
        "  zh: {affirmed: [], denied: [], silent: []}\n",
        encoding="utf-8",
    )
    found = problems(folder)
    assert any("needs at least 2 'affirmed' examples, has 1" in problem for problem in found)
    assert len(found) == 9


def test_a_file_in_the_wrong_folder_is_refused(folder):
    (folder / "collection" / "ip_address.yaml").rename(folder / "use" / "ip_address.yaml")
    assert any("the file lies in 'use/'" in problem for problem in problems(folder))


def test_broken_yaml_names_its_line(folder):
    path = folder / "collection" / "ip_address.yaml"
    path.write_text("id: ip_address\n  weight: [3\n", encoding="utf-8")
    assert any(problem.startswith(f"{path}:2:") for problem in problems(folder))


def test_scores_may_name_only_known_practices(folder):
    edit(folder / "combinations.yaml", "storage_china, government_disclosure", "storage_chnia, government_disclosure")
    assert any("'storage_chnia' is no practice" in problem for problem in problems(folder))


def test_an_empty_folder_says_what_was_expected(tmp_path):
    assert any("no rule file found" in problem for problem in problems(tmp_path))


def test_the_digest_changes_with_any_rule_and_not_with_examples(folder):
    before = load_rules(folder).digest
    edit(folder / "collection" / "ip_address.examples.yaml", "examples:", "# a remark\nexamples:")
    assert load_rules(folder).digest == before
    edit(folder / "collection" / "ip_address.yaml", "severity: medium", "severity: low")
    assert load_rules(folder).digest != before


def test_value_tables_are_no_rules(folder):
    loaded = load_rules(folder)
    assert {table.kind for table in loaded.values.values()} == set(ValueKind)
    assert not set(loaded.rules) & {path.stem for path in (folder / "values").iterdir()}


@pytest.mark.parametrize(
    ("before", "after", "message"),
    [
        ("practices: [cross_border_transfer, ", "practices: [cross_border_transfre, ", "is no practice"),
        ("  - id: KR", "  - id: US", "'US' stands here twice"),
        ("{en: South Korea, ko: 대한민국}", "{en: South Korea}", "'ko' is missing"),
        ("'대한민국'", r"'대한민국\b'", "knows only ASCII"),
        ("kind: country", "kind: planet", "kind"),
    ],
)
def test_mistakes_in_a_value_table_name_their_place(folder, before, after, message):
    path = folder / "values" / "countries.yaml"
    edit(path, before, after)
    found = problems(folder)
    assert any(message in problem and problem.startswith(f"{path}:") for problem in found), found


def test_the_digest_changes_with_a_value_table(folder):
    digest = load_rules(folder).digest
    edit(folder / "values" / "countries.yaml", "'대한민국'", "'대한민국', '한반도 남쪽'")
    assert load_rules(folder).digest != digest
