"""The reader of `.lp`: every fact that clingo reads in ground form and nothing else, each other thing with its name."""

from __future__ import annotations

import clingo
import pytest
from effort import examples
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.case import lpfile
from engine.errors import Problems
from engine.facts.vocabulary import Fact, text
from engine.words import catalogues
from tests.drawn_facts import facts


def read(data: str | bytes) -> tuple[list[Fact], list[tuple[int | None, str]]]:
    """The facts of a text, and its problems by line and code."""
    problems = Problems()
    source = lpfile.read("case.lp", data.encode() if isinstance(data, str) else data, problems)
    found = [Fact(name, row) for name, rows in source.rows.items() for row in rows]
    assert all(problem.line(lang) for problem in problems.all() for lang in catalogues.LANGUAGES)
    return found, [(problem.place.line, problem.code) for problem in problems.all()]


def sentences(data: str, lang: str = "en") -> list[str]:
    """The problems of a text as they are printed."""
    problems = Problems()
    lpfile.read("case.lp", data.encode(), problems)
    return [problem.line(lang) for problem in problems.all()]


@given(st.lists(facts()))
def test_what_is_written_is_read(drawn: list[Fact]) -> None:
    """Any fact with any text in it comes back unchanged."""
    found, problems = read(lpfile.write(drawn))

    assert (sorted(drawn, key=text), []) == (sorted(found, key=text), problems)


@given(st.lists(facts(), max_size=5))
@settings(deadline=None)
def test_clingo_reads_what_is_written(drawn: list[Fact]) -> None:
    """The written file is a program of exactly these facts."""
    assert {text(fact) for fact in drawn} == clingo_reads(lpfile.write(drawn))


def clingo_reads(program: str) -> set[str] | None:
    """The atoms of a program of facts as clingo reads them; None where it reads none."""
    control = clingo.Control(logger=lambda *_: None)
    try:
        control.add("base", [], program)
        control.ground([("base", [])])
    except RuntimeError:
        return None
    return {str(atom.symbol) for atom in control.symbolic_atoms if atom.is_fact}


PIECES = st.sampled_from(
    [
        *(
            "applicant",
            "name",
            "evidence_closed",
            '"J01"',
            '"a,b"',
            '"a\\n"',
            "organization",
            "1",
            "-1",
            "007",
            "X",
            "_",
        ),
        *("(", ")", ",", ".", "..", '"', "\\", "'", " ", "\n", "\t", "%", "%*", "*%"),
        *(":-", "#show", ";", "{", "}", "|", "not ", "/", "@f"),
    ]
)


@given(
    st.lists(PIECES | st.sampled_from(['applicant("J01",organization).', 'name("J01","x").']), max_size=14).map("".join)
)
@settings(max_examples=examples(300), deadline=None)
def test_what_is_read_without_a_problem_is_what_clingo_reads(program: str) -> None:
    """No text means one thing to us and another to the solver."""
    found, problems = read(program)

    assert problems or {text(fact) for fact in found} == clingo_reads(program)


@pytest.mark.parametrize(
    "program",
    [
        'applicant("J01",organization). applicant("J02",individual).',
        'applicant("J01",organization).applicant("J02",individual).% both',
        'applicant(\n  "J01" ,\n  organization\n)\n.\napplicant ( "J02",\tindividual ) .',
        '% one\napplicant("J01", % why\n organization). %* two\n %* deep *% applicant("J03",individual). *%\n'
        'applicant("J02",individual).',
        'applicant("J01",organization).\r\napplicant("J02",individual).\r\n',
        'applicant("J02",individual).\napplicant("J01",organization).\napplicant("J02",individual).',
    ],
)
def test_layout_and_comments_mean_nothing(program: str) -> None:
    found, problems = read(program)

    assert ({("J01", "organization"), ("J02", "individual")}, []) == ({fact.arguments for fact in found}, problems)


@pytest.mark.parametrize("program", ["evidence_closed.", "evidence_closed().", "evidence_closed ( ) ."])
def test_a_predicate_without_fields(program: str) -> None:
    assert ([Fact("evidence_closed", ())], []) == read(program)


@pytest.mark.parametrize(
    ("statement", "code"),
    [
        ('seat("J01",jiyuan) :- applicant("J01",organization).', "rule"),
        (":- applicant(X,individual).", "constraint"),
        (":~ applicant(X,individual). [1@2]", "constraint"),
        ('{ seat("J01",jiyuan) }.', "choice_rule"),
        ('1 { seat("J01",jiyuan) ; seat("J01",elsewhere) } 1.', "choice_rule"),
        ('seat("J01",jiyuan) ; seat("J01",elsewhere).', "disjunction"),
        ('seat("J01",jiyuan) | seat("J01",elsewhere).', "disjunction"),
        ("seat(X,jiyuan) : applicant(X,_).", "disjunction"),
        ('-seat("J01",jiyuan).', "negated"),
        ('not seat("J01",jiyuan).', "no_fact"),
        ('#script (python)\nimport os\nos.remove("x.").\n#end.', "script"),
        ("#script (lua) never ends", "script"),
        ('#include "/etc/passwd".', "include"),
        ("#const n = 1.", "directive"),
        ("#show.", "directive"),
        ('self_report_year("J01",2022..2024).', "interval"),
        ('self_report_year("J01",(2022;2023)).', "pool"),
        ('self_report_year("J01",2022;2023).', "pool_term"),
        ('self_score("J01",500+1).', "arithmetic"),
        ('self_score("J01",-X).', "arithmetic"),
        ('self_score("J01",X).', "variable"),
        ('self_score("J01",_).', "variable"),
        ("self_score(J01,620).", "variable"),
        ('self_score("J01",0620).', "number_form"),
        ('self_score("J01",0x26C).', "number_form"),
        ('self_score("J01",4294967946).', "number_range"),
        (f'self_score("J01",{"9" * 5000}).', "number_range"),
        ('self_score("J01",-1).', "number_range"),
        ('self_score("J01","620").', "wants_number"),
        ('self_score("J01",620.5).', "wants_number"),
        ('self_score("J01",f(620)).', "function"),
        ('self_score("J01",@now()).', "function"),
        ('self_score("J01",).', "argument_missing"),
        ('self_score("J01").', "arity"),
        ('self_score("J01",620,1).', "arity"),
        ("self_score.", "arity"),
        ("evidence_closed(1).", "arity"),
        ('declared_interest("R01, a tie","J01").', "arity"),
        ('selfscore("J01",620).', "unknown_predicate_near"),
        ('zzz("J01",620).', "unknown_predicate"),
        ("seat(j01,jiyuan).", "wants_text"),
        ("seat(1,jiyuan).", "wants_text"),
        ('seat("J01","jiyuan").', "wants_choice_near"),
        ('seat("J01",1).', "wants_choice"),
        ('seat("J01",jiyuann).', "no_such_choice_near"),
        ('seat("J01",#inf).', "no_term"),
        ('reading("lookback",rolling).', "wants_constant"),
        ('submitted("J01","2025-09-01").', "wants_day"),
        ('submitted("J01",2025-09-01).', "arithmetic"),
        ('submitted("J01",20250230).', "no_such_day"),
        ('submitted("J01",99991231).', "open_day_misplaced"),
        ('score("J01",842.50).', "wants_points"),
        ('score("J01","842.505").', "wants_points"),
        (r'name("J01","a\tb").', "escape"),
        ('name("J01","one line', "string_unclosed"),
        ('name("J01","nul \0 nul").', "nul"),
        ('name("J01"，"x").', "full_width"),
        ('seat("J01",jiyuan)。', "full_width"),
        ("seat(“J01”,jiyuan).", "full_width_term"),
        ('申报("J01",organization).', "no_fact"),
        ('seat("J01",jiyuan)', "period_missing"),
        ('seat("J01",jiyuan', "unfinished"),
        ("%* never closed", "comment_unclosed"),
        ('seat("J01",jiyuan %* never closed', "comment_unclosed"),
        (".", "no_fact"),
        ("applicant", "unfinished"),
    ],
)
def test_what_is_no_fact_is_named(statement: str, code: str) -> None:
    """One statement, one problem, at its line; the facts before it are read all the same."""
    found, problems = read(f'applicant("J01",organization).\n\n{statement}')

    assert {(3, code)} == set(problems)
    assert Fact("applicant", ("J01", "organization")) in found


def test_reading_goes_on_after_a_problem() -> None:
    """A missing full stop, a rule, an open string: each costs its own statement only."""
    program = (
        'seat("J01",jiyuan)\nseat("J02",jiyuan).\na :- b.\nname("J01","x).\nseat("J03",jiyuan)。\nseat("J04",jiyuan).'
    )
    found, problems = read(program)

    assert [fact.arguments[0] for fact in found] == ["J01", "J02", "J04"]
    assert problems == [(1, "period_missing"), (3, "rule"), (4, "string_unclosed"), (5, "full_width")]


def test_every_flaw_of_a_fact_is_told() -> None:
    assert sorted(read("certificate(j01,iso9001,20250230,99991231).")[1], key=str) == [
        (1, "no_such_choice"),
        (1, "no_such_day"),
        (1, "wants_text"),
    ]


def test_a_problem_says_what_was_found_and_what_would_do() -> None:
    want = [
        'case.lp:2: certificate("J03", iso9001, 20240101, 20270101): no such kind: iso9001 (kind of certificate); '
        "one of ems, little_giant, ohsms, qms"
    ]

    assert want == sentences('\ncertificate("J03",iso9001,20240101,20270101).')


def test_a_problem_speaks_chinese() -> None:
    want = ['case.lp:1: self_score("J01", 1001)：自评分处的 1001 超出范围；应在 0 至 1000 之间']

    assert want == sentences('self_score("J01",1001).', "zh")


def test_long_text_is_cut() -> None:
    assert max(map(len, sentences(f'name("J01",{"x" * 10_000}).\n{"y" * 10_000}.'))) < 400


def test_problems_are_capped_and_counted() -> None:
    """A thousand are listed, the others counted."""
    problems = read("p(1).\n" * 5_000)[1]

    assert (len(problems) - 1, problems[-1]) == (1_000, (None, "more"))


@pytest.mark.parametrize(
    "garbage", ["a.", "p(", '"', "%*x*%x", "a :- b. ", "字。", "p(a)..", "\n.", 'p("x\n', "#script "]
)
def test_garbage_ends(garbage: str) -> None:
    """However much there is of it: the work is bounded, and so is what is printed."""
    assert 1 <= len(read(garbage * 150_000)[1]) <= 1_002
