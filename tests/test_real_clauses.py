"""Clauses of real regulations, each on its line and one off: how many, of whom, how much, how long.

The texts stand in `tests/clauses/`, one clause or two each, with the figures of the regulation that each names in its
first line. They are laid out as any city's files are, and the commands are run on them.
"""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from audit.encoding.encodings import from_files
from audit.encoding.substance import hollow
from engine.law.rulebook import COMMON
from engine.law.statutes import RULES
from engine.words.messages import text as sentence
from engine.words.termwords import terms_in
from tests.elsewhere import all_said

HOUSE = Path(__file__).resolve().parents[1]
CLAUSES = HOUSE / "tests" / "clauses"
NAMES = sorted(path.stem for path in CLAUSES.glob("*.lp"))


def text(name: str, rules: str) -> str:
    """The regulation that the quotations of a rule file are."""
    quoted = re.findall(r"^%! (第.+)\n((?:%! .+\n)+)", rules, re.M)
    head = f"# {name}质量奖管理办法\n\n- 文号：虚构〔2020〕1号\n- 制定机关：虚构人民政府\n- 成文日期：2020-01-01\n"
    articles: dict[str, list[str]] = {}
    for provision, words in quoted:
        article, _, item = provision.partition("条")
        number = re.match("第（(.)）项", item)
        said = words.removeprefix("%! ").strip()
        articles.setdefault(article + "条", []).append(f"（{number[1]}）{said}" if number else said)
    body = "\n\n".join(f"### {article}\n\n" + "\n\n".join(said) for article, said in articles.items())
    return f"{head}- 印发日期：2020-01-01\n- 施行：自印发之日起\n\n{body}\n"


Q3, Q4 = ("quota", "第三条"), ("quota", "第四条")


class Won(NamedTuple):
    """A choice of winners and its breaches: each with its provision and whom it concerns. Scores fall in this order."""

    city: str
    winners: Mapping[str, str]
    breaches: tuple[tuple[str, str | None, str], ...] = ()
    order: str = ""
    facts: str = ""
    readings: tuple[str, ...] = ()

    def case(self) -> str:
        """The round as facts: whose name begins with a letter is of its kind and track, scores fall in order."""
        order = self.order or " ".join(self.winners.values())
        return f"round({self.city},3,20250930). {self.facts}\n" + "".join(
            f'applicant("{id}",{KINDS.get(id[0], "organization")}). score("{id}",{900 - at}). '
            + f'submitted("{id}",20250901). '
            + (f'applies_for("{id}",{TRACKS[id[0]]}).' if id[0] in TRACKS else "")
            + "\n"
            for at, id in enumerate(order.split())
        )

    def words(self, file: str) -> list[str]:
        """The command that judges the choice."""
        chosen = [f"--check={prize}={','.join(ids.split())}" for prize, ids in self.winners.items()]
        return ["award", file, *chosen, *(word for one in self.readings for word in ("--reading", one)), "--json"]


class Filed(NamedTuple):
    """What is on file about A, the deadline, and what comes of it: the status and the provisions that decide."""

    city: str
    facts: str
    status: str
    because: tuple[str, ...] = ()
    deadline: int = 20250930
    readings: tuple[str, ...] = ()

    def case(self) -> str:
        """The dossier as facts."""
        kind = "" if "applicant(" in self.facts else 'applicant("A",organization). '
        return f'round({self.city},3,{self.deadline}). {kind}submitted("A",{self.deadline}). {self.facts}\n'

    def words(self, file: str) -> list[str]:
        """The command that decides it."""
        return ["decide", file, *(word for one in self.readings for word in ("--reading", one)), "--json"]


KINDS = {"P": "individual", "M": "model", "R": "result"}
TRACKS = {"E": "economy", "S": "society", "V": "service", "Z": "specialised", "G": "general"}
SIX, TEN = "A5 A6 A7 A8 A9 A10", "M3 M4 M5 M6 M7 R3 R4 R5 R6 R7"
CHOICES = (
    Won("xuchang", {"main": "A1 A2", "nomination": "A3 A4 A5"}),
    Won("xuchang", {"main": "A1 A2 A3"}, ((*Q4, "A1 A2 A3"),)),
    Won("xuchang", {"main": "A1 A2", "nomination": "A3 A4 A5 A6"},
        ((*Q4, "A1 A2 A3 A4 A5 A6"), (*Q4, "A3 A4 A5 A6"))),
    Won("shenzhen", {"grand": "A1 A2", "runner_up": "A3 A4", "encouragement": SIX, "special": "A11 A12 A13"}),
    Won("shenzhen", {"grand": "A1 A2 A3"}, ((*Q4, "A1 A2 A3"),)),
    Won("shenzhen", {"grand": "A1 A2", "runner_up": "A3 A4", "encouragement": f"{SIX} A11"}, ((*Q4, f"{SIX} A11"),)),
    Won("shenzhen", {"grand": "A1", "runner_up": "A3"}, (("merit", None, "A2"),), order="A1 A2 A3"),
    Won("changning", {"district_prize": "A1 A2 P1 P2"}),
    Won("changning", {"district_prize": "A1 A2 A3"}, ((*Q3, "A1 A2 A3"),)),
    Won("changning", {"district_prize": "P1 P2 P3"}, ((*Q3, "P1 P2 P3"),)),
    Won("changning", {"district_prize": "P1"}, order="A1 P1"),
    Won("changning", {"district_prize": "A1 P2"}, (("merit", None, "P1"),), order="A1 P1 P2"),
    Won("changning_draft", {"district_prize": "M1 M2 R1 R2", "gold": TEN}),
    Won("changning_draft", {"district_prize": "M1 M2 M3 R1 R2"}, ((*Q3, "M1 M2 M3"),)),
    Won("changning_draft", {"district_prize": "M1 M2 R1 R2", "gold": f"{TEN} R8"}, ((*Q3, f"{TEN} R8"),)),
    Won("changning_draft", {"district_prize": "M1 M2 R1 R2", "gold": f"{TEN} R8"}, facts="places(golds,11)."),
    Won("wuhan", {"gold": "E1 E2 S1 V1", "silver": "E3 E4 E5 S2", "bronze": "E6 E7 E8 E9 E10 E11"}),
    Won("wuhan", {"gold": "E1 E2 E3"}, ((*Q3, "E1 E2 E3"),)),
    Won("wuhan", {"gold": "E1 E2 E3"}, facts='awarded("E1",gold,1,20200601).'),
    Won("wuhan", {"gold": "E1 E2 E3"}, ((*Q3, "E1 E2 E3"),), facts='awarded("E1",silver,1,20200601).'),
    Won("wuhan", {"gold": "S1 S2"}, ((*Q3, "S1 S2"),)),
    Won("gansu", {"quality_award": "A1 A2 P1", "runner_up": "A3 A4 A5 P2 P3"}),
    Won("gansu", {"quality_award": "A1 A2 P1 P2"}, ((*Q4, "A1 A2 P1 P2"),)),
    Won("gansu", {"quality_award": "A1 A2 P1", "runner_up": "A3 A4 A5 P2 P3 P4"}, ((*Q4, "A3 A4 A5 P2 P3 P4"),)),
    Won("zhengzhou", {"city_prize": "Z1 Z2 Z3 G1 G2 G3 G4 G5"}),
    Won("zhengzhou", {"city_prize": "Z1 Z2 Z3 Z4"}, ((*Q3, "Z1 Z2 Z3 Z4"),)),
    Won("zhengzhou", {"city_prize": "Z1 Z2 Z3 Z4"}, readings=("of_which=set_apart",)),
    Won("zhengzhou", {"city_prize": "Z1 Z2 G1 G2 G3 G4 G5 G6"}),
    Won("zhengzhou", {"city_prize": "Z1 Z2 G1 G2 G3 G4 G5 G6"}, ((*Q3, "G1 G2 G3 G4 G5 G6"),),
        readings=("of_which=set_apart",)),
)  # fmt: skip
BOTH = 'endorsement("A",county,yes). endorsement("A",department,yes). '
FIVE = 'awarded("A",{prize},1,20200930).'
DOSSIERS = (
    Filed("puyang", BOTH + 'amount("A",tax,2024,"2000000.00").', "eligible"),
    Filed("puyang", BOTH + 'amount("A",tax,2024,"1999999.99").', "rejected", ("第五条第（一）项",)),
    Filed("puyang", BOTH + 'amount("A",tax,2023,"2000000.00").', "pending", ("第五条第（一）项",)),
    Filed("puyang", BOTH.replace("department,yes", "department,no") + 'amount("A",tax,2024,"2000000.00").', "rejected",
          ("第五条第（二）项",)),
    Filed("puyang", 'endorsement("A",county,yes). amount("A",tax,2024,"2000000.00").', "pending",
          ("第五条第（二）项",)),
    Filed("tianshui", FIVE.format(prize="city_prize"), "rejected", ("第六条",)),
    Filed("tianshui", FIVE.format(prize="city_prize"), "eligible", deadline=20251001),
    Filed("jianhu", FIVE.format(prize="county_prize"), "rejected", ("第十六条",), deadline=20250929),
    Filed("jianhu", FIVE.format(prize="county_prize"), "eligible"),
    Filed("wuhan", 'applies_for("A",economy). awarded("A",gold,1,20210601).', "rejected", ("第五条",), 20231231),
    Filed("wuhan", 'applies_for("A",economy). awarded("A",gold,1,20210601).', "eligible", (), 20240101),
    Filed("wuhan", 'applies_for("A",economy). awarded("A",gold,1,20210601).', "rejected", ("第五条",), 20241231,
          ("award_year=not_counted",)),
    Filed("wuhan", 'applies_for("A",economy). awarded("A",gold,1,20210601).', "eligible", (), 20250101,
          ("award_year=not_counted",)),
    Filed("wuhan", 'applies_for("A",society).', "eligible"),
)  # fmt: skip
TITLE = 'round(gansu,3,20260930). winner("W",organization). awarded("W",quality_award,1,20210630).\n'
MENDING = 'reassessed("W",quality_award,1,20260701,rectify). '
FAILED = 'reassessed("W",quality_award,1,20260801,fail).'
REVIEWS = {
    "in_term": (TITLE, "2026-06-30", "valid", ()),
    "due": (TITLE, "2026-07-01", "overdue", ()),
    "failed_once": (TITLE + FAILED, "2026-09-01", "failed_at_once", ()),
    "mending": (TITLE + MENDING, "2026-07-15", "to_rectify", ()),
    "failed_after": (TITLE + MENDING + FAILED, "2026-09-01", "failed", (("reassessment", "第五条", ("revoke",)),)),
}
"""A title as of a day: what became of it, and on what ground, under which provision and how it is to be revoked."""


@pytest.fixture(scope="module")
def said(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What each command says, by the number of its line or the name of its review."""
    folder = tmp_path_factory.mktemp("clauses")
    shutil.copytree(RULES, folder / "rules", ignore=shutil.ignore_patterns("cases"))
    for name in NAMES:
        rules = (CLAUSES / f"{name}.lp").read_text("utf-8")
        (folder / "rules" / f"{name}.lp").write_text(rules, "utf-8")
        (folder / "rules" / f"{name}.md").write_text(text(name, rules), "utf-8")
    commands = {}
    for at, line in enumerate((*CHOICES, *DOSSIERS)):
        (folder / f"{at}.lp").write_text(line.case(), "utf-8")
        commands[str(at)] = line.words(f"{at}.lp")
    for name, (case, day, *_) in REVIEWS.items():
        (folder / f"{name}.lp").write_text(case, "utf-8")
        commands[name] = ["review", f"{name}.lp", "--as-of", day, "--json"]
    (folder / "fixed.lp").write_text(CHOICES[12].case() + "places(models,3).", "utf-8")
    commands["readings"] = ["--lang", "zh", "readings", "zhengzhou", "--json"]
    commands["fixed"] = ["check", "fixed.lp", "--json"]
    found = all_said(commands, folder, PYTHONPATH=str(HOUSE), PINGJIANG_RULES=str(folder / "rules"))
    return {name: (code, json.loads(out)) for name, (code, out) in found.items()}


@pytest.mark.parametrize("at", range(len(CHOICES)))
def test_a_choice_is_lawful_up_to_the_number_and_not_beyond(said: dict[str, Any], at: int) -> None:
    judged = said[str(at)][1]
    found = tuple((one["breach"], one["citation"], " ".join(one["ids"])) for one in judged["breaches"])

    assert found == tuple((breach, where, " ".join(sorted(ids.split()))) for breach, where, ids in CHOICES[at].breaches)
    assert judged["lawful"] == (not CHOICES[at].breaches)


@pytest.mark.parametrize("at", range(len(DOSSIERS)))
def test_a_dossier_is_decided_on_the_line_and_one_off(said: dict[str, Any], at: int) -> None:
    [one] = said[str(len(CHOICES) + at)][1]["applicants"]
    rows = [row for part in ("failed", "barred", "open") for row in one.get(part, ())]

    assert (one["status"], tuple(row["citation"] for row in rows)) == (DOSSIERS[at].status, DOSSIERS[at].because)


@pytest.mark.parametrize("name", REVIEWS)
def test_a_title_is_judged_anew_and_revoked_only_after_a_mending_that_failed(said: dict[str, Any], name: str) -> None:
    code, reviewed = said[name]
    [title] = reviewed["validity"]
    grounds = tuple((one["ground"], one["citation"], tuple(one["remedies"])) for one in reviewed["revocations"])

    assert (code, title["state"], title["until"], grounds) == (0, REVIEWS[name][2], "2026-06-30", REVIEWS[name][3])


def test_a_number_that_the_text_does_not_let_a_round_set_is_refused_with_its_provision(said: dict[str, Any]) -> None:
    code, told = said["fixed"]
    [problem] = told["problems"]

    assert (code, problem["code"], problem["parameters"]["citation"]) == (2, "settled", "第三条")


def test_a_reading_of_the_text_is_told_in_its_own_words(said: dict[str, Any]) -> None:
    [own] = [row for row in said["readings"][1]["readings"] if row["key"] == "of_which"]

    assert own["label"] == "“其中面向专精特新企业”的名额"
    assert own["choices"] == {"nested": "只是上限", "set_apart": "留给这些企业，其他组织不得使用"}
    assert own["reason"].startswith("条文没有写明未用完的名额可否给其他组织")


def test_a_reading_without_words_is_a_fault_and_goes_by_its_name(tmp_path: Path) -> None:
    rules = (CLAUSES / "zhengzhou.lp").read_text("utf-8")
    (tmp_path / "zhengzhou.md").write_text(text("zhengzhou", rules), "utf-8")
    (tmp_path / "zhengzhou.lp").write_text(rules.replace("%@ reading", "%% reading"), "utf-8")
    found = hollow(from_files("zhengzhou", (RULES / COMMON, tmp_path / "zhengzhou.lp")))

    assert {(one.parameters["table"], one.parameters["key"]) for one in found if one.code == "audit.no_words"} == {
        ("reading", "of_which"),
        ("reading_reason", "of_which"),
        ("reading_choice", "of_which, nested"),
        ("reading_choice", "of_which, set_apart"),
    }
    assert (sentence("reading.of_which.label", "zh"), sentence("reading.of_which.nested", "en")) == (
        "of_which",
        "nested",
    )


def test_the_words_of_a_term_take_a_number_of_their_own_file(tmp_path: Path) -> None:
    rules = (CLAUSES / "puyang.lp").read_text("utf-8")
    told = rules.replace("%@ zh: 上年度纳税额\n", "%@ zh: 上年度纳税额{least_tax}万元\n").replace(
        "paid\namount", "{paid}\namount"
    )
    (tmp_path / "puyang.md").write_text(text("puyang", rules), "utf-8")
    (tmp_path / "puyang.lp").write_text(told, "utf-8")
    found = hollow(from_files("puyang", (RULES / COMMON, tmp_path / "puyang.lp")))

    assert terms_in(told, "zh")["requirement.tax"] == "上年度纳税额200万元"
    assert terms_in(told, "en")["vocabulary.choices.amount_kind.tax"].format() == "tax {paid}"
    assert [(one.place.line, one.parameters["found"]) for one in found if one.code == "audit.no_such_number"] == [
        (8, "{paid}")
    ]
