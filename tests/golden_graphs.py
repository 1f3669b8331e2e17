"""Golden justifications, one for each kind of ground, in tests/golden: whole as JSON, condensed as DOT.

Renew them with `python -m tests.golden_graphs` and read the difference: it must be what you meant to change. Lines of
rule files are numbered in the order they are met, so that a rule that only moved changes nothing.
"""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path

from engine.answers.eligibility import Decision, decide
from engine.case.case import Case, load
from engine.law.statutes import statute
from explain.graph.justification import justify
from explain.graph.outcome import whole
from explain.outline.condenser import outline
from explain.say.foldmarks import mark
from explain.show.diagram import dot
from explain.show.graphjson import document

ROOT = Path(__file__).resolve().parents[1]
GOLDEN = Path(__file__).with_name("golden")
JIYUAN, SANMENXIA = "jiyuan-6", "sanmenxia-3"
GROUNDS = {
    # bars, each by a record
    "policy_breach": (JIYUAN, "J09", "barred(J09,art(9,0,1),policy_breach)"),
    "licence_missing": (JIYUAN, "J09", "barred(J09,art(9,0,2),licence_missing)"),
    "spot_check": (JIYUAN, "J09", "barred(J09,art(9,0,3),spot_check)"),
    "export_incident": (JIYUAN, "J09", "barred(J09,art(9,0,3),export_incident)"),
    "service_failure": (JIYUAN, "J09", "barred(J09,art(9,0,3),service_failure)"),
    "accident": (JIYUAN, "J09", "barred(J09,art(9,0,4),accident)"),
    "complaint": (JIYUAN, "J09", "barred(J09,art(9,0,4),complaint)"),
    "award_misconduct": (JIYUAN, "J10", "barred(J10,art(9,0,5),award_misconduct)"),
    "dishonesty_listing": (JIYUAN, "J09", "barred(J09,art(9,0,6),dishonesty_listing)"),
    "offence": (JIYUAN, "J10", "barred(J10,art(9,0,7),offence)"),
    "fraud_ban": (JIYUAN, "J10", "barred(J10,art(22,0,0),fraud_ban)"),
    "recent_award": (JIYUAN, "J10", "barred(J10,art(24,0,0),recent_award)"),
    "loss": (SANMENXIA, "S08", "barred(S08,art(14,0,5),loss)"),
    # requirements: a number of years, a contrary record, an expired paper, a person's no, a score, a day, several years
    "operating_years": (JIYUAN, "J08", "failed(J08,art(8,0,1),operating_years)"),
    "seat": (JIYUAN, "J08", "failed(J08,art(8,0,1),seat)"),
    "certificate": (JIYUAN, "J08", "failed(J08,art(8,0,2),qms)"),
    "judgment": (JIYUAN, "J08", "failed(J08,art(8,0,3),innovation)"),
    "self_score": (JIYUAN, "J08", "failed(J08,art(10,0,0),self_score)"),
    "in_time": (JIYUAN, "J08", "failed(J08,art(13,0,0),in_time)"),
    "inspection": (JIYUAN, "J09", "failed(J09,art(8,0,4),product_inspection)"),
    "notice": (SANMENXIA, "S07", "failed(S07,art(16,0,0),internal_notice)"),
    "overdue": (SANMENXIA, "S06", "failed(S06,art(15,0,0),evidence_complete)"),
    # open: a paper missing, a finding missing
    "open_paper": (JIYUAN, "J07", "open(J07,art(8,0,2),self_report)"),
    "open_judgment": (JIYUAN, "J07", "open(J07,art(8,0,3),innovation)"),
    # outcomes
    "rejected": (JIYUAN, "J10", ""),
}
"""Name of the golden files: sample case, applicant, atom (without one, the whole outcome)."""


@cache
def case(name: str) -> Case:
    """A sample case."""
    return load(sorted((ROOT / "facts" / name).glob("*.lp")))


@cache
def decision(name: str, applicant: str) -> Decision:
    """The decision on one applicant of a sample case."""
    return decide(case(name), only=[applicant])


def made(name: str) -> dict[str, str]:
    """The golden files of a ground, by file name."""
    folder, applicant, atom = GROUNDS[name]
    found = decision(folder, applicant)
    asked = atom.replace(f"({applicant}", f'("{applicant}"')
    graph = mark(justify(found, asked), found.case, applicant) if atom else whole(found, applicant)
    whole_graph = document(graph)
    rows = {key: whole_graph.pop(key) for key in ("nodes", "edges")}
    lines = [json.dumps(whole_graph, ensure_ascii=False)[:-1]]
    for key, values in rows.items():
        lines += [f', "{key}": [', ",\n".join(json.dumps(value, ensure_ascii=False) for value in values), "]"]
    picture = dot(outline(graph), "zh", statute(found.city))
    return {
        f"{name}.json": _renumbered("\n".join([*lines, "}"]) + "\n"),
        f"{name}.dot": _renumbered(picture),
    }


def _renumbered(text: str) -> str:
    """The text with the lines of each rule file numbered 1, 2, … as they are met."""
    known: dict[str, str] = {}
    seen: dict[str, int] = {}

    def change(found: re.Match[str]) -> str:
        if found[0] not in known:
            seen[found[1]] = seen.get(found[1], 0) + 1
            known[found[0]] = f"{found[1]}:{seen[found[1]]}"
        return known[found[0]]

    return re.sub(r"(\w+\.lp):\d+", change, text)


if __name__ == "__main__":
    GOLDEN.mkdir(exist_ok=True)
    for one in GROUNDS:
        for file, content in made(one).items():
            (GOLDEN / file).write_text(content, encoding="utf-8")
