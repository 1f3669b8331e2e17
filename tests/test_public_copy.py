"""The public copy of a record: it verifies by itself, hides every tie, and every change of it is found."""

import json
import re
from functools import cache
from hashlib import sha256

import pytest

from engine.draw.lots import Draw
from engine.errors import CaseError
from engine.facts.vocabulary import Fact
from engine.record.entries import Entry
from engine.record.protocol import standing
from engine.record.publication import public_text
from engine.record.verification import verify
from tests.test_record import ONE, drawn, frozen, later


@cache
def with_entries() -> tuple[Draw, tuple[Entry, ...]]:
    """A draw of the second sample: somebody cannot serve, a tie becomes known, an applicant withdraws."""
    made = drawn("sanmenxia")
    now = standing(made)
    known = [later(1, unavailable=((made.panels["G1"][0].id, None),))]
    known.append(later(2, facts=(Fact("declared_interest", (made.panels["G2"][0].id, "S02", "师生")),)))
    known.append(later(3, facts=(Fact("withdrawn", ("S03", 20261204)), Fact("withdrawn", ("S05", 20261204)))))
    return made, tuple(now.add(one) for one in known)


@cache
def copy() -> str:
    return public_text(*with_entries())


def test_it_verifies_with_what_was_published() -> None:
    made, entries = with_entries()
    right = verify("p.json", copy().encode(), commitment=made.frozen.commitment, numbers=[ONE], head=entries[-1].hash)

    assert (right.public, right.not_given) == (True, ())
    assert right.drawn.panels == made.panels
    assert [entry.panels for entry in right.entries] == [entry.panels for entry in entries]
    assert [entry.outcome for entry in right.entries] == [entry.outcome for entry in entries]


def test_anybody_computes_the_commitment_from_it() -> None:
    lines = json.loads(copy())["record"]["lines"]
    for one in lines:
        if "fact" in one:
            assert sha256(f"{one['salt']}|{one['fact']}".encode()).hexdigest() == one["hash"]
    hashes = sorted(one["hash"] for one in lines)

    assert sha256("".join(f"{one}\n" for one in hashes).encode()).hexdigest() == frozen("sanmenxia").commitment


def test_no_tie_is_in_it() -> None:
    """No line about kin, employers, offices, shares or what somebody declared; no key, no chain, no third person."""
    shown = copy()
    names = {line.partition("(")[0] for line in re.findall(r'"fact": "([^"]*)', shown)}

    assert names <= {
        "round", "reading", "group", "reviewer", "expertise", "can_lead", "panel_load", "panel_size", "covers", "seats",
        "seed_source", "seed_part", "seed_reserve", "name",
    }  # fmt: skip
    for word in ("kin(", "chain", "P41", "P43", "O10", "O11", "同门", "师生", '"key"', "declared_interest("):
        assert word not in shown


def test_each_change_is_found() -> None:
    """Every 701st byte, with commitment, numbers and head given; a hash of a tie, a verdict, a panel among them."""
    made, entries = with_entries()
    data = copy().encode()
    missed = []
    for at in range(5, len(data), 701):
        changed = data[:at] + (b"7" if data[at : at + 1] != b"7" else b"8") + data[at + 1 :]
        try:
            verify("p.json", changed, commitment=made.frozen.commitment, numbers=[ONE], head=entries[-1].hash)
        except CaseError:
            continue
        missed.append((at, data[max(0, at - 200) : at + 20].decode("utf-8", "replace")))

    assert [one for one in missed if not _taken(one[1])] == []


def _taken(around: str) -> bool:
    """What is taken over from a public copy: reasons of those who may not sit, and of entries words, facts, repairs."""
    return any(word in around for word in ("reason", "because", "document", "facts", "repairs"))


@pytest.mark.parametrize("change", [("taken", "full"), ("G1", "G2"), ("R01", "R02")])
def test_a_changed_walk_is_refused(change: tuple[str, str]) -> None:
    with pytest.raises(CaseError):
        verify("p.json", copy().replace(*change, 1).encode())
