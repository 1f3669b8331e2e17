"""The rule files: their labels, their numbers, their readings."""

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from engine.law.rulebook import Reading, RuleFile, Statement, all_readings, constants, readings, rule_file, rule_files
from engine.law.statutes import RULES, chinese, cities, statute
from engine.law.workdays import FILE, calendar, render

CITIES = cities()
DRAFTS = Path(__file__).parent / "drafts"


@pytest.mark.parametrize("city", CITIES)
def test_every_provision_has_a_block_in_the_order_of_the_text(city: str) -> None:
    blocks = rule_file(RULES / f"{city}.lp").blocks

    assert [block.provision for block in blocks] == list(statute(city).words)


@pytest.mark.parametrize("city", CITIES)
def test_every_block_quotes_its_provision_to_the_character(city: str) -> None:
    blocks = rule_file(RULES / f"{city}.lp").blocks

    assert {b.provision: "".join(b.words) for b in blocks} == dict(statute(city).words)
    assert [b.citation for b in blocks] == [b.provision.citation for b in blocks]


@pytest.mark.parametrize("city", CITIES)
def test_every_block_has_a_class_and_every_n_a_reason(city: str) -> None:
    categories = [block.category for block in rule_file(RULES / f"{city}.lp").blocks]

    assert [c for c in categories if not re.fullmatch(r"[DCF](/[DCF])?|N \S.*", c)] == []


@pytest.mark.parametrize("city", CITIES)
def test_a_provision_named_in_a_rule_is_the_one_it_stands_under(city: str) -> None:
    """A wrong citation is the worst bug: each art(…) in a block is its own provision or the opening words above it."""
    wrong = [
        f"{s.file}:{s.line}: {term} under {s.provision}"
        for s in rule_file(RULES / f"{city}.lp").statements
        for term in re.findall(r"art\(\d+,\d+,\d+\)", str(s.node))
        if term not in (str(s.provision), str(s.provision and s.provision._replace(item=0)))
    ]

    assert wrong == []


@pytest.mark.parametrize("city", CITIES)
def test_every_number_stands_in_the_words_of_its_provision(city: str) -> None:
    text = statute(city)
    missing = []
    for constant in constants(city).values():
        assert constant.provision is not None
        if constant.value > 19000000:
            day = f"{constant.value // 10000}-{constant.value // 100 % 100:02d}-{constant.value % 100:02d}"
            if day not in text.header.values():
                missing.append(constant)
        elif not re.search(
            f"(?<!\\d){constant.value}(?!\\d)|{chinese(constant.value)}年", text.text(constant.provision)
        ):
            missing.append(constant)

    assert missing == []


def test_every_reading_declares_its_default_among_its_choices() -> None:
    assert [r.key for r in all_readings().values() if r.default not in r.choices or len(r.choices) < 2] == []


def test_each_city_knows_the_shared_readings_and_its_own() -> None:
    known = {city: set(readings(city)) for city in CITIES}

    assert known["jiyuan"] - known["sanmenxia"] == {
        "accident_window", "art24_prize", "art9_3_window", "in_force_from", "listing", "offence_window", "rounds_count",
    }  # fmt: skip
    assert known["sanmenxia"] - known["jiyuan"] == {
        "art14_6_listing", "art25_bonus", "art26_prize", "clean_record_window", "forwarding", "notice_end",
        "quota_scope",
    }  # fmt: skip


def test_every_reading_is_asked_for_somewhere_or_belongs_to_a_later_question() -> None:
    later = {"interest", "recusal_scope", "quota_scope", "art25_bonus"}
    text = "\n".join(path.read_text("utf-8") for path in RULES.glob("*.lp"))

    assert {key for key in all_readings() if f"read_as({key}," not in text} <= later


@pytest.mark.parametrize("city", CITIES)
def test_clingo_has_nothing_to_warn_about(city: str, tmp_path: Path) -> None:
    facts = tmp_path / "facts.lp"
    facts.write_text(f'round({city},6,20250930). applicant("A",organization). applicant("B",individual).', "utf-8")

    run = subprocess.run(
        [sys.executable, "-m", "clingo", "--warn=all", *map(str, rule_files(city)), str(facts)],
        capture_output=True, text=True, check=False,
    )  # fmt: skip

    assert run.stderr == ""
    assert "SATISFIABLE" in run.stdout


def test_the_calendar_is_the_library_s() -> None:
    assert FILE.read_text("utf-8") == render()


@pytest.mark.parametrize(
    ("published", "days", "last"),
    [
        (20260924, 5, 20261009),
        (20260929, 5, 20261012),
        (20260930, 5, 20261013),
        (20260212, 5, 20260226),
        (20250926, 5, 20251010),
    ],
)
def test_the_golden_working_days(published: int, days: int, last: int) -> None:
    """The first day not counted, the fifth working day is the last day of the notice."""
    reached = [
        day for day, entry in calendar().items()
        if entry.working and entry.number == calendar()[published].number + days
    ]  # fmt: skip

    assert reached == [last]


@pytest.mark.parametrize(
    ("rules", "lines"),
    [
        ("a.\nb( :- .\n", ["x.lp:2: the rule cannot be read: syntax error, unexpected :-, expecting ) or ;"]),
        ('% 注。\na("。").\nb。\n', ["x.lp:3: 。: outside strings and comments a rule is written in ASCII alone"]),
        ("a.\n#script (python)\nx = 1\n#end.\n", ["x.lp:2: a rule file may hold no program (#script)"]),
    ],
)
def test_a_file_that_is_no_rule_file_is_named_by_its_line(rules: str, lines: list[str], tmp_path: Path) -> None:
    """What does not parse, what clingo would end the process over, what would run: an error, never a traceback."""
    from engine.errors import RuleError

    (tmp_path / "x.lp").write_text(rules, "utf-8")
    with pytest.raises(RuleError) as refused:
        rule_file(tmp_path / "x.lp")

    assert [one.line("en") for one in refused.value.problems] == lines


@pytest.mark.parametrize("path", sorted({*RULES.glob("*.lp"), *DRAFTS.glob("*.lp")}), ids=lambda path: path.stem)
def test_readings_read_off_the_text_are_those_of_the_parsed_statements(path: Path) -> None:
    assert rule_file(path).readings == tuple(_by_statements(rule_file(path)))


def test_readings_are_found_however_they_stand(tmp_path: Path) -> None:
    """On one line or several, beside strings and comments that look like one; a quoted provision is no label."""
    path = tmp_path / "city.lp"
    path.write_text(
        '%! 第九条\n%! 第十条所称的，适用之。\nname("% reading_default(no, one)."). reading_default(first,\n  one).\n'
        "reading_choice(first, (one;\n  two)). % reading_default(not_this, x).\n%* reading_default(nor_this, x). *%\n"
        "%% outside\nreading_default(second, a). reading_choice(second, (a; b)).\n"
    )

    found = rule_file(path).readings

    assert found == tuple(_by_statements(rule_file(path)))
    assert [(one.key, one.choices, str(one.provision or "")) for one in found] == [
        ("first", ("one", "two"), "art(9,0,0)"),
        ("second", ("a", "b"), ""),
    ]


def _by_statements(file: RuleFile) -> Iterator[Reading]:
    """The readings of a rule file, from its parsed statements."""
    choices: dict[str, tuple[str, ...]] = {}
    defaults: dict[str, tuple[str, Statement]] = {}
    for statement in file.statements:
        text = str(statement.node).replace(" ", "")
        if found := re.fullmatch(r"reading_choice\((\w+),\((.+)\)\)\.", text):
            choices[found[1]] = tuple(found[2].split(";"))
        elif found := re.fullmatch(r"reading_default\((\w+),(\w+)\)\.", text):
            defaults[found[1]] = (found[2], statement)
    for key, (default, at) in defaults.items():
        yield Reading(key, choices[key], default, at.file, at.line, at.provision)


def test_rules_kept_to_the_end_of_a_process_that_keeps_its_modules_end_without_a_word() -> None:
    """Whoever keeps modules (a debugger, a test runner) has Python take clingo's apart before our nodes."""
    script = (
        "import sys; from engine.law.rulebook import rule_file, rule_files\n"
        "kept = [rule_file(path) for path in rule_files('jiyuan')]; sys.modules_kept = dict(sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)

    assert (done.returncode, done.stderr) == (0, "")
