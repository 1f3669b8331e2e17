"""Cases in JSON: what is written is read, the schema says the same as the reader, each problem has its path."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

import engine
from engine.case import jsonfile
from engine.errors import Problems
from engine.facts.jsonschema import schema
from engine.facts.vocabulary import Fact, text
from engine.law.statutes import RULES
from engine.words import catalogues
from tests.drawn_facts import facts

SAMPLES = sorted(path for path in (RULES.parent / "facts").iterdir() if path.is_dir() and any(path.glob("*.lp")))
VALIDATOR = jsonschema.Draft202012Validator(schema(), format_checker=jsonschema.Draft202012Validator.FORMAT_CHECKER)


def read(data: str) -> tuple[list[Fact], list[tuple[str | int | None, str]]]:
    """The facts of a document, and its problems by path (or line) and code."""
    problems = Problems()
    source = jsonfile.read("case.json", data.encode(), problems)
    found = [Fact(name, row) for name, rows in source.rows.items() for row in rows] if source else []
    assert all(problem.line(lang) for problem in problems.all() for lang in catalogues.LANGUAGES)
    return found, [(problem.place.path or problem.place.line, problem.code) for problem in problems.all()]


def sentences(data: str, lang: str = "en") -> list[str]:
    """The problems of a document as they are printed."""
    problems = Problems()
    jsonfile.read("case.json", data.encode(), problems)
    return [problem.line(lang) for problem in problems.all()]


@given(st.sets(facts()))
def test_what_is_written_is_read(drawn: set[Fact]) -> None:
    """Any fact with any text in it comes back unchanged."""
    found, problems = read(jsonfile.write(sorted(drawn, key=text)))

    assert (sorted(drawn, key=text), []) == (sorted(found, key=text), problems)


@given(st.sets(facts()))
def test_what_is_written_keeps_the_schema(drawn: set[Fact]) -> None:
    VALIDATOR.validate(json.loads(jsonfile.write(sorted(drawn, key=text))))


@pytest.mark.parametrize("folder", SAMPLES, ids=lambda folder: folder.name)
def test_the_samples_keep_the_schema(folder: Path, tmp_path: Path) -> None:
    """A sample case written as JSON satisfies the published schema and is the same case."""
    case = engine.load(sorted(folder.glob("*.lp")))
    written = jsonfile.write(case.facts)
    (tmp_path / "case.json").write_text(written, encoding="utf-8")

    VALIDATOR.validate(json.loads(written))
    assert case == engine.load(tmp_path / "case.json")


@pytest.mark.parametrize("lang", catalogues.LANGUAGES)
def test_the_schema_is_one(lang: str) -> None:
    jsonschema.Draft202012Validator.check_schema(schema(lang))


BAD: list[tuple[str, Any, str]] = [
    ("applicant[0].kind", "organisation", "no_such_choice_near"),
    ("applicant[0].kind", "x", "no_such_choice"),
    ("applicant[0].kind", True, "wants_choice_json"),
    ("applicant[0].kind", None, "wants_choice_json"),
    ("applicant[0].kind", ["organization"], "wants_choice_json"),
    ("applicant[0].kind", {}, "wants_choice_json"),
    ("applicant[0].applicant", 1, "wants_text"),
    ("applicant[0].applicant", "", "empty"),
    ("applicant[0].applicant", "a\0b", "nul"),
    ("applicant[0].applicant", "\ud800", "surrogate"),
    ("certificate[0].from_day", "2025-02-30", "no_such_day"),
    ("certificate[0].from_day", "2025-2-3", "wants_day_json"),
    ("certificate[0].from_day", "20250203", "wants_day_json"),
    ("certificate[0].from_day", 20250203, "wants_day_json"),
    ("certificate[0].from_day", None, "wants_day_json"),
    ("certificate[0].from_day", "1899-12-31", "year_range"),
    ("certificate[0].to_day", "9999-12-31", "wants_open_day_json"),
    ("certificate[0].to_day", 99991231, "wants_open_day_json"),
    ("certificate[0].to_day", "2101-01-01", "year_range"),
    ("self_score[0].points", True, "wants_number"),
    ("self_score[0].points", 500.0, "wants_number"),
    ("self_score[0].points", 1e300, "wants_number"),
    ("self_score[0].points", "500", "wants_number"),
    ("self_score[0].points", 1001, "number_range"),
    ("self_score[0].points", 10**100, "wants_number"),
    ("self_score[0].points", 4294967946, "number_range"),
    ("self_score[0].points", float("nan"), "wants_number"),
    ("self_score[0].points", float("inf"), "wants_number"),
    ("score[0].points", "842.50", "wants_points_json"),
    ("score[0].points", 842.505, "wants_points_json"),
    ("score[0].points", 1000.01, "number_range"),
    ("score[0].points", True, "wants_points_json"),
    ("reading[0].key", 'a")', "wants_key_json"),
    ("reading[0].key", 1, "wants_key_json"),
]
GOOD: dict[str, list[dict[str, Any]]] = {
    "applicant": [{"applicant": "J01", "kind": "organization"}],
    "certificate": [{"applicant": "J01", "kind": "qms", "from_day": "2024-01-01", "to_day": None}],
    "self_score": [{"applicant": "J01", "points": 500}],
    "score": [{"applicant": "J01", "points": 842.5}],
    "reading": [{"key": "lookback", "choice": "rolling"}],
}


@pytest.mark.parametrize(("path", "value", "code"), BAD)
def test_a_bad_value_has_its_path(path: str, value: object, code: str) -> None:
    """The one bad value is named; the rest of the document is read."""
    predicate, _, field = path.replace("[0]", "").partition(".")
    row = {**GOOD[predicate][0], field: value}

    assert [(f"$.{path}", code)] == read(json.dumps({**GOOD, predicate: [row]}))[1]


@pytest.mark.parametrize(("path", "value", "code"), [row for row in BAD if row[2] not in ("nul", "surrogate")])
def test_the_schema_refuses_it_too(path: str, value: object, code: str) -> None:
    """What no schema can say (NUL, surrogates, the years of a day, decimals) is left to the reader."""
    predicate, _, field = path.replace("[0]", "").partition(".")
    document = {predicate: [{**GOOD[predicate][0], field: value}]}
    beyond = {"year_range"} if field.endswith("day") else {"wants_points_json"} if value == 842.505 else set()
    beyond |= {"wants_number"} if value == 500.0 else set()
    beyond |= {"wants_open_day_json"} if value == "9999-12-31" else set()

    assert VALIDATOR.is_valid(document) == (code in beyond)


@pytest.mark.parametrize(
    ("written", "held"),
    [("842.5", "842.50"), ("842.50", "842.50"), ("842.00", 842), ("842.500", "842.50"), ("842", 842)],
)
def test_equal_points_are_one_value(written: str, held: str | int) -> None:
    want = [Fact("score", ("J01", held))]

    assert want == read(f'{{"score": [{{"applicant": "J01", "points": {written}}}]}}')[0]


@pytest.mark.parametrize(
    ("document", "want"),
    [
        ("[]", [("$", "json_top")]),
        ("1", [("$", "json_top")]),
        ('{"applicnt": []}', [("$.applicnt", "unknown_predicate_near")]),
        ('{"zzz": []}', [("$.zzz", "unknown_predicate")]),
        ('{"applicant": {}}', [("$.applicant", "json_list")]),
        ('{"applicant": [5]}', [("$.applicant[0]", "json_object")]),
        ('{"applicant": [{"applicant": "J01"}]}', [("$.applicant[0]", "missing_field")]),
        (
            '{"applicant": [{"applicant": "J01", "kind": "individual", "kindd": 1}]}',
            [("$.applicant[0]", "unknown_field_near")],
        ),
        (
            '{"applicant": [{"applicant": "J01", "kind": "individual", "kind": "individual"}]}',
            [("$.applicant[0]", "duplicate_key")],
        ),
        ('{"applicant": [], "applicant": []}', [("$", "duplicate_key")]),
        ('{"evidence_closed": false}', [("$.evidence_closed", "json_false")]),
        ('{"evidence_closed": []}', [("$.evidence_closed", "json_false")]),
        ('{"applicant": [}', [(1, "json_value")]),
        ('{"applicant": []', [(1, "json_comma")]),
        ('{"applicant" []}', [(1, "json_colon")]),
        ('{\n"applicant": [],\n}', [(3, "json_name")]),
        ("{} {}", [(1, "json_extra")]),
        ('{"a', [(1, "json_string")]),
        ('{"a\nb": 1}', [(1, "json_control")]),
        (r'{"a\x": 1}', [(1, "json_escape")]),
        ("[" * 100_000, [(None, "json_nested")]),
        ('{"a":' * 100_000, [(None, "json_nested")]),
        (
            f'{{"self_score": [{{"applicant": "J01", "points": {"9" * 10_000}}}]}}',
            [("$.self_score[0].points", "wants_number")],
        ),
    ],
)
def test_a_bad_document_is_named(document: str, want: list[tuple[str | int | None, str]]) -> None:
    assert want == read(document)[1]


def test_a_problem_says_where_and_what_would_do() -> None:
    want = [
        'case.json: $.applicant[0].kind: {"applicant": "J03", "kind": "organisation"}: no such kind: "organisation" '
        "(kind of applicant); one of individual, organization; did you mean organization"
    ]

    assert want == sentences('{"applicant": [{"applicant": "J03", "kind": "organisation"}]}')


def test_syntax_has_line_and_column() -> None:
    want = ['case.json:2: column 20: a comma or a closing bracket is missing before "score": []}']

    assert want == sentences('{\n  "applicant": []  "score": []}'.replace("  ", " ").replace("[] ", "[]   "))


def test_problems_are_capped_and_counted() -> None:
    problems = read(json.dumps({"self_score": [{"applicant": "J01", "points": -1}] * 5_000}))[1]

    assert (len(problems), problems[-1]) == (1_001, (None, "more"))
