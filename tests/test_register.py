"""A register screened: tables of either encoding become the facts that a case would hold, and decide says the same."""

import csv
import random
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path

import pytest

from desk.register.guessing import guessed
from desk.register.ladder import TIERS, Standing, at_round, deadlines, standings
from desk.register.mapping import mapping_of
from desk.register.report import report
from desk.register.screening import COLUMNS, heads, rows, steps
from desk.register.snapshot import Snapshot, taken
from desk.register.tables import day_of, rows_of
from desk.register.tally import tallied
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

WHO = "统一社会信用代码"


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


def snapshot(source: Path) -> Snapshot:
    """The snapshot of a mapping's register, beside it."""
    return taken(mapping_of(source), source.parent / "snapshot")


def case_of(source: Path) -> Case:
    """The register as a case."""
    return snapshot(source).case(mapping_of(source).round)


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
    assert case_of(filled(tmp_path, encoding)).facts == stated().facts


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
    assert case_of(source).facts == stated().facts


def test_a_sample_of_500_says_what_decide_says(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Every row of the written table is the outcome of decide; all say that they are a screening."""
    assert run(["screen", str(filled(tmp_path)), "-o", str(tmp_path / "out"), "--lang", "zh"]) == 0
    assert "筛查，不是认定" in capsys.readouterr().out
    written = (tmp_path / "out/screening.csv").read_text("utf-8-sig")
    head, *told_rows = csv.reader(written.splitlines())
    decision = eligibility.decide(stated())
    assert len(head) == len(COLUMNS)
    for row, one in zip(told_rows, decision.applicants, strict=True):
        told = dict(zip(COLUMNS, row, strict=True))
        waits = {actor: sum(one.actor(g) == actor for g in one.open) for actor in ("own", "finding", "authority")}
        nature = "筛查，不是认定；名单不得用于公布" if one.barred else "筛查，不是认定"
        assert (told["id"], told["name"], told["nature"]) == (one.id, one.name, nature)
        for column, grounds in (("short", one.failed), ("barred", one.barred)):
            assert [part.split()[0] for part in told[column].split("; ") if part] == [
                ground.provision.citation for ground in grounds
            ]
        for names, actor in (
            (("not_on_file", "at_application"), "own"),
            (("findings",), "finding"),
            (("official",), "authority"),
        ):
            assert sum(len([part for part in told[name].split("; ") if part]) for name in names) == waits[actor]
    short = {row[0]: row[COLUMNS.index("short")] for row in told_rows}
    away = next(code for code, _, seat, (y, _, _) in enterprises() if seat == "外地" and y < 2020)
    young, (year, _, day) = next(
        (code, start) for code, _, seat, start in enterprises() if seat == "济源" and start[0] > 2021
    )
    assert short[away] == (
        f"第二条 不是在本市登记注册的单位（{away}的登记注册地在本市以外）; "
        f"第八条第（一）项 登记注册地不在本市（{away}的登记注册地在本市以外）"
    )
    assert short[young] == (f"第八条第（一）项 运行年限不足（{young}自{year}年3月{day}日起运行，条文所定的数：5, 3）")
    assert told_rows[1][COLUMNS.index("events")] == "E001自2024年1月2日起不符合国家环保政策，未载明结束日期"


def test_nobody_is_short_of_what_is_not_on_file(tmp_path: Path) -> None:
    """An empty seat is not on file; a seat elsewhere is short."""
    mapped = mapping_of(filled(tmp_path))
    found = standings(eligibility.decide(stated()), lambda _: [], mapped.entries, ())
    table = heads(Shell("zh")) + rows(found, [mapped.round], {}, Shell("zh"))
    written = list(csv.DictReader(table.splitlines()))
    short, unknown = "差距（记录与条件不符）", "无记录（不明）"
    assert [("第二条" in row[short], "第二条" in row[unknown]) for row in written] == [
        (seat == "外地", seat == "") for _, _, seat, _ in enterprises()
    ]


def test_steps_count_who_is_short_of_one_thing_alone() -> None:
    """Of the invented register: seats elsewhere, young ones, and those of each for whom nothing else is on record."""
    tally = tallied((one, {}) for one in standings(eligibility.decide(stated()), lambda _: [], (), ()))
    told = {row[0]: row[3:] for row in list(csv.reader(steps(tally, Shell("zh")).splitlines()))[1:]}
    young = {code for code, _, _, (y, m, d) in enterprises() if (y + 5, m, d) > (2025, 9, 30)}
    near = {code for code, _, seat, _ in enterprises() if seat != "外地"}
    barred = {"E001"}
    assert told["第八条第（一）项 运行年限不足"] == [
        str(len(young)),
        str(len((young & near) - barred)),
        "筛查，不是认定",
    ]
    assert {row[1] for key, row in told.items() if "运行年限" not in key} == {"0"}


LADDER = (
    MAP.replace('kind = "operating_since"', 'kind = "operating_since"\ncomplete = true')
    + """
[[fact]]
kind = "certificate"
from = "certified.csv"
complete = true
columns = { applicant = "代码", from_day = "起", to_day = "止" }
always = { kind = "qms" }

[[fact]]
kind = "awarded"
from = "won.csv"
columns = { applicant = "代码", round = "届", day = "日期" }
always = { prize = "main" }

[about]
from = "where.csv"
id = "代码"
district = "县区"

[above]
from = "above.csv"
id = "代码"
"""
)


def climbed(folder: Path, number: int = 5) -> tuple[dict[str, Standing], str]:
    """A small register with a ladder to climb: the standings by identifier, and the report."""
    base = "A,甲厂,济源,2019-01-01\nB,乙厂,济源,2022-01-01\nC,丙厂,济源,2010-01-01\nD,丁厂,外地,2010-01-01\n"
    base += "E,戊厂,济源,2010-01-01\nF,己厂,济源,2010-01-01\nG,庚厂,济源,\n"
    tables = {
        "base.csv": f"代码,名称,住所,成立日期\n{base}",
        "breaches.csv": "代码,领域,起,止\nE,环保,2024-01-02,\n",
        "certified.csv": "代码,起,止\n" + "".join(f"{one},2024-01-01,2027-01-01\n" for one in "ABDEFG"),
        "won.csv": "代码,届,日期\nF,4,2021-11-20\n",
        "where.csv": "代码,县区\n" + "".join(f"{one},东区\n" for one in "ABCDEFG"),
        "above.csv": "代码\nA\n",
        "register.toml": LADDER,
    }
    for name, words in tables.items():
        (folder / name).write_text(words, "utf-8")
    mapped = mapping_of(folder / "register.toml")
    source = folder / "register.toml"
    case, every = case_of(source), [mapped.round, *deadlines(mapped.round, number)]
    decisions = [eligibility.decide(at_round(case, one) if one != mapped.round else case) for one in every]
    _, about, above = snapshot(source).part(0)
    found = list(standings(decisions[0], lambda _: decisions[1:], mapped.entries, above))
    tally = tallied((one, about[one.outcome.id]) for one in found)
    return {one.outcome.id: one for one in found}, report(tally, every, Shell("zh"))


def test_the_ladder(tmp_path: Path) -> None:
    """Tiers; what a complete table has not is short; the first later round without a record against, and why."""
    found, _ = climbed(tmp_path)

    assert {id: one.tier for id, one in found.items()} == {
        "A": "above", "B": "systems", "C": "basic", "D": "outside", "E": "systems", "F": "winner", "G": "ready"
    }  # fmt: skip
    # G's start is in no table; but a 小巨人 certificate would count too, and of these no table is complete.
    assert {id: [ground.key for ground in one.absent] for id, one in found.items() if one.absent} == {"C": ["qms"]}
    assert {id: one.earliest for id, one in found.items()} == {
        "A": 0, "B": 1, "C": None, "D": None, "E": None, "F": 2, "G": 0
    }  # fmt: skip
    assert [ground.key for ground in found["B"].gone] == ["operating_years"]
    assert [(found[id].until(ground)) for id in "EF" for ground in found[id].outcome.barred] == [None, 2]
    assert {id: one.days for id, one in found.items() if one.days} == {}  # one has no end on file, one counts rounds
    assert found["F"].prizes == (("main", 4),)
    assert [(id, one.again) for id, one in found.items() if one.again is not None] == [("F", 2)]
    assert found["C"].unknown and not set(found["C"].unknown) & set(found["C"].absent)


def test_rounds_are_as_far_apart_as_the_text_has_it() -> None:
    assert deadlines(Fact("round", ("jiyuan", 6, 20240229)), 2) == [
        Fact("round", ("jiyuan", 7, 20260228)),
        Fact("round", ("jiyuan", 8, 20280229)),
    ]
    assert deadlines(Fact("round", ("sanmenxia", 3, 20250930)), 1) == [Fact("round", ("sanmenxia", 4, 20270930))]


def test_the_report_names_winners_and_nobody_who_is_barred(tmp_path: Path) -> None:
    _, page = climbed(tmp_path)

    assert page.count("筛查，不是认定") == 16  # the page, each table with its head on each page of paper, each picture
    assert [name for name in "甲乙丙丁戊己庚" if f"{name}厂" in page] == ["己"]
    assert all(f">{Shell('zh').text(f'screening.tier.{tier}')}<" in page for tier in TIERS)
    assert "没有有效的质量管理体系认证</th>" in page and ">东区</td>" in page


def test_a_list_without_its_column_is_told(tmp_path: Path) -> None:
    climbed(tmp_path)
    (tmp_path / "above.csv").write_text("编号\nA\n", "utf-8")

    with pytest.raises(CaseError) as refused:
        snapshot(tmp_path / "register.toml")
    assert [problem.code for problem in refused.value.problems] == ["register_column"]


def test_an_enterprise_in_two_districts_is_told(tmp_path: Path) -> None:
    climbed(tmp_path)
    (tmp_path / "where.csv").write_text("代码,县区\nA,东区\nA,西区\nB,东区\nB,东区\n", "utf-8")

    with pytest.raises(CaseError) as refused:
        snapshot(tmp_path / "register.toml")
    (problem,) = refused.value.problems
    assert problem.line("zh") == "[about]：同一家写了不止一种内容的有 1 家：'A'"


def test_all_untranslated_values_are_told_at_once(tmp_path: Path) -> None:
    """A value without a translation is a problem with count and sample, in whatever table."""
    told = MAP.replace('"外地" =', '"外省" =').replace('"环保" =', '"质量" =')
    with pytest.raises(CaseError) as refused:
        snapshot(filled(tmp_path, told=told))
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
        ("breaches.csv", "none.csv", ["register_no_table"]),
        ("number = 6\n", "", ["register_shape"]),
        ("always =", "allways =", ["register_key"]),
    ],
)
def test_a_mapping_that_is_wrong_is_told(tmp_path: Path, old: str, new: str, codes: list[str]) -> None:
    """What is wrong with a mapping is a problem at its place, in both languages, never a traceback."""
    with pytest.raises(CaseError) as refused:
        snapshot(filled(tmp_path, told=MAP.replace(old, new, 1)))
    assert [problem.code for problem in refused.value.problems] == codes
    assert all(problem.line(lang) for problem in refused.value.problems for lang in ("zh", "en"))


def test_a_mapping_is_guessed_and_what_is_not_known_is_told(tmp_path: Path) -> None:
    """Heads and values that are like the vocabulary's own; the rest stands in comments; what is written can be read."""
    tables = {
        "企业.csv": f"{WHO},企业名称,住所,成立日期,备注\nA,甲厂,济源市,2019-01-01,x\nB,乙厂,外地,2020-01-01,y\n",
        "获奖.csv": f"{WHO},奖项,届次,获奖日期\nA,市长质量奖,4,2021-11-20\n",
        "失信.csv": f"{WHO},列入日期,移出日期\nB,2024-01-01,\n",
        "其他.csv": f"{WHO},水量\nA,3\n",
        "无编号.csv": "水量\n3\n3\n",
    }
    for name, words in tables.items():
        (tmp_path / name).write_text(words, "utf-8")
    told = guessed([tmp_path / name for name in tables], Shell("zh"))
    (tmp_path / "guess.toml").write_text(told, "utf-8")
    found = {one.predicate: one for one in mapping_of(tmp_path / "guess.toml").entries}

    assert {name: dict(one.columns) for name, one in found.items()} == {
        "applicant": {"applicant": WHO},
        "name": {"id": WHO, "text": "企业名称"},
        "seat": {"applicant": WHO, "place": "住所"},
        "operating_since": {"applicant": WHO, "day": "成立日期"},
        "awarded": {"applicant": WHO, "prize": "奖项", "round": "届次", "day": "获奖日期"},
        "dishonesty_listing": {"applicant": WHO, "from_day": "列入日期", "to_day": "移出日期"},
    }
    assert (found["awarded"].values, found["seat"].values) == (
        {"prize": {"市长质量奖": "main"}},
        {"place": {"济源市": "jiyuan", "外地": "…"}},
    )
    assert found["dishonesty_listing"].values == {"to_day": {"": 99991231}}
    assert "“住所”列有这些写法还没有对照：外地；请把 … 换成：jiyuan（" in told
    assert '\n[about]\nfrom = "企业.csv"' not in told
    assert told.count("看不出是哪一种事实") == 1 and told.count("看不出哪一列是企业的编号") == 1
    names = [str(tmp_path / name) for name in tables]
    assert run(["screen", "--map", *names, "-o", str(tmp_path / "m.toml"), "--lang", "zh"]) == 0
    assert (tmp_path / "m.toml").read_text("utf-8") == told
    assert run(["screen", *names, "-o", str(tmp_path / "out")]) == 2


def test_a_table_whose_name_tells_its_kind_is_guessed_by_its_values(tmp_path: Path) -> None:
    """A lone column of days or of few words is the field's of that kind; what has none stands in comments."""
    tables = {
        "名录.csv": f"{WHO},所在镇街,行业代码\nA,东镇,C13\nB,西镇,C14\n",
        "体系证书.csv": f"{WHO},体系,发证日期,到期日期\nA,质量,2024-01-01,2027-01-01\nB,环境,2024-01-01,2027-01-01\n",
        "行政处罚.csv": f"{WHO},作出日期\nA,2024年3月5日\n",
    }
    for name, words in tables.items():
        (tmp_path / name).write_text(words, "gb18030")
    for lang in ("zh", "en"):
        told = guessed([tmp_path / name for name in tables], Shell(lang))
        (tmp_path / "guess.toml").write_text(told, "utf-8")
        found = mapping_of(tmp_path / "guess.toml")
        entries = {one.predicate: one for one in found.entries}
        assert dict(entries["certificate"].columns) == {
            "applicant": WHO, "kind": "体系", "from_day": "发证日期", "to_day": "到期日期"
        }  # fmt: skip
        assert entries["certificate"].values == {"kind": {"质量": "…", "环境": "…"}}
        assert found.about and dict(found.about.columns) == {"district": "所在镇街", "industry": "行业代码"}
        assert "offence" not in entries
        assert '# columns = { applicant = "统一社会信用代码", day = "作出日期" }' in told
        assert '# always = { kind = "…", gravity = "…" }' in told


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        ("2024年3月5日", 20240305),
        ("2024-03-05", 20240305),
        ("2024/3/5 0:00", 20240305),
        ("2024-03-05 00:00:00", 20240305),
        ("2024-03-05T00:00:00.000", 20240305),
        ("2024.3.5", 20240305),
        ("20240305", 20240305),
        ("2024305", 0),
        ("2024111", 0),
        ("2024-3/5", 0),
        ("2024/3/5 8:30", 0),
        ("45356", 0),
    ],
)
def test_days_as_tables_write_them(cell: str, day: int) -> None:
    """Digits alone are a day where they are eight: 2024111 may be two days."""
    assert day_of(cell) == day


def test_a_moment_is_the_day_it_falls_on_in_china(tmp_path: Path) -> None:
    """As databases keep it, with a zone, and as a day or a moment without one."""
    import pyarrow
    from pyarrow import parquet

    start = datetime(2019, 3, 4, 16, 30, tzinfo=UTC)
    kinds = {
        "zoned": pyarrow.timestamp("us", "UTC"),
        "plain": pyarrow.timestamp("ms"),
        "day": pyarrow.date32(),
    }
    values = {"zoned": start, "plain": datetime(2019, 3, 5), "day": date(2019, 3, 5)}
    for name, kind in kinds.items():
        column = pyarrow.array([values[name]], kind)
        parquet.write_table(pyarrow.table({"代码": ["A"], "成立日期": column}), tmp_path / f"{name}.parquet")
        rows = rows_of(tmp_path / f"{name}.parquet")
        assert rows == [{"代码": "A", "成立日期": "2019-03-05"}]


def test_a_table_that_cannot_be_read_is_told_once(tmp_path: Path) -> None:
    """However many kinds of facts are taken from it; nothing is left where the result would have been."""
    source = filled(tmp_path)
    (tmp_path / "base.csv").write_bytes("代码,名称\n".encode("utf-16"))
    with pytest.raises(CaseError) as refused:
        taken(mapping_of(source), tmp_path / "out" / "snapshot")
    assert [(one.code, one.place.file) for one in refused.value.problems] == [
        ("register_encoding", str(tmp_path / "base.csv"))
    ]
    assert not (tmp_path / "out").exists()


def test_a_password_is_in_no_message_and_no_file(tmp_path: Path) -> None:
    told = MAP.replace('from = "breaches.csv"', 'from = "postgresql://clerk:secret@127.0.0.1:1/reg"\nsql = "SELECT 1"')
    with_key = told.replace("clerk:secret@127.0.0.1:1/reg", "127.0.0.1:1/reg?user=clerk&password=secret")
    for words in (told, with_key):
        mapping = mapping_of(filled(tmp_path, told=words))
        (source,) = (one.source for one in mapping.entries if one.source.database)
        assert "secret" in source.address
        assert "secret" not in f"{source} {source.told}"
        assert "***" in source.told


def test_what_only_an_application_brings_is_not_waited_for_in_a_register(tmp_path: Path) -> None:
    """A report of one's own, which a little giant need not hand in: with all certificates known none tells."""
    for complete, wanted in (("", ("self_report_year", "certificate")), ("complete = true\n", ("self_report_year",))):
        told = (
            MAP
            + f"""
[[fact]]
kind = "certificate"
from = "certified.csv"
columns = {{ applicant = "代码", kind = "种类", from_day = "起", to_day = "止" }}
{complete}"""
        )
        (tmp_path / "certified.csv").write_text("代码,种类,起,止\nE003,qms,2024-01-01,2027-01-01\n", "utf-8")
        source = filled(tmp_path, told=told)
        case = taken(mapping_of(source), tmp_path / f"snapshot{len(complete)}").case(mapping_of(source).round)
        one = next(standings(eligibility.decide(case), lambda _: [], mapping_of(source).entries, ()))
        (kinds,) = (kinds for ground, kinds in one.unknown.items() if str(ground.provision) == "art(8,0,2)"
                    and ground.key == "self_report")  # fmt: skip
        assert kinds == wanted
        asked = [(str(ground.provision), ground.key) for ground in one.at_application]
        assert (("art(8,0,2)", "self_report") in asked) == bool(complete)


def test_a_notice_within_the_firm_is_made_in_the_round() -> None:
    case = Case.checked([Fact("round", ("sanmenxia", 6, 20250930)), Fact("applicant", ("A", "organization"))])
    (one,) = standings(eligibility.decide(case), lambda _: [], (), ())
    assert "internal_notice" in {ground.key for ground in one.at_application}
    assert not {ground.key for ground in one.not_on_file} & {"internal_notice", "application_form"}
