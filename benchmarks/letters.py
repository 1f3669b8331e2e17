"""The letters of a round as files: `python -m benchmarks.letters [NUMBER …] [--pdf]`.

To so many applicants of an invented cohort without a sound dossier. Processor seconds of one process: finding and
proving what the letters say, filling DOCX and HTML, setting PDF; the floor is docxtpl by itself, same templates and
words.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Callable, Sequence
from io import BytesIO
from pathlib import Path

from docxtpl import DocxTemplate

from benchmarks.generate import write
from desk.papers import bundle
from desk.press import context, docx, html, pdf
from engine import decide, load
from explain.letter import KIND, Letters, Paper, addressees


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


def main() -> None:
    """Measure and print a row a number."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.letters", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("numbers", type=int, nargs="*", default=[30])
    parser.add_argument("--pdf", action="store_true", help="PDF too (extra `pdf`)")
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


if __name__ == "__main__":
    main()
