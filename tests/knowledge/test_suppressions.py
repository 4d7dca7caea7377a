"""Lists of accepted findings: read by id, every mistake with its line."""

import pytest

from privacyscan.knowledge.suppressions import load_suppressions
from privacyscan.knowledge.yamlfile import KnowledgeError

GOOD = "- id: f-0123456789ab\n  reason: ' Agreed with legal. '\n- {id: f-0123456789ab-2, reason: 이미 검토함}\n"


def write(tmp_path, text):
    path = tmp_path / ".privacyscan-ignore.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_reasons_by_id(tmp_path):
    reasons = load_suppressions(write(tmp_path, GOOD))
    assert reasons == {"f-0123456789ab": "Agreed with legal.", "f-0123456789ab-2": "이미 검토함"}


@pytest.mark.parametrize("text", ["", "# nothing yet\n", "[]\n"])
def test_an_empty_list_accepts_nothing(tmp_path, text):
    assert load_suppressions(write(tmp_path, text)) == {}


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("id: f-0123456789ab\n", ":1: a list of findings"),
        (GOOD + "- id: f-0123456789ac\n", ":4: 2.reason: is missing"),
        (GOOD + "- id: ip_address\n  reason: no way\n", ":4: 2.id: must match ^f-"),
        (GOOD + "- id: f-0123456789ac\n  reason: no\n", ":5: 2.reason: must be text, not False"),
        (GOOD + "- id: f-0123456789ac\n  reason: ''\n", ":5: 2.reason: must not be empty"),
        (GOOD + "- ? [id]\n  : f-0123456789ac\n", ":4: not valid YAML"),
        (GOOD + "- id: f-0123456789ac\n  reason: ' '\n", ":5: 2.reason: must not be empty"),
        (
            GOOD + "- id: f-0123456789ac\n  reason: a\n  until: 2030\n",
            ":6: 2.until: unknown key; known are 'id'",
        ),
        (GOOD + "- id: f-0123456789ab\n  reason: again\n", ":4: 2.id: 'f-0123456789ab' stands here twice"),
        ("- just words\n", ":1: 0: must be a mapping of keys, not 'just words'"),
        ("- {id: [\n", "not valid YAML"),
    ],
)
def test_mistakes_are_named_with_their_line(tmp_path, text, problem):
    with pytest.raises(KnowledgeError) as caught:
        load_suppressions(write(tmp_path, text))
    assert problem in str(caught.value)
