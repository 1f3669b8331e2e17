"""`why` and `why-not`: questions as people write them, every format, hostile names, everybody at once."""

import json
import os
import re
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree

import pytest

from desk.shell.cli import run
from engine.words.catalogues import LANGUAGES
from tests.golden_graphs import GOLDEN, GROUNDS, JIYUAN, ROOT, made

SAMPLE = str(ROOT / "facts" / JIYUAN)
FORMATS = ("text", "json", "dot", "svg", "png", "html", "mermaid")
HOSTILE = 'A"]};</script><img src=x onerror=alert(1)>\n&amp;\u202e`#{{7*7}}\\N%\x07'
Capture = pytest.CaptureFixture[str]


@pytest.fixture
def hostile(tmp_path: Path) -> str:
    """A case whose only applicant's identifier and name are hostile."""
    file = tmp_path / "case.json"
    case = {
        "round": [{"city": "jiyuan", "number": 6, "deadline": "2025-09-30"}],
        "applicant": [{"applicant": HOSTILE, "kind": "organization"}],
        "name": [{"id": HOSTILE, "text": HOSTILE}],
        "seat": [{"applicant": HOSTILE, "place": "elsewhere"}],
        "licence_missing": [{"applicant": HOSTILE, "licence": HOSTILE, "from_day": "2025-01-01", "to_day": None}],
    }
    file.write_text(json.dumps(case), encoding="utf-8")
    return str(file)


@pytest.mark.parametrize("name", GROUNDS)
def test_golden(name: str) -> None:
    """Each kind of ground is justified and drawn as the golden files have it (tests/golden_graphs.py renews them)."""
    want = {file: (GOLDEN / file).read_text(encoding="utf-8") for file in (f"{name}.json", f"{name}.dot")}

    assert want == made(name)


@pytest.mark.parametrize(
    "atom",
    [
        "met(J08, art(8,0,1), operating_years)",
        'met("J08",art(8,0,1),operating_years).',
        "not met( J08 , 第八条第（一）项 , operating_years )",
        "met(第八条第（一）项, operating_years)",
    ],
)
def test_an_atom_as_people_write_it(atom: str, capsys: Capture) -> None:
    """Quotes, spaces, the applicant and `art(…)` may be left out."""
    assert run(["why-not", SAMPLE, "J08", atom, "--json"]) == 0

    assert json.loads(capsys.readouterr().out)["question"] == 'met("J08",art(8,0,1),operating_years)'


@pytest.mark.parametrize(
    "atom", ["J08", "met(", "met(J08", "评奖", "7", "met(J08,2025-02-30)", 'met("J08)', "p :- q", "1..3"]
)
def test_nonsense_is_refused(atom: str, capsys: Capture) -> None:
    """What is no atom is named, with how to write one."""
    assert run(["why", SAMPLE, "J08", atom, "--json"]) == 2

    assert json.loads(capsys.readouterr().out)["problems"][0]["code"] == "not_an_atom"


@pytest.mark.parametrize(
    ("atom", "code"),
    [("mett(J08)", "no_such_predicate"), ("reviewer(R01)", "no_such_predicate"), ("met(J08)", "wrong_arity")],
)
def test_unknown_atoms_are_refused(atom: str, code: str, capsys: Capture) -> None:
    """A predicate the rules do not know or read, or with another number of arguments, is told: never "no record"."""
    assert run(["why", SAMPLE, "J08", atom, "--json"]) == 2

    assert json.loads(capsys.readouterr().out)["problems"][0]["code"] == code


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(("command", "id"), [("why", "J01"), ("why", "J07"), ("why-not", "J01"), ("why-not", "J10")])
def test_both_languages(command: str, id: str, lang: str, capsys: Capture) -> None:
    """Every status is told in both languages, with each provision's own words and what is folded."""
    assert run([command, SAMPLE, id, "--lang", lang]) == 0

    told = capsys.readouterr().out
    assert "第八条第（一）项" in told or "第二十四条" in told or "第十条" in told
    assert "\x1b" not in told
    assert re.search(r"折叠\d+步|\d+ folded", told)


@pytest.mark.parametrize("form", FORMATS)
def test_every_format_to_a_file(form: str, tmp_path: Path, capsys: Capture) -> None:
    """`-o` writes the file named; its ending names the format."""
    file = tmp_path / f"J10.{'txt' if form == 'text' else form}"

    code = run(["why-not", SAMPLE, "J10", "-o", str(file)])
    if form == "png" and code == 2:
        assert "fonts-noto-cjk" in capsys.readouterr().err
        return
    assert code == 0
    assert file.stat().st_size > 400
    assert list(tmp_path.iterdir()) == [file]


def test_unknown_format(capsys: Capture) -> None:
    """A format nobody writes is refused with those there are."""
    assert run(["why", SAMPLE, "J10", "--format", "gif", "--json"]) == 2

    assert json.loads(capsys.readouterr().out)["problems"][0]["code"] == "format_unknown"


def test_full_folds_nothing(capsys: Capture) -> None:
    """`--full` tells every step: as many as the whole graph has nodes."""
    assert run(["why-not", SAMPLE, "J10", "--json"]) == 0
    nodes = json.loads(capsys.readouterr().out)["nodes"]
    assert run(["why-not", SAMPLE, "J10", "--full", "--format", "mermaid"]) == 0

    boxes = re.findall(r"^ +n\d+\W.*:::", capsys.readouterr().out, re.MULTILINE)
    assert len(nodes) == len(boxes)


def test_everybody_in_one_solve(capsys: Capture) -> None:
    """All who are not accepted, each with every ground and a node for it."""
    assert run(["why-not", SAMPLE, "--all", "--json"]) == 0

    found = json.loads(capsys.readouterr().out)
    assert [row["id"] for row in found["applicants"]] == ["J07", "J08", "J09", "J10"]
    for row in found["applicants"]:
        known = {node["id"] for node in row["nodes"]}
        assert row["grounds"]
        assert all(set(ground["nodes"]) <= known for ground in row["grounds"])


def test_everybody_needs_json(capsys: Capture) -> None:
    """`--all` alone says what is missing."""
    assert run(["why-not", SAMPLE, "--all", "--lang", "en"]) == 2
    assert "--json" in capsys.readouterr().err


def test_same_bytes() -> None:
    """The JSON does not depend on how Python hashes strings."""
    line = [sys.executable, "-c", "from desk.shell.cli import main; main()", "why-not", SAMPLE, "J08", "--json"]
    found = {
        subprocess.run(
            line, capture_output=True, check=True, cwd=ROOT, env={**os.environ, "PYTHONHASHSEED": seed}
        ).stdout
        for seed in ("1", "2")
    }

    assert len(found) == 1


# Hostile names --------------------------------------------------------------------------------------------------------


class Tags(HTMLParser):
    """The tags, identifiers and links of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.outside: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.outside += [name for name, value in attrs if name in ("src", "srcset", "action", "style", "xlink:href")]
        self.outside += [name for name, value in attrs if name.startswith("on")]
        self.outside += [str(value) for name, value in attrs if name == "href" and not str(value).startswith("#")]


def asked(hostile: str, form: str, capsys: Capture) -> str:
    assert run(["why-not", hostile, HOSTILE, "--full", "--format", form, "--lang", "en"]) == 0
    return capsys.readouterr().out


def test_hostile_names_in_a_page(hostile: str, capsys: Capture) -> None:
    """A name brings no tag, script or link into the page, and nothing invisible."""
    page = asked(hostile, "html", capsys)
    tags = Tags(page)

    assert tags.outside == []
    assert tags.tags.count("script") == 1
    assert "img" not in tags.tags
    assert not {"\u202e", "\x07"} & set(page)


def test_hostile_names_in_a_picture(hostile: str, capsys: Capture) -> None:
    """The SVG is well formed, holds the name as text, and nothing that runs."""
    picture = ElementTree.fromstring(asked(hostile, "svg", capsys))
    tags = {element.tag.rpartition("}")[2] for element in picture.iter()}
    shown = "".join(picture.itertext())

    assert tags <= {"svg", "g", "a", "title", "style", "text", "path", "polygon", "polyline", "ellipse"}
    assert not [
        name for element in picture.iter() for name in element.attrib if "href" in name or name.startswith("on")
    ]
    assert "<img" in shown
    assert "\\u{202e}" in shown


@pytest.mark.parametrize("form", ["text", "dot", "mermaid"])
def test_hostile_names_as_text(form: str, hostile: str, capsys: Capture) -> None:
    """No control character and no line of its own; Mermaid meets none of its signs."""
    told = asked(hostile, form, capsys)

    assert not {"\u202e", "\x07"} & set(told)
    assert "\n&amp;" not in told
    assert "u{202e}" in told or "u#123;202e#125;" in told
    if form == "mermaid":
        labels = re.findall(r'^ +n\d+\W+"(.*)"\W+:::', told, re.MULTILINE)
        assert labels
        assert not [label for label in labels if re.search(r'["<>&`{}\[\]()]', label.replace("<br>", ""))]


def test_hostile_names_in_json(hostile: str, capsys: Capture) -> None:
    """JSON gives the name back unchanged."""
    whole = json.loads(asked(hostile, "json", capsys))
    found = [node["arguments"] for node in whole["nodes"] if node.get("predicate") == "applicant" and node["truth"]]

    escaped = HOSTILE.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    assert found == [[f'"{escaped}"', "organization"]]


@pytest.mark.parametrize(
    ("asked", "question"),
    [
        (["J04", "won(main)", "--set", "1"], 'denied("J04",main,_)'),
        (["violated(_, proposed_winners_notice_days, _, _)"], "violated(_,proposed_winners_notice_days,_,_)"),
        (["W01", "grounded(_,main,_,_,_,_)", "--as-of", "2026-06-01"], 'grounded("W01",main,_,_,_,_)'),
    ],
)
def test_atoms_about_the_round(asked: list[str], question: str, capsys: Capture) -> None:
    """The award, a revocation, the procedure: with an identifier, or without where it is about nobody alone."""
    assert run(["why", SAMPLE, *asked, "--json"]) == 0

    assert json.loads(capsys.readouterr().out)["question"] == question


@pytest.mark.parametrize(
    ("id", "atom", "lang", "told"),
    [
        ("J01", "failed(第八条,_)", "zh", "第八条没有不符合的条件"),
        ("J01", "failed(_,_)", "en", "no condition has failed"),
        ("J01", "open(第八条第（一）项,_)", "zh", "第八条第（一）项没有待补正或认定之处"),
        ("J01", "barred(第九条,_)", "zh", "没有第九条的任何情形"),
        ("J01", "barred(_,_)", "zh", "没有认定以不正当手段获得任何一届奖项，关于“‘N年内不得再次申报’从哪一天算起”"),
        ("J08", "failed(第八条,_)", "zh", "共有9个答案"),
    ],
)
def test_an_open_question_is_answered_in_whole_sentences(
    id: str, atom: str, lang: str, told: str, capsys: Capture
) -> None:
    """An article is meant with all its items: nobody is told that nothing of 第八条 failed while an item did."""
    assert run(["--lang", lang, "why", SAMPLE, id, atom]) == 0
    shown = capsys.readouterr().out

    blank = "" if lang == "zh" else " "
    assert told in blank.join(shown.split()).replace("\n", blank)
