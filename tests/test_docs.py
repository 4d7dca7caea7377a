"""The docs are true: commands they show exist, pages made from the rules are up to date, links lead somewhere."""

import re

import pytest
from click.testing import CliRunner

from privacyscan.cli import app
from privacyscan.knowledge.rulebook import rulebook
from tests.conftest import ROOT

PAGES = ["README.md", "CONTRIBUTING.md", "docs/design.md", "docs/rules.md", "docs/polarity.md", "docs/hosting.md"]
EXAMPLE = re.compile(r"^\| (en|ko|zh) \| (.+) \| (\w+) \| (\w+) \| (\w+) \|$", re.MULTILINE)


def commands():
    for page in PAGES:
        for line in re.findall(
            r"privacyscan ((?:scan|compare|rules|evaluate)\b[^\n`|#]*)", (ROOT / page).read_text("utf-8")
        ):
            yield page, line


def test_the_rulebook_is_up_to_date(rules):
    assert (ROOT / "docs" / "rulebook.md").read_text("utf-8") == rulebook(rules), "run `make rulebook`"


@pytest.mark.parametrize(("page", "line"), list(commands()), ids=lambda value: value[:40])
def test_commands_and_options_in_the_docs_exist(page, line):
    words = line.split()
    name = words[:2] if words[0] == "rules" and len(words) > 1 and words[1].isalpha() else words[:1]
    result = CliRunner().invoke(app, [*name, "--help"])
    assert result.exit_code == 0, (page, line)
    for option in re.findall(r"--[a-z-]+", line):
        assert option in re.sub(r"\x1b\[[0-9;]*m", "", result.output), (page, line)


@pytest.mark.parametrize("page", PAGES)
def test_links_lead_to_files(page):
    for target in re.findall(r"\]\((?!https?:|#)([^)#]+)", (ROOT / page).read_text("utf-8")):
        assert ((ROOT / page).parent / target).exists(), target


def test_make_targets_in_the_docs_exist():
    makefile = (ROOT / "Makefile").read_text("utf-8")
    for page in PAGES:
        for target in re.findall(r"(?:`|^)make ([a-z]+)", (ROOT / page).read_text("utf-8"), re.MULTILINE):
            assert f"\n{target}:" in makefile, (page, target)


def test_the_rule_in_the_docs_has_the_keys_of_a_rule(rules):
    text = (ROOT / "docs" / "rules.md").read_text("utf-8")
    shown = re.search(r"```yaml\n(id: keystroke_dynamics.*?)```", text, re.DOTALL).group(1)
    keys = set(re.findall(r"^([a-z_]+):", shown, re.MULTILINE))
    fields = set(next(iter(rules.rules.values())).__struct_fields__)
    assert keys <= fields
    assert fields - keys <= {
        "asked_once",
        "by_service",
        "given_by_user",
        "granted",
        "made_by_user",
        "names",
        "prevails",
        "undivided",
    }


@pytest.mark.parametrize(
    ("language", "clause", "practice", "state", "reason"),
    EXAMPLE.findall((ROOT / "docs" / "polarity.md").read_text("utf-8")),
)
def test_the_examples_of_polarity_come_out_as_written(scanner, language, clause, practice, state, reason):
    report = scanner.scan_text(clause, language=language, format="plain")
    assert report.practices[practice].state == state
    items = [item for item in (*report.findings, *report.dismissed) if item.practice == practice]
    assert reason in [given.code for item in items for given in item.reasons]
