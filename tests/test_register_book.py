"""The report of a screening as a workbook: the page's tables, cell by cell, with two charts."""

from __future__ import annotations

from collections import Counter
from io import BytesIO

import openpyxl

from desk.register.report import tables, tiers
from desk.register.reportbook import book
from desk.register.tally import Tally
from desk.shell.shell import Shell
from engine.answers.eligibility import Ground
from engine.facts import Fact
from engine.law.statutes import Provision

ROUNDS = [Fact("round", ("jiyuan", 7, 20260930)), Fact("round", ("jiyuan", 8, 20280930))]
YEARS, BREACH = Ground(Provision(8, 0, 1), "operating_years"), Ground(Provision(9, 0, 1), "policy_breach")
TALLY = Tally(
    total=Counter({"basic": 4, "ready": 2}),
    near=Counter({(YEARS, "=1+1", "C38"): 3}),
    entering=Counter({0: 2, 1: 3, -1: 1}),
    barred=Counter({(BREACH, 0, 1): 1, (BREACH, 2027, 0): 2, (BREACH, 0, 0): 3}),
    unknown=Counter({YEARS: 2}),
    telling=Counter({(YEARS, "operating_since"): 2}),
    winners=Counter({("甲公司", "城区", "main", 4): 1}),
)


def test_sheets_hold_the_tables_of_the_page() -> None:
    for lang in ("zh", "en"):
        shell = Shell(lang)
        made = openpyxl.load_workbook(BytesIO(book(TALLY, ROUNDS, shell)))
        pages = dict(zip(["tiers", "steps", "entering", "barred", "winners", "unknown"], made.worksheets, strict=True))
        for key, (heads, rows) in tables(TALLY, ROUNDS, shell):
            told = list(pages[key].iter_rows(min_row=5, values_only=True))
            assert told == [tuple(heads), *map(tuple, rows)], key
            assert pages[key]["A2"].value == shell.text("screening.nature")
        ladder = list(pages["tiers"].iter_rows(min_row=6, values_only=True))
        assert ladder == [(name, count, meaning) for name, meaning, count, _ in reversed(tiers(TALLY, shell))]
        ends = [row[1:] for row in pages["barred"].iter_rows(min_row=6, values_only=True)]
        assert [count for _, count in ends] == [2, 1, 3]
        assert lang == "en" or [told for told, _ in ends] == [
            "2027年内", "第八届（截止2028年9月30日）", "记录和条文没有定出哪一天"
        ]  # fmt: skip
        assert pages["steps"]["B6"].data_type == "s"  # what a table says is never a formula
        assert {key: len(page._charts) for key, page in pages.items() if page._charts} == {"tiers": 1, "entering": 1}


def test_the_same_counts_give_the_same_bytes() -> None:
    assert book(TALLY, ROUNDS, Shell("zh")) == book(TALLY, ROUNDS, Shell("zh"))
