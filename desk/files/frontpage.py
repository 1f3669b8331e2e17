"""The first page of a round's folder: what is in it, with the numbers that matter."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from html import escape
from urllib.parse import quote

from desk.shell import Shell
from engine.case import Case
from engine.facts import day_text
from engine.law import statute
from engine.words import visible

_PAGE = """<!doctype html>
<html lang="{lang}">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>{title}</title>
<style>
body {{ font: 16px/1.6 system-ui, sans-serif; max-width: 50rem; margin: 2rem auto; padding: 0 1rem; color: #222 }}
h1 {{ font-size: 1.4rem }} table {{ border-collapse: collapse; width: 100% }}
td, th {{ text-align: left; padding: .3rem .6rem; border-bottom: 1px solid #ddd; vertical-align: top }}
p {{ color: #555 }}
</style>
<h1>{title}</h1>
<p>{about}</p>
<table>
<thead><tr><th>{question}</th><th>{result}</th><th>{files}</th></tr></thead>
<tbody>
{rows}
</tbody>
</table>
<p>{hash}</p>
</html>
"""


def index(case: Case, files: Mapping[str, bytes], shell: Shell, own: str) -> bytes:
    """The page as HTML, with the record's own hash; file names are the program's own, applicants' names are escaped."""
    title = f"{statute(case.city).title} · {shell.text('round.number', round=case.round)}"
    rows = [
        _row(shell, question, result, [name for name in files if name.partition(".")[0] in stems])
        for question, stems, result in _questions(files, shell)
    ]
    papers = [name for name in files if name.startswith("papers/") or name.endswith(".xlsx")]
    rows.append(_row(shell, "papers", shell.text("round.result.papers", number=len(papers)), papers))
    rows += _graphs(files, shell)
    page = _PAGE.format(
        lang=shell.lang,
        title=escape(title),
        about=escape(shell.text("round.about", deadline=day_text(case.deadline))),
        question=escape(shell.text("round.head.question")),
        result=escape(shell.text("round.head.result")),
        files=escape(shell.text("round.head.files")),
        rows="\n".join(rows),
        hash=escape(shell.text("round.hash", hash=own)),
    )
    return page.encode("utf-8")


def _questions(files: Mapping[str, bytes], shell: Shell) -> Iterable[tuple[str, tuple[str, ...], str]]:
    """Each question that was asked, the stems of its files, and its result in a line."""
    found = {name: json.loads(data) for name, data in files.items() if name.endswith(".json")}
    status = [row["status"] for row in found["decision.json"]["applicants"]]
    counts = {name: status.count(name) for name in ("eligible", "pending", "rejected")}
    yield "decision", ("decision",), shell.text("table.count", total=len(status), **counts)
    if "conflicts.json" in found:
        number = len(found["conflicts.json"]["conflicts"])
        yield "conflicts", ("conflicts",), shell.text("round.result.conflicts", number=number)
    if "draw.json" in found:
        yield "draw", ("draw",), shell.text("round.result.draw", number=len(found["draw.json"]["panels"]))
    if "draw-impossible.json" in found:
        yield "draw", ("draw-impossible",), shell.text("round.result.no_draw")
    if "award.json" in found:
        row = found["award.json"]
        number = row.get("count", len(row["sets"]))
        key = "round.result.tie" if row["tie"] else "round.result.award"
        yield "award", ("award",), shell.text(key, number=number)
    row = found["review.json"]
    numbers = {"revocations": len(row["revocations"]), "bans": len(row["bans"])}
    yield "review", ("review",), shell.text("round.result.review", **numbers)
    row = found["procedure.json"]
    numbers = {"violations": len(row["violations"]), "unchecked": len(row["unchecked"])}
    yield "procedure", ("procedure",), shell.text("round.result.procedure", **numbers)


def _graphs(files: Mapping[str, bytes], shell: Shell) -> list[str]:
    """A row for each applicant whose reasons are drawn: who it is, its status, the picture."""
    applicants = json.loads(files["decision.json"])["applicants"]
    rows = []
    for number, row in enumerate(applicants, 1):
        if (name := f"graphs/applicant-{number:03}.svg") in files:
            link = f'<a href="{quote(name)}">{escape(name)}</a>'
            who = " ".join(filter(None, (row["id"], row["name"])))
            cells = (escape(visible(who)), escape(shell.text(f"status.{row['status']}")), link)
            rows.append("<tr>" + "".join(f"<td>{cell}</td>" for cell in cells) + "</tr>")
    return rows


def _row(shell: Shell, question: str, result: str, names: list[str]) -> str:
    links = "<br>".join(f'<a href="{quote(name)}">{escape(name)}</a>' for name in sorted(names))
    return (
        f"<tr><td>{escape(shell.text(f'round.question.{question}'))}</td><td>{escape(result)}</td><td>{links}</td></tr>"
    )
