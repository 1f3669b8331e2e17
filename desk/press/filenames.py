"""Papers as files: what each is called, and its bytes in every format."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from desk.press import docx, html, pdf
from desk.press.register import FORMS
from engine.words import text
from explain.letter import Paper


def stems(papers: Sequence[tuple[str, Paper]], lang: str = "zh") -> list[str]:
    """The names of the files without suffix: the kind in words and a running number, never a word of an applicant."""
    total = Counter(paper.kind for _, paper in papers)
    seen: Counter[str] = Counter()
    names = []
    for about, paper in papers:
        seen[paper.kind] += 1
        single = total[paper.kind] == 1 and not about
        name = called(paper.kind, paper.title, lang).replace(" ", "-")
        names.append(name if single else f"{name}-{seen[paper.kind]:03}")
    return names


def called(kind: str, title: str, lang: str) -> str:
    """What papers of a kind are called; the reasons are 告知 or 反馈, as their title says."""
    fed_back = text("paper.filed.feedback", lang)
    if kind == "rejection_letter" and fed_back and title.endswith(fed_back):
        return text("paper.filed.reasons", lang)
    return text(f"vocabulary.choices.paper.{kind}", lang)


def rendered(
    papers: Sequence[tuple[str, Paper]], as_pdf: bool = False, templates: str | None = None
) -> dict[str, bytes]:
    """The bytes of each file; `templates` is a folder with templates that staff edited, of all kinds or of some.

    UsageError where the folder is missing, or a template of it is damaged or asks for what no paper has.
    """
    folder = docx.checked(Path(templates), tuple(FORMS)) if templates else docx.TEMPLATES
    files: dict[str, bytes] = {}
    for stem, paper in papers:
        files[f"{stem}.docx"] = docx.render(paper, folder)
        files[f"{stem}.html"] = html.render(paper).encode("utf-8")
        if as_pdf:
            files[f"{stem}.pdf"] = pdf.render(paper)
    return files
