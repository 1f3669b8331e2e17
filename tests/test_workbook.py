"""The case as a workbook: nothing is lost on the way, and what a city does not ask is not there."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from effort import examples
from hypothesis import given, settings
from hypothesis import strategies as st

import engine
from desk.workbook import words
from desk.workbook.asked import layout
from desk.workbook.layout import sheets, walk
from desk.workbook.reader import read
from desk.workbook.writer import template, workbook, write
from engine.case import jsonfile, lpfile
from engine.case.readers import readers
from engine.errors import Problems, UsageError
from engine.facts.vocabulary import PREDICATES, Fact, asked, text
from engine.law.statutes import RULES, cities
from engine.words.catalogues import LANGUAGES
from tests.drawn_facts import HOSTILE, facts, rounds

FACTS = RULES.parent / "facts"
SAMPLES = sorted(path for path in FACTS.iterdir() if path.is_dir() and any(path.glob("*.lp")))
ROUND = Fact("round", ("jiyuan", 6, 20250930))


def found(data: bytes) -> tuple[list[str], list[str]]:
    """The facts of a workbook and its problems, as text, sorted."""
    problems = Problems()
    source = read("case.xlsx", data, problems)
    held = [text(Fact(name, row)) for name, rows in source.rows.items() for row in rows] if source else []
    return sorted(set(held)), [problem.line("en") for problem in problems.all()]


def _whole(drawn: set[Fact]) -> set[Fact]:
    """Facts with one round, and with the reviewers they speak of: a row about a reviewer says that he is one."""
    kept = {fact for fact in drawn if fact.predicate not in ("round", "reading")}
    about = {f for f in kept if PREDICATES[f.predicate].fields and PREDICATES[f.predicate].fields[0].name == "reviewer"}
    return kept | {Fact("reviewer", fact.arguments[:1]) for fact in about} | {ROUND}


@settings(max_examples=examples(60), deadline=None)
@given(st.sets(facts()).map(_whole))
def test_what_is_written_is_read(drawn: set[Fact]) -> None:
    """Any facts with any text in them, also such as contradict each other, come back unchanged."""
    assert (sorted(map(text, drawn)), []) == found(write(sorted(drawn)))


@settings(max_examples=examples(20), deadline=None)
@given(rounds(), st.sampled_from(LANGUAGES))
def test_a_case_goes_round(tmp_path_factory: pytest.TempPathFactory, drawn: list[Fact], lang: str) -> None:
    """Workbook → .lp → .json → workbook: the same case, in either language."""
    folder = tmp_path_factory.mktemp("round")
    case = engine.Case.of(drawn)
    (folder / "a.xlsx").write_bytes(workbook(case, lang))
    once = engine.load(folder / "a.xlsx")
    (folder / "b.lp").write_text(lpfile.write(once.facts), encoding="utf-8", newline="\n")
    twice = engine.load(folder / "b.lp")
    (folder / "c.json").write_text(jsonfile.write(twice.facts), encoding="utf-8", newline="\n")
    (folder / "d.xlsx").write_bytes(workbook(engine.load(folder / "c.json"), lang))

    assert case == engine.load(folder / "d.xlsx")


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("folder", SAMPLES, ids=lambda folder: folder.name)
def test_a_sample_goes_round(folder: Path, lang: str, tmp_path: Path) -> None:
    case = engine.load(sorted(folder.glob("*.lp")))
    (tmp_path / "case.xlsx").write_bytes(workbook(case, lang))

    assert case == engine.load(tmp_path / "case.xlsx")


def test_the_sample_workbook_is_the_sample_case() -> None:
    """`make samples` keeps it so."""
    assert engine.load(FACTS / "jiyuan-6.xlsx") == engine.load(sorted((FACTS / "jiyuan-6").glob("*.lp")))


def test_the_same_case_gives_the_same_bytes() -> None:
    case = engine.load(sorted(SAMPLES[0].glob("*.lp")))

    assert workbook(case) == workbook(case)


def test_a_workbook_mixes_with_other_files(tmp_path: Path) -> None:
    """Files of any format are read together: here the workbook lacks what the .lp adds."""
    facts = [ROUND, Fact("applicant", ("J01", "organization"))]
    (tmp_path / "a.xlsx").write_bytes(write(facts))
    (tmp_path / "b.lp").write_text('score("J01",900).', encoding="utf-8")

    case = engine.load([tmp_path / "a.xlsx", tmp_path / "b.lp"])

    assert [*sorted(facts), Fact("score", ("J01", 900))] == list(case.facts)


WORDS = ("=1+1", "+86 391", "-", "@SUM(A1)", "0012", "1e5", "TRUE", "无", *HOSTILE)


def test_text_stays_text() -> None:
    """Nothing in a cell is a formula, a number or an address because it looks like one."""
    named = [Fact("name", (f"J{number}", words_)) for number, words_ in enumerate(WORDS)]
    data = write([ROUND, *(Fact("applicant", (name.arguments[0], "organization")) for name in named), *named])
    book = openpyxl.load_workbook(BytesIO(data))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]

    assert [cell.coordinate for cell in cells if cell.data_type == "f" or cell.hyperlink] == []
    assert [one for one in found(data)[0] if one.startswith("name(")] == sorted(map(text, named))


# What is there and what is not --------------------------------------------------------------------


def test_every_predicate_has_a_place() -> None:
    assert {predicate.name for predicate in asked()} == {binding.predicate for _, _, binding in walk()}


def test_a_fact_without_a_column_is_never_dropped() -> None:
    """What only some regulations ask has no sheet: the workbook is refused, nothing is lost."""
    with pytest.raises(UsageError, match="penalty"):
        write([ROUND, Fact("penalty", ("J01", "quality", 20250101))])


@pytest.mark.parametrize("lang", LANGUAGES)
def test_headers_tell_columns_apart(lang: str) -> None:
    """In a sheet no two columns are called alike, and a header always means the same column."""
    for sheet in sheets():
        headers = [words.folded(words.header(sheet, column, lang)) for column in sheet.columns]

        assert len(set(headers)) == len(headers), sheet.name
        assert [words.known_headers(sheet.name)[header] for header in headers] == list(sheet.columns)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_choices_tell_values_apart(lang: str) -> None:
    """The words of a field's choices differ, and each is read as the choice it was written for."""
    for predicate in PREDICATES.values():
        for field in predicate.fields:
            written = words.choices(field, lang)

            assert [words.meant(field, one) for one in written] == [*field.choices][: len(written)]


@pytest.mark.parametrize("city", cities())
def test_a_template_is_an_empty_case(city: str) -> None:
    """The template lacks the round's number and deadline, and nothing else is wrong with it."""
    held, problems = found(template(city))

    assert (held, len(problems)) == ([], 2)
    assert all("cell" not in problem and "!" in problem for problem in problems)


def test_a_city_is_asked_its_own_questions() -> None:
    """Columns that only another city's rules know are left out, unless the case holds something in them."""
    columns = {city: {c.key for sheet in layout(city) for c in sheet.columns} for city in cities()}

    assert "county_opinion.answer" in columns["sanmenxia"] - columns["jiyuan"]
    assert "self_score.points" in columns["jiyuan"] - columns["sanmenxia"]
    assert "finding.core_ip.answer" in columns["sanmenxia"] - columns["jiyuan"]
    assert {"industry.code", "operating_since.day"} <= columns["jiyuan"] & columns["sanmenxia"]
    held = {c.key for sheet in layout("jiyuan", [Fact("county_opinion", ("J01", "favourable"))]) for c in sheet.columns}
    assert "county_opinion.answer" in held


@pytest.mark.parametrize("city", cities())
def test_a_template_helps(city: str) -> None:
    """Headers have notes and stay in sight, choices have lists, there are an example and an explanation."""
    book = openpyxl.load_workbook(BytesIO(template(city)))

    wanted = "说明 示例 轮次 申报单位 证书 年度数据 认定意见 不良记录 获奖历史 程序 评审专家 利害关系 评分"
    assert set(wanted.split()) <= set(book.sheetnames)
    assert book["选项"].sheet_state == "hidden"
    for name in ("申报单位", "不良记录", "认定意见"):
        page = book[name]
        assert page.freeze_panes is not None
        assert all(cell.comment and cell.comment.text for cell in page[1])
        assert len(page.data_validations.dataValidation) > 3


# Evidence travels ------------------------------------------------------------------------------------


def test_a_record_brings_its_evidence() -> None:
    """Document and number beside an event become the source of that fact, for reasons to cite."""
    event = Fact("accident", ("J01", "safety", "major", "liable", 20240506))
    source = Fact("source", (text(event), "事故调查报告", "应急〔2024〕6号"))
    data = write([ROUND, Fact("applicant", ("J01", "organization")), event, source])
    page = openpyxl.load_workbook(BytesIO(data))["不良记录"]
    row = dict(zip((cell.value for cell in page[1]), (cell.value for cell in page[2]), strict=True))

    assert (row["依据材料"], row["依据文号"]) == ("事故调查报告", "应急〔2024〕6号")
    assert text(source) in found(data)[0]


def test_evidence_of_nothing_is_a_problem(tmp_path: Path) -> None:
    (tmp_path / "a.lp").write_text('round(jiyuan,6,20250930). source("score(\\"J01\\",1)","x","y").', encoding="utf-8")

    with pytest.raises(engine.errors.CaseError) as refused:
        engine.load(tmp_path / "a.lp")

    assert [problem.code for problem in refused.value.problems] == ["speaks_of_nothing"]


def test_evidence_decides_nothing() -> None:
    """A case with its sources taken out is decided alike."""
    from engine.answers.eligibility import decide

    case = engine.load(sorted(SAMPLES[0].glob("*.lp")))
    bare = engine.Case.of(fact for fact in case.facts if PREDICATES[fact.predicate].group != "papers")

    assert case.rows("source")
    assert decide(case).applicants == decide(bare).applicants


@pytest.mark.parametrize("suffix", [".xls", ".xlsm", ".xlsb", ".et", ".csv", ".ods"])
def test_other_tables_are_told_what_to_do(suffix: str, tmp_path: Path) -> None:
    (tmp_path / f"case{suffix}").write_bytes(b"\xd0\xcf\x11\xe0")

    with pytest.raises(engine.errors.CaseError, match=r"\.xlsx"):
        engine.load(tmp_path / f"case{suffix}")
    assert suffix in readers()
