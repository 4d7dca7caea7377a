"""Takes the pictures of the README from the golden reports.

Run: make screenshots (needs Debian's chromium).
"""

from __future__ import annotations

import shutil
from pathlib import Path

from playwright.sync_api import sync_playwright

_ROOT = Path(__file__).resolve().parents[1]
_SHOTS = {
    "report-ko": ("mirinae.ko.html", 1100, 1500),
    "compare-en": ("compare.en.html", 1100, 1500),
    "history-en": ("history.en.html", 1100, 1500),
}


def main() -> None:
    """Write docs/pictures/*.png."""
    folder = _ROOT / "docs" / "pictures"
    folder.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        for name, (page_name, width, height) in _SHOTS.items():
            page = browser.new_page(viewport={"width": width, "height": height}, java_script_enabled=False)
            page.goto((_ROOT / "reports" / "examples" / page_name).as_uri())
            page.screenshot(path=folder / f"{name}.png")
        browser.close()


if __name__ == "__main__":
    main()
