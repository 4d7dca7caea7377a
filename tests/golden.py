"""The golden reports in reports/examples/: what they are made from, and making them anew.

Run `make examples` after a change that is meant to change them.
"""

from datetime import date
from pathlib import Path

from privacyscan import Scanner, compare
from privacyscan.history import follow
from privacyscan.reporters.html import render_comparison_html, render_history_html, render_report_html
from privacyscan.reporters.json import render_json
from privacyscan.reporters.markdown import render_comparison_markdown, render_report_markdown
from privacyscan.versions import History

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "reports" / "examples"
# Example, and the language its golden report is in.
REPORTS = {
    "lumenqiao.en": "en",
    "harborwrite.en": "en",
    "mirinae.ko": "ko",
    "dodamnote.ko": "ko",
    "xingheyu.zh": "ko",
}
COMPARED = ("lumenqiao.en", "harborwrite.en")


def render(scanner: Scanner) -> dict[str, str]:
    """Return the golden files by name."""
    scanned = {
        name: scanner.scan_text(
            (ROOT / "examples" / f"{name}.md").read_text(encoding="utf-8"),
            source=f"examples/{name}.md",
            format="markdown",
        )
        for name in REPORTS
    }
    files = {}
    for name, language in REPORTS.items():
        files[f"{name}.md"] = render_report_markdown(scanned[name], scanner.rules, language)
        files[f"{name}.html"] = render_report_html(scanned[name], scanner.rules, language)
    files["lumenqiao.en.json"] = render_json(scanned["lumenqiao.en"])
    comparison = compare([scanned[name] for name in COMPARED])
    files["compare.en.md"] = render_comparison_markdown(comparison, scanner.rules, "en")
    files["compare.en.html"] = render_comparison_html(comparison, scanner.rules, "en")
    files["compare.ko.html"] = render_comparison_html(comparison, scanner.rules, "ko")
    files["history.ko.html"] = render_history_html(_history(scanner), scanner.rules, "ko")
    return files


def _history(scanner: Scanner) -> History:
    """An invented change of policy: the Korean example, and the same without its section on keystrokes."""
    whole = (ROOT / "examples" / "mirinae.ko.md").read_text(encoding="utf-8")
    sections = [part for part in whole.split("\n## ") if not part.startswith("제4조")]
    lines = (line for line in "\n## ".join(sections).split("\n") if "입력 패턴" not in line)
    later = "\n".join(lines).replace(", 키보드 입력 정보", "")
    texts = {"2026-08-25.md": whole, "2026-10-01.md": later}
    reports = [scanner.scan_text(text, source=name, format="markdown") for name, text in texts.items()]
    return follow(reports, [date(2026, 8, 25), date(2026, 10, 1)])


def main() -> None:
    """Write the golden files."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, text in render(Scanner()).items():
        (FOLDER / name).write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
