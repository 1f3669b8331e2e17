"""The overview workbook: every outcome and ground, links to what lies beside it, and text that stays text."""

from __future__ import annotations

from io import BytesIO

import openpyxl
import pytest

import engine
from desk.files.summary import overview
from engine import decide
from engine.award.answer import award
from engine.facts.vocabulary import Fact
from engine.law.statutes import RULES
from engine.words.catalogues import LANGUAGES

SAMPLE = sorted((RULES.parent / "facts" / "jiyuan-6").glob("*.lp"))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_outcome_and_ground_is_there(lang: str) -> None:
    case = engine.load(SAMPLE)
    decision = decide(case)
    book = openpyxl.load_workbook(BytesIO(overview(decision, award(case), {}, lang)))
    outcomes, grounds, *_ = book.worksheets
    told = {row[0].value: row[2].value for row in outcomes.iter_rows(min_row=6) if row[0].value}

    assert list(told) == [outcome.id for outcome in decision.applicants]
    number = sum(len(o.failed) + len(o.barred) + len(o.open) for o in decision.applicants)
    assert grounds.max_row - 1 == number


def test_it_links_to_what_lies_beside_it() -> None:
    decision = decide(engine.load(SAMPLE))
    links = {"J08": [("通知书", "papers/rejection-letter-001.docx")], "": [("目录", "index.html")]}
    page = openpyxl.load_workbook(BytesIO(overview(decision, links=links))).worksheets[0]
    targets = {cell.value: cell.hyperlink.target for row in page.iter_rows() for cell in row if cell.hyperlink}

    assert targets == {"通知书": "papers/rejection-letter-001.docx", "目录": "index.html"}


def test_a_name_is_neither_formula_nor_link() -> None:
    names = {"A1": '=HYPERLINK("http://example.org")', "A2": "http://example.org", "A3": "+1", "A4": "@x"}
    facts = [Fact("round", ("jiyuan", 6, 20250930))]
    for id, name in names.items():
        facts += [Fact("applicant", (id, "organization")), Fact("name", (id, name))]
    data = overview(decide(engine.Case.of(facts)))
    cells = [cell for page in openpyxl.load_workbook(BytesIO(data)) for row in page.iter_rows() for cell in row]

    assert set(names.values()) <= {cell.value for cell in cells}
    assert not [cell.coordinate for cell in cells if cell.data_type == "f" or cell.hyperlink]


def test_the_same_decision_gives_the_same_bytes() -> None:
    decision = decide(engine.load(SAMPLE))

    assert overview(decision) == overview(decision)
