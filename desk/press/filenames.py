"""Papers as files: what each is called, and its bytes in every format."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache, partial
from hashlib import sha256
from operator import itemgetter
from pathlib import Path

from desk.press import docx, html, pdf
from desk.press.register import FORMS
from engine.answers import Afar
from engine.errors import CaseError, Place, Problem
from engine.solve import HERE, run
from engine.words import speaking, spoken, text
from explain.letter import Paper

SHARE = 50
"""Papers that are made into files together: half a second of work."""


def stems(papers: Sequence[tuple[str, Paper]], lang: str = "zh") -> list[str]:
    """The names of the files without suffix: the kind in words and a running number, never a word of an applicant."""
    total = Counter(paper.kind for _, paper in papers)
    seen: Counter[str] = Counter()
    names = []
    for about, paper in papers:
        seen[paper.kind] += 1
        single = paper.kind == "list_notice" or (total[paper.kind] == 1 and not about)
        name = _UNSAFE.sub("-", called(paper.kind, paper.title, lang, about))
        names.append(name if single else f"{name}-{seen[paper.kind]:03}")
    return names


_UNSAFE = re.compile(r'[\s\\/:*?"<>|]')
"""What no file's name may hold: a list is called as its text calls it."""


def called(kind: str, title: str, lang: str, about: str = "") -> str:
    """What papers of a kind are called; the reasons are 告知 or 反馈, as their title says, a list is called its own."""
    if kind == "list_notice" and about:
        words, suffix = text(f"vocabulary.choices.list.{about}", lang), text("paper.list_notice.suffix", lang)
        return words if words.endswith(suffix) else text("paper.filed.list", lang, list=words)
    fed_back = text("paper.filed.feedback", lang)
    if kind == "rejection_letter" and fed_back and title.endswith(fed_back):
        return text("paper.filed.reasons", lang)
    return text(f"vocabulary.choices.paper.{kind}", lang)


def rendered(
    papers: Sequence[tuple[str, Paper]],
    as_pdf: bool = False,
    templates: str | None = None,
    afar: Afar | None = None,
) -> dict[str, bytes]:
    """The bytes of each file; `templates` is a folder with templates that staff edited, of all kinds or of some.

    `afar` names workers that make them instead of this process: they find the folder under the same path.
    UsageError where the folder is missing, or a template of it is damaged or asks for what no paper has.
    """
    edited = (
        (str(Path(templates).absolute()), _sealed(docx.checked(Path(templates), tuple(FORMS)))) if templates else None
    )
    shares = [(at, papers[at : at + SHARE]) for at in range(0, len(papers), SHARE)]
    made = run(partial(_made, spoken(), edited, as_pdf), shares, afar[0] if afar else HERE)
    return {name: data for _, files in sorted(made, key=itemgetter(0)) for name, data in files.items()}


def _made(
    regulation: str, edited: tuple[str, str] | None, as_pdf: bool, share: tuple[int, Sequence[tuple[str, Paper]]]
) -> tuple[int, dict[str, bytes]]:
    """The files of some papers, by the place of the first, in the words of a regulation, wherever they are made."""
    at, papers = share
    folder = _edited(*edited) if edited else docx.TEMPLATES
    files: dict[str, bytes] = {}
    with speaking(regulation):
        for stem, paper in papers:
            files[f"{stem}.docx"] = docx.render(paper, folder)
            files[f"{stem}.html"] = html.render(paper).encode("utf-8")
            if as_pdf:
                files[f"{stem}.pdf"] = pdf.render(paper)
    return at, files


@lru_cache(1)
def _edited(folder: str, seal: str) -> Path:
    """The folder of templates, looked at once a process; CaseError where it holds others here."""
    found = Path(folder)
    if _sealed(found) != seal:
        raise CaseError([Problem("cluster_other_files", {"found": folder}, Place())])
    return found


def _sealed(folder: Path) -> str:
    """The hash of the templates in a folder; what cannot be read is told by whoever fills it."""
    found = sha256()
    for file in sorted(folder.glob("*.docx")):
        try:
            data = file.read_bytes()
        except OSError:
            data = b""
        found.update(f"{file.name} {len(data)}\n".encode() + data)
    return found.hexdigest()
