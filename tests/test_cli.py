"""The command line as scripts rely on it: exit codes, what goes where, one helpful line for every failure."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from privacyscan.cli import app
from tests.conftest import EXAMPLES, ROOT

RISKY = EXAMPLES / "lumenqiao.en.md"
RESTRAINED = EXAMPLES / "harborwrite.en.md"
KOREAN = EXAMPLES / "mirinae.ko.md"


def run(*arguments, stdin=None, cwd=ROOT):
    environment = {**os.environ, "COLUMNS": "100", "NO_COLOR": "1", "PYTHONIOENCODING": "utf-8"}
    return subprocess.run(
        [sys.executable, "-m", "privacyscan", *map(str, arguments)],
        input=stdin,
        capture_output=True,
        cwd=cwd,
        env=environment,
        timeout=120,
        check=False,
    )


def out(result):
    return result.stdout.decode("utf-8")


def error(result):
    return result.stderr.decode("utf-8")


def test_json_on_stdout_is_the_whole_answer():
    result = run("scan", RISKY, "--format", "json")
    assert result.returncode == 0
    assert error(result) == ""
    assert json.loads(out(result))["practices"]["keystroke_dynamics"]["state"] == "affirmed"


def test_the_same_input_gives_the_same_bytes_in_another_process():
    for format in ("json", "html", "markdown", "sarif", "terminal"):
        assert run("scan", RISKY, "--format", format).stdout == run("scan", RISKY, "--format", format).stdout


def test_standard_input_is_a_source():
    result = run("scan", "-", "--format", "json", stdin=RISKY.read_bytes())
    assert json.loads(out(result))["document"]["source"] == "-"


def test_the_terminal_shows_verdict_and_quotes():
    text = out(run("scan", RISKY))
    assert "Lumenqiao says it stores data in China" in text
    assert "keystrokes" in text
    assert "\x1b[" not in text


def test_a_korean_policy_gets_a_korean_report():
    assert "무엇을 수집하나" in out(run("scan", KOREAN))
    assert "What is collected" in out(run("scan", KOREAN, "--report-lang", "en"))


@pytest.mark.parametrize("format", ["html", "json", "markdown", "sarif", "terminal"])
def test_files_are_written_whole(tmp_path, format):
    target = tmp_path / "deep" / "report.out"
    result = run("scan", RISKY, "--format", format, "-o", target)
    assert result.returncode == 0
    assert out(result) == ""
    assert str(target) in error(result)
    assert target.read_text(encoding="utf-8").strip()
    assert [path.name for path in target.parent.iterdir()] == ["report.out"]


@pytest.mark.parametrize(("grade", "code"), [("A", 1), ("E", 1)])
def test_fail_on_is_reached(grade, code):
    assert run("scan", RISKY, "--format", "json", "--fail-on", grade).returncode == code


@pytest.mark.parametrize("format", ["terminal", "html", "markdown", "sarif"])
def test_fail_on_tells_in_every_format_and_still_writes(tmp_path, format):
    target = tmp_path / "report"
    arguments = ["scan", str(RISKY), "--format", format, "--fail-on", "e", "-o", str(target)]
    assert CliRunner().invoke(app, arguments).exit_code == 1
    assert target.stat().st_size > 1_000


def test_fail_on_is_not_reached():
    assert run("scan", RESTRAINED, "--format", "json", "--fail-on", "E").returncode == 0


def test_fail_on_does_not_pass_what_nobody_could_judge():
    result = run("scan", "-", "--fail-on", "E", stdin=b"Buy milk.")
    assert result.returncode == 1
    assert "N/A" in error(result)


def test_compare_puts_services_side_by_side():
    text = out(run("compare", RISKY, RESTRAINED))
    assert "Lumenqiao and Harbor Write" in text
    assert "Not comparable" in text
    data = json.loads(out(run("compare", RISKY, RESTRAINED, "--format", "json")))
    assert [policy["service"] for policy in data["policies"]] == ["Lumenqiao", "Harbor Write"]
    assert len(data["rows"]) >= 36
    for row in data["rows"]:
        silent = [side["state"] == "silent" for side in row["sides"]]
        assert (row["relation"] == "not_comparable") == (any(silent) and not all(silent))
        assert all((side["evidence"] is None) == (side["state"] == "silent") for side in row["sides"])


def test_services_can_be_named():
    data = json.loads(
        out(run("compare", RISKY, RESTRAINED, "--service", "One", "--service", "Two", "--format", "json"))
    )
    assert [policy["service"] for policy in data["policies"]] == ["One", "Two"]


WRONG = [
    (["scan", "missing.md"], "no such file"),
    (["scan", "tests"], "is a directory"),
    (["scan", "http://127.0.0.1:9/policy"], "can't be reached"),
    (["scan", "gopher://a.example"], "only files"),
    (["scan"], "SOURCE"),
    (["scan", RISKY, "--format", "pigeon"], "pigeon"),
    (["scan", RISKY, "--policy-lang", "de"], "de"),
    (["scan", RISKY, "--fail-on", "F"], "F"),
    (["scan", RISKY, "-o", "/proc/nowhere/report.html"], "can't be written"),
    (["compare", RISKY], "2 to 5"),
    (["compare", RISKY, RESTRAINED, "--service", "One"], "--service"),
    (["compare", RISKY, "missing.md"], "no such file"),
    (["rules", "show", "mind_reading"], "mind_reading"),
    (["rules", "check", "missing"], "missing"),
    (["evaluate", "silver", "--data", "."], "silver"),
    (["evaluate", "gold", "--data", "tests"], "no labelled policy"),
    (["dance"], "dance"),
]


@pytest.mark.parametrize(("arguments", "message"), WRONG, ids=lambda value: " ".join(map(str, value))[-40:])
def test_wrong_use_is_one_helpful_line_and_exit_code_2(arguments, message):
    result = run(*arguments)
    assert result.returncode == 2, error(result)
    assert out(result) == ""
    assert message in error(result)
    assert len(error(result).strip().splitlines()) == 1
    assert "Traceback" not in error(result)


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("empty.md", b"", "empty"),
        ("recipe.txt", b"Chop the onions and fry them gently in butter until soft. " * 40, "does not read like"),
        ("german.txt", b"Wir verarbeiten Ihre personenbezogenen Daten zu folgenden Zwecken. " * 40, "German"),
        ("short.txt", b"We collect your name and your e-mail address.", "too short"),
    ],
)
def test_what_is_no_policy_gets_no_grade_and_the_reason(tmp_path, name, data, reason):
    path = tmp_path / name
    path.write_bytes(data)
    result = run("scan", path)
    assert result.returncode == 0
    assert "N/A" in out(result)
    assert reason in out(result)
    for grade in "ABCDE":
        assert f" {grade} " not in out(result).splitlines()[3]


def test_binary_input_is_refused(tmp_path):
    path = tmp_path / "policy.md"
    path.write_bytes(bytes(range(256)) * 8)
    result = run("scan", path)
    assert result.returncode == 2
    assert "not text" in error(result)


def test_help_teaches():
    text = out(run("--help"))
    assert "privacyscan scan policy.md" in text
    assert "Exit codes" in text
    assert "--report-lang" in out(run("scan", "--help"))


@pytest.mark.parametrize(("command", "extra"), [("serve", "web"), ("train", "train")])
def test_help_keeps_the_names_of_extras(command, extra):
    for arguments in ([command, "--help"], ["--help"]):
        text = " ".join(CliRunner().invoke(app, arguments, env={"COLUMNS": "200"}).output.split())
        assert f"(needs privacyscan[{extra}])" in text


def test_the_version_is_printed():
    assert out(run("--version")).startswith("privacyscan ")


def test_rules_can_be_looked_at():
    listed = out(run("rules", "list"))
    assert len(listed.splitlines()) >= 36
    shown = out(run("rules", "show", "keystroke_dynamics", "--report-lang", "ko"))
    assert "키 입력" in shown
    assert "[zh] patterns" in shown


def test_rules_check_reports_a_broken_rule_with_its_line(tmp_path):
    folder = tmp_path / "collection"
    folder.mkdir(parents=True)
    (folder / "telepathy.yaml").write_text("id: telepathy\ncategory: collection\nweight: eleven\n", encoding="utf-8")
    result = run("rules", "check", tmp_path)
    assert result.returncode == 2
    assert "telepathy.yaml:3: weight" in error(result)


def test_a_reader_that_goes_away_is_no_error():
    script = f"{sys.executable} -m privacyscan scan {RISKY} | head -1"
    result = subprocess.run(["/bin/sh", "-c", script], capture_output=True, cwd=ROOT, timeout=120, check=False)
    assert b"Traceback" not in result.stderr


def test_it_works_from_any_folder(tmp_path):
    result = run("scan", RISKY.resolve(), "--format", "html", "-o", Path("here.html"), cwd=tmp_path)
    assert result.returncode == 0
    assert (tmp_path / "here.html").exists()


def test_what_could_not_be_read_is_not_compared(tmp_path):
    path = tmp_path / "empty.md"
    path.touch()
    result = run("compare", RISKY, path)
    assert result.returncode == 2
    assert "nothing to compare in" in error(result)


def test_a_report_does_not_replace_the_policy_or_a_device(tmp_path):
    path = tmp_path / "policy.md"
    path.write_bytes(RISKY.read_bytes())
    assert run("scan", path, "-o", path).returncode == 2
    assert path.read_bytes() == RISKY.read_bytes()
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = subprocess.Popen(["/bin/cat", str(pipe)], stdout=subprocess.PIPE)
    assert run("scan", path, "--format", "json", "-o", pipe).returncode == 0
    assert json.loads(reader.communicate(timeout=60)[0])["schema_version"] == "1"
    assert pipe.is_fifo()


def test_links_are_followed_and_modes_kept(tmp_path):
    target, link = tmp_path / "target.md", tmp_path / "link.md"
    target.touch(mode=0o600)
    link.symlink_to(target)
    assert run("scan", RISKY, "--format", "markdown", "-o", link).returncode == 0
    assert link.is_symlink()
    assert target.stat().st_mode & 0o777 == 0o600
    assert target.read_text(encoding="utf-8").startswith("# ")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full here")
@pytest.mark.parametrize("to", ["> /dev/full", ">&-"])
def test_output_that_cannot_be_written_is_one_line(to):
    result = run_in_shell(f"scan {RISKY} {to}")
    assert result.returncode == 2
    assert len(result.stderr.decode().strip().splitlines()) == 1


def test_a_report_into_a_file_needs_no_open_stream(tmp_path):
    assert run_in_shell(f"scan {RISKY} --format json -o {tmp_path / 'report.json'} <&- >&- 2>&-").returncode == 0
    assert json.loads((tmp_path / "report.json").read_text(encoding="utf-8"))["findings"]


def test_closed_standard_input_is_empty():
    result = run_in_shell("scan - <&-")
    assert result.returncode == 0
    assert "no grade" in result.stdout.decode()


def run_in_shell(command):
    script = f"{sys.executable} -m privacyscan {command}"
    return subprocess.run(["/bin/sh", "-c", script], capture_output=True, cwd=ROOT, timeout=120, check=False)


@pytest.mark.parametrize(
    "arguments",
    [
        ["scan", RISKY],
        ["scan", RISKY, "--format", "html"],
        ["compare", RISKY, RESTRAINED],
        ["history", RISKY, RESTRAINED],
        ["rules", "list"],
    ],
    ids=lambda arguments: " ".join(map(str, arguments))[:20],
)
def test_no_command_waits_for_what_it_does_not_need(arguments):
    code = (
        "import os, sys\n"
        "needless = {'pydantic', 'jsonschema', 'yaml', 'sklearn'}\n"
        "sys.stderr.flush = lambda: os.write(2, str(needless & {*sys.modules} or 'none').encode())\n"
        "from privacyscan.__main__ import main\n"
        "main()"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, *map(str, arguments)], capture_output=True, text=True, check=True
    )
    assert done.stderr.endswith("none")
