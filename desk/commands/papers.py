"""`pingjiang papers`: the papers of the stage a round is in, in a folder with an index."""

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from desk.arguments import (
    case_argument,
    cluster_option,
    force_option,
    json_option,
    limit_option,
    lost_words,
    reading_option,
    today,
)
from desk.files import options
from desk.files import today as signed_on
from desk.shell import Command, Option, Shell, save, vacant, whole
from engine.errors import UsageError
from engine.words import visible

if TYPE_CHECKING:
    from desk.papers import Prepared
    from engine.case import Case
    from engine.record import Verified


@click.command("papers", cls=Command)
@case_argument
@click.option("-o", "--output", cls=Option, metavar="DIR", required=True)
@click.option("--only", cls=Option, metavar="KIND", multiple=True)
@click.option("--all", "every", is_flag=True, cls=Option)
@click.option("--to", "to", cls=Option, metavar="ID", multiple=True)
@click.option("--date", "date", cls=Option, metavar="DAY", callback=signed_on)
@click.option("--as-of", "as_of", cls=Option, metavar="DAY", callback=signed_on)
@click.option("--draw", "draw", cls=Option, metavar="RECORD")
@click.option("--set", "chosen", cls=Option, metavar="N", type=int)
@click.option("--winners", cls=Option, metavar="PRIZE=ID,…", multiple=True)
@click.option("--remedies", is_flag=True, cls=Option)
@click.option("--final", is_flag=True, cls=Option)
@click.option("--pdf", is_flag=True, cls=Option)
@click.option("--templates", cls=Option, metavar="DIR")
@click.option("--register", is_flag=True, cls=Option)
@reading_option
@limit_option
@cluster_option
@force_option
@json_option
@click.pass_obj
def papers(
    shell: Shell,
    case: tuple[str, ...],
    output: str,
    only: tuple[str, ...],
    every: bool,
    to: tuple[str, ...],
    date: int,
    as_of: int,
    draw: str | None,
    chosen: int | None,
    winners: tuple[str, ...],
    remedies: bool,
    final: bool,
    pdf: bool,
    templates: str | None,
    register: bool,
    readings: dict[str, str],
    cluster: str,
) -> None:
    """Write the papers of the stage a round is in."""
    from desk.arguments import afar, choice, opened
    from desk.files import paper_index
    from desk.papers import KINDS, bundle, timing
    from desk.press import rendered, stems
    from engine.answers import decide

    if unknown := [kind for kind in only if kind not in KINDS]:
        raise UsageError("paper_unknown", {"found": ", ".join(unknown), "known": ", ".join(KINDS)})
    if winners and chosen is not None:
        raise UsageError("set_and_winners")
    workbook = _workbook(case, final) if register else None
    vacant(Path(output), force=shell.force)
    loaded, day = opened(shell, case, readings), date or today()
    with afar(cluster, loaded, readings) as others:
        decision = decide(loaded, afar=others)
        prepared = bundle(
            decision,
            only=only,
            to=to,
            day=date,
            as_of=as_of or day,
            today=None if every or only else day,
            chosen=None if chosen is None else chosen - 1,
            winners=choice(winners, decision.case) if winners else None,
            record=_record(draw, decision.case),
            options=options(remedies),
            final=final,
            lang=shell.lang,
            afar=others,
        )
        written = [one for one in prepared if not (final and one.held)]
        held = [one for one in prepared if one.held]
        if final and prepared and not written:
            raise UsageError("paper_open", {"found": "; ".join(_why(shell, one) for one in held)})
        names = stems([(one.about, one.paper) for one in written], shell.lang)
        files = rendered(list(zip(names, (one.paper for one in written), strict=True)), pdf, templates, others)
    files["index.html"] = paper_index(shell, decision, list(zip(names, written, strict=True)), held, pdf).encode()
    whole(Path(output), files, force=shell.force)
    if workbook is not None:
        filed = {(str(kind), str(about)) for kind, about, _ in decision.case.rows("document_number")}
        given = [(one.paper.kind, one.about, one.paper.number) for one in written if one.paper.number]
        _register(shell, workbook, [one for one in given if one[:2] not in filed])
    stage = None if every or only else timing.stage(decision.case, day)
    if shell.json:
        rows = [
            {"file": stem, "kind": one.paper.kind, "about": one.about or None, "number": one.paper.number or None,
             "day": one.paper.day or None, "draft": one.paper.draft, "held": list(one.held)}
            for stem, one in zip(names, written, strict=True)
        ]  # fmt: skip
        kept = [{"kind": one.paper.kind, "about": one.about or None, "held": list(one.held)} for one in held]
        told = {"stage": stage, "papers": rows, "draft": not final, "held": kept if final else []}
        shell.say(json.dumps(told, ensure_ascii=False, indent=1))
        return
    for stem, one in zip(names, written, strict=True):
        shell.say(visible("  ".join(filter(None, (stem, one.paper.number, one.paper.addressee, one.paper.title)))))
    if stage:
        from engine.facts import day as day_words

        key = "paper.list.stage" if written else "paper.list.none"
        words = shell.text(f"paper.stage.{stage}")
        shell.say(shell.text(key, stage=words, day=day_words(day, shell.lang)))
    shell.say(shell.text("paper.list.written", number=len(written), folder=output))
    if held:
        shell.say(shell.text("paper.list.held_title" if final else "paper.list.drafts_title"))
        for one in held:
            shell.say(visible("  " + _why(shell, one)))
    if not final:
        shell.say(shell.text("paper.list.draft"))


def _workbook(case: tuple[str, ...], final: bool) -> Path:
    """The one workbook of the case, into which numbers are written back; UsageError where that cannot be."""
    from desk.arguments import files

    books = [name for name in files(case) if name.lower().endswith(".xlsx")]
    if len(books) != 1:
        raise UsageError("register_workbook", {"number": len(books)})
    if not final:
        raise UsageError("register_draft")
    return Path(books[0])


def _register(shell: Shell, workbook: Path, given: "list[tuple[str, str, str]]") -> None:
    """Write numbers into the workbook; what it was stays beside it as a dated copy."""
    from desk.workbook import registered

    if given:
        data, lost = registered(workbook.read_bytes(), given, shell.lang)
        save(workbook, data, force=True)
        if lost:
            shell.tell(shell.text("workbook.check.lost", kinds=lost_words(lost, shell)))
    shell.tell(shell.text("paper.list.registered", number=len(given), file=workbook))


def _why(shell: Shell, one: "Prepared") -> str:
    """A paper and what it lacks, in a line; a submission by its title, for all go to the government."""
    from desk.press import FORMS, called

    reasons = shell.text("paper.semicolon").join(one.held)
    petition = FORMS[one.paper.kind] == "petition"
    kind = one.paper.title if petition else called(one.paper.kind, one.paper.title, shell.lang, one.about)
    key = "paper.list.held" if one.paper.addressee and not petition else "paper.list.held_round"
    return shell.text(key, paper=kind, about=one.paper.addressee, reasons=reasons)


def _record(path: str | None, case: "Case") -> "Verified | None":
    """The record of a draw, verified; CaseError where it is none of this case."""
    if path is None:
        return None
    from desk.arguments import record_of

    return record_of(path, case)
