"""The golden pages in a real browser: no script, no request, no scroll to the side, no accessibility violation."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.golden import FOLDER

PAGES = ["mirinae.ko.html", "lumenqiao.en.html", "compare.ko.html"]
WIDTHS = (390, 768, 1440)

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_pages_fit_and_ask_for_nothing(browser, name, width, scheme):
    context = browser.new_context(
        viewport={"width": width, "height": 900}, color_scheme=scheme, java_script_enabled=True
    )
    page = context.new_page()
    requests, messages = [], []
    page.on("request", lambda request: requests.append(request.url))
    page.on("console", lambda message: messages.append(message.text))
    address = (FOLDER / name).as_uri()
    page.goto(address)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert [url for url in requests if url != address and not url.startswith("data:")] == []
    assert messages == []
    context.close()


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_pages_pass_axe(browser, name, scheme):
    context = browser.new_context(viewport={"width": 1024, "height": 900}, color_scheme=scheme, bypass_csp=True)
    page = context.new_page()
    page.goto((FOLDER / name).as_uri())
    results = Axe().run(page)
    assert results.violations_count == 0, results.generate_report()
    context.close()


@pytest.mark.parametrize("name", PAGES)
def test_pages_work_without_scripts(browser, name):
    context = browser.new_context(viewport={"width": 768, "height": 900}, java_script_enabled=False)
    page = context.new_page()
    page.goto((FOLDER / name).as_uri())
    page.locator("main details summary").first.click()
    assert page.locator("main details[open]").count() == 1
    context.close()


def test_a_claim_leads_to_its_quote_and_back(browser):
    page = browser.new_page(viewport={"width": 1024, "height": 900})
    page.goto((FOLDER / "mirinae.ko.html").as_uri())
    page.locator('#p-keystroke_dynamics a[href^="#t-"]').first.click()
    assert page.locator(":target").count() == 1
    assert 0 <= page.evaluate("document.querySelector(':target').getBoundingClientRect().top") < 900
    page.close()


def test_pages_print_on_a4(browser, tmp_path):
    page = browser.new_page()
    page.goto((FOLDER / "lumenqiao.en.html").as_uri())
    page.pdf(path=tmp_path / "report.pdf", format="A4")
    assert (tmp_path / "report.pdf").stat().st_size > 20_000
    page.close()
