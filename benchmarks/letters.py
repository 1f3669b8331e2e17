"""The letters of a round as files: `python -m benchmarks.letters [NUMBER …] [--pdf] [--commands]`.

To so many applicants of an invented cohort without a sound dossier. Processor seconds of one process: finding and
proving what the letters say, filling DOCX and HTML, setting PDF; the floor is docxtpl by itself, same templates and
words. Then the whole commands, their processes counted together: `pingjiang letters`, on one processor and on all, and
`pingjiang papers --only rejection_letter`, with `--pdf` if asked; the number of letters is that of the cohort then.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Callable, Sequence
from io import BytesIO
from pathlib import Path

from docxtpl import DocxTemplate

from benchmarks.decide import PINGJIANG, measure
from benchmarks.generate import write
from desk.papers import bundle
from desk.press import context, docx, html, pdf
from engine import decide, load
from engine.solve import processors as available
from explain.letter import KIND, Letters, Paper, addressees

REFUSED = 633
"""So many of a thousand applicants of such a cohort get a letter."""


def papers(number: int, folder: Path) -> list[Paper]:
    """Letters to so many of those refused, numbered and signed as `pingjiang letters` does."""
    file = folder / f"{number}.lp"
    write("jiyuan", 2 * number, file, flawed=True)
    decision = decide(load(file), processes=1)
    told = addressees(decision)[:number]
    found = Letters(decision, told)
    prepared = bundle(decision, only=(KIND,), to=told, day=20251020, as_of=20251020, letters=found)
    return [one.paper for one in prepared]


def plain(paper: Paper) -> None:
    """A letter filled by docxtpl, which reads and compiles its template each time."""
    template = DocxTemplate(docx.TEMPLATES / f"{paper.kind}.docx")
    template.render({**context(paper), "fill": {"key": ""}}, autoescape=True)
    template.save(BytesIO())


def seconds(form: Callable[[Paper], object], papers: Sequence[Paper]) -> float:
    """The processor time of writing some papers in a form."""
    began = time.process_time()
    for paper in papers:
        form(paper)
    return time.process_time() - began


def commands(number: int, pdf: bool, folder: Path) -> None:
    """Measure the commands on a cohort in which about so many get a letter."""
    file = folder / f"whole-{number}.lp"
    write("jiyuan", number * 1000 // REFUSED, file, flawed=True)
    printed = [*PINGJIANG, "papers", str(file), "--only", KIND, *(["--pdf"] if pdf else [])]
    asked = [("letters", [*PINGJIANG, "letters", str(file)], processors) for processors in sorted({1, available()})]
    asked.append((f"papers{' --pdf' * pdf}", printed, 1))
    for at, (name, command, processors) in enumerate(asked):
        out = folder / f"{number}-{at}"
        found = measure([*command, "-o", str(out)], processors)
        told = len(list(out.glob("*.docx")))
        each = f"{1000 * found.processor / told:.0f} | {found.memory:.0f}"
        print(f"| {told} | `{name}` | {processors} | {found.wall:.1f} | {found.processor:.1f} | {each} |", flush=True)


def main() -> None:
    """Measure and print a row a number."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.letters", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("numbers", type=int, nargs="*", default=[30])
    parser.add_argument("--pdf", action="store_true", help="PDF too (extra `pdf`)")
    parser.add_argument("--commands", action="store_true", help="the whole commands too")
    asked = parser.parse_args()
    print("| letters | content s | docxtpl alone s | DOCX s | HTML s | PDF s | ms each |\n|" + " ---: |" * 7)
    with tempfile.TemporaryDirectory() as name:
        for number in asked.numbers:
            began = time.process_time()
            written = papers(number, Path(name))
            content = time.process_time() - began
            forms: list[Callable[[Paper], object]] = [plain, docx.render, html.render]
            floor, *spent = [seconds(form, written) for form in [*forms, *([pdf.render] if asked.pdf else [])]]
            each = 1000 * (content + sum(spent)) / len(written)
            shown = [f"{one:.1f}" for one in (content, floor, *spent)] + ["-"] * (3 - len(spent))
            print(f"| {len(written)} | {' | '.join(shown)} | {each:.0f} |", flush=True)
        if asked.commands:
            print("\n| letters | command | processors | s | CPU s | ms each | MB |\n| ---: | --- |" + " ---: |" * 5)
            for number in asked.numbers:
                commands(number, asked.pdf, Path(name))


if __name__ == "__main__":
    main()
