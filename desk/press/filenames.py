"""Papers as files: what each is called, and its bytes in every format."""

from __future__ import annotations

import re
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
