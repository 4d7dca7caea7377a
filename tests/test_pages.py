"""The golden pages in a real browser: no script, no request, no scroll to the side, no accessibility violation."""

from datetime import date

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from privacyscan import compare
from privacyscan.history import follow
from privacyscan.reporters.html import render_comparison_html, render_history_html
from tests.conftest import EXAMPLES
from tests.golden import COMPARED, FOLDER

PAGES = [
    "mirinae.ko.html",
    "lumenqiao.en.html",
    "compare.ko.html",
    "compare-five.ko.html",
    "history.en.html",
    "lanes.html",
]
WIDTHS = (390, 768, 1440)
# Pairs of lines of text that lie upon each other, outside of the policy's own text.
OVERLAPS = """() => {
  const lines = [];
  const walker = document.createTreeWalker(document.querySelector("main"), NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    if (!node.data.trim() || node.parentElement.closest(".vh, .policy, details:not([open]) > :not(summary)")) continue;
    const head = node.parentElement.closest("thead");
    if (head && getComputedStyle(head).position === "absolute") continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    for (const box of range.getClientRects())
      if (box.width > 2 && box.height > 2) lines.push({ box, text: node.data.trim().slice(0, 40) });
  }
  lines.sort((one, other) => one.box.top - other.box.top);
  const found = [];
  lines.forEach((one, index) => {
    for (const other of lines.slice(index + 1)) {
      if (other.box.top > one.box.bottom) break;
      const across = Math.min(one.box.right, other.box.right) - Math.max(one.box.left, other.box.left);
      const down = Math.min(one.box.bottom, other.box.bottom) - other.box.top;
      if (across > 2 && down > Math.min(one.box.height, other.box.height) / 2) found.push([one.text, other.text]);
    }
  });
  return found;
}"""

# How far the words beside the plane run past the right margin.
REACH = """() => {
  const margin = document.querySelector(".plane").parentElement.getBoundingClientRect().right;
  const range = document.createRange();
  range.selectNodeContents(document.querySelector(".plane figcaption"));
  return Math.max(...[...range.getClientRects()].map((box) => box.right)) - margin;
}"""

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def addresses(scanner, tmp_path_factory):
    """The golden pages, and a history beside what authorities announced: only a real service has that."""
    text = (EXAMPLES / "lumenqiao.en.md").read_text(encoding="utf-8")
    later = "\n".join(line for line in text.splitlines() if "keystroke" not in line.casefold())
    reports = [scanner.scan_text(part, format="markdown", service="DeepSeek") for part in (text, later, later)]
    history = follow(reports, [date(2024, 12, 5), date(2025, 2, 14), date(2025, 4, 28)])
    lanes = tmp_path_factory.mktemp("pages") / "lanes.html"
    lanes.write_text(render_history_html(history, scanner.rules, "ko"), encoding="utf-8")
    return {name: (lanes if name == lanes.name else FOLDER / name).as_uri() for name in PAGES}


@pytest.mark.parametrize("name", PAGES)
def test_pages_fit_and_ask_for_nothing(browser, addresses, name):
    page = browser.new_page()
    requests, messages = [], []
    page.on("request", lambda request: requests.append(request.url))
    page.on("console", lambda message: messages.append(message.text))
    page.goto(addresses[name])
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert page.evaluate(OVERLAPS)[:4] == [], width
    assert [url for url in requests if url != addresses[name] and not url.startswith("data:")] == []
    assert messages == []
    page.close()


@pytest.mark.parametrize("language", ["en", "ko"])
def test_the_plane_of_a_comparison_stays_within_the_margins(browser, scanner, language):
    reports = [scanner.scan_file(EXAMPLES / f"{name}.md") for name in COMPARED]
    page = browser.new_page()
    page.set_content(render_comparison_html(compare(reports), scanner.rules, language))
    for width in (701, *WIDTHS):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate(REACH) <= 0, width
    page.close()


@pytest.mark.parametrize("name", PAGES)
def test_pages_pass_axe(browser, addresses, name):
    context = browser.new_context(viewport={"width": 1024, "height": 900}, bypass_csp=True)
    page = context.new_page()
    page.goto(addresses[name])
    for scheme, width in (("light", 1024), ("dark", 390)):
        page.emulate_media(color_scheme=scheme)
        page.set_viewport_size({"width": width, "height": 900})
        results = Axe().run(page)
        assert results.violations_count == 0, results.generate_report()
    context.close()


@pytest.mark.parametrize("name", PAGES)
def test_pages_work_without_scripts(browser, addresses, name):
    context = browser.new_context(viewport={"width": 768, "height": 900}, java_script_enabled=False)
    page = context.new_page()
    page.goto(addresses[name])
    assert page.locator("main h1").is_visible()
    if folds := page.locator("main details summary").count():
        page.locator("main details summary").first.click()
        expect(page.locator("main details[open]")).to_have_count(1)
    assert folds or name.startswith(("history", "lanes"))
    context.close()


def test_a_claim_leads_to_its_quote_and_back(browser):
    page = browser.new_page(viewport={"width": 1024, "height": 900})
    page.goto((FOLDER / "mirinae.ko.html").as_uri())
    page.locator('#p-keystroke_dynamics a[href^="#t-"]').first.click()
    expect(page.locator(":target")).to_have_count(1)
    assert 0 <= page.evaluate("document.querySelector(':target').getBoundingClientRect().top") < 900
    page.close()


@pytest.mark.parametrize("name", ["lumenqiao.en.html", "compare-five.ko.html", "lanes.html"])
def test_pages_print_on_a4(browser, addresses, tmp_path, name):
    page = browser.new_page()
    page.goto(addresses[name])
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 673, "height": 987})
    assert page.evaluate("document.documentElement.scrollWidth") <= 673
    page.pdf(path=tmp_path / "report.pdf", format="A4")
    assert (tmp_path / "report.pdf").stat().st_size > 20_000
    page.close()
