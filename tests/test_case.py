"""Files to a case: the same case whatever its files look like, and every problem of every file at once."""

from __future__ import annotations

import pickle
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings

from engine.case import files, jsonfile, lpfile
from engine.case.case import Case, load
from engine.errors import CaseError
from engine.facts.vocabulary import Fact
from engine.words import catalogues
from tests.drawn_facts import rounds

START = 'round(jiyuan,6,20250930).\napplicant("J01",organization).\n'


def loaded(*contents: tuple[str, str | bytes]) -> Case:
    """The case of some files with these suffixes and contents."""
    with TemporaryDirectory() as folder:
        paths = [Path(folder) / f"{number}{suffix}" for number, (suffix, _) in enumerate(contents)]
        for path, (_, content) in zip(paths, contents, strict=True):
            path.write_bytes(content.encode() if isinstance(content, str) else content)
        return load(paths)


def refused(call: Callable[[], object]) -> list[tuple[str, int | None, str]]:
    """The problems of a case, by file name, line and code."""
    with pytest.raises(CaseError) as error:
        call()
    assert all(problem.line(lang) for problem in error.value.problems for lang in catalogues.LANGUAGES)
    return [(Path(problem.place.file).name, problem.place.line, problem.code) for problem in error.value.problems]


@given(rounds())
@settings(deadline=None)
def test_formats_and_order_mean_nothing(drawn: list[Fact]) -> None:
    """`.lp` to JSON and back, in one file or two, in any order: the same case and the same canonical text."""
    lp, json, half = lpfile.write(drawn), jsonfile.write(sorted(drawn)), len(drawn) // 2
    case = loaded((".lp", lp))
    others = [
        loaded((".json", json)),
        loaded((".lp", lpfile.write(drawn[half:])), (".LP", lpfile.write(drawn[: half + 1]))),
        loaded((".lp", lp), (".json", json)),
        loaded((".lp", case.canonical)),
        loaded((".json", jsonfile.write(case.facts))),
    ]

    assert [(case, case.canonical)] * len(others) == [(other, other.canonical) for other in others]
    assert set(drawn) == set(case.facts)


def test_facts_are_sorted_integers_first() -> None:
    scores = 'score("J02",1). score("J01","842.50"). applicant("J02",individual). '
    marks = 'pass_mark(main,"9.50"). pass_mark(nomination,9).'

    assert loaded((".lp", START + scores + marks)).facts == (
        Fact("applicant", ("J01", "organization")),
        Fact("applicant", ("J02", "individual")),
        Fact("pass_mark", ("main", "9.50")),
        Fact("pass_mark", ("nomination", 9)),
        Fact("round", ("jiyuan", 6, 20250930)),
        Fact("score", ("J01", "842.50")),
        Fact("score", ("J02", 1)),
    )


def test_a_case_knows_its_round() -> None:
    case = loaded((".lp", START + "reading(lookback,calendar_years)."))

    assert (case.city, case.round, case.deadline) == ("jiyuan", 6, 20250930)
    assert case.readings == {"lookback": "calendar_years"}
    assert case.rows("applicant") == (("J01", "organization"),)
    assert case.rows("winner") == ()


def test_a_case_travels_between_processes() -> None:
    case = loaded((".lp", START))

    assert case == pickle.loads(pickle.dumps(case))


def test_an_override_wins_and_is_a_fact(tmp_path: Path) -> None:
    """The same reading from the file or from the caller makes the same case."""
    (tmp_path / "a.lp").write_text(START + "reading(lookback,calendar_years). reading(listing,ever).", encoding="utf-8")
    (tmp_path / "b.lp").write_text(START + "reading(lookback,rolling). reading(listing,ever).", encoding="utf-8")
    case = load(tmp_path / "a.lp", readings={"lookback": "rolling"})

    assert case.readings == {"listing": "ever", "lookback": "rolling"}
    assert case == load(str(tmp_path / "b.lp"))


@pytest.mark.parametrize(("key", "code"), [("lookbak", "reading_key_near"), ("lookback", "reading_choice")])
def test_an_unknown_override_is_a_problem(key: str, code: str, tmp_path: Path) -> None:
    (tmp_path / "a.lp").write_text(START, encoding="utf-8")

    assert refused(lambda: load(tmp_path / "a.lp", {key: "x"})) == [("", None, code)]


def test_a_byte_order_mark_is_nothing() -> None:
    want = loaded((".lp", START))

    assert want == loaded((".lp", b"\xef\xbb\xbf" + START.encode()))
    assert want == loaded((".json", b"\xef\xbb\xbf" + jsonfile.write(want.facts).encode()))


NAME = 'name("J01","济源某企业有限公司").'


@pytest.mark.parametrize("suffix", [".lp", ".json"])
@pytest.mark.parametrize(
    ("content", "line", "code"),
    [
        ((START + NAME).encode("gb18030"), 3, "encoding_looks"),
        ((START + NAME).encode("utf-16"), None, "encoding_looks"),
        ((START + NAME).encode("utf-16-le"), None, "encoding_looks"),
        (START.encode() + b'name("J01","\xff\xfe").', 3, "encoding"),
        (b"\n" * 3_000_000 + b"\xff", 3_000_001, "encoding"),
        (b"", None, "no_facts"),
        (b" \n", None, "no_facts"),
        (b"\xef\xbb\xbf", None, "no_facts"),
    ],
    ids=["gb18030", "utf-16", "utf-16-le", "broken", "broken late", "empty", "blank", "mark only"],
)
def test_a_file_that_is_no_text(suffix: str, content: bytes, line: int | None, code: str) -> None:
    """Also beside a file that is in order."""
    assert refused(lambda: loaded((".lp", START), (suffix, content))) == [(f"1{suffix}", line, code)]


def test_the_encoding_is_named() -> None:
    with pytest.raises(CaseError, match="it looks like GB18030; save the file as UTF-8"):
        loaded((".lp", (START + NAME).encode("gb18030")))


def test_comments_are_no_facts() -> None:
    assert refused(lambda: loaded((".lp", START), (".lp", "% nothing here"))) == [("1.lp", None, "no_facts")]


def test_an_empty_file_alone_has_no_round_either() -> None:
    assert refused(lambda: loaded((".lp", ""))) == [("0.lp", None, "no_facts"), ("0.lp", None, "no_round")]


def test_no_files_at_all() -> None:
    assert refused(lambda: load([])) == [("", None, "no_files")]


def test_paths_that_lead_nowhere(tmp_path: Path) -> None:
    """Each is told, none hides the others, and what is missing is not reported as undeclared."""
    (tmp_path / "a.lp").write_text('seat("J01",jiyuan). self_score("J01",1001).', encoding="utf-8")
    (tmp_path / "folder.lp").mkdir()
    (tmp_path / "b.docx").write_text("", encoding="utf-8")
    names = ["a.lp", "missing.lp", "folder.lp", "b.docx", "nul\0.lp"]

    assert refused(lambda: load(tmp_path / name for name in names)) == [
        ("a.lp", 1, "number_range"),
        ("b.docx", None, "suffix"),
        ("folder.lp", None, "directory"),
        ("missing.lp", None, "no_such_file"),
        ("nul\0.lp", None, "unreadable"),
    ]


def test_a_file_beyond_the_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "LIMIT", len(START))

    assert loaded((".lp", START)).round == 6
    assert refused(lambda: loaded((".lp", START + " "))) == [("0.lp", None, "too_large")]


def test_all_problems_of_all_files_are_told() -> None:
    """Of every kind: text that is no fact, values out of range, contradictions across files."""
    first = START + 'self_score("J01",4294967946).\n#script (python)\n#end.\nseat("J01",jiyuan).'
    second = '{"seat": [{"applicant": "J01", "place": "elsewhere"}], "applicnt": []}'

    assert refused(lambda: loaded((".lp", first), (".json", second))) == [
        ("0.lp", 3, "number_range"),
        ("0.lp", 4, "script"),
        ("1.json", None, "unknown_predicate_near"),
        ("1.json", None, "contradiction"),
    ]


def test_hostile_names_come_back_unchanged() -> None:
    name = 'a"\\")). p(\n\t\u202e🏆'
    case = loaded((".lp", START), (".lp", lpfile.write([Fact("name", ("J01", name))])))

    assert case.rows("name") == (("J01", name),)
