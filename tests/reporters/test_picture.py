"""The picture of a grade: rows that sum to the exposure shown."""

import pytest
from msgspec.structs import replace
from selectolax.lexbor import LexborHTMLParser

from privacyscan.models import Contribution
from privacyscan.reporters.html import render_report_html
from privacyscan.reporters.picture import areas
from tests.conftest import EXAMPLES


@pytest.fixture(scope="module")
def reports(scanner):
    return [scanner.scan_file(path) for path in sorted(EXAMPLES.glob("*.md"))]


def test_rows_sum_to_the_exposure(reports, rules):
    names = set()
    for report in reports:
        rows = areas(report, rules)
        names.update(row.name for row in rows)
        assert sum(row.points for row in rows) == pytest.approx(report.score.exposure, abs=0.01)
    assert {"combinations", "protections"} <= names


@pytest.mark.parametrize("limit", ["floor", "ceiling"])
def test_limits_have_a_row(reports, rules, limit):
    score = reports[0].score
    cut = Contribution(practice=limit, points=-1.5, kind="limit")
    changed = {"contributions": (*score.contributions, cut), "exposure": score.exposure - 1.5}
    report = replace(reports[0], score=replace(score, **changed))
    rows = {row.name: row.points for row in areas(report, rules)}
    assert rows[limit] == -1.5
    assert sum(rows.values()) == pytest.approx(report.score.exposure, abs=0.01)


def test_the_cap_gives_back_to_the_protections(reports, rules):
    capped = next(
        item for item in reports if any(part.practice == "protection_cap" for part in item.score.contributions)
    )
    rows = {row.name: row.points for row in areas(capped, rules)}
    assert rows["protections"] == -rules.scoring.protection_cap
    assert "protection_cap" not in rows


@pytest.mark.parametrize("language", ["en", "ko"])
def test_the_page_draws_every_row(reports, rules, language):
    for report in reports:
        rows = areas(report, rules)
        tree = LexborHTMLParser(render_report_html(report, rules, language))
        drawn = tree.css(".areas > div:not(.total) svg")
        assert len(drawn) == len(rows)
        assert len(tree.css(".areas .area-off")) == sum(row.points < 0 for row in rows)
        for rect in tree.css(".areas rect"):
            left, width = float(rect.attributes["x"]), float(rect.attributes["width"])
            assert left >= -0.3
            assert left + width <= 100.2
        assert f"{report.score.exposure:.1f}"[:-1] in tree.css_first(".areas .total").text()
