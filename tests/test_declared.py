"""What a regulation declares must be whole: each fault an encoder makes is named with its place."""

from __future__ import annotations

from pathlib import Path

import pytest

from audit.encoding.encodings import Encoding, encoding, from_files
from audit.encoding.substance import hollow
from audit.sound.effect import idle
from engine.errors import RuleError
from engine.law.rulebook import COMMON
from engine.law.statutes import RULES

DRAFTS = Path(__file__).parent / "drafts"
PRIZE = "%@ prize(special)\n%@ zh: 特别贡献奖\n%@ en: special award\n"


def _changed(folder: Path, name: str, old: str, new: str) -> Encoding:
    """A draft in which some words are replaced, as it is asked about who may apply."""
    rules = (DRAFTS / f"{name}.lp").read_text("utf-8")
    assert old in rules
    (folder / f"{name}.lp").write_text(rules.replace(old, new, 1), "utf-8")
    (folder / f"{name}.md").write_text((DRAFTS / f"{name}.md").read_text("utf-8"), "utf-8")
    return from_files(name, (RULES / COMMON, folder / f"{name}.lp"))


def _faults(folder: Path, name: str, old: str, new: str) -> list[tuple[str, dict[str, str | int]]]:
    """The faults of such a draft."""
    return [(problem.code, dict(problem.parameters)) for problem in hollow(_changed(folder, name, old, new))]


@pytest.mark.parametrize("name", ["heming", "luming", "qinglan", "yunling"])
def test_the_drafts_are_whole(tmp_path: Path, name: str) -> None:
    assert _faults(tmp_path, name, "%: D", "%: D") == []


@pytest.mark.parametrize(
    ("name", "old", "new", "wanted"),
    [
        ("luming", "level(gold, 1; silver, 2;", "level(gold, 1;", ("audit.no_level", {"prize": "silver"})),
        (
            "luming",
            "within(silvers, prize, silver).",
            "within(silvers, prize, bronze).",
            ("audit.cap_counts_nothing", {"cap": "silvers", "found": "bronze"}),
        ),
        (
            "luming",
            "quota(art(3,0,0), silvers, silver_places).",
            "quota(art(3,0,0), silver_ones, silver_places).",
            ("audit.cap_without_number", {"cap": "silvers"}),
        ),
        ("luming", PRIZE, "", ("audit.no_words", {"table": "prize", "key": "special", "lang": "zh"})),
        (
            "luming",
            "record_kind(mass_incident).",
            "record_kind(mass_incident; riot).",
            ("audit.term_unused", {"table": "record_kind", "term": "riot"}),
        ),
        ("yunling", "here(yunling; yunbei; yunnan_city).", "", ("audit.no_here", {})),
        ("luming", "met(A, art(5,0,1), seat) :- seat(A, luming).", "", ("audit.no_here", {})),
    ],
)
def test_a_fault_in_what_is_declared_is_named(
    tmp_path: Path, name: str, old: str, new: str, wanted: tuple[str, dict[str, str]]
) -> None:
    assert wanted in _faults(tmp_path, name, old, new)


@pytest.mark.parametrize(
    ("name", "old", "new", "wanted"),
    [
        (
            "luming",
            "quota(art(3,0,0), silvers, silver_places).",
            "quotta(art(3,0,0), silvers, silver_places).",
            ("audit.nobody_asks", {"found": "quotta/3", "nearest": "quota/3"}),
        ),
        (
            "qinglan",
            "requires(A, art(5,0,2), revenue) :-",
            "require(A, art(5,0,2), revenue) :-",
            ("audit.nobody_asks", {"found": "require/3", "nearest": "requires/3"}),
        ),
    ],
)
def test_what_is_stated_in_vain_is_named(
    tmp_path: Path, name: str, old: str, new: str, wanted: tuple[str, dict[str, str]]
) -> None:
    assert wanted in [(one.code, dict(one.parameters)) for one in idle(_changed(tmp_path, name, old, new))]


@pytest.mark.parametrize("name", ["heming", "luming", "qinglan", "yunling"])
def test_nothing_in_the_drafts_is_stated_in_vain(tmp_path: Path, name: str) -> None:
    assert list(idle(_changed(tmp_path, name, "%: D", "%: D"))) == []


def test_a_rule_that_cannot_be_ground_is_told_with_its_line(tmp_path: Path) -> None:
    rules = (DRAFTS / "luming.lp").read_text("utf-8")
    (tmp_path / "luming.lp").write_text(f"{rules}\nmerit_provision(Provision) :- prize(gold).\n", "utf-8")
    with pytest.raises(RuleError) as told:
        encoding(str(tmp_path / "luming.lp"))
    [problem] = told.value.problems

    assert problem.place.line == len(rules.splitlines()) + 2
    assert (problem.code, problem.parameters["variables"]) == ("rule_unsafe", "Provision")
    assert problem.parameters["found"] == "merit_provision(Provision):-prize(gold)."
