"""The command line: exit codes, languages, JSON, and what it prints of hostile text."""

import json
import os
import pty
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from desk.commands.audit import audit
from desk.shell.cli import run
from desk.shell.command import House
from engine.words import catalogues, messages
from engine.words.lines import wrap

HOUSE = Path(__file__).resolve().parents[1]
JIYUAN = """\
round(jiyuan,6,20250930).
applicant("J01",organization). name("J01","虚构甲公司"). seat("J01",jiyuan).
applicant("J02",organization). name("J02","虚构乙公司"). seat("J02",elsewhere).
"""
COMMANDS = [*House("pingjiang").list_commands(None), "facts convert"]  # type: ignore[arg-type]
AUDIT = [f"audit {name}" for name in audit.commands]

Capture = pytest.CaptureFixture[str]


@pytest.fixture(autouse=True)
def english(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every test speaks English unless it says otherwise."""
    monkeypatch.setenv("PINGJIANG_LANG", "en")


@pytest.fixture
def case(tmp_path: Path) -> str:
    """A small Jiyuan round in one file."""
    return written(tmp_path / "case.lp", JIYUAN)


def written(path: Path, words: str) -> str:
    path.write_text(words, encoding="utf-8")
    return str(path)


def shell(*arguments: str, **environment: str) -> subprocess.CompletedProcess[bytes]:
    """A real process, as a person or a script starts it."""
    command = [sys.executable, "-c", "from desk.shell.cli import main; main()", *arguments]
    return subprocess.run(command, capture_output=True, cwd=HOUSE, env={**os.environ, **environment}, check=False)


# Help


@pytest.mark.parametrize("lang", catalogues.LANGUAGES)
@pytest.mark.parametrize("command", ["", *COMMANDS, *AUDIT])
def test_every_command_explains_itself(command: str, lang: str, capsys: Capture) -> None:
    """Help in both languages, with an example, every option and argument worded."""
    code = run([*command.split(), "--help", "--lang", lang])

    shown = capsys.readouterr().out
    assert code == 0 and f"pingjiang {command}".strip() in shown
    assert shown.count(messages.text("page.example", lang)) == 1
    assert "None" not in shown


def test_examples_name_real_commands() -> None:
    """An example that does not run is worse than none."""
    lines = [
        line.split("#")[0].split()
        for key, words in catalogues.catalogue("desk", "en").items()
        if key.startswith("command.") and key.endswith(".example")
        for line in words.strip().splitlines()
    ]

    assert [line for line in lines if line[0] != "pingjiang" or line[1] not in " ".join(COMMANDS)] == []


def test_nothing_asked_shows_the_help(capsys: Capture) -> None:
    assert run([]) == 0 and "Usage:" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("environment", "word"),
    [
        ({"LANG": "zh_CN.UTF-8"}, "用法"),
        ({"LANG": "en_GB.UTF-8"}, "Usage"),
        ({"LANG": "zh_CN.UTF-8", "LC_ALL": "C"}, "Usage"),
        ({"LANG": "C", "PINGJIANG_LANG": "zh"}, "用法"),
        ({}, "Usage"),
    ],
)
def test_the_environment_chooses_the_language(
    environment: dict[str, str], word: str, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("PINGJIANG_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    run(["--help"])

    assert capsys.readouterr().out.startswith(word)


def test_lang_works_before_and_after_the_command(capsys: Capture) -> None:
    run(["--lang", "zh", "cities", "--help"])
    before = capsys.readouterr().out
    run(["cities", "--help", "--lang=zh"])

    assert before == capsys.readouterr().out


# Bad usage


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("nothing", "no_such_command"),
        ("decide", "missing_argument"),
        ("decide x.lp --tiem-limit 3", "no_such_option_near"),
        ("decide x.lp --time-limit soon", "not_seconds"),
        ("decide x.lp --time-limit 0", "not_seconds"),
        ("decide x.lp --time-limit nan", "not_seconds"),
        ("decide x.lp --reading lookback", "not_a_reading"),
        ("decide x.lp --only", "bad_option"),
        ("cities extra", "bad_usage"),
        ("cities --lang fr", "unknown_lang"),
        ("articles nowhere", "unknown_city"),
        ("articles jiyuan 第九十九条", "unknown_provision"),
        ("articles jiyuan 第条", "not_a_provision"),
        ("readings nowhere", "unknown_city"),
        ("readings --format xml", "format_unknown"),
    ],
)
def test_bad_usage_is_two(line: str, code: str, capsys: Capture) -> None:
    """One line for a person, the same as JSON for a program."""
    command, *rest = line.split()
    code_found = run([command, "--json", *rest])

    shown = capsys.readouterr()
    assert code_found == 2
    assert [problem["code"] for problem in json.loads(shown.out)["problems"]] == [code]
    assert shown.err.count("\n") == 1


def test_bad_usage_without_json_leaves_standard_output_empty(capsys: Capture) -> None:
    assert run(["nothing"]) == 2 and capsys.readouterr().out == ""


# Bad cases


def test_all_problems_of_all_files_are_told_at_once(tmp_path: Path, capsys: Capture) -> None:
    """Each on a line of its own behind file and line; nothing is decided."""
    one = written(tmp_path / "one.lp", 'round(jiyuan,6,20250930).\ncertificate("J99",iso,20240101,20250101).\n')
    two = written(tmp_path / "two.lp", "applicant(J01,organization).\n")
    code = run(["decide", one, two, "--json"])

    shown = capsys.readouterr()
    found = json.loads(shown.out)["problems"]
    assert code == 2
    assert {(Path(problem["file"]).name, problem["line"]) for problem in found} == {("one.lp", 2), ("two.lp", 1)}
    assert [line.split(": ")[0] for line in shown.err.splitlines()] == [f"{p['file']}:{p['line']}" for p in found]


def test_a_missing_file_is_a_bad_case(capsys: Capture) -> None:
    assert run(["decide", "no-such-file.lp"]) == 2 and "no-such-file.lp" in capsys.readouterr().err


def test_what_was_found_cannot_steer_the_terminal(tmp_path: Path) -> None:
    """Problems quote the case; escapes in it stay visible text."""
    path = written(tmp_path / "case.lp", 'round(jiyuan,6,20250930).\nname("J99\x1b[2J","\u202e甲").\n')
    done = shell("decide", path)

    assert done.returncode == 2
    assert b"\x1b" not in done.stderr and "\u202e".encode() not in done.stderr


# Decisions


def test_a_decision_is_zero(case: str, capsys: Capture) -> None:
    code = run(["decide", case, "--json"])

    found = json.loads(capsys.readouterr().out)
    assert code == 0
    assert [(row["id"], row["status"]) for row in found["applicants"]] == [("J01", "pending"), ("J02", "rejected")]


def test_the_same_case_gives_the_same_bytes(case: str) -> None:
    first, second = (
        shell("decide", case, "--json", PYTHONHASHSEED="1"),
        shell("decide", case, "--json", PYTHONHASHSEED="2"),
    )

    assert first.stdout == second.stdout and first.stdout


@pytest.mark.parametrize(
    ("only", "want"),
    [
        (["--only", "J02"], ["J02"]),
        (["--only", "J02,J01"], ["J01", "J02"]),
        (["--only", "J02", "--only", "J01"], ["J01", "J02"]),
        (["--only", "J02", "J01"], ["J01", "J02"]),
        ([], ["J01", "J02"]),
    ],
)
def test_only_some_applicants(only: list[str], want: list[str], case: str, capsys: Capture) -> None:
    run(["decide", case, *only, "--json"])

    assert [row["id"] for row in json.loads(capsys.readouterr().out)["applicants"]] == want


def test_an_identifier_may_hold_a_comma(tmp_path: Path, capsys: Capture) -> None:
    path = written(tmp_path / "case.lp", JIYUAN + 'applicant("a,b",organization).\n')
    run(["decide", path, "--only", "a,b", "--json"])

    assert [row["id"] for row in json.loads(capsys.readouterr().out)["applicants"]] == ["a,b"]


@pytest.mark.parametrize("only", ["J99", "", ",", "J01,J99"])
def test_only_an_unknown_applicant_is_bad_usage(only: str, case: str, capsys: Capture) -> None:
    assert run(["decide", case, "--only", only]) == 2 and "J01, J02" in capsys.readouterr().err


def test_a_reading_is_applied_and_stated(case: str, capsys: Capture) -> None:
    run(["decide", case, "--reading", "listing=ever", "--json"])
    found = json.loads(capsys.readouterr().out)["readings"]
    run(["decide", case, "--reading", "listing=ever"])

    assert found["listing"] == "ever" and "listing=ever" in capsys.readouterr().out


@pytest.mark.parametrize("reading", ["listing=never", "nonsense=1"])
def test_an_unknown_reading_is_bad(reading: str, case: str) -> None:
    assert run(["decide", case, "--reading", reading]) == 2


def test_the_table_names_outcome_ground_and_provision(case: str, capsys: Capture) -> None:
    run(["decide", case, "--lang", "zh"])
    shown = capsys.readouterr().out

    assert "拟不列入受理名单" in shown and "第二条" in shown and "虚构乙公司" in shown and "\x1b" not in shown


def test_names_are_shown_never_obeyed(tmp_path: Path) -> None:
    """Terminal escapes, right-to-left marks, newlines and console markup in a name stay visible text."""
    name = "甲\\n[red]乙[/red]\x1b[31m\u202e丙"
    path = written(
        tmp_path / "case.lp", f'round(jiyuan,6,20250930).\napplicant("J1",organization). name("J1","{name}").\n'
    )
    shown = shell("decide", path, COLUMNS="200").stdout.decode()

    assert "[red]乙[/red]" in shown.replace("\n", "") or "[red]" in shown
    assert "\x1b" not in shown and "\u202e" not in shown and "\\u{1b}" in shown and "\\u{a}" in shown


def test_output_is_utf8_whatever_the_locale(case: str) -> None:
    done = shell(
        "decide", case, "--json", LC_ALL="C", PYTHONCOERCECLOCALE="0", PYTHONUTF8="0", PYTHONIOENCODING="latin-1"
    )

    assert "虚构甲公司" in done.stdout.decode("utf-8")


# Stopping


def test_the_time_limit_is_three(case: str, capsys: Capture) -> None:
    """Stopped means: nothing decided, nothing on standard output."""
    code = run(["decide", case, "--time-limit", "1e-9", "--json"])

    shown = capsys.readouterr()
    assert (code, shown.out) == (3, "") and shown.err


@pytest.mark.parametrize("seconds", [1.0, 1.7, 2.7])
def test_ctrl_c_is_three_and_prints_no_traceback(seconds: float, tmp_path: Path) -> None:
    """Whether the case is being read, handed to the workers, or a result half written."""
    rows = "".join(f'applicant("A{n}",organization).\n' for n in range(30_000))
    path = written(tmp_path / "case.lp", "round(jiyuan,6,20250930).\n" + rows)
    command = [sys.executable, "-c", "from desk.shell.cli import main; main()", "decide", path, "--json"]
    process = subprocess.Popen(
        command, cwd=HOUSE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True
    )
    time.sleep(seconds)
    os.killpg(process.pid, signal.SIGINT)
    out, err = process.communicate(timeout=60)

    assert (process.returncode, out) == (3, b"") and b"Traceback" not in err


def test_a_reader_that_leaves_is_no_fault() -> None:
    command = f"{sys.executable} -c 'from desk.shell.cli import main; main()' articles | head -n 1"
    done = subprocess.run(["sh", "-c", command], capture_output=True, cwd=HOUSE, check=False)

    assert done.stdout and done.stderr == b""


def test_a_fault_of_the_program_is_not_swallowed(case: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("engine.answers.eligibility.decide", broken)
    with pytest.raises(ZeroDivisionError):
        run(["decide", case])


# The other commands


def test_cities_and_their_regulations(capsys: Capture) -> None:
    run(["cities", "--json"])

    assert {"jiyuan", "sanmenxia"} <= {row["city"] for row in json.loads(capsys.readouterr().out)["cities"]}


@pytest.mark.parametrize("word", ["第八条第（一）项", "art(8,0,1)", "第8条第1项"])
def test_a_provision_may_be_written_in_several_ways(word: str, capsys: Capture) -> None:
    run(["articles", "jiyuan", word, "--json"])

    [text] = json.loads(capsys.readouterr().out)["articles"]
    assert [row["citation"] for row in text["provisions"]] == ["第八条第（一）项"]


def test_an_article_comes_with_its_items(capsys: Capture) -> None:
    run(["articles", "jiyuan", "8"])
    shown = capsys.readouterr().out

    assert "第三章 申报条件" in shown and "（七）无其他严重违反法律法规的行为。" in shown


def test_every_reading_of_a_city_is_listed(capsys: Capture) -> None:
    run(["readings", "jiyuan", "--json"])
    rows = {row["key"]: row for row in json.loads(capsys.readouterr().out)["readings"]}

    assert rows["art24_prize"]["default"] == "any_prize" and "quota_scope" not in rows


def test_the_schema_is_a_json_schema(capsys: Capture) -> None:
    from jsonschema import Draft202012Validator

    run(["schema"])

    Draft202012Validator.check_schema(json.loads(capsys.readouterr().out))


def test_convert_there_and_back_changes_nothing(case: str, tmp_path: Path, capsys: Capture) -> None:
    there, back, again = (str(tmp_path / name) for name in ("there.json", "back.lp", "again.json"))
    codes = [run(["facts", "convert", case, "-o", there]), run(["facts", "convert", there, "-o", back])]
    codes.append(run(["facts", "convert", back, "-o", again]))

    assert codes == [0, 0, 0] and capsys.readouterr().out == ""
    assert Path(there).read_bytes() == Path(again).read_bytes()


def test_convert_to_standard_output(case: str, capsys: Capture) -> None:
    assert run(["facts", "convert", case, "-o", "-", "--to", "json"]) == 0
    assert json.loads(capsys.readouterr().out)["applicant"][0] == {"applicant": "J01", "kind": "organization"}


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["-o", "-"], "format_needed"),
        (["-o", "x.pdf"], "format_unknown"),
        (["-o", "no/such/folder/x.json"], "unwritable"),
    ],
)
def test_convert_where_it_cannot_write(arguments: list[str], code: str, case: str, capsys: Capture) -> None:
    assert run(["facts", "convert", case, *arguments, "--json"]) == 2
    assert [problem["code"] for problem in json.loads(capsys.readouterr().out)["problems"]] == [code]


def test_a_bad_case_leaves_the_target_untouched(tmp_path: Path) -> None:
    bad, target = written(tmp_path / "bad.lp", "nonsense(1).\n"), tmp_path / "out.json"
    target.write_text("before", encoding="utf-8")
    code = run(["facts", "convert", bad, "-o", str(target)])

    assert (code, target.read_text(encoding="utf-8")) == (2, "before")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["bad.lp", "out.json"]


# Terminals


def test_colours_on_a_terminal(case: str) -> None:
    """A pseudo-terminal stands for a person: outcomes are coloured there."""
    master, slave = pty.openpty()
    environment = {name: value for name, value in os.environ.items() if name not in ("NO_COLOR", "TERM")}
    command = [sys.executable, "-c", "from desk.shell.cli import main; main()", "decide", case]
    process = subprocess.Popen(
        command, cwd=HOUSE, stdout=slave, stderr=slave, env={**environment, "TERM": "xterm-256color"}
    )
    process.wait(timeout=60)
    shown = os.read(master, 65536)
    os.close(master)
    os.close(slave)

    assert b"\x1b[31m" in shown


def test_lines_break_between_chinese_signs() -> None:
    """Twelve columns hold six wide signs; a full stop never begins a line."""
    assert wrap("申报市长质量奖的单位。", 12) == ["申报市长质量", "奖的单位。"]
    assert wrap("读法 lookback=rolling 为默认", 12) == ["读法", "lookback=rolling", "为默认"]
