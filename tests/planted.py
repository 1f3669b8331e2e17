"""Rule files with one fault planted in them, and small hand-made ones, for the tests of the audit bench."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from audit.encoding.encodings import Encoding, from_files
from engine.law.rulebook import COMMON
from engine.law.statutes import RULES


def planted(folder: Path, city: str, *changes: tuple[str, str], text: tuple[tuple[str, str], ...] = ()) -> Encoding:
    """A city's encoding in which words of the rule file (and of its text) have been replaced."""
    file = folder / f"{city}-planted.lp"
    file.write_text(_replaced(RULES / f"{city}.lp", changes), "utf-8")
    file.with_suffix(".md").write_text(_replaced(RULES / f"{city}.md", text), "utf-8")
    return from_files(str(file), (RULES / COMMON, file))


def excerpt(folder: Path, city: str, provisions: Sequence[str], *changes: tuple[str, str]) -> Encoding:
    """A city's encoding with the blocks of some provisions alone, words in them replaced: a smaller space to search."""
    heading, *blocks = re.split(r"(?m)^(?=%! 第\S+$)", _replaced(RULES / f"{city}.lp", changes))
    kept = [
        block.partition("\n%%")[0] + "\n"
        for block in blocks
        if block.partition("\n")[0].removeprefix("%! ") in provisions
    ]
    file = folder / f"{city}-excerpt.lp"
    file.write_text("".join([heading, *kept, "\n%%\nheeds_certificate(little_giant).\n"]), "utf-8")
    file.with_suffix(".md").write_text((RULES / f"{city}.md").read_text("utf-8"), "utf-8")
    return from_files(str(file), (RULES / COMMON, file))


def _replaced(path: Path, changes: tuple[tuple[str, str], ...]) -> str:
    words = path.read_text("utf-8")
    for old, new in changes:
        assert old in words, f"{path.name} no longer says {old}"
        words = words.replace(old, new, 1)
    return words


def tiny(folder: Path, least: int = 600) -> Encoding:
    """A regulation of one provision on the shared rules, with a case table beside it: quick to search."""
    words = f"自评分不低于{least}分的单位可以申报。"
    rules, cases = folder / "rules", folder / "rules" / "cases"
    rules.mkdir(exist_ok=True)
    cases.mkdir(exist_ok=True, parents=True)
    file = rules / "jiyuan-tiny.lp"
    file.write_text(_TINY.format(words=words, least=least), "utf-8")
    file.with_suffix(".md").write_text(f"# 办法\n\n### 第一条\n\n{words}\n", "utf-8")
    return from_files(str(file), (RULES / COMMON, file))


_TINY = """
%! 第一条
%! {words}
%: D
#const least = {least}.
requires(A, art(1,0,0), self_score) :- applicant(A, organization).
evidence(A, art(1,0,0), self_score) :- self_score(A, _).
met(A, art(1,0,0), self_score) :- self_score(A, Points), Points >= least.
"""


def small(folder: Path, rules: str, text: str = "# 办法\n\n### 第一条\n\n一。\n") -> Encoding:
    """An encoding of nothing but these rules; the shared file is empty."""
    shared, own = folder / "common.lp", folder / "jiyuan-small.lp"
    shared.write_text("", "utf-8")
    own.write_text(rules, "utf-8")
    own.with_suffix(".md").write_text(text, "utf-8")
    return from_files(str(own), (shared, own))
