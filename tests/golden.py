"""The golden reports in reports/examples/: what they are made from, and making them anew.

Run `make examples` after a change that is meant to change them.
"""

from collections.abc import Callable
from datetime import date
from pathlib import Path

from privacyscan import Scanner, compare
from privacyscan.cli.output import render_comparison, render_history, render_report
from privacyscan.documents import read_original
from privacyscan.history import follow
from privacyscan.reporters.html import render_comparison_html, render_history_html, render_report_html
from privacyscan.reporters.json import render_json
from privacyscan.reporters.markdown import (
    render_comparison_markdown,
    render_history_markdown,
    render_report_markdown,
)
from privacyscan.reporters.sarif import render_report_sarif
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
_BREACHES = "회사는 개인정보가 유출된 사실을 알게 되면 지체 없이 이용자에게 알립니다."
_REFUSAL = "You can opt out of the use of your conversations for training our models in the settings."
_ACCEPTED = "f-5075266cead4"


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
    files["mirinae.ko.txt"] = _text(render_report, scanned["mirinae.ko"], scanner, "ko")
    _, original = read_original(str(ROOT / "examples" / "lumenqiao.en.md"))
    files["lumenqiao.en.sarif"] = render_report_sarif(
        scanned["lumenqiao.en"], scanner.rules, "en", original, {_ACCEPTED: "An address is needed for receipts."}
    )
    comparison = compare([scanned[name] for name in COMPARED])
    files["compare.json"] = render_json(comparison)
    files["compare.en.md"] = render_comparison_markdown(comparison, scanner.rules, "en")
    files["compare.en.txt"] = _text(render_comparison, comparison, scanner, "en")
    files["compare.en.html"] = render_comparison_html(comparison, scanner.rules, "en")
    files["compare.ko.html"] = render_comparison_html(comparison, scanner.rules, "ko")
    files["compare.ko.md"] = render_comparison_markdown(comparison, scanner.rules, "ko")
    many = compare([scanned[name] for name in REPORTS])
    files["compare-five.ko.html"] = render_comparison_html(many, scanner.rules, "ko")
    history = _korean_history(scanner)
    files["history.json"] = render_json(history)
    files["history.ko.md"] = render_history_markdown(history, scanner.rules, "ko")
    files["history.ko.txt"] = _text(render_history, history, scanner, "ko")
    files["history.ko.html"] = render_history_html(history, scanner.rules, "ko")
    files["history.en.html"] = render_history_html(_english_history(scanner), scanner.rules, "en")
    return files


def _text(render: Callable[..., str | bytes], result: object, scanner: Scanner, language: str) -> str:
    """What a terminal shows, as it goes into a file."""
    text = render(result, scanner.rules, language, "terminal", Path("golden.txt"))
    assert isinstance(text, str)
    return text


def _korean_history(scanner: Scanner) -> History:
    """Invented changes of a policy: the Korean example, without its section on keystrokes, reworded, redated."""
    whole = (ROOT / "examples" / "mirinae.ko.md").read_text(encoding="utf-8")
    sections = [part for part in whole.split("\n## ") if not part.startswith("제4조")]
    lines = (line for line in "\n## ".join(sections).split("\n") if "입력 패턴" not in line)
    later = "\n".join(lines).replace(", 키보드 입력 정보", "")
    edited = later.replace("국내 출판사", "국내 사전 출판사")
    redated = edited.replace("2026년 8월 25일", "2027년 1월 4일").replace("2026년 9월 1일", "2027년 1월 11일")
    redated = redated.replace("이용자가 위치 권한을 허용한 경우에 한하여 회사는", "회사는")
    return _followed(
        scanner,
        ("mirinae-4.2.md", whole, date(2026, 8, 25)),
        ("mirinae-4.3.md", later, date(2026, 9, 21)),
        ("mirinae-4.3a.md", edited, None),
        ("mirinae-5.0.md", f"{redated}\n{_BREACHES}\n", date(2027, 1, 12)),
    )


def _english_history(scanner: Scanner) -> History:
    """Invented changes of the English example: keystrokes go, an opt-out comes, the same text is seen again."""
    whole = (ROOT / "examples" / "lumenqiao.en.md").read_text(encoding="utf-8")
    lines = [line for line in whole.split("\n") if "**Input behaviour.**" not in line]
    later = "\n".join(lines).replace("14 April 2025. Version 4.2", "1 July 2025. Version 4.3")
    refusable = later.replace("1 July 2025. Version 4.3", "3 November 2025. Version 5") + f"\n{_REFUSAL}\n"
    return _followed(
        scanner,
        ("lumenqiao-4.2.md", whole, date(2025, 4, 16)),
        ("lumenqiao-4.3.md", later, date(2025, 7, 2)),
        ("lumenqiao-4.3b.md", later, date(2025, 8, 20)),
        ("lumenqiao-5.md", refusable, date(2025, 11, 5)),
    )


def _followed(scanner: Scanner, *versions: tuple[str, str, date | None]) -> History:
    reports = [scanner.scan_text(text, source=name, format="markdown") for name, text, _ in versions]
    return follow(reports, [day for _, _, day in versions])


def main() -> None:
    """Write the golden files."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, text in render(Scanner()).items():
        (FOLDER / name).write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
