"""Drawings: with `dot`, without it, and what cannot be drawn. SVG bytes are never compared."""

from pathlib import Path
from xml.etree import ElementTree

import graphviz
import pytest

from engine.errors import UsageError
from explain.show import drawing, raster
from explain.show.drawing import centred, draw, inches, plain


def drawn(**labels: str) -> str:
    """A graph in DOT with an arrow from its first node to `b`."""
    graph = graphviz.Digraph()
    for name, label in labels.items():
        graph.node(name, label=label, width="3")
    if "b" not in labels:
        graph.edge(next(iter(labels)), "b")
    return graph.source


WORDS = "评奖 <b> &amp; \\n"
DOT = drawn(a=plain(WORDS))
HOSTILE = 'a"b\\c\\n<script>&lt;\n\u202e\x00'


def shown(svg: bytes) -> list[str]:
    """The texts of a drawing."""
    root = ElementTree.fromstring(svg)
    return [element.text or "" for element in root.iter("{http://www.w3.org/2000/svg}text")]


@pytest.fixture
def no_dot(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A PATH without Graphviz."""
    monkeypatch.setenv("PATH", str(tmp_path))


@pytest.mark.usefixtures("no_dot")
def test_draws_without_dot() -> None:
    """Without `dot` on PATH the drawing is made in this process."""
    assert drawing._outside(DOT) is None

    assert shown(draw(DOT)) == [WORDS, "b"]


@pytest.mark.parametrize("says", ["exit 1", "echo nothing drawn"])
def test_draws_where_dot_fails(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, says: str) -> None:
    """A `dot` that fails, or is another program, is not relied on."""
    program = tmp_path / "dot"
    program.write_text(f"#!/bin/sh\n{says}\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))

    assert shown(draw(DOT)) == [WORDS, "b"]


def test_draws_with_dot(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Where `dot` is on PATH, it draws."""
    program = tmp_path / "dot"
    program.write_text("#!/bin/sh\necho '<svg xmlns=\"http://www.w3.org/2000/svg\"><text>drawn outside</text></svg>'\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))

    assert shown(draw(DOT)) == ["drawn outside"]


@pytest.mark.usefixtures("no_dot")
def test_shows_hostile_text_as_it_is() -> None:
    """No escape, entity or control character in a name takes effect."""
    assert (
        shown(draw(drawn(a=plain(HOSTILE), b=centred([HOSTILE])))) == ['a"b\\c\\n<script>&lt;\\u{a}\\u{202e}\\u{0}'] * 2
    )


@pytest.mark.usefixtures("no_dot")
def test_text_is_never_markup() -> None:
    """A name that looks like Graphviz's own markup stays a name."""
    assert shown(draw(drawn(a=plain("<b>评</b>"), b=centred(["<i>奖</i>"])))) == ["<b>评</b>", "<i>奖</i>"]


@pytest.mark.usefixtures("no_dot")
def test_undrawable() -> None:
    """What is no DOT is refused, and the next drawing is not spoilt by it."""
    with pytest.raises(UsageError) as caught:
        draw("digraph {")

    assert [problem.code for problem in caught.value.problems] == ["undrawable"]
    assert shown(draw(DOT)) == [WORDS, "b"]


def test_png(monkeypatch: pytest.MonkeyPatch) -> None:
    """A PNG where a font has Chinese characters; where none has, an error that says so, not empty boxes."""
    try:
        assert draw(DOT, "png").startswith(b"\x89PNG")
    except UsageError as error:
        assert [problem.code for problem in error.problems] == ["no_chinese_font"]
    monkeypatch.setattr(raster, "_sample", lambda _sign: b"")
    with pytest.raises(UsageError) as caught:
        draw(DOT, "png")

    assert [problem.code for problem in caught.value.problems] == ["no_chinese_font"]


def test_a_wide_character_is_an_em() -> None:
    """Six Chinese characters at 12 points are an inch wide."""
    assert inches("评审专家小组", 12) == 1
