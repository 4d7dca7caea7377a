"""Corpora in the form they are published in, made up here: what is read, counted and explained."""

import json

import pytest
from click.testing import CliRunner

from privacyscan.cli import app
from privacyscan.learning.evaluation import BenchmarkError, evaluate
from privacyscan.learning.evaluation.corpora import CORPORA, Answer
from privacyscan.learning.evaluation.passages import Counts, evaluate_passages


def segment(text, practices=(), *, policy=1, number=0, synthetic=False):
    annotations = [{"practice": practice, "modality": modality} for practice, modality in practices]
    return {
        "policy": policy,
        "segment": number,
        "synthetic": synthetic,
        "text": text,
        "annotations": annotations,
        "sentences": [],
    }


@pytest.fixture
def folder(tmp_path):
    def write(name, rows):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
        return tmp_path

    return write


def test_app350_counts_both_answers_apart(folder, scanner):
    rows = [
        segment("We log your IP address.", [("Identifier_IP_Address_1stParty", "PERFORMED")]),
        segment("We do not log your IP address.", [("Identifier_IP_Address_3rdParty", "NOT_PERFORMED")], policy=2),
        segment("We log your IP address.", policy=3),
        segment("The tide is high.", [("Identifier_IP_Address_1stParty", "PERFORMED")], policy=4, synthetic=True),
    ]
    result = evaluate_passages(CORPORA["app350"], folder("app350/dev.jsonl", rows), scanner)
    performed = result.counts("ip_address", Answer.PERFORMED)
    assert (performed.right, performed.invented, performed.missed) == (1, 1, 1)
    denied = result.counts("ip_address", Answer.NOT_PERFORMED)
    assert (denied.right, denied.invented, denied.missed) == (1, 0, 0)
    assert result.counts("ip_address", Answer.PERFORMED, "made-up denials").missed == 1


def test_a_run_of_segments_with_the_same_labels_is_one_passage(folder, scanner):
    label = [("Identifier_IP_Address_1stParty", "PERFORMED")]
    rows = [segment("We log connection data.", label), segment("This includes your IP address.", label, number=1)]
    result = evaluate_passages(CORPORA["app350"], folder("app350/dev.jsonl", rows), scanner)
    assert result.passages == 1
    assert result.counts("ip_address", Answer.PERFORMED).f1 == 1.0


def test_a_practice_wider_than_its_label_counts_only_what_the_label_covers(folder, scanner):
    rows = [segment("We collect your user name."), segment("We collect your e-mail address.", policy=2)]
    result = evaluate_passages(CORPORA["app350"], folder("app350/dev.jsonl", rows), scanner)
    assert result.counts("contact_identity", Answer.PERFORMED).invented == 1


def test_gdpr200_reads_a_passage_under_its_headings(folder, scanner):
    row = {
        "policy": "a",
        "passage": "Your IP address",
        "context": [{"type": "h1", "text": "Deletion"}, {"type": "list_intro", "text": "You may ask us to delete:"}],
        "annotations": [{"requirement": "Right to Erasure", "value": "x", "performed": True}],
    }
    result = evaluate_passages(CORPORA["gdpr200"], folder("gdpr200/dev.jsonl", [row]), scanner)
    # The introduction says it, the passage doesn't: only what stands in the passage counts.
    assert result.counts("right_to_delete", Answer.PERFORMED).missed == 1


def test_appcp100_counts_a_place_of_storage_only_where_it_is_chinese(tmp_path, scanner):
    (tmp_path / "appcp100").mkdir()
    (tmp_path / "appcp100" / "a.xml").write_text(
        "<policy><section><title>存储<p category='10.2'>您的个人信息存储于中国境内。</p>"
        "<p category='10.2'>您的个人信息存储于新加坡。</p></title></section></policy>",
        encoding="utf-8",
    )
    result = evaluate_passages(CORPORA["appcp100"], tmp_path, scanner)
    assert (result.passages, result.counts("storage_china", Answer.PERFORMED).labels) == (2, 1)
    assert result.counts("storage_china", Answer.PERFORMED).f1 == 1.0


def test_capp130_counts_a_denial_as_speaking_of_its_topic(folder, scanner):
    def row(text, *topics):
        return {"text": text, "label": json.dumps([int(topic in topics) for topic in range(11)])}

    rows = [
        row("我们不会与关联公司共享您的个人信息。", 2),
        row("您的个人信息存储于中国境内。", 4),
        row("我们采用加密技术保护您的个人信息。", 3),
        row("本公司成立多年。", 8),
    ]
    result = evaluate_passages(CORPORA["capp130"], folder("capp130/topic_dev.jsonl", rows), scanner)
    found = {
        target: result.counts(target, Answer.PERFORMED) for target in ("sharing", "storage", "security", "contact")
    }
    assert {target: (item.right, item.invented, item.missed) for target, item in found.items()} == {
        "sharing": (1, 0, 0),
        "storage": (1, 0, 0),
        "security": (0, 1, 0),
        "contact": (0, 0, 1),
    }


def test_opp115_takes_what_two_annotators_agree_on(folder, scanner):
    def vote(annotator, value):
        attributes = {"Personal Information Type": value, "Does/Does Not": "Does"}
        return {"annotator": annotator, "category": "First Party Collection/Use", "attributes": attributes}

    row = {
        "policy": "a",
        "segment": 0,
        "text": "We use cookies and ask for your card number.",
        "annotations": [
            vote("1", "Cookies and tracking elements"),
            vote("2", "Cookies and tracking elements"),
            vote("3", "Financial"),
        ],
    }
    result = evaluate_passages(CORPORA["opp115"], folder("opp115/attributes_dev.jsonl", [row]), scanner)
    assert result.counts("cookies_tracking", Answer.PERFORMED).f1 == 1.0
    assert result.counts("payment_financial", Answer.PERFORMED).labels == 0


def test_wrong_answers_come_with_their_decisions(folder, scanner):
    rows = [segment("We do not log your IP address.", [("Identifier_IP_Address_1stParty", "PERFORMED")])]
    text = evaluate("app350", folder("app350/dev.jsonl", rows), scanner, show_errors=5)
    assert "labelled performed, answered not_performed" in text
    assert "negated_before_verb" in text


@pytest.mark.parametrize("benchmark", list(CORPORA))
def test_a_missing_corpus_is_named(tmp_path, scanner, benchmark):
    with pytest.raises(BenchmarkError, match="--data takes the folder"):
        evaluate(benchmark, tmp_path, scanner)


def test_a_broken_corpus_is_named_with_its_line(tmp_path, scanner):
    (tmp_path / "app350").mkdir()
    (tmp_path / "app350" / "dev.jsonl").write_text('{"policy": 1,\n', encoding="utf-8")
    with pytest.raises(BenchmarkError, match=r"dev\.jsonl:1: not JSON"):
        evaluate("app350", tmp_path, scanner)


def test_figures_of_nothing_are_nought():
    assert (Counts().precision, Counts().recall, Counts().f1) == (0.0, 0.0, 0.0)


def test_the_command_refuses_what_it_does_not_know(tmp_path):
    result = CliRunner().invoke(app, ["evaluate", "nothing", "--data", str(tmp_path)])
    assert result.exit_code != 0
