"""The rejection letter: complete, cited, proved, and about nobody else."""

from __future__ import annotations

import json
import zipfile
from functools import cache
from pathlib import Path

import pytest

from desk.shell.cli import run
from engine import Decision, decide, load
from engine.answers.eligibility import Outcome
from engine.errors import UsageError
from engine.law.rulebook import readings
from engine.law.statutes import statute
from engine.words.messages import text
from explain.letter import proof as replay
from explain.letter import rejection as letters
from explain.letter.rejection import letter

FACTS = Path(__file__).parents[1] / "facts"
SAMPLES = sorted(p for p in FACTS.iterdir() if p.is_dir())


def sample(folder: Path) -> Decision:
    return decide(load(sorted(str(p) for p in folder.glob("*.lp"))))


DECISIONS = {folder.name: sample(folder) for folder in SAMPLES}


@cache
def words_of(name: str, id: str) -> str:
    return "\n".join(letter(DECISIONS[name], id).paper.texts())


REJECTED = [(name, o.id) for name, d in DECISIONS.items() for o in d.applicants if o.status == "rejected"]


@pytest.mark.parametrize(("name", "id"), REJECTED)
def test_a_letter_names_every_ground_with_its_own_words(name: str, id: str) -> None:
    decision = DECISIONS[name]
    outcome = decision.outcome(id)
    words = words_of(name, id)
    law = statute(decision.city)

    for ground in (*outcome.barred, *outcome.failed):
        assert ground.provision.citation in words
        assert law.words[ground.provision] in words


@pytest.mark.parametrize(("name", "id"), REJECTED)
def test_a_letter_says_nothing_of_anybody_else(name: str, id: str) -> None:
    decision = DECISIONS[name]
    words = words_of(name, id)
    others = {str(n) for i, n in decision.case.rows("name") if i != id} | {
        o.id for o in decision.applicants if o.id != id
    }

    assert [other for other in others if other in words] == []


def test_the_duty_to_give_reasons_is_cited_where_the_text_has_it() -> None:
    """三门峡 第十七条; 济源's text has no such sentence, and none is cited for it."""
    told = {name: words_of(name, id) for name, id in REJECTED}

    assert {name: "书面反馈" in words for name, words in told.items()} == {
        "jiyuan-6": False,
        "sanmenxia-3": True,
        "sanmenxia-4": True,
    }


def test_each_letter_states_the_readings_it_depends_on() -> None:
    """J10 rests on the ban for fraud: from which day it runs is a reading."""
    assert text("reading.ban_start.revocation", "zh") in words_of("jiyuan-6", "J10")


@pytest.mark.parametrize("name", DECISIONS)
def test_a_reading_that_would_lift_a_ground_is_stated(name: str) -> None:
    """Whichever way the rules ask for it: also where a ground stands because another reading was not taken."""
    now = DECISIONS[name]
    files = sorted(str(path) for path in (FACTS / name).glob("*.lp"))
    for key, reading in readings(now.city).items():
        for choice in set(reading.choices) - {now.readings[key]}:
            then = decide(load(files, {key: choice}))
            for outcome in (o for o in now.applicants if o.status == "rejected"):
                other = then.outcome(outcome.id)
                if set(_grounds(outcome)) - set(_grounds(other)):
                    assert text(f"reading.{key}.label", "zh") in words_of(name, outcome.id), (outcome.id, key, choice)


def _grounds(outcome: Outcome) -> list[tuple[str, str]]:
    return [(str(g.provision), g.key) for g in (*outcome.failed, *outcome.barred)]


@pytest.mark.parametrize("id", ["J01", "J07", "J99"])
def test_only_a_rejected_applicant_gets_one(id: str) -> None:
    with pytest.raises(UsageError):
        letter(DECISIONS["jiyuan-6"], id)


def test_a_letter_that_cannot_be_proved_is_not_written(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(replay, "program", lambda *_: "#show rejected/1. #defined rejected/1.")

    code = run(["letter", str(FACTS / "jiyuan-6"), "J09", "-o", str(tmp_path / "out")])

    assert (code, list(tmp_path.iterdir())) == (2, [])


def test_letters_of_a_case_make_one_whole_folder(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "letters"
    assert run(["letters", str(FACTS / "sanmenxia-3"), "-o", str(folder), "--json", "--date", "2025-10-20"]) == 0

    rows = json.loads(capsys.readouterr().out)["letters"]
    assert [row["id"] for row in rows] == [id for name, id in REJECTED if name == "sanmenxia-3"]
    assert {p.name for p in folder.iterdir()} == {"index.html", *(row[k] for row in rows for k in ("docx", "html"))}
    assert run(["letters", str(FACTS / "sanmenxia-3"), "-o", str(folder)]) == 2


def test_a_letter_is_the_same_twice(tmp_path: Path) -> None:
    for name in ("one", "two"):
        assert run(["letter", str(FACTS / "jiyuan-6"), "J09", "-o", str(tmp_path / name), "--date", "2025-10-20"]) == 0

    one, two = ({p.name: p.read_bytes() for p in (tmp_path / name).iterdir()} for name in ("one", "two"))
    assert one == two


def test_remedies_are_off_until_the_legal_staff_switch_them_on(tmp_path: Path) -> None:
    bodies = {}
    for option in ((), ("--remedies",)):
        folder = tmp_path / str(len(option))
        assert run(["letter", str(FACTS / "jiyuan-6"), "J09", "-o", str(folder), *option]) == 0
        with zipfile.ZipFile(folder / "letter-J09.docx") as file:
            bodies[len(option)] = file.read("word/document.xml").decode()

    assert len(bodies[0]) < len(bodies[1])


def test_a_day_that_is_none_is_refused(tmp_path: Path) -> None:
    assert run(["letter", str(FACTS / "jiyuan-6"), "J09", "-o", str(tmp_path), "--date", "2025-02-30"]) == 2
    assert list(tmp_path.iterdir()) == []


def test_the_title_names_the_award() -> None:
    titles = {name: words_of(name, id).splitlines()[0] for name, id in REJECTED}

    assert titles == {
        "jiyuan-6": "济源市市长质量奖申报不予受理通知书",
        "sanmenxia-3": "三门峡市市长质量奖申报不予受理通知书",
        "sanmenxia-4": "三门峡市市长质量奖申报不予受理通知书",
    }
    assert letters.KIND == "rejection_letter"
