"""A rule file spelled another way, with other blanks, line breaks, comments and pools, reads the same."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest

from audit.encoding.encodings import from_files
from audit.encoding.fidelity import faults
from engine.law.heads import heads
from engine.law.regulation import regulation
from engine.law.rulebook import COMMON, rule_file
from engine.law.statutes import RULES
from engine.words.termwords import terms_in
from tests.elsewhere import all_said
from tests.test_yunling import CASE, DRAFTS, HOUSE, OPEN

TEXTS = (
    RULES / "jiyuan.lp",
    RULES / "sanmenxia.lp",
    DRAFTS / "yunling.lp",
    DRAFTS / "luming.lp",
    DRAFTS / "qinglan.lp",
)
REMARK = "% requires(A, art(99,0,0), nothing), reading_default(nothing, at_all). reading_choice(nothing, (a;b))."
COMMANDS = {
    "agenda": ["--lang", "zh", "agenda", "open.lp", "--as-of", "2025-10-05"],
    "open": ["--lang", "zh", "why-not", "open.lp", "Y"],
    "letter": ["--lang", "zh", "letter", "case.lp", "X", "-o", "letters"],
    "earliest": ["--lang", "zh", "earliest", "case.lp", "X"],
    "announcement": ["--lang", "zh", "papers", "case.lp", "--only", "announcement", "-o", "papers"],
    "other": ["--lang", "zh", "decide", "case.lp", "--reading", "award_year=not_counted"],
}


def respelled(rules: str) -> str:
    """The same rules: each comma on a line of its own with a remark, blanks inside brackets and wordings."""
    lines = []
    for line in rules.splitlines():
        if line.startswith("%@"):
            line = re.sub(r"^%@ (\w+)\(([a-z]\w*)\)$", r"%@   \1( \2 )", line)
            line = re.sub(r"^%@ (zh|en)( not)?: ", r"%@  \1 \2 :   ", line).replace("  not :", "  not:")
        elif line and not line.startswith(("%", "#")):
            line = line.replace("(", "( ").replace(", ", f" ,\n  {REMARK}\n    ").replace(":-", "\n%* a\nremark *% :-")
        lines.append(line)
    return "\n".join(lines) + "\n"


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.stem)
def test_heads_readings_terms_and_words_are_the_same(path: Path, tmp_path: Path) -> None:
    other = tmp_path / path.name
    other.write_text(respelled(path.read_text("utf-8")), "utf-8")
    old, new = rule_file(path), rule_file(other)

    assert other.read_text("utf-8").count(REMARK) > 100
    assert [
        (one.name, one.arguments, one.statement.spans and one.statement.spans[0].words) for one in heads(other)
    ] == [(one.name, one.arguments, one.statement.spans and one.statement.spans[0].words) for one in heads(path)]
    assert [(one.key, one.choices, one.default, one.provision) for one in new.readings] == [
        (one.key, one.choices, one.default, one.provision) for one in old.readings
    ]
    assert regulation(other) == regulation(path)
    for lang in ("zh", "en"):
        assert terms_in(other.read_text("utf-8"), lang) == terms_in(path.read_text("utf-8"), lang)


def test_each_choice_of_a_pool_and_each_value_of_a_constant_is_a_head(tmp_path: Path) -> None:
    (tmp_path / "x.lp").write_text(
        "%! 第五条第（一）项\n#const item = 1.\n"
        "requires(A, art(5,0,item), (seat; tax)) :- applicant(A, _).\n"
        "rests_on_finding(A, art(5,0,(2..3)), K, K) : topic(K) :- applicant(A, _).\n"
        "{ met(A, art(5,0,1), seat) : seat(A, _); open(A) } :- applicant(A, _).\n"
        "reading_default(a, b; c, d). reading_choice(a, b). reading_choice(a, (c; d); c, d).\n",
        "utf-8",
    )

    assert [(one.name, one.arguments) for one in heads(tmp_path / "x.lp") if not one.name.startswith("reading")] == [
        ("requires", ("", "art(5,0,1)", "seat")),
        ("requires", ("", "art(5,0,1)", "tax")),
        ("rests_on_finding", ("", "art(5,0,2)", "", "")),
        ("rests_on_finding", ("", "art(5,0,3)", "", "")),
        ("met", ("", "art(5,0,1)", "seat")),
        ("open", ("",)),
    ]
    assert [(one.key, one.choices, one.default) for one in rule_file(tmp_path / "x.lp").readings] == [
        ("a", ("b", "c", "d"), "b"),
        ("c", ("d",), "d"),
    ]


def test_a_foreign_provision_in_a_pool_is_a_wrong_citation(tmp_path: Path) -> None:
    shutil.copy(DRAFTS / "yunling.md", tmp_path)
    text = (DRAFTS / "yunling.lp").read_text("utf-8")
    wrong = text.replace(
        "requires(A, art(4,0,1), seat) :- applicant(A, _).", "requires(A, art(4,0,(1;2)), seat) :- applicant(A, _)."
    )
    (tmp_path / "yunling.lp").write_text(wrong, "utf-8")

    found = faults(from_files("yunling", (RULES / COMMON, tmp_path / "yunling.lp")))

    assert [(one.code, one.parameters["found"]) for one in found] == [("audit.wrong_citation", "art(4,0,2)")]


@pytest.mark.slow
def test_every_answer_is_the_same(tmp_path: Path) -> None:
    told = {}
    for name in ("plain", "other"):
        folder = tmp_path / name
        shutil.copytree(RULES, folder / "rules", ignore=shutil.ignore_patterns("cases"))
        shutil.copy(DRAFTS / "yunling.md", folder / "rules")
        rules = (DRAFTS / "yunling.lp").read_text("utf-8")
        (folder / "rules" / "yunling.lp").write_text(respelled(rules) if name == "other" else rules, "utf-8")
        (folder / "case.lp").write_text(CASE, "utf-8")
        (folder / "open.lp").write_text(CASE.replace("evidence_closed.", "") + OPEN, "utf-8")
        where = {"PYTHONPATH": str(HOUSE), "PINGJIANG_RULES": str(folder / "rules")}
        said = all_said(COMMANDS, folder, **where)
        pages = [path.read_text("utf-8") for path in sorted(folder.rglob("*.html"))]
        told[name] = json.dumps([said, pages], ensure_ascii=False)

    assert told["other"] == told["plain"]
    assert "第四条第（一）项" in told["plain"]
