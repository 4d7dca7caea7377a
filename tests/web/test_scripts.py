"""What the pages gain where scripts run."""

import pytest
from playwright.sync_api import expect

from privacyscan.web.settings import MAX_FILE_BYTES
from tests.conftest import EXAMPLES

pytestmark = pytest.mark.browser
LUMEN = (EXAMPLES / "lumenqiao.en.md").read_text("utf-8")


@pytest.fixture
def open_page(visit):
    def open_page(path="/", **options):
        return visit(path, java_script_enabled=True, permissions=["clipboard-read", "clipboard-write"], **options)

    return open_page


def read(page, text=LUMEN):
    page.locator("#text").fill(text)
    page.get_by_role("button", name="Read this policy").click()
    page.locator(".letter, .no-grade, .alert").wait_for()


def copied(page, id):
    page.locator(f"#{id}").hover()
    page.locator(f"#{id} .copy").click()
    page.locator("#said:not(:empty)").wait_for()
    return page.evaluate("navigator.clipboard.readText()")


def test_the_report_takes_the_place_of_the_page_and_back_returns_to_the_text(open_page):
    page = open_page()
    page.locator("#report_language").select_option("ko")
    read(page)
    expect(page.locator("html")).to_have_attribute("lang", "ko")
    assert page.title() == page.locator("h1").inner_text().replace("\u2060", "")
    assert page.evaluate("document.activeElement.id") == "main"
    page.locator(".glance a").first.click()
    page.go_back()
    expect(page.locator(".letter")).to_be_visible()
    page.go_back()
    page.locator("#text").wait_for()
    assert page.locator("#text").input_value().strip() == LUMEN.strip()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    page.go_forward()
    page.locator(".letter").wait_for()
    page.go_back()
    read(page, "We do not record your keystrokes.")
    expect(page.locator(".no-grade")).to_be_visible()
    assert page.evaluate("localStorage.length + sessionStorage.length") == 0


def test_errors_keep_what_was_typed(open_page):
    page = open_page()
    page.locator("#service").fill("Quill")
    read(page, "")
    expect(page.get_by_role("alert")).to_be_visible()
    assert page.locator("#service").input_value() == "Quill"
    assert page.locator("button.main").is_enabled()


def test_waiting_is_told_and_a_lost_connection_too(visit, open_page):
    page = open_page()
    held = []

    def hold(route):
        held.append(route)

    page.route("**/report*", hold)
    page.locator("#text").fill(LUMEN)
    page.get_by_role("button", name="Read this policy").click()
    page.locator(".busy:not(:empty)").wait_for()
    assert page.locator("button.main").is_disabled()
    held[0].abort()
    page.locator("#said:not(:empty)").wait_for()
    assert page.locator("#text").input_value().strip() == LUMEN.strip()
    assert page.locator("button.main").is_enabled()
    # The browser's own line of it, and htmx's.
    visit.messages.clear()


def test_the_rulebook_is_searched_as_one_types(open_page):
    page = open_page("/rules")
    page.get_by_role("searchbox").press_sequentially("keystroke")
    page.locator("#count:not(:empty)").wait_for()
    assert 1 <= page.locator("#found li[id]").count() < 10
    assert page.evaluate("document.activeElement.id") == "q"
    page.get_by_role("searchbox").fill("")
    page.locator("#count:empty").wait_for(state="attached")
    expect(page.locator("#found li[id]")).to_have_count(36)
    # A search still under way would be reported as broken off when the page closes.
    page.wait_for_function("!document.querySelector('.htmx-request')")


def test_the_link_to_a_part_of_an_example_opens_it(open_page):
    page = open_page("/report?example=harborwrite.en")
    link = copied(page, "s-sharing")
    assert link.endswith("/report?example=harborwrite.en&lang=en#s-sharing")
    page.goto("about:blank")
    page.goto(link)
    expect(page.locator("#s-sharing:target")).to_be_visible()
    assert page.evaluate("scrollY") > 900


def test_the_link_to_a_part_of_a_pasted_policy_opens_it_once_that_was_read(open_page):
    page = open_page()
    read(page)
    link = copied(page, "s-sharing")
    assert link.endswith("/?lang=en#s-sharing")
    assert "no text" in page.locator("#said").inner_text()
    page.goto("about:blank")
    page.goto(link)
    read(page)
    assert page.evaluate("scrollY") > 900


def test_a_file_that_is_too_large_is_told_before_it_is_sent(open_page, tmp_path):
    large = tmp_path / "policy.txt"
    with large.open("wb") as file:
        file.truncate(MAX_FILE_BYTES + 1)
    page = open_page()
    page.locator("#file").set_input_files(large)
    assert "larger than 10 MB" in page.locator("#file").evaluate("field => field.validationMessage")
    page.locator("#file").set_input_files(EXAMPLES / "lumenqiao.en.md")
    assert page.locator("#file").evaluate("field => field.validity.valid")
