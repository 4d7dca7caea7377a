"""The pages in a real browser with scripts switched off: everything works, nothing is fetched elsewhere."""

import json
import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from privacyscan.reporters.markdown import render_report_markdown
from privacyscan.web.settings import MAX_FILE_BYTES, MAX_TEXT_BYTES
from tests.conftest import EXAMPLES
from tests.documents.test_office import bomb, pdf_file
from tests.web.conftest import form

LUMEN = (EXAMPLES / "lumenqiao.en.md").read_text("utf-8")
QUILL = "# Quill privacy policy\n\nWe record your keystrokes. We keep your data in China."
REED = "# Reed privacy policy\n\nWe do not record your keystrokes."


def paste(page, text=LUMEN, service=""):
    page.get_by_label("The policy").first.fill(text)
    page.get_by_label("Name of the service").first.fill(service)
    page.get_by_role("button", name="Read this policy").click()


def test_a_pasted_policy_becomes_the_report(visit):
    page = visit()
    paste(page, service="Lumen")
    expect(page.locator("h1")).to_contain_text("Lumen")
    expect(page.locator(".letter")).to_be_visible()
    page.locator('#p-keystroke_dynamics a[href^="#t-"], .glance a').first.click()
    expect(page.locator(":target")).to_have_count(1)
    assert page.locator(".fill").first.bounding_box()["width"] > 10


def test_the_report_can_be_saved_as_it_is(visit, scanner):
    page = visit()
    paste(page, service="Lumen")
    report = scanner.scan_text(LUMEN, service="Lumen")
    saved = {}
    for name in ("HTML", "Markdown", "JSON"):
        with page.expect_download() as download:
            page.get_by_role("button", name=name, exact=True).click()
        saved[name] = download.value.path().read_text("utf-8")
        assert download.value.suggested_filename.startswith("Lumen.")
    assert json.loads(saved["JSON"]) == report.model_dump(mode="json")
    assert saved["Markdown"] == render_report_markdown(report, scanner.rules, "en")
    assert "<style>" in saved["HTML"]
    assert "<form" not in saved["HTML"]


def test_a_file_becomes_the_report(visit):
    page = visit()
    page.get_by_label("Or a file").set_input_files(EXAMPLES / "harborwrite.en.md")
    page.get_by_role("button", name="Read this policy").click()
    expect(page.locator("h1")).to_contain_text("Harbor Write")
    with page.expect_download() as download:
        page.get_by_role("button", name="JSON", exact=True).click()
    assert json.loads(download.value.path().read_text("utf-8"))["document"]["source"] == "harborwrite.en.md"


def test_an_example_is_one_click_away_and_turns_korean_by_another(visit):
    page = visit()
    page.get_by_role("button", name="Harbor Write").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    page.get_by_role("button", name="한국어").click()
    expect(page.locator("html")).to_have_attribute("lang", "ko")
    expect(page.locator("h1")).to_contain_text(re.compile("하버|Harbor Write"))


def test_a_report_can_be_compared_with_another_policy(visit):
    page = visit()
    paste(page, QUILL)
    page.get_by_role("button", name="Compare with another policy").click()
    expect(page.locator("#text")).to_have_value(re.compile(rf"\s*{re.escape(QUILL)}\s*"))
    page.locator("#text1").fill(REED)
    page.get_by_role("button", name="Compare", exact=True).click()
    expect(page.locator("#g-different")).to_be_visible()
    with page.expect_download() as download:
        page.get_by_role("button", name="JSON", exact=True).click()
    assert len(json.loads(download.value.path().read_text("utf-8"))["policies"]) == 2


def test_up_to_five_policies_can_be_compared(visit):
    page = visit("/compare")
    assert page.get_by_text("Fourth policy").is_hidden()
    for number, text in enumerate((QUILL, REED, REED.replace("Reed", "Pike"))):
        if number > 1:
            page.locator("summary").nth(number - 2).click()
        page.locator(f"#text{number or ''}").fill(text)
    expect(page.get_by_text("Fourth policy")).to_be_visible()
    page.get_by_role("button", name="Compare", exact=True).click()
    expect(page.locator(".policies > li")).to_have_count(3)
    page.get_by_role("button", name="Add another policy").click()
    expect(page.locator("#text2")).to_have_value(re.compile("^# Pike"))
    page.locator("#text1").fill("")
    page.get_by_role("button", name="Compare", exact=True).click()
    expect(page.locator(".policies h3")).to_have_text(["Quill", "Pike"])


def test_a_policy_at_hand_can_be_left_out_again(visit):
    page = visit("/report?example=harborwrite.en")
    page.get_by_role("button", name="Compare with another policy").click()
    expect(page.locator(".kept")).to_contain_text("harborwrite.en.md")
    page.get_by_label("Leave this one out").check()
    page.locator("#text1").fill(REED)
    page.get_by_role("button", name="Compare", exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text("at least two")
    expect(page.locator(".kept")).to_have_count(0)


def test_a_report_without_a_text_leads_to_the_start(served):
    answer = served.get("/report?lang=ko")
    assert (answer.status_code, answer.headers["location"]) == (307, "/?lang=ko")


def test_the_language_is_the_browsers_until_it_is_switched(visit):
    page = visit(locale="ko-KR")
    expect(page.locator("html")).to_have_attribute("lang", "ko")
    page.get_by_role("link", name="English").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    page.get_by_role("link", name="Rulebook").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")


@pytest.mark.parametrize(
    ("accepted", "language"),
    [("", "en"), ("de, ko;q=0.5, en;q=0.4", "ko"), ("en, ko", "en"), ("ko;q=x", "en"), ("zh-CN", "en")],
)
def test_the_first_language_that_is_ours_wins(served, accepted, language):
    assert f'<html lang="{language}">' in served.get("/", headers={"Accept-Language": accepted}).text


def test_the_rulebook_can_be_searched(visit):
    page = visit("/rules")
    assert page.locator(".consequences > li").count() == 36
    page.get_by_role("searchbox").fill("keystroke")
    page.keyboard.press("Enter")
    page.wait_for_url("**q=keystroke*")
    assert 1 <= page.locator(".consequences > li").count() < 10
    page.locator("#keystroke_dynamics a").click()
    expect(page.locator(".plain li").nth(10)).to_be_attached()
    page.goto("/rules?q=xyzzy")
    assert "No practice" in page.locator("#count").inner_text()


@pytest.mark.parametrize(
    ("fields", "status", "words"),
    [
        ({"text": " \n"}, 422, "There is no policy"),
        ({"text": "x" * (MAX_TEXT_BYTES + 1)}, 413, "longer than 2 MB"),
        ({"text": "x" * (2 * MAX_TEXT_BYTES + 1)}, 413, "longer than 2 MB"),
        ({"file": ("a.bin", b"\x00\x01\x02" * 900)}, 422, "holds no text"),
        ({"file": ("a.pdf", b"%PDF-1.7 nothing more")}, 422, "file is broken"),
        ({"file": ("a.docx", bomb())}, 422, "file is too long"),
        ({"file": ("a.txt", b"")}, 422, "file is empty"),
        ({"file": ("a.txt", b"x" * (MAX_FILE_BYTES + 1))}, 413, "larger than 10 MB"),
    ],
)
def test_what_can_not_be_read_is_told(served, fields, status, words):
    answer = served.post("/report", files=form(**fields))
    assert answer.status_code == status
    assert words in answer.text
    assert 'role="alert"' in answer.text


def test_a_pdf_becomes_the_report(served):
    answer = served.post("/report", files=form(file=("quill.pdf", pdf_file(20)), service="Quill"))
    assert answer.status_code == 200
    assert "We record your keystrokes." in answer.text


def test_other_forms_and_addresses_get_a_page(served):
    assert served.post("/report", data={"text": "x"}).status_code == 415
    assert served.post("/compare", files=form(text="x")).status_code == 422
    assert served.get("/nothing").status_code == 404
    assert served.get("/rules/nothing").status_code == 404
    assert "없는 페이지" in served.get("/nothing?lang=ko").text


def test_what_was_typed_is_kept_when_something_is_missing(visit):
    page = visit()
    paste(page, "", service="Quill")
    expect(page.get_by_role("alert")).to_be_visible()
    expect(page.get_by_label("Name of the service")).to_have_value("Quill")


def test_the_keyboard_is_enough(visit):
    page = visit(java_script_enabled=True)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.get_by_label("The policy").first.focus()
    page.keyboard.insert_text("We do not record your keystrokes.")
    for _ in range(12):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.className") == "main":
            break
    page.keyboard.press("Enter")
    page.locator(".no-grade").wait_for()


@pytest.mark.parametrize(
    ("language", "scheme", "paths"),
    [
        ("en", "light", ("/", "/compare", "/rules/keystroke_dynamics", "/nothing")),
        ("ko", "dark", ("/", "/compare", "/rules?q=키", "/report?example=dodamnote.ko")),
    ],
)
def test_pages_fit_a_phone_and_pass_axe(visit, language, scheme, paths):
    page = visit(java_script_enabled=True, bypass_csp=True, color_scheme=scheme, viewport={"width": 390, "height": 800})
    for path in paths:
        page.goto(f"{path}{'&' if '?' in path else '?'}lang={language}")
        assert page.evaluate("document.documentElement.scrollWidth") <= 390, path
        results = Axe().run(page)
        assert results.violations_count == 0, (path, results.generate_report())
