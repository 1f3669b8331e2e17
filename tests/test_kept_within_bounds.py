"""What a process keeps of what it has seen is bounded, and bounding it changes no answer."""

from __future__ import annotations

import pytest

from benchmarks.generate import dossier
from desk.register import parts as screened
from desk.register import screening
from desk.shell import Shell
from engine.answers import Ground, eligibility
from engine.case.case import read
from engine.law.statutes import Provision
from engine.solve import cohort, feed
from engine.solve.solver import Clock
from explain.build import alike
from explain.graph import justification
from explain.graph.outcome import reasons
from explain.show.graphjson import Rows

FEW = 40


def test_terms_and_answers_of_a_process_are_kept_up_to_a_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    """Parts one after the other: what is kept is begun anew at the bound, the answers are those without one."""
    monkeypatch.setattr(cohort, "SIZE", 4)
    lines = [line for number in range(60) for line in dossier("jiyuan", number)]
    case = read({"case.lp": "\n".join(["round(jiyuan,6,20250930).", "announced(20250826).", *lines]).encode()})
    given, kept = cohort.parts(case, eligibility.cohort(case)), (eligibility._SAID, feed._PLAIN)
    whole, most = [], [0, 0]
    for part in given:
        for one in kept:
            one.clear()
        whole.append(eligibility.decide_part(part, Clock()))
        most = [*map(max, most, map(len, kept))]
    for module in (eligibility, feed):
        monkeypatch.setattr(module, "_MOST", FEW)
    for part, found in zip(given, whole, strict=True):
        assert eligibility.decide_part(part, Clock()) == found
        assert all(len(one) <= FEW + of_a_part for one, of_a_part in zip(kept, most, strict=True))


def test_what_was_made_for_all_that_are_alike_is_kept_up_to_a_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    """Shares one after the other: at the bound it is begun anew, and the reasons are the same."""
    monkeypatch.setattr(justification, "FEW", 0)
    lines = [line for number in range(30) for line in dossier("jiyuan", number, flawed=True)]
    case = read({"case.lp": "\n".join(["round(jiyuan,6,20250930).", "announced(20250826).", *lines]).encode()})
    ids = eligibility.cohort(case)
    shares = [eligibility.decide(case, only=ids[at : at + 6], processes=1) for at in range(0, 30, 6)]
    told = list[list[str]]()
    for most in (alike.MOST, 1):
        monkeypatch.setattr(alike, "MOST", most)
        rows, kept = Rows(), list[object]()
        told.append([])
        for share in shares:
            told[-1] += [rows.row(found) for found in reasons(share)]
            kept.append(justification._KEPT.alike)
        assert len({*map(id, kept)}) == (1 if most > 1 else len(shares))

    assert told[0] == told[1]
    assert len(told[0]) > 15


def test_words_of_grounds_are_kept_without_the_records_behind_them() -> None:
    """A bar's records name the enterprise: kept with them, words would be kept for each of a million."""
    shell = Shell("zh")
    bars = [Ground(Provision(9, 0, 4), "accident", (f'accident("E{number}",20240101)',)) for number in range(50)]
    screening._WORDS.clear()
    assert len({screening._told([bar], "ground", shell) for bar in bars}) == len(screening._WORDS) == 1


def test_a_worker_keeps_few_registers() -> None:
    for kept in (screened._snapshot, screened._mapping, screened._same_here):
        assert kept.cache_info().maxsize == 4
