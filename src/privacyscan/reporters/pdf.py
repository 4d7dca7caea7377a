"""PDF: the pages for print, laid out by WeasyPrint (the extra ``pdf``)."""

from __future__ import annotations

import re

# WeasyPrint drops rules where one of their media queries is about widths. Of these, it can lay out
# the columns of lists; the front of a report, a grid of rows and columns, stays one column.
_MEDIA = re.compile(r"@media print, \(min-width: 701px\)")


class PdfUnavailableError(RuntimeError):
    """WeasyPrint or the libraries it needs are not installed; the message says what to install."""


def render_pdf(page: str) -> bytes:
    """Return an HTML page of this package as a PDF for A4, with bookmarks; nothing is fetched.

    Raises ``PdfUnavailableError`` where the extra is missing.
    """
    try:
        from weasyprint import HTML
        from weasyprint.urls import URLFetcher
    except (ImportError, OSError):
        raise PdfUnavailableError(
            "PDF needs WeasyPrint and Pango: pip install 'privacyscan[pdf]' (on Debian also apt install libpango-1.0-0 "
            "libpangoft2-1.0-0), or print the HTML report from a browser"
        ) from None
    # "data:" is the empty icon of the page; nothing else is asked for.
    document: bytes = HTML(
        string=_MEDIA.sub("@media print", page), url_fetcher=URLFetcher(allowed_protocols=("data",))
    ).write_pdf()
    return document
