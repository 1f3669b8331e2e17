"""The bench on awards, reviews, panels and procedure: contradictions, generated cases, signatures, comparison."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
import tomllib
from dataclasses import replace
from pathlib import Path

import pytest

from audit.checks.provisions import LAPSED, SIGNED, applied, coverage
from audit.checks.round_consistency import round_findings
from audit.checks.round_generate import RoundCase, generated_rounds
from audit.encoding.encodings import Encoding, Parsed, Rule, encoding
from audit.encoding.questions import QUESTIONS
from audit.encoding.syntax import parsed
from audit.opinions import rounds as round_ledger
from audit.space.scene import scenes
from audit.space.telling import kind, tellings
from engine.law.rulebook import COMMON
from engine.law.statutes import RULES, Provision
from tests.test_tell import slipped

CITIES = ("jiyuan", "sanmenxia")
LARGE = {"panels", "procedure", "review"}
"""Questions whose whole case space takes seconds to search."""
ROUNDS = [pytest.param(name, marks=[pytest.mark.slow] * (name in LARGE)) for name in tuple(QUESTIONS)[1:]]


@pytest.mark.parametrize("name", ROUNDS)
@pytest.mark.parametrize("city", CITIES)
def test_the_rules_are_consistent(city: str, name: str) -> None:
    assert [each for each in round_findings(encoding(city, QUESTIONS[name])) if each.fault] == []


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "beginning", "old", "new", "what"),
    [
        ("panels", "fit(R,G,member)", "; not kept_out(R,G)", "", "fit_and_excluded"),
        ("award", "denied(A,Prize,left_vacant)", "; not surpassed(A,Prize)", "", "two_reasons"),
        ("review", "award_stands(A,Prize,Round,Day)", "; not revoked_for(A,Prize,Round,_)", "", "revoked_twice"),
        ("procedure", "violated(P,cycle", "< Years", "<= Years", "cycle_kept_and_broken"),
    ],
)
def test_a_contradiction_is_found_with_a_record(name: str, beginning: str, old: str, new: str, what: str) -> None:
    found = round_findings(slipped(encoding("jiyuan", QUESTIONS[name]), beginning, old, new))

    broken = [each for each in found if each.code == "broken"]
    assert what in [each.parameters["what"] for each in broken]
    assert all(each.fault and each.parameters["facts"] for each in broken)


def test_a_rule_of_a_provision_that_no_record_fires_is_dead() -> None:
    subject = encoding("jiyuan", QUESTIONS["review"])
    [node] = parsed("revocation(conduct, art(23,0,0)) :- conduct_period(6).")
    place = next(rule for rule in subject.rules if "conduct_years" in str(rule.node))
    dead = Rule(len(subject.rules), Parsed(node), place.file, place.line, Provision(23))
    found = round_findings(replace(subject, rules=(*subject.rules, dead)))

    assert [(each.code, each.fault) for each in found if each.code != "shared_idle"] == [("never_fires", False)]


@pytest.fixture(scope="module")
def reviews() -> list[RoundCase]:
    return generated_rounds(encoding("jiyuan", QUESTIONS["review"]))


@pytest.mark.slow
def test_every_ground_has_its_least_record(reviews: list[RoundCase]) -> None:
    by_id = {one.id: one for one in reviews}
    fraud, conduct = by_id["a22_grounded_fraud"], by_id["a23_grounded_conduct"]

    assert (fraud.provision, conduct.provision) == (Provision(22), Provision(23))
    assert sorted(fact.partition("(")[0] for fact in fraud.record.facts) == ["as_of", "awarded", "fraud_found"]
    assert any(atom.startswith("grounded(") and ",conduct,art(23,0,0)," in atom for atom in conduct.gained)


@pytest.mark.slow
def test_a_line_has_a_case_on_either_side(reviews: list[RoundCase]) -> None:
    """What happened on the day of the award counts, what happened on the day before does not, whatever it was."""
    ours = re.compile(r"a23_grounded_conduct_(accident|offence)_(\d{8})")
    sides = {found[2]: one for one in reviews if (found := ours.fullmatch(one.id))}

    assert {day: any("grounded(" in atom for atom in one.gained) for day, one in sides.items()} == {
        "20211119": False,
        "20211120": True,
    }


@pytest.mark.slow
def test_ids_are_unique_and_facts_may_stand_together(reviews: list[RoundCase]) -> None:
    assert len({one.id for one in reviews}) == len(reviews)
    for one in reviews:
        prizes = {fact.split(",")[2] for fact in one.record.facts if fact.startswith("awarded(")}
        assert {f.split(",")[2] for f in one.record.facts if f.startswith(("fraud_found(", "revoked("))} <= prizes


@pytest.mark.slow
def test_one_kind_of_difference_is_shown_once() -> None:
    one, other = (encoding(name, QUESTIONS["review"]) for name in ("jiyuan", "jiyuan:ban_start=award"))
    found = list(tellings(one, other, scenes(one, settled=other.chosen)))
    kinds = [frozenset(map(kind, (*each.lost, *each.gained))) for each in found]

    assert found
    assert len(set(kinds)) == len(kinds)
    assert all(atom.startswith(("ban(", "ban_running(")) for each in found for atom in (*each.lost, *each.gained))


def _copy(folder: Path) -> Encoding:
    """A copy of the rules and tables of a city, to be signed and changed."""
    shutil.copytree(RULES, folder / "rules")
    return encoding(str(folder / "rules" / "jiyuan.lp"), QUESTIONS["review"])


@pytest.mark.slow
def test_a_signature_lapses_with_the_rules(tmp_path: Path, reviews: list[RoundCase]) -> None:
    subject = _copy(tmp_path)
    one = next(case for case in reviews if case.id == "a23_grounded_conduct")
    other = next(case for case in reviews if case.id == "a22_grounded_fraud")
    entries = {one.id: round_ledger.signed(subject, one, "Wang", "2026-11-22"),
               other.id: round_ledger.signed(subject, other, "Li", "2026-11-22", "too strict")}  # fmt: skip
    file = round_ledger.round_path(subject)
    file.write_text(round_ledger.updated(subject, entries, []), "utf-8")
    said = round_ledger.round_opinions(subject)

    assert file == tmp_path / "rules" / "cases" / "review_jiyuan_audit.toml"
    assert said[one.id].state(subject, one.provision) == SIGNED
    assert (said[other.id].state(subject, other.provision), said[other.id].remark) == ("contested", "too strict")
    assert one.id in [row["id"] for row in tomllib.loads(file.read_text("utf-8"))["case"]]
    assert other.id not in [row["id"] for row in tomllib.loads(file.read_text("utf-8"))["case"]]

    rules = tmp_path / "rules" / "jiyuan-later.lp"
    rules.write_text(
        (RULES / "jiyuan.lp").read_text("utf-8").replace("#const conduct_years = 5", "#const conduct_years = 6")
    )
    rules.with_suffix(".md").write_text((RULES / "jiyuan.md").read_text("utf-8"), "utf-8")
    later = encoding(str(rules), QUESTIONS["review"])
    assert said[one.id].state(later, one.provision) == LAPSED
    assert said[one.id].example.expect["holds"] == list(one.gained)


@pytest.mark.slow
def test_each_rule_elsewhere_is_filed_under_the_provisions_it_asks_for() -> None:
    subject = encoding("jiyuan")
    asks = {str(rule.node).partition(" :-")[0]: places for rule, places in applied(subject)}
    row = next(row for row in coverage(subject, ()).rows if row.provision == Provision(23))

    fraud = next(found for head, found in asks.items() if head.startswith("grounded(A,Prize,Round,fraud"))
    assert Provision(23) in asks["window_end(A,Prize,Round,End)"]
    assert Provision(22) in fraud and Provision(23) not in fraud
    assert {rule.file for rule in row.applied} == {"review.lp"}
    assert {rule.file for rule in coverage(subject, ()).shared} >= {
        COMMON, "award.lp", "award_set.lp", "review.lp", "interest.lp", "roster.lp", "panel.lp", "procedure.lp",
    }  # fmt: skip


def _run(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", "from desk.shell.cli import main; main()", *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False)


@pytest.mark.slow
def test_the_commands_take_a_question() -> None:
    listed = _run("--lang", "en", "audit", "cases", "sanmenxia", "--for", "review", "--about", "第三十五条", "--json")
    ids = [case["id"] for case in json.loads(listed.stdout)["cases"]]

    assert "a35_grounded_conduct" in ids
    assert _run("audit", "consistency", "sanmenxia", "--for", "review").returncode == 0
    assert (
        _run("audit", "compare", "jiyuan", "sanmenxia", "--for", "review", "--case", "facts/jiyuan-6").returncode == 2
    )
    assert "第三十五条" in _run("audit", "cases", "sanmenxia", "--for", "review").stdout
