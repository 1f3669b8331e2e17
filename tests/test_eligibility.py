"""The decision itself: the same as clingo's own, whole or in parts, or stopped with nothing decided."""

from __future__ import annotations

import json
import pickle
import re
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks.generate import write
from engine import Case, decide, load
from engine.answers import eligibility
from engine.errors import PingjiangError, Stopped, UsageError
from engine.law.rulebook import rule_files
from engine.law.statutes import cities
from engine.solve import Clock, cohort

FACTS = Path(__file__).parents[1] / "facts"
SAMPLES = sorted(p for p in FACTS.iterdir() if p.is_dir())


def sample(folder: Path) -> Case:
    return load(sorted(str(p) for p in folder.glob("*.lp")))


def plain(case: Case, facts: Path) -> set[str]:
    """What clingo shows without a line of ours."""
    facts.write_text(case.canonical, "utf-8")
    command = [sys.executable, "-m", "clingo", "--outf=2", *map(str, rule_files(case.city)), str(facts)]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    atoms = set(json.loads(run.stdout)["Call"][0]["Witnesses"][0]["Value"])
    found = {re.sub(r",\w+\)$", ")", atom) for atom in atoms if atom.startswith("rests_on_finding(")}
    others = {atom.replace("rests_on_finding", "awaits_others") for atom in found}  # a finding is told as one alone
    return {atom for atom in atoms if not atom.startswith("rests_on_finding(")} - others | found


def shown(case: Case) -> set[str]:
    """The same atoms, read back from the decision."""
    from engine.facts.vocabulary import quote

    decision = decide(case)
    atoms: set[str] = set()
    for o in decision.applicants:
        atoms.add(f"{o.status}({quote(o.id)})")
        for kind in ("failed", "open", "barred"):
            atoms |= {f"{kind}({quote(o.id)},{g.provision},{g.key})" for g in getattr(o, kind)}
        atoms |= {f"barring_event({quote(o.id)},{g.provision},{g.key},{e})" for g in o.barred for e in g.events}
        beside = {"overdue": o.overdue, "rests_on_finding": o.found_by_people, "awaits_others": o.done_by_others}
        atoms |= {f"{kind}({quote(o.id)},{g.provision},{g.key})" for kind, grounds in beside.items() for g in grounds}
        atoms |= {f"closed_prize({quote(o.id)},{prize})" for prize in o.barred_prizes}
    return atoms | {f"note({quote(n.id)},{n.kind},{n.fact})" for n in decision.notes}


@pytest.mark.parametrize("folder", SAMPLES, ids=lambda p: p.name)
def test_a_sample_is_decided_as_clingo_decides_it_without_python(folder: Path, tmp_path: Path) -> None:
    case = sample(folder)

    assert shown(case) == plain(case, tmp_path / "facts.lp")


@pytest.mark.parametrize("city", cities())
def test_a_cohort_is_decided_as_clingo_decides_it_without_python(city: str, tmp_path: Path) -> None:
    write(city, 400, tmp_path / "cohort.lp")
    case = load(tmp_path / "cohort.lp")

    assert shown(case) == plain(case, tmp_path / "facts.lp")


def test_parts_and_processes_change_no_byte(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write("jiyuan", 300, tmp_path / "cohort.lp")
    case = load(tmp_path / "cohort.lp")
    whole = decide(case).json()
    done: list[int] = []

    monkeypatch.setattr(cohort, "SIZE", 70)
    in_parts = decide(case, processes=2, progress=done.append).json()

    assert (in_parts, sorted(done)) == (whole, [20, 70, 70, 70, 70])


def test_a_cohort_of_one_part_is_decided_in_small_ones(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write("jiyuan", 300, tmp_path / "cohort.lp")
    case = load(tmp_path / "cohort.lp")
    done: list[int] = []
    small = decide(case, progress=done.append).json()
    monkeypatch.setattr(eligibility, "SMALL", cohort.SIZE)
    whole = decide(case, progress=done.append).json()

    assert (done, small) == ([250, 50, 300], whole)


def test_only_some_are_decided_as_among_all() -> None:
    case = sample(SAMPLES[0])
    everybody = {o.id: o for o in decide(case).applicants}

    assert decide(case, only=["J09", "J02"]).applicants == (everybody["J02"], everybody["J09"])


def test_an_unknown_identifier_is_named() -> None:
    with pytest.raises(UsageError) as refused:
        decide(sample(SAMPLES[0]), only=["J99"])

    assert refused.value.problems[0].parameters["found"] == "J99"


def test_when_the_time_is_over_nothing_is_decided() -> None:
    with pytest.raises(Stopped):
        decide(sample(SAMPLES[0]), clock=Clock.limit(1e-9))


def test_workers_are_stopped_with_the_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write("jiyuan", 300, tmp_path / "cohort.lp")
    case = load(tmp_path / "cohort.lp")
    monkeypatch.setattr(cohort, "SIZE", 5)

    with pytest.raises(Stopped):
        decide(case, processes=2, clock=Clock.limit(0.05))


def test_a_case_without_applicants_has_an_empty_decision(tmp_path: Path) -> None:
    path = tmp_path / "case.lp"
    path.write_text("round(jiyuan,6,20250930).", "utf-8")

    assert (decide(load(path)).applicants, decide(load(path)).notes) == ((), ())


@pytest.mark.parametrize("error", [Stopped("stopped.time_limit"), UsageError("unknown_applicant", {"found": "J99"})])
def test_an_error_survives_the_way_out_of_a_worker(error: PingjiangError) -> None:
    copy = pickle.loads(pickle.dumps(error))

    assert (type(copy), copy.problems) == (type(error), error.problems)
