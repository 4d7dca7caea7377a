"""PDF: the page for print, whole, without anything fetched."""

import sys

import pytest
from click.testing import CliRunner

from privacyscan.cli import app
from privacyscan.reporters.pdf import PdfUnavailableError, render_pdf
from tests.conftest import EXAMPLES

pytest.importorskip("weasyprint", exc_type=OSError, reason="WeasyPrint finds no Pango here")


def test_a_report_becomes_a_pdf(tmp_path):
    path = tmp_path / "report.pdf"
    result = CliRunner().invoke(app, ["scan", str(EXAMPLES / "harborwrite.en.md"), "-f", "pdf", "-o", str(path)])
    assert result.exit_code == 0, result.output
    assert path.read_bytes().startswith(b"%PDF-")


def test_nothing_is_fetched(caplog):
    page = "<p>Hello</p><img src='https://example.org/x.png'><link rel=stylesheet href='file:///etc/passwd'>"
    assert render_pdf(page).startswith(b"%PDF-")
    assert "example.org" in caplog.text


def test_without_weasyprint_the_error_says_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "weasyprint", None)
    with pytest.raises(PdfUnavailableError, match=r"privacyscan\[pdf\]"):
        render_pdf("<p>Hello</p>")
