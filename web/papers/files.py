"""Papers as files: the stored PDF, a page of it as a picture, everything that went out as a folder."""

from __future__ import annotations

import csv
from hashlib import sha256
from io import BytesIO, StringIO
from typing import Any
from zipfile import ZIP_STORED, ZipFile, ZipInfo

from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404

from engine.words import text
from web.ledger import act, actor
from web.page import say, shown
from web.papers.models import HASH, Drafted, Released
from web.papers.register import every, released_files
from web.rounds import Round, handed, opened, stored
from web.work import ask

_EPOCH = (2000, 1, 1, 0, 0, 0)
"""One time for every file of a folder: the same papers make the same bytes."""
PDF = "application/pdf"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@opened
def draft_pdf(_request: Any, round_: Round, paper: str) -> HttpResponse:
    """A draft as it was printed."""
    found = get_object_or_404(Drafted, round=round_, ref=paper)
    return handed(stored(found.digest), f"draft-{found.digest[:12]}.pdf", PDF)


@opened
def draft_page(_request: Any, round_: Round, paper: str, number: int) -> HttpResponse:
    """A page of a draft as a picture."""
    return _picture(get_object_or_404(Drafted, round=round_, ref=paper), number)


@opened
def released_pdf(request: Any, round_: Round, paper: str) -> HttpResponse:
    """A paper as it went out; who took it is an act."""
    found = get_object_or_404(Released, round=round_, ref=paper)
    with transaction.atomic():
        details = {"number": found.number or "", "sha256": found.digest}
        act(actor(request), "paper_opened", about=f"round {round_.ref}", details=details)
    return handed(stored(found.digest), f"{found.number or found.digest[:12]}.pdf", PDF)


@opened
def released_word(request: Any, round_: Round, paper: str) -> HttpResponse:
    """A paper that went out as a Word file, made of the same words: the PDF by its hash is the one that counts."""
    found = get_object_or_404(Released.objects.select_related("drafted"), round=round_, ref=paper)
    stamp = say("papers.stamp", "zh", code=found.code, number=found.printed_act, hash=found.printed_hash[:HASH])
    data = ask("paper_word", found.drafted.row, found.number or "", stamp)
    with transaction.atomic():
        details = {"number": found.number or "", "sha256": sha256(data).hexdigest(), "of": found.digest}
        act(actor(request), "paper_opened", about=f"round {round_.ref}", details=details)
    return handed(data, f"{found.number or found.digest[:12]}.docx", WORD)


@opened
def released_page(_request: Any, round_: Round, paper: str, number: int) -> HttpResponse:
    """A page of a released paper as a picture."""
    return _picture(get_object_or_404(Released, round=round_, ref=paper), number)


def _picture(found: Drafted | Released, number: int) -> HttpResponse:
    if not 1 <= number <= found.pages:
        raise Http404(number)
    return HttpResponse(ask("paper_page", stored(found.digest), number), content_type="image/png")


@opened
def papers_folder(request: Any, round_: Round) -> HttpResponse:
    """Every released paper with the register, as one file."""
    files = released_files(round_)
    files["register.csv"] = _register(round_, request.lang).encode("utf-8-sig")
    with transaction.atomic():
        act(actor(request), "papers_taken", about=f"round {round_.ref}", details={"number": str(len(files) - 1)})
    return handed(zipped(files), f"{round_.ref}-papers.zip", "application/zip")


def zipped(files: dict[str, bytes]) -> bytes:
    """Files as one: the same files, the same bytes."""
    out = BytesIO()
    with ZipFile(out, "w", ZIP_STORED) as folder:
        for name, data in sorted(files.items()):
            folder.writestr(ZipInfo(name, _EPOCH), data)
    return out.getvalue()


def _register(round_: Round, lang: str) -> str:
    """The register of a round as a table: every paper with its number, days, hash, and the file it is."""
    out = StringIO()
    rows = csv.writer(out)
    rows.writerow([say(f"papers.head.{name}", lang) for name in _HEADS])
    for one, name in zip(every(round_), released_files(round_), strict=True):
        days = {each.kind: shown(each.day, lang) for each in one.deliveries.all()}
        rows.writerow(
            [_cell(value) for value in (
                one.number or "", text(f"vocabulary.choices.paper.{one.kind}", lang), one.to, shown(one.day, lang),
                one.drafted.name, one.name, days.get("published") or days.get("dispatched", ""),
                days.get("received", ""), one.successor.number or one.successor.ref if one.successor else "", one.code,
                one.printed_act, one.act, one.digest, name,
            )]
        )  # fmt: skip
    return out.getvalue()


_HEADS = (
    *("number", "paper", "to", "day", "prepared", "released", "sent", "received", "superseded", "code"),
    *("printed_act", "act", "hash", "file"),
)


def _cell(value: object) -> str:
    """A cell that no spreadsheet takes for a formula."""
    words = str(value)
    return f"'{words}" if words[:1] in ("=", "+", "-", "@", "\t", "\r") else words
