"""A question by its name: what a worker process is sent, and what every answer rests on besides its arguments."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from hashlib import sha256
from importlib import import_module
from pathlib import Path
from typing import Any

from engine.words import speaking

_HOUSE = Path(__file__).resolve().parents[2]
_WORDED = ("*.py", "*.toml")
_RESTS = {
    "rules": ("*.lp", "*.md"),
    "engine": _WORDED,
    "explain": _WORDED,
    "audit": _WORDED,
    "desk": _WORDED,
    "web/questions": ("*.py",),
    "web/drafts": ("*.py",),
    "web/shown": ("*.py",),
    "web/inquiries": ("*.py",),
}

QUESTIONS = {
    "decided": "cohort",
    "reasoned": "cohort",
    "agenda": "course",
    "procedure": "course",
    "due": "course",
    "what_if": "prospects",
    "earliest": "prospects",
    "turned": "prospects",
    "upload": "incoming",
    "compared": "differences",
    "compared_partial": "differences",
    "merged": "merging",
    "template": "books",
    "workbook": "books",
    "marked": "books",
    "changed": "incoming",
    "picture": "pictures",
    "describable": "incoming",
    "begun": "incoming",
    "seen": "incoming",
    "papers_due": "drafts.written",
    "paper_written": "drafts.written",
    "paper_number": "drafts.written",
    "paper_moved": "drafts.written",
    "public_lists": "drafts.written",
    "paper_printed": "drafts.printing",
    "paper_word": "drafts.printing",
    "paper_page": "drafts.printing",
    "paper_to_send": "drafts.printing",
    "round_folder": "drafts.folders",
    "folder_replayed": "drafts.folders",
    "revocations": "drafts.folders",
    "projected": "shown.own",
    "own": "shown.own",
    "foreseen": "shown.own",
    "telephone_end": "shown.own",
    "postings": "shown.postings",
    "decisions": "shown.postings",
    "dossier_opened": "shown.dossiers",
    "dossier": "shown.dossiers",
    "reviewers": "shown.ties",
    "ties_asked": "shown.ties",
    "sourced": "shown.ties",
    "sitting": "inquiries.sitting",
    "reviewer": "inquiries.sitting",
    "ties_picture": "inquiries.sitting",
    "frozen": "inquiries.draws",
    "supplemented": "inquiries.draws",
    "announced": "inquiries.draws",
    "numbers": "inquiries.draws",
    "panels_drawn": "inquiries.draws",
    "showing": "inquiries.draws",
    "standing": "inquiries.draws",
    "added": "inquiries.draws",
    "news_fact": "inquiries.draws",
    "public_copy": "inquiries.draws",
    "check_page": "inquiries.draws",
    "award_sets": "inquiries.awards",
    "award_why": "inquiries.awards",
    "award_checked": "inquiries.awards",
    "award_objections": "inquiries.awards",
    "scored": "inquiries.awards",
    "shipped_table": "inquiries.encodings",
    "bench": "inquiries.encodings",
    "bench_signed": "inquiries.encodings",
    "bench_taken": "inquiries.encodings",
    "seal_changes": "inquiries.seals",
    "encodings_compared": "inquiries.besides",
    "text_begun": "inquiries.texts",
    "text_gaps": "inquiries.texts",
    "text_classed": "inquiries.texts",
    "text_checked": "inquiries.texts",
    "slips": "inquiries.slips",
    "on_file": "inquiries.slips",
    "case_frame": "inquiries.writing",
    "case_fact": "inquiries.writing",
    "case_tried": "inquiries.writing",
    "case_written": "inquiries.writing",
}
"""The module of each question, of this room or of the one named; the function in it has the question's name."""


def answer(question: str, *arguments: Any) -> Any:
    """Answer a question in this process; KeyError where nobody knows it, PingjiangError where the case is at fault."""
    place = QUESTIONS[question]
    module = import_module(f"web.{place if '.' in place else f'questions.{place}'}")
    function: Callable[..., Any] = getattr(module, question)
    with speaking(""):
        return function(*arguments)


@cache
def house_hash() -> str:
    """The hash of every file an answer rests on: rules, texts, program, words. Read once a process."""
    whole = sha256()
    for folder, patterns in _RESTS.items():
        for path in sorted(file for pattern in patterns for file in (_HOUSE / folder).rglob(pattern)):
            whole.update(str(path.relative_to(_HOUSE)).encode() + b"\0" + path.read_bytes() + b"\0")
    return whole.hexdigest()
