"""The sample cases in `facts/`: plainly invented, complete, and as `facts/README.md` describes them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import engine
from engine.law.rulebook import rule_files
from engine.law.statutes import cities

FACTS = Path(__file__).resolve().parents[1] / "facts"
FOLDERS = sorted(folder for folder in FACTS.iterdir() if folder.is_dir())
UNSEEN = {"evidence_in_time"}
"""The requirement no sample fails: Jiyuan's time for supplements still runs."""


def decision(folder: Path) -> engine.Decision:
    """The decision on a sample."""
    return engine.decide(engine.load(sorted(folder.glob("*.lp"))))


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_every_name_says_that_it_is_invented(folder: Path) -> None:
    """Whoever applies, won, reviews or holds an office bears 虚构 in the name."""
    case = engine.load(sorted(folder.glob("*.lp")))
    groups = {str(row[0]) for row in case.rows("group")}
    persons = {str(row[0]) for name in ("applicant", "winner", "reviewer") for row in case.rows(name)}
    names = {str(identifier): str(text) for identifier, text in case.rows("name")}

    assert persons <= names.keys()
    assert [text for identifier, text in names.items() if identifier not in groups and "虚构" not in text] == []


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_readme_tells_the_outcome_of_each_applicant(folder: Path) -> None:
    """The README's table of a folder names each applicant with the outcome that comes out."""
    section = (FACTS / "README.md").read_text("utf-8").partition(f"## {folder.name}:")[2].partition("\n## ")[0]
    told = re.findall(r"^\| (\w+) \| (eligible|pending|rejected|withdrawn) \|", section, re.MULTILINE)

    assert sorted(told) == [(outcome.id, outcome.status) for outcome in decision(folder).applicants]


def test_the_samples_show_every_ground() -> None:
    """Each requirement and each bar of the rule files is a ground of somebody's outcome, failed, barred or open."""
    shown, known = set(), set()
    for folder in FOLDERS:
        decided = decision(folder)
        for outcome in decided.applicants:
            shown |= {ground.key for ground in (*outcome.failed, *outcome.barred, *outcome.open)}
        text = "\n".join(path.read_text("utf-8") for path in rule_files(decided.city))
        known |= set(
            re.findall(
                r"^(?:requires|rests_on_finding|barring_event|supplement_duty)\((?:A, )?art\([\d,]+\), ([a-z]\w*)",
                text,
                re.M,
            )
        )
        known |= {
            key
            for line in re.findall(r"^(?:system_certificate|application_paper)\((.*)\)\.", text, re.M)
            for key in line.split("; ")
        }

    assert known - shown == UNSEEN


def test_the_json_sample_is_the_same_case() -> None:
    """`jiyuan-6.json` says what the folder `jiyuan-6` says, fact by fact."""
    folder = engine.load(sorted((FACTS / "jiyuan-6").glob("*.lp")))

    again = "facts changed? then: pingjiang facts convert facts/jiyuan-6 -o facts/jiyuan-6.json"
    assert folder.canonical == engine.load(FACTS / "jiyuan-6.json").canonical, again


def test_the_samples_show_every_note_of_a_decision() -> None:
    """Each kind of note that the rule files give is somebody's."""
    shown = {note.kind for folder in FOLDERS for note in decision(folder).notes}
    files = {path for city in cities() for path in rule_files(city)}
    known = {kind for path in files for kind in re.findall(r"^note\(A, (\w+),", path.read_text("utf-8"), re.M)}

    assert known == shown
