"""`pingjiang audit`: evidence, provision by provision, that the rules say what the law says."""

from pathlib import Path

import click

from audit.encoding import DECIDE, QUESTIONS, Question
from desk.arguments import day, force_option, json_option, limit_option, today
from desk.shell import Group, Option, Shell
from engine.errors import UsageError
from engine.law import RULES, stems
from engine.words import speak_of, stand_beside

_FOUND = 1
"""The exit code where the bench finds a fault: CI stops on it."""

STATES = ("open", "signed", "lapsed", "contested", "outdated")
"""What a case may be: nobody said anything, accepted, contested; and either before the rules changed."""


def _known(_context: click.Context, _parameter: click.Parameter, name: str) -> str:
    """What is named, its text known and spoken of from here on, wherever its files lie."""
    stem = name.partition(":")[0]
    if stem.endswith(".lp"):
        stand_beside(Path(stem))
        stem = Path(stem).stem
    speak_of(stem if stem in stems() else "")
    return name


def _beside(_context: click.Context, _parameter: click.Parameter, name: str) -> str:
    """What is named, its text known from here on; words are those of none in particular."""
    _known(_context, _parameter, name)
    speak_of("")
    return name


encoding_argument = click.argument("city", metavar="CITY", callback=_known)
question_option = click.option("--for", "asked", cls=Option, type=click.Choice(tuple(QUESTIONS)), metavar="QUESTION")


def _asked(name: str | None) -> list[Question]:
    return [QUESTIONS[name]] if name else list(QUESTIONS.values())


@click.group("audit", cls=Group)
def audit() -> None:
    """Look at the rules."""


@audit.command("coverage")
@encoding_argument
@click.option("--html", cls=Option, metavar="FILE")
@click.option("--beside", cls=Option, metavar="OLD")
@limit_option
@force_option
@json_option
@click.pass_obj
def coverage(shell: Shell, city: str, html: str | None, beside: str | None) -> None:
    """Each provision with its class, rules, cases, signatures; whatever differs from the text."""
    from desk.bench import coverage as report

    _leave(report(shell, city, html, beside))


@audit.command("rules")
@encoding_argument
@question_option
@limit_option
@force_option
@json_option
@click.pass_obj
def rules(shell: Shell, city: str, asked: str | None) -> None:
    """Which rules, literals and sides of comparisons the cases exercise."""
    from desk.bench import rules as report

    report(shell, city, _asked(asked))


@audit.command("cases")
@encoding_argument
@question_option
@click.option("--about", cls=Option, metavar="PROVISION")
@click.option("--state", cls=Option, type=click.Choice(STATES), metavar="STATE")
@click.option("--accept", multiple=True, cls=Option, metavar="ID")
@click.option("--contest", multiple=True, cls=Option, metavar="ID")
@click.option("--comment", multiple=True, cls=Option, metavar="ID")
@click.option("--remark", default="", cls=Option, metavar="TEXT")
@click.option("--by", cls=Option, metavar="NAME")
@click.option("--as", "role", default="", cls=Option, metavar="ROLE")
@click.option("--on", cls=Option, metavar="DAY", callback=day)
@limit_option
@force_option
@json_option
@click.pass_obj
def cases(
    shell: Shell,
    city: str,
    asked: str | None,
    about: str | None,
    state: str | None,
    accept: tuple[str, ...],
    contest: tuple[str, ...],
    comment: tuple[str, ...],
    remark: str,
    by: str | None,
    role: str,
    on: int | None,
) -> None:
    """Generate cases; accept or contest them."""
    from desk.bench import cases as bench_cases
    from desk.bench import rounds as bench_rounds

    question = QUESTIONS[asked or DECIDE.name]
    if (accept or contest or comment) and not (by and by.strip()):
        raise UsageError("audit_signature")
    who, when = (by or "").strip(), on or today()
    if comment and (question is not DECIDE or accept or contest):
        raise UsageError("audit_comment_alone")
    if comment:
        bench_cases.comment(shell, city, comment, remark, who, when, role.strip())
    elif question is DECIDE and (accept or contest):
        bench_cases.sign(shell, city, accept, contest, remark, who, when, role.strip())
    elif question is DECIDE:
        bench_cases.listing(shell, city, about, state)
    elif accept or contest:
        bench_rounds.sign(shell, city, question, accept, contest, remark, who, when, role.strip())
    else:
        bench_rounds.listing(shell, city, question, bench_cases.place(about), state)


@audit.command("compare")
@click.argument("old", metavar="OLD", callback=_beside)
@click.argument("new", metavar="NEW", callback=_beside)
@question_option
@click.option("--case", "case", multiple=True, cls=Option, metavar="CASE")
@limit_option
@force_option
@json_option
@click.pass_obj
def compare(shell: Shell, old: str, new: str, asked: str | None, case: tuple[str, ...]) -> None:
    """The dossiers that two encodings decide differently, or with --for the rounds."""
    from desk.bench import reports as bench
    from desk.bench import rounds as bench_rounds

    question = QUESTIONS[asked or DECIDE.name]
    if question is DECIDE:
        bench.compare(shell, old, new, case)
    elif case:
        raise UsageError("audit_compare_case", {"found": question.name})
    else:
        bench_rounds.compare(shell, old, new, question)


@audit.command("mutants")
@encoding_argument
@question_option
@click.option("--equivalence", is_flag=True, cls=Option)
@click.option("--write", is_flag=True, cls=Option)
@limit_option
@force_option
@json_option
@click.pass_obj
def mutants(shell: Shell, city: str, asked: str | None, equivalence: bool, write: bool) -> None:
    """Try every small slip on the cases."""
    from desk.bench import mutants as report

    report(shell, city, _asked(asked), equivalence or write, write)


@audit.command("consistency")
@encoding_argument
@question_option
@limit_option
@force_option
@json_option
@click.pass_obj
def consistency(shell: Shell, city: str, asked: str | None) -> None:
    """What can never be right, proved over the bounded case space."""
    from desk.bench import consistency as report

    _leave(report(shell, city, _asked(asked)))


@audit.command("source")
@encoding_argument
@click.option("--file", cls=Option, metavar="FILE")
@click.option("--by", cls=Option, metavar="NAME")
@click.option("--on", cls=Option, metavar="DAY", callback=day)
@limit_option
@force_option
@json_option
@click.pass_obj
def source(shell: Shell, city: str, file: str | None, by: str | None, on: int | None) -> None:
    """The published file that a text was copied from; who has read one against the other."""
    from desk.bench import source as report

    _leave(report(shell, city, file, (by or "").strip(), on or today()))


@audit.command("new")
@click.argument("name", metavar="NAME")
@click.argument("text", metavar="TEXT.md")
@click.option("--into", default=".", cls=Option, metavar="DIR")
@click.option("--like", cls=Option, metavar="CITY")
@limit_option
@force_option
@json_option
@click.pass_obj
def new(shell: Shell, name: str, text: str, into: str, like: str | None) -> None:
    """Lay out the files of a new regulation."""
    from audit.draft import lay_out

    folder = Path(into)
    files = lay_out(name, Path(text), folder / "rules", folder / "rules" / "cases", like)
    for file in files:
        shell.say(str(file))
    at_home = (folder / "rules").resolve() == RULES.resolve()
    shell.say(shell.text("audit.next", name=name if at_home else files[1]))


def _leave(sound: bool) -> None:
    if not sound:
        click.get_current_context().exit(_FOUND)
