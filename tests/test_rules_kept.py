"""Rules that were read are kept by the hash of their text and of the program; what is kept changes no byte."""

from __future__ import annotations

import os
import pickle
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path

import pytest

from engine.answers.eligibility import decide
from engine.case.case import load
from engine.facts import PREDICATES
from engine.law import cities, keeping, mentions, names_in
from engine.law.keeping import folder, kept
from explain.dual import compiled
from explain.graph.outcome import whole
from explain.show.graphjson import document

SAMPLE = Path(__file__).resolve().parents[1] / "facts" / "jiyuan-6"


@pytest.fixture(autouse=True)
def _cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))


def made(texts: Sequence[str], times: list[int]) -> list[str]:
    """What is made of texts, and how often."""

    def make() -> list[str]:
        times.append(1)
        return [text.upper() for text in texts]

    return kept(texts, ["engine/law"], make)


def test_what_was_made_once_is_not_made_again() -> None:
    times: list[int] = []

    assert [made(["a"], times), made(["a"], times), made(["b"], times)] == [["A"], ["A"], ["B"]]
    assert len(times) == 2


@pytest.mark.parametrize("content", [b"", b"\x80", b"no pickle", pickle.dumps(["X"])[:-3]])
def test_what_cannot_be_read_is_made_anew(content: bytes) -> None:
    times: list[int] = []
    made(["a"], times)
    [file] = folder().iterdir()
    file.write_bytes(content)

    assert (made(["a"], times), len(times)) == (["A"], 2)


@pytest.mark.skipif(not hasattr(os, "getuid"), reason="owners of files")
def test_what_others_could_write_is_made_anew() -> None:
    times: list[int] = []
    made(["a"], times)
    [file] = folder().iterdir()
    assert (file.stat().st_mode & 0o777, folder().stat().st_mode & 0o777) == (0o600, 0o700)
    file.chmod(0o622)

    assert (made(["a"], times), len(times)) == (["A"], 2)


def test_a_folder_that_cannot_be_written_changes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "blocked").write_text("", "utf-8")
    monkeypatch.setattr(keeping, "folder", lambda: tmp_path / "blocked")

    assert made(["a"], []) == ["A"]


def test_a_reason_from_rules_that_were_kept_is_the_same() -> None:
    """Made anew and then read from where it was kept: every node and edge of why an applicant is refused."""
    decision = decide(load(sorted(SAMPLE.glob("*.lp"))), only=["J08"])
    told = []
    for _ in range(2):
        compiled._ready.cache_clear()
        told.append(document(whole(decision, "J08")))

    assert told[0] == told[1]
    assert list(folder().glob("*.pickle"))


def test_what_rules_mention_is_the_same_when_it_was_kept() -> None:
    """Found anew and then read from where it was kept: every city, every predicate of the vocabulary."""

    def told() -> list[object]:
        names = [names_in(city) for city in cities()]
        asked = [(city, name, len(one.fields)) for city in cities() for name, one in PREDICATES.items()]
        return [names, [mentions(*one) for one in asked]]

    found = []
    for _ in range(2):
        import_module("engine.law.mentions")._kept.cache_clear()
        found.append(told())

    assert found[0] == found[1]
    assert any(found[0])
    assert len([*folder().glob("*.pickle")]) == len(cities())
