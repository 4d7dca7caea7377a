"""PDF and Word files: their text within limits, and a clear line for each way they fail."""

import io
import struct
import zipfile

import docx
import pikepdf
import pytest

from privacyscan.documents import UnreadableSourceError, read_raw, text_of
from privacyscan.documents.source import RawSource
from privacyscan.models import BlockKind


def word_file(fill=lambda document: None):
    document = docx.Document()
    fill(document)
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def pdf_file(pages=1, text=b"We record your keystrokes."):
    """A PDF written by hand: one font, the same words on every page."""
    stream = b"BT /F1 12 Tf 72 720 Td (" + text + b") Tj ET"
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids ["
        + b" ".join(b"%d 0 R" % (5 + page) for page in range(pages))
        + b"] /Count %d >>" % pages,
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        b"<< /Length %d >>\nstream\n" % len(stream) + stream + b"\nendstream",
        *[
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
            b"/Resources << /Font << /F1 3 0 R >> >> >>"
        ]
        * pages,
    ]
    data, offsets = bytearray(b"%PDF-1.4\n"), []
    for number, body in enumerate(objects, 1):
        offsets.append(len(data))
        data += b"%d 0 obj\n" % number + body + b"\nendobj\n"
    start = len(data)
    data += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    data += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    data += b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, start)
    return bytes(data)


def locked(data, revision, user):
    """A PDF with a password to open it, or with none and one to change it."""
    file = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as document:
        strong = revision >= 4
        document.save(
            file,
            encryption=pikepdf.Encryption(owner="owner", user=user, R=revision, aes=strong, metadata=strong),
        )
    return file.getvalue()


def bomb():
    file = io.BytesIO(word_file())
    with zipfile.ZipFile(file, "a", zipfile.ZIP_DEFLATED) as archive:
        for number in range(6):
            archive.writestr(f"word/media/{number}.xml", b"\0" * 10_000_000)
    return file.getvalue()


def refusal(data, name="policy"):
    with pytest.raises(UnreadableSourceError) as caught:
        text_of(RawSource(name, data))
    return caught.value.code


def test_a_pdf_is_read_page_by_page():
    document = read_raw(RawSource("policy.pdf", pdf_file(3)))
    assert document.text.count("We record your keystrokes.") == 3


def test_a_word_file_keeps_headings_lists_and_tables():
    def fill(document):
        document.add_heading("Quill privacy policy", 0)
        document.add_heading("What we collect", 1)
        document.add_paragraph("your name", style="List Bullet")
        table = document.add_table(2, 2)
        for cell, text in zip(table._cells, ["Data", "Why", "E-mail | phone", "Newsletter"], strict=True):
            cell.text = text

    document = read_raw(RawSource("policy.docx", word_file(fill)))
    kinds = [block.kind for block in document.blocks]
    assert kinds == [
        BlockKind.HEADING,
        BlockKind.HEADING,
        BlockKind.LIST_ITEM,
        BlockKind.TABLE_HEADER,
        BlockKind.TABLE_ROW,
    ]
    assert document.title == "Quill privacy policy"
    assert "E-mail | phone" in document.text


def test_files_that_fail_say_how():
    assert refusal(b"%PDF-1.7 nothing more") == "broken"
    assert refusal(pdf_file(10_000)) == "too_long"
    assert refusal(pdf_file(1, b"")) == "no_text"
    assert refusal(word_file()[:2000]) == "broken"
    assert refusal(word_file()) == "no_text"
    assert refusal(bomb()) == "too_long"
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("a.txt", "We collect your name.")
    assert refusal(file.getvalue()) == "not_text"


def test_a_word_file_can_not_make_its_entities_grow():
    file = io.BytesIO(word_file())
    with zipfile.ZipFile(file) as archive:
        parts = {part: archive.read(part) for part in archive.namelist()}
    declared = (
        b'<!DOCTYPE w [<!ENTITY a "lol"><!ENTITY b "' + b"&a;" * 1000 + b'"><!ENTITY c "' + b"&b;" * 1000 + b'">]>'
    )
    xml = (
        parts["word/document.xml"]
        .replace(b"?>", b"?>" + declared, 1)
        .replace(b"<w:sectPr", b"<w:p><w:r><w:t>&c;</w:t></w:r></w:p><w:sectPr")
    )
    parts["word/document.xml"] = xml
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for part, content in parts.items():
            archive.writestr(part, content)
    assert refusal(packed.getvalue()) in ("broken", "no_text")


@pytest.mark.parametrize("revision", [2, 3, 4, 6])
def test_a_pdf_that_asks_for_a_password_is_told_apart(revision):
    assert refusal(locked(pdf_file(), revision, user="secret")) == "locked"


def test_a_pdf_that_only_forbids_changes_is_read():
    document = read_raw(RawSource("policy.pdf", locked(pdf_file(), 6, user="")))
    assert document.text == "We record your keystrokes."


def test_a_zip_that_lies_about_its_sizes_is_read_no_further():
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b" " * 20_000_000)
    told, true = struct.pack("<L", 1000), struct.pack("<L", 20_000_000)
    assert refusal(file.getvalue()) == "too_long"
    assert refusal(file.getvalue().replace(true, told)) == "broken"


@pytest.mark.parametrize(("module", "data"), [("pypdfium2", b"%PDF-1.4"), ("docx", b"PK\x03\x04")])
def test_a_missing_extra_says_what_to_install(monkeypatch, module, data):
    monkeypatch.setitem(__import__("sys").modules, module, None)
    with pytest.raises(UnreadableSourceError, match=r"privacyscan\[documents\]"):
        text_of(RawSource("policy", data))
