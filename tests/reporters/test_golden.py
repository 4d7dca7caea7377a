"""Reports on the example policies, byte for byte as they were last looked at."""

import json

import pytest
from sarif_kit.validate import validation_errors

from tests.golden import FOLDER, render


@pytest.fixture(scope="module")
def rendered(scanner):
    return render(scanner)


def test_golden_reports_are_up_to_date(rendered):
    changed = [name for name, text in rendered.items() if (FOLDER / name).read_text(encoding="utf-8") != text]
    assert not changed, f"run `make examples` and look at the difference: {changed}"


def test_no_golden_report_is_left_over(rendered):
    assert {path.name for path in FOLDER.iterdir()} == set(rendered)


def test_a_report_says_once_that_it_is_no_legal_advice(rendered):
    assert rendered["lumenqiao.en.html"].count("legal advice") == 1
    assert rendered["mirinae.ko.html"].count("법률 자문") == 1


def test_quotes_in_the_reports_are_exact(rendered, scanner):
    report = scanner.scan_file(FOLDER.parents[1] / "examples" / "lumenqiao.en.md")
    for result in report.practices.values():
        for evidence in result.evidence:
            assert f'id="t-{evidence.start}-{evidence.end}"' in rendered["lumenqiao.en.html"]


def test_the_golden_history_tells_of_a_change(rendered):
    assert '키 입력 패턴·리듬<span class="happened">: 문구가 사라짐' in rendered["history.ko.html"].replace(
        "\u2060", ""
    )


def test_the_golden_sarif_is_valid_with_one_result_accepted(rendered):
    log = json.loads(rendered["lumenqiao.en.sarif"])
    assert validation_errors(log) == []
    suppressed = [result for result in log["runs"][0]["results"] if result["suppressions"]]
    assert [result["suppressions"][0]["status"] for result in suppressed] == ["accepted"]
