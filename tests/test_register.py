"""A register screened: tables of either encoding become the facts that a case would hold, and decide says the same."""

import csv
import random
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from desk.register.mapping import mapping_of
from desk.register.screening import COLUMNS, screened
from desk.register.tables import case_of
from desk.shell.cli import run
from desk.shell.shell import Shell
from engine.answers import eligibility
from engine.case import Case
from engine.errors import CaseError
from engine.facts import Fact

MAP = """
[round]
city = "jiyuan"
number = 6
deadline = "2025-09-30"

[[fact]]
kind = "applicant"
from = "base.csv"
columns = { applicant = "代码" }
always = { kind = "organization" }

[[fact]]
kind = "name"
from = "base.csv"
columns = { id = "代码", text = "名称" }

[[fact]]
kind = "seat"
from = "base.csv"
columns = { applicant = "代码", place = "住所" }
values = { place = { "济源" = "jiyuan", "外地" = "elsewhere" } }

[[fact]]
kind = "operating_since"
from = "base.csv"
columns = { applicant = "代码", day = "成立日期" }

[[fact]]
kind = "policy_breach"
from = "breaches.csv"
columns = { applicant = "代码", field = "领域", from_day = "起", to_day = "止" }
values = { field = { "环保" = "environment" }, to_day = { "" = 99991231 } }
"""


@cache
def enterprises() -> list[tuple[str, str, str, tuple[int, int, int]]]:
    """500 invented enterprises: code, name, seat, day of the start."""
    chance = random.Random(20)
    return [
        (f"E{n:03}", f"虚构{n}厂", chance.choice(["济源", "外地", ""]), (chance.randint(2015, 2025), 3, 1 + n % 28))
        for n in range(500)
    ]


def filled(folder: Path, encoding: str = "utf-8", told: str = MAP) -> Path:
    """A register in a folder: the mapping's file."""
    rows = [f"{code},{name},{seat},{y}/{m}/{d}" for code, name, seat, (y, m, d) in enterprises()]
    (folder / "base.csv").write_text("代码,名称,住所,成立日期\n" + "\n".join(rows), encoding)
    (folder / "breaches.csv").write_text("代码,领域,起,止\nE001,环保,2024年1月2日,\n", encoding)
    (folder / "register.toml").write_text(told, "utf-8")
    return folder / "register.toml"


def stated() -> Case:
    """The same enterprises as facts, with no table in between."""
    facts = [Fact("round", ("jiyuan", 6, 20250930)), Fact("policy_breach", ("E001", "environment", 20240102, 99991231))]
    for code, name, seat, (y, m, d) in enterprises():
        facts += [Fact("applicant", (code, "organization")), Fact("name", (code, name))]
        facts.append(Fact("operating_since", (code, y * 10_000 + m * 100 + d)))
        if seat:
            facts.append(Fact("seat", (code, "jiyuan" if seat == "济源" else "elsewhere")))
    return Case.checked(facts)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_the_tables_are_the_facts(tmp_path: Path, encoding: str) -> None:
    """Either encoding, translated values, days as offices write them: the same facts as stated."""
    assert case_of(mapping_of(filled(tmp_path, encoding))).facts == stated().facts


def test_a_parquet_table_is_the_same_register(tmp_path: Path) -> None:
    """Days as days, nothing as null: the same facts as stated."""
    arrow = pytest.importorskip("pyarrow")
    parquet = pytest.importorskip("pyarrow.parquet")
    columns = {
        "代码": [code for code, *_ in enterprises()],
        "名称": [name for _, name, *_ in enterprises()],
        "住所": [seat or None for *_, seat, _ in enterprises()],
        "成立日期": [date(*start) for *_, start in enterprises()],
    }
    source = filled(tmp_path, told=MAP.replace("base.csv", "base.parquet"))
    parquet.write_table(arrow.table(columns), tmp_path / "base.parquet")
    assert case_of(mapping_of(source)).facts == stated().facts


def test_a_sample_of_500_says_what_decide_says(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Every row of the written table is the outcome of decide; all say that they are a screening."""
    assert run(["screen", str(filled(tmp_path)), "-o", str(tmp_path / "out"), "--lang", "zh"]) == 0
    assert "筛查，不是认定" in capsys.readouterr().out
    written = (tmp_path / "out/screening.csv").read_text("utf-8-sig")
    head, *rows = csv.reader(written.splitlines())
    decision = eligibility.decide(stated())
    assert len(head) == len(COLUMNS)
    for row, one in zip(rows, decision.applicants, strict=True):
        told = dict(zip(COLUMNS, row, strict=True))
        waits = {actor: sum(one.actor(g) == actor for g in one.open) for actor in ("own", "finding", "authority")}
        assert (told["id"], told["name"], told["nature"]) == (one.id, one.name, "筛查，不是认定")
        for column, grounds in (("short", one.failed), ("barred", one.barred)):
            assert [part.split()[0] for part in told[column].split("; ") if part] == [
                ground.provision.citation for ground in grounds
            ]
        for column, actor in (("not_on_file", "own"), ("findings", "finding"), ("official", "authority")):
            assert len([part for part in told[column].split("; ") if part]) == waits[actor]
    assert rows[1][4] == 'policy_breach("E001",environment,20240102,99991231)'


def test_nobody_is_short_of_what_is_not_on_file(tmp_path: Path) -> None:
    """An empty seat is not on file; a seat elsewhere is short."""
    table = screened(eligibility.decide(case_of(mapping_of(filled(tmp_path)))), Shell("zh"))
    rows = {row[0]: row for row in csv.reader(table.splitlines())}
    for code, _, seat, _ in enterprises():
        assert ("第二条" in rows[code][2], "第二条" in rows[code][5]) == (seat == "外地", seat == "")


def test_all_untranslated_values_are_told_at_once(tmp_path: Path) -> None:
    """A value without a translation is a problem with count and sample, in whatever table."""
    told = MAP.replace('"外地" =', '"外省" =').replace('"环保" =', '"质量" =')
    with pytest.raises(CaseError) as refused:
        case_of(mapping_of(filled(tmp_path, told=told)))
    away = sum(seat == "外地" for _, _, seat, _ in enterprises())
    assert [
        (p.code, p.parameters["field"], p.parameters["count"], p.parameters["sample"]) for p in refused.value.problems
    ] == [
        ("register_value", "place", away, "'外地'"),
        ("register_value", "field", 1, "'环保'"),
    ]


@pytest.mark.parametrize(
    ("old", "new", "codes"),
    [
        ("[round]", "[round", ["register_toml"]),
        ('kind = "name"', 'kind = "nmae"', ["register_kind"]),
        ('text = "名称"', 'txt = "名称"', ["register_fields"]),
        ('place = "住所"', 'place = "地址"', ["register_column"]),
        ("breaches.csv", "none.csv", ["register_table"]),
        ("number = 6\n", "", ["register_shape"]),
        ("always =", "allways =", ["register_key"]),
    ],
)
def test_a_mapping_that_is_wrong_is_told(tmp_path: Path, old: str, new: str, codes: list[str]) -> None:
    """What is wrong with a mapping is a problem at its place, in both languages, never a traceback."""
    with pytest.raises(CaseError) as refused:
        case_of(mapping_of(filled(tmp_path, told=MAP.replace(old, new, 1))))
    assert [problem.code for problem in refused.value.problems] == codes
    assert all(problem.line(lang) for problem in refused.value.problems for lang in ("zh", "en"))
