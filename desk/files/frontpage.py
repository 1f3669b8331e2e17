"""The first page of a round's folder, for a clerk: what needs a decision, what is due, the papers, then the data."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from desk.arguments import account_words, to_check
from desk.files.paperlist import environment, listed, words
from desk.shell import Shell
from engine.facts import day as day_words
from engine.law import statute
from engine.words import visible

if TYPE_CHECKING:
    from desk.files.folder import Folder
    from engine.answers import Agenda
    from engine.case import Account


def index(of: Folder, files: Mapping[str, bytes], shell: Shell, own: str, read: Sequence[Account] = ()) -> bytes:
    """The page as HTML, with the record's own hash.

    What the shell told that may be a slip in the facts is on it; `read` is what was read of workbooks and what was not.
    """
    from desk.papers import ground

    found = {name: json.loads(data) for name, data in files.items() if name.endswith(".json")}
    case, as_of = of.case, of.asked.as_of
    told, hints = to_check(shell)
    number = ground.number_words(case.round, shell.lang)
    page = (
        environment()
        .get_template("round.html")
        .render(
            lang="zh-CN" if shell.lang == "zh" else shell.lang,
            title=f"{statute(case.city).title} · {shell.text('round.number', round=number)}",
            about=shell.text(
                "round.about", deadline=day_words(case.deadline, shell.lang), day=day_words(as_of, shell.lang)
            ),
            words=_words(of.plan, shell),
            points=[visible(point) for point in _points(of, found, shell)],
            unchecked=[visible(one) for one in _unchecked(found["procedure.json"], shell)],
            hints=[visible(hint) for hint in told],
            read=[visible(words) for words in account_words(read, shell)],
            acts=_acts(of.plan, shell),
            steps=_steps(of.plan, shell),
            groups=listed(found["papers.json"], shell, "papers/", hints=hints),
            rows=[*_rows(files, found, shell)],
            hash=shell.text("round.hash", hash=own),
        )
    )
    return page.encode("utf-8")


def _words(plan: Agenda, shell: Shell) -> dict[str, Any]:
    """The headings of the page."""
    from desk.text import agendas

    own = ("decide", "nothing", "unchecked", "hints", "papers", "results", "question", "result", "files")
    heads = ("day", "act", "who", "provision", "step", "state", "days")
    return {
        **{key: shell.text(f"round.page.{key}") for key in own},
        **{key: shell.text(f"agenda.head.{key}") for key in heads},
        "acts": shell.text("agenda.acts"),
        "steps": agendas.steps_title(plan.steps, shell.lang),
        "no_acts": shell.text("agenda.nothing"),
        "list": words(shell),
    }


def _points(of: Folder, found: Mapping[str, Any], shell: Shell) -> Iterator[str]:
    """Ties, checks that are not in order, whom something waits for, notes: as the report to the director has them."""
    from desk.papers import director

    violations = found["procedure.json"]["violations"]
    yield from director.points(of.decision, of.award, violations, found["review.json"]["revocations"], shell.lang)


def _unchecked(row: Mapping[str, Any], shell: Shell) -> Iterator[str]:
    """The checks that the file does not allow, each once, with the articles that ask for them."""
    from engine.law import Provision

    for one in dict.fromkeys((entry["provision"], entry["check"]) for entry in row["unchecked"]):
        yield f"{Provision.parse(one[0]).citation}　{shell.text(f'procedure.check.{one[1]}')}"


def _acts(plan: Agenda, shell: Shell) -> list[dict[str, str]]:
    from desk.text import agendas

    lang = shell.lang
    return [
        {
            "due": agendas.due(act, lang),
            "words": visible(agendas.act_words(act, plan, lang)),
            "who": visible(agendas.who(act, plan, lang)),
            "waits": visible(agendas.waits(act, plan, lang)),
            "provision": agendas.cited(act, lang),
        }
        for act in plan.acts
    ]


def _steps(plan: Agenda, shell: Shell) -> list[dict[str, Any]]:
    from desk.text import agendas

    lang = shell.lang
    return [
        {
            "state": shell.text(f"agenda.state.{step.state}"),
            "words": agendas.step_words(step, lang),
            "days": agendas.span(step, lang),
            "provision": agendas.cited(step, lang),
            "now": step.state == "now",
        }
        for step in plan.steps
    ]


def _rows(files: Mapping[str, bytes], found: Mapping[str, Any], shell: Shell) -> Iterator[dict[str, Any]]:
    """The results of each question with its data files, the overview first, the drawn reasons last."""
    overview = [name for name in files if name.endswith(".xlsx")]
    yield _row(shell, "overview", shell.text("round.result.overview"), overview)
    for question, stems, result in _questions(found, shell):
        yield _row(shell, question, result, [name for name in files if name.partition(".")[0] in stems])
    yield _row(shell, "data", shell.text("round.result.data"), ["facts.lp", "papers.json", "record.json"])
    yield from _graphs(files, found, shell)


def _questions(found: Mapping[str, Any], shell: Shell) -> Iterator[tuple[str, tuple[str, ...], str]]:
    """Each question that was asked, the stems of its files, and its result in a line."""
    status = [row["status"] for row in found["decision.json"]["applicants"]]
    counts = {name: status.count(name) for name in ("eligible", "pending", "rejected")}
    yield "decision", ("decision",), shell.text("table.count", total=len(status), **counts)
    yield "agenda", ("agenda",), shell.text("round.result.agenda", number=len(found["agenda.json"]["acts"]))
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


def _graphs(files: Mapping[str, bytes], found: Mapping[str, Any], shell: Shell) -> Iterator[dict[str, Any]]:
    """A row for each applicant whose reasons are drawn: who it is, its status, the picture."""
    for number, row in enumerate(found["decision.json"]["applicants"], 1):
        if (name := f"graphs/applicant-{number:03}.svg") in files:
            who = visible(" ".join(filter(None, (row["id"], row["name"]))))
            yield {"question": who, "result": shell.text(f"status.{row['status']}"), "files": [name]}


def _row(shell: Shell, question: str, result: str, names: Sequence[str]) -> dict[str, Any]:
    return {"question": shell.text(f"round.question.{question}"), "result": result, "files": sorted(names)}
