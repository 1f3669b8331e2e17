"""Faults that a text's words alone do not show: each planted, found, told with its place; the clean rules have none."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path

import pytest

from audit.checks.consistency import nowhere
from audit.checks.provisions import coverage
from audit.encoding import sources
from audit.encoding.casetables import Example
from audit.encoding.encodings import Encoding, encoding, from_files
from audit.encoding.substance import hollow, unsaid
from engine import decide, load
from engine.errors import Problem
from engine.law.rulebook import rule_file, rule_files
from engine.law.statutes import Provision, cities
from explain.graph.justification import justify
from tests.legal_cases import legal_cases
from tests.planted import planted

TEN = "自评分高于500分（含）的单位才具有申报资格"
ANNOUNCED = "%: N 评审公告先于评审；公告日期在案时按C类核对"
CYCLE = "%~ 评选周期为2年\n#const cycle_years = 2.\ncycle(art(4,0,0), cycle_years).\n"
FOUND = """%~ 切实履行社会责任
rests_on_finding(A, art(8,0,6), social_responsibility, social_responsibility) :- applicant(A, organization).
%~ 具有良好的诚信记录和社会信誉
rests_on_finding(A, art(8,0,6), credit, credit) :- applicant(A, organization).
"""
DECIDES = f"{TEN}。\n%: D\n%~ {TEN}\n"


def _told(found: Iterable[Problem], code: str) -> list[dict[str, object]]:
    return [dict(one.parameters) for one in found if one.code == f"audit.{code}" and one.place.file]


@pytest.mark.parametrize("city", cities())
def test_the_clean_rules_have_no_fault(city: str) -> None:
    assert hollow(encoding(city)) == []


@pytest.mark.parametrize(
    ("code", "old", "new", "told"),
    [
        (
            "no_rule", f"{ANNOUNCED}\n", "%: C\n\n%% —\n", {"citation": "第十二条", "found": "C"},
        ),
        ("rules_of_n", "%: D\n%~ 自评分高于", "%: N 无\n%~ 自评分高于", {"citation": "第十条"}),
        ("no_span", DECIDES, DECIDES.replace(f"%~ {TEN}\n", ""), {"citation": "第十条"}),
        ("no_words", "innovation, innovation)", "invention, innovation)", {"key": "invention", "lang": "zh"}),
        ("no_rule", FOUND, "", {"citation": "第八条第（六）项", "found": "F"}),
        ("no_words", "complaint, complaint(", "grievance, complaint(", {"table": "bar_ground", "key": "grievance"}),
        ("undeclared_term", "innovation, innovation)", "innovation, maturity)", {"table": "topic"}),
        ("undeclared_term", "prize(main; nomination).", "prize(main; gold).", {"found": "gold", "table": "prize"}),
        ("undeclared_term", "system_certificate(qms; ems", "system_certificate(qmss; ems", {"found": "qmss"}),
        ("undeclared_term", "application_paper(application_form", "application_paper(tax", {"table": "material_kind"}),
        ("unknown_term", "seat(A, jiyuan).", "seat(A, jiyaun).", {"found": "jiyaun", "what": "seat"}),
    ],
)  # fmt: skip
def test_a_planted_fault_is_found(code: str, old: str, new: str, told: dict[str, object], tmp_path: Path) -> None:
    slip = planted(tmp_path, "jiyuan", (old, new))

    problems = list(hollow(slip))

    assert [{key: one[key] for key in told} for one in _told(problems, code)][:1] == [told]


def test_a_finding_topic_that_no_fact_states_is_told_in_words(tmp_path: Path) -> None:
    """The predicate it stands in is one of the rules, which the vocabulary of facts does not word."""
    slip = planted(tmp_path, "jiyuan", ("innovation, innovation)", "innovation, maturity)"))

    told = [problem.line("en") for problem in hollow(slip) if problem.code == "audit.undeclared_term"]

    assert ["maturity" in line and "rests_on_finding" in line for line in told] == [True]


@pytest.mark.parametrize(
    ("code", "old", "new"),
    [("no_number", "- 文号：济政办〔2025〕7号", "- 文号："), ("no_issue_day", "- 印发日期：2025-08-25\n", "")],
)
def test_a_text_without_number_or_day(code: str, old: str, new: str, tmp_path: Path) -> None:
    slip = planted(tmp_path, "jiyuan", text=((old, new),))

    assert _told(hollow(slip), code) == [{}]


def test_a_provision_made_n_whose_rules_are_gone_is_missed_by_its_cases() -> None:
    """第三条 has nothing to compute, and one case says that it bars."""
    case = Example("x", "jiyuan", "", 6, 20250930, {}, (), {"status": "rejected", "failed": ["art(3,0,0) seat"]})

    [told] = _told(coverage(encoding("jiyuan"), [case]).faults, "cases_of_n")

    assert told == {"citation": "第三条", "number": 1, "id": "x"}


def test_what_a_shared_rule_asks_for_and_nothing_gives_is_a_note(tmp_path: Path) -> None:
    found = nowhere(
        planted(tmp_path, "jiyuan", ("#const min_self_score", "odd(A) :- submited(A, _).\n#const min_self_score"))
    )

    assert [(one.code, one.fault) for one in found] == [("undefined", False)]

    (tmp_path / "common.lp").write_text("odd(A) :- submited(A, _).", "utf-8")
    (tmp_path / "own.lp").write_text("", "utf-8")
    shared = nowhere(from_files("own", (tmp_path / "common.lp", tmp_path / "own.lp")))
    assert [(one.code, one.fault) for one in shared] == [("shared_idle", False)]


def test_the_words_that_no_rule_rests_on_are_listed() -> None:
    """In the order of the text, particles left out, and nothing of a provision that decides nothing."""
    found = unsaid(encoding("jiyuan"))

    assert [one.words for one in found if one.provision == Provision(23)] == ["获奖单位"]
    assert {str(one.provision) for one in found} & {"art(1,0,0)", "art(3,0,0)", "art(9,0,0)"} == set()
    assert "评分标准总分为1000分" in {one.words for one in found if one.provision == Provision(10)}


def test_a_limb_whose_rule_is_forgotten_is_among_them(tmp_path: Path) -> None:
    slip = planted(tmp_path, "jiyuan", (CYCLE, ""))

    assert [one.words for one in unsaid(slip) if one.provision == Provision(4)] == ["评选周期为2年"]


def published(folder: Path, city: str, *changes: tuple[str, str]) -> Path:
    """A published file: the words of a text as a page prints them, broken anywhere."""
    words = "".join(f"{p.citation} {words}\n" for p, words in encoding(city).statute.words.items())
    for old, new in changes:
        words = words.replace(old, new)
    file = folder / "published.txt"
    file.write_text("\n".join(words[at : at + 25] for at in range(0, len(words), 25)), "utf-8")
    return file


@pytest.mark.parametrize("city", cities())
def test_a_text_is_compared_with_its_published_file(city: str, tmp_path: Path) -> None:
    assert list(sources.differences(encoding(city), published(tmp_path, city))) == []


def test_a_character_of_the_published_file_is_told_with_both_versions(tmp_path: Path) -> None:
    found = list(
        sources.differences(encoding("jiyuan"), published(tmp_path, "jiyuan", ("自评分高于500分", "自评分高于600分")))
    )

    [told] = _told(found, "source_differs")
    assert (told["citation"], told["found"], told["words"]) == (
        "第十条",
        "，自评分高于500分（含",
        "，自评分高于600分（含",
    )


def recorded(folder: Path, *changes: tuple[str, str]) -> Encoding:
    """A text changed after it was compared: the record beside it is the city's."""
    slip = planted(folder, "jiyuan", *changes, text=changes)
    sources.place(slip).write_text(sources.place(encoding("jiyuan")).read_text("utf-8"), "utf-8")
    return slip


def test_a_number_changed_in_text_and_rule_alike_is_told_by_the_record(tmp_path: Path) -> None:
    """500 made 600 in the words and in the rules: neither knows better, the hash of what was compared does."""
    slip = recorded(tmp_path, ("自评分高于500分（含）", "自评分高于600分（含）"))

    [told] = _told(sources.origin(slip).faults, "text_changed")
    assert told == {"file": "jiyuan.txt"}


def test_a_second_reader_stands_in_for_the_file_until_a_word_changes(tmp_path: Path) -> None:
    slip = recorded(tmp_path)
    record = sources.on_record(slip)
    assert record and sources.origin(slip).wanting

    sources.place(slip).write_text(sources.written(sources.signed(slip, record, '王"某', "2026-11-22")), "utf-8")
    known = sources.origin(slip)
    assert ([(one.by, one.on) for one in known.readers], known.wanting) == ([('王"某', "2026-11-22")], False)

    slip.paths[1].with_suffix(".md").write_text(
        slip.paths[1].with_suffix(".md").read_text("utf-8").replace("500分", "600分"), "utf-8"
    )
    changed = planted(tmp_path, "jiyuan", text=(("500分", "600分"),))
    assert [one.code for one in sources.origin(changed).faults] == ["audit.text_changed"]


def test_the_file_itself_decides_where_it_is_there(tmp_path: Path) -> None:
    slip = recorded(tmp_path)
    (tmp_path / "source").mkdir()
    file = published(tmp_path, "jiyuan").rename(tmp_path / "source" / "jiyuan.txt")

    assert [one.code for one in sources.origin(slip).faults] == ["audit.source_changed"]  # not the file on record
    record = sources.compared(slip, file)
    assert record.sha256 == sha256(file.read_bytes()).hexdigest()
    sources.place(slip).write_text(sources.written(record), "utf-8")
    assert (sources.origin(slip).faults, sources.origin(slip).compared) == ((), True)


def test_a_text_without_a_source_is_a_fault(tmp_path: Path) -> None:
    assert [one.code for one in sources.origin(planted(tmp_path, "jiyuan")).faults] == ["audit.no_source"]


@pytest.mark.parametrize("city", cities())
def test_the_texts_are_those_that_were_compared(city: str) -> None:
    known = sources.origin(encoding(city))

    assert (known.faults, known.source is not None) == ((), True)


def test_a_justification_carries_the_words_its_rules_rest_on(tmp_path: Path) -> None:
    """Every node of a rule of the regulation says which words of its provision the rule rests on, verbatim."""
    file = tmp_path / "case.lp"
    file.write_text(next(case.text for case in legal_cases("jiyuan") if case.id == "a10_self_score_499"), "utf-8")

    graph = justify(decide(load([file])), 'failed("A",_,_)')

    told = {(data["provision"], words) for _, data in graph.nodes(data=True) for words in data.get("spans", ())}
    assert told == {("art(10,0,0)", TEN)}
    assert TEN in encoding("jiyuan").statute.words[Provision(10)]


@pytest.mark.parametrize("city", cities())
def test_each_finding_lights_its_own_words(city: str) -> None:
    """Two findings that one provision asks for never stand on the same words: a reader would take one for the other."""
    rests = [
        (one.provision, span.words)
        for path in rule_files(city)
        for one in rule_file(path).statements
        if str(one.node).startswith("rests_on_finding(")
        for span in one.spans
    ]

    assert len(rests) > 5
    assert [one for one, times in Counter(rests).items() if times > 1] == []
