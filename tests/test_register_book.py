"""The report of a screening as a workbook: the page's tables, cell by cell, with two charts."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from io import BytesIO
from xml.etree import ElementTree

import openpyxl

from desk.register.report import pictures, tables, tiers
from desk.register.reportbook import book
from desk.register.tally import Tally
from desk.shell.shell import Shell
from engine.answers.eligibility import Ground
from engine.facts import Fact
from engine.law.statutes import Provision

ROUNDS = [Fact("round", ("jiyuan", 7, 20260930)), Fact("round", ("jiyuan", 8, 20280930))]
YEARS, BREACH = Ground(Provision(8, 0, 1), "operating_years"), Ground(Provision(9, 0, 1), "policy_breach")
LOSS = Ground(Provision(8, 0, 5), "no_loss")
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
        keys = ["tiers", *(key for key, _ in tables(TALLY, ROUNDS, shell))]
        pages = dict(zip(keys, made.worksheets, strict=True))
        for key, (heads, rows) in tables(TALLY, ROUNDS, shell):
            told = list(pages[key].iter_rows(min_row=5, values_only=True))
            assert told == [tuple(heads), *map(tuple, rows)], key
            assert pages[key]["A2"].value == shell.text("screening.nature")
            assert shell.text("screening.nature") in pages[key].oddFooter.center.text  # on each page of paper
        assert pages["tiers"].row_dimensions[8].height > 15  # what is longer than its column is shown whole
        ladder = list(pages["tiers"].iter_rows(min_row=6, values_only=True))
        assert ladder == [(name, count, meaning) for name, meaning, count, _ in reversed(tiers(TALLY, shell))]
        ends = [row[1:] for row in pages["barred"].iter_rows(min_row=6, values_only=True)]
        assert [count for _, count in ends] == [2, 1, 3]
        assert lang == "en" or [told for told, _ in ends] == [
            "2027年内", "第八届（截止2028年9月30日）", "记录和条文没有定出哪一天"
        ]  # fmt: skip
        assert pages["steps"]["B6"].data_type == "s"  # what a table says is never a formula
        assert {key: len(page._charts) for key, page in pages.items() if page._charts} == {
            "tiers": 1, "funnel": 1, "entering": 1
        }  # fmt: skip


def test_one_step_short_by_place() -> None:
    """A row a place, numbers within names as numbers; a column a requirement."""
    tally = Tally(near=Counter({(YEARS, "第10镇", "C38"): 3, (YEARS, "第2镇", "C38"): 1, (LOSS, "第2镇", "C39"): 2}))
    told = dict(tables(tally, ROUNDS, Shell("zh")))
    heads = ["第八条第（一）项 运行年限不足", "第八条第（五）项 最近三年发生亏损"]
    assert [told[key][0] for key in ("by_district", "by_industry")] == [["县区", *heads], ["行业", *heads]]
    assert told["by_district"][1] == [("第2镇", 1, 2), ("第10镇", 3, 0)]
    assert told["by_industry"][1] == [("C38", 4, 0), ("C39", 0, 2)]


def test_pictures_say_what_they_are() -> None:
    """Of the funnel and of the rounds, each by itself a whole picture."""
    tally = replace(TALLY, funnel=Counter({"all": 6, "here": 5, "unbarred": 5, "near": 4, "clear": 2}))
    for drawn in pictures(tally, ROUNDS, Shell("zh")).values():
        words = [one.text for one in ElementTree.fromstring(drawn).iter("{http://www.w3.org/2000/svg}text")]
        assert words[1] == "筛查，不是认定"
    funnel = ElementTree.fromstring(pictures(tally, ROUNDS, Shell("zh"))["funnel"])
    bars = [float(one.attrib["width"]) for one in funnel.iter("{http://www.w3.org/2000/svg}rect")][1:]
    assert bars == [500, 416.7, 416.7, 333.3, 166.7]


def test_the_same_counts_give_the_same_bytes() -> None:
    assert book(TALLY, ROUNDS, Shell("zh")) == book(TALLY, ROUNDS, Shell("zh"))
