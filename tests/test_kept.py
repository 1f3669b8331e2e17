"""What a search finds is kept by the hash of rules and program; what is kept is no evidence."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from audit.checks import kept as keeping
from audit.checks.generate import found_cases, generated, holds
from audit.checks.kept import folder
from tests.planted import tiny


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return folder()


def test_what_is_kept_is_what_was_found(tmp_path: Path, cache: Path) -> None:
    subject = tiny(tmp_path)
    first = generated(subject)
    [file] = cache.iterdir()
    file.write_text(file.read_text("utf-8").replace("a1_self_score_failed", "a1_from_the_file"), "utf-8")

    again = generated(subject)

    assert [one.id.replace("a1_from_the_file", "a1_self_score_failed") for one in again[1]] == [
        one.id for one in first[1]
    ]
    assert "a1_from_the_file" in {one.id for one in again[1]}
    assert (first[0], first[1]) == found_cases(subject)


def test_a_changed_rule_is_searched_anew(tmp_path: Path, cache: Path) -> None:
    generated(tiny(tmp_path))
    generated(tiny(tmp_path, 700))

    assert len(list(cache.iterdir())) == 2


@pytest.mark.parametrize("content", ["", "[]", '{"space": {}}', "\x00"])
def test_what_cannot_be_read_is_found_anew(content: str, tmp_path: Path, cache: Path) -> None:
    subject = tiny(tmp_path)
    first = generated(subject)
    [file] = cache.iterdir()
    file.write_text(content, "utf-8")

    assert generated(subject) == first
    assert json.loads(file.read_text("utf-8"))["cases"]


def test_a_folder_that_cannot_be_written_changes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    blocked = tmp_path / "blocked"
    blocked.write_text("", "utf-8")
    monkeypatch.setattr(keeping, "folder", lambda: blocked)

    assert generated(tiny(tmp_path))[1]


def test_nothing_kept_is_signed_unseen(tmp_path: Path) -> None:
    """An outcome that the rules do not give is noticed before anybody's name stands under it."""
    subject = tiny(tmp_path)
    cases = {one.id: one for one in generated(subject)[1]}
    line, below = cases["a1_self_score_self_score_points_600"], cases["a1_self_score_failed"]

    assert holds(subject, line)
    assert not holds(subject, type(line)(line.id, line.provision, line.dossier, line.base, below.shown))
