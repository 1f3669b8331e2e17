"""What `why` and `why-not` have in common: the question, its justification, and the form it is written in."""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from desk.shell import Option, Shell, save
from engine.errors import UsageError
from engine.words import dumps

if TYPE_CHECKING:
    from networkx import DiGraph

    from engine.answers import Decision
    from engine.case import Case
    from engine.law import Statute
    from explain.outline import Outline

FORMATS = ("text", "json", "dot", "svg", "png", "html", "mermaid")
_SUFFIXES = {".txt": "text", ".gv": "dot", ".htm": "html", ".mmd": "mermaid"} | {f".{name}": name for name in FORMATS}
_COLOURS = {
    "outcome": "bright_white", "barred": "red", "failed": "red", "open": "yellow", "record": "green", "contrary": "red",
    "missing": "yellow", "judgment": "magenta", "judgment_missing": "magenta", "expired": "yellow", "outside": "yellow",
    "not_yet": "yellow", "number": "yellow", "limit": "red",
}  # fmt: skip

format_option = click.option("--format", "form", cls=Option, metavar="|".join(FORMATS))
output_option = click.option("-o", "--output", cls=Option, metavar="FILE")
full_option = click.option("--full", is_flag=True, cls=Option)


def written(
    shell: Shell,
    words: Sequence[str],
    readings: dict[str, str],
    default: Callable[[str], str],
    form: str | None,
    output: str | None,
    full: bool,
    number: int | None = None,
    as_of: int = 0,
) -> None:
    """Answer the line `CASE… [ID] [ATOM]`; `default` is the question about an applicant of a status.

    `number` is the award set and `as_of` the day that an atom about the round is asked for.
    """
    from desk.arguments import answered
    from engine.answers import decide

    form = _form(shell, form, output)
    case, id, atom = answered(shell, words, readings, aside=form != "text")
    decision = decide(case, only=[id] if any(row[0] == id for row in case.rows("applicant")) else [])
    graph = _round(case, id, atom, number, as_of)
    if graph is None:
        graph = _graph(decision, id, atom, default(decision.outcome(id).status) if not atom else "")
    content = _content(shell, decision, id, graph, form, full, bool(output))
    deliver(shell, content, output)


def deliver(shell: Shell, content: str | bytes, output: str | None) -> None:
    """Write the file named, whole or not at all; without one to standard output."""
    if output is not None:
        save(Path(output), content, force=shell.force)
        shell.tell(shell.text("justified.written", file=output))
    elif isinstance(content, bytes):
        shell.pour(content)
    else:
        shell.say(content.rstrip("\n"))


def _form(shell: Shell, form: str | None, output: str | None) -> str:
    """The format named, else the one `--json` or the file's ending means."""
    if form is None:
        form = "json" if shell.json else _SUFFIXES.get(Path(output).suffix.lower(), "") if output else "text"
    if form not in FORMATS:
        raise UsageError("format_unknown", {"found": form or str(output), "known": ", ".join(FORMATS)})
    return form


def _known(case: "Case") -> set[str]:
    """The identifiers that a question may name without quotes."""
    return {str(row[0]) for name in ("applicant", "winner", "reviewer", "group") for row in case.rows(name)}


def _round(case: "Case", id: str, atom: str, number: int | None, as_of: int) -> "DiGraph | None":
    """The justification of an atom about the round as a whole; None for any other."""
    from desk.arguments import today
    from engine.law import rule_files
    from explain.dual import program, question
    from explain.graph import of_round, why_of_round
    from explain.say import mark

    if not atom:
        return None
    try:
        question(atom, id, _known(case), program(rule_files(case.city)))
    except UsageError as refused:
        if refused.problems[0].code != "no_such_predicate" or not of_round(case, atom):
            raise
        return mark(why_of_round(case, atom, id, _known(case), number, as_of or today()), case, id)
    return None


def _graph(decision: "Decision", id: str, atom: str, default: str) -> "DiGraph":
    """The justification; of an outcome with every ground."""
    from clingo import SymbolType

    from engine.facts import quote
    from engine.law import rule_files
    from explain.dual import program, question
    from explain.graph import justify, whole
    from explain.say import mark

    case = decision.case
    if not atom:
        return whole(decision, id, default)
    meant = question(atom, id, _known(case), program(rule_files(case.city)))
    for status in ("eligible", "rejected", "pending"):
        if str(meant) == f"{status}({quote(id)})":
            return whole(decision, id, status)
    about = meant.arguments[0] if meant.arguments else None
    subject = about.string if about is not None and about.type == SymbolType.String else ""
    return mark(justify(decision, meant), case, subject)


def _content(
    shell: Shell, decision: "Decision", id: str, graph: "DiGraph", form: str, full: bool, filed: bool
) -> str | bytes:

    from engine.law import statute
    from explain.outline import SCREEN, outline

    if form == "json":
        from explain.show import document

        return dumps(document(graph))
    law, view = statute(decision.city), outline(graph, full, decision.readings)
    title = _title(shell, decision, id, view.question, view.truth)
    if form == "html":
        from explain.show import page

        return page(view, shell.lang, law, title, decision)
    if form == "text":
        return "\n".join(_lines(Shell(shell.lang) if filed else shell, view, law, title)) + "\n"
    from explain.show import diagram

    screen = None if full else SCREEN
    drawn: dict[str, Callable[..., str | bytes]] = {
        "dot": diagram.dot,
        "svg": diagram.svg,
        "png": diagram.png,
        "mermaid": diagram.mermaid,
    }
    return drawn[form](view, shell.lang, law, screen)


def _title(shell: Shell, decision: "Decision", id: str, question: str, truth: bool) -> str:
    from engine.words import visible

    verdict = shell.text("justified.true" if truth else "justified.false")
    name = decision.case.names.get(id, "")
    known = {"id": visible(id), "name": visible(name), "question": question, "verdict": verdict}
    return " ".join(shell.text("justified.title", **known).split()).removeprefix("· ")


def _lines(shell: Shell, view: "Outline", law: "Statute", title: str) -> Iterator[str]:
    """The tree with colours where the shell has them; a sign and words tell the same."""
    from engine.words import wrap
    from explain.show import lines

    yield from (shell.paint(line, bold=True) for line in wrap(title, shell.columns))
    for line in lines(view, shell.lang, law, shell.columns):
        if line.kind == "heading":
            yield shell.paint(line.branches, bold=True) + shell.paint(line.words, dim=True)
        elif line.kind in ("law", "note"):
            yield shell.paint(str(line), dim=True)
        else:
            colour, strong = _COLOURS.get(line.kind), line.kind in ("outcome", "barred", "failed", "open", "met")
            said = shell.paint(line.words, bold=strong)
            yield (shell.paint(line.branches, dim=True) + shell.paint(line.sign, colour) + said).rstrip()
