"""A paper's content, apart from its looks: what a letter, a notice or a record says, block by block.

Whoever has something to say on paper fills a `Paper`; `desk.papers` turns the same object into DOCX, HTML and PDF
in the layout of GB/T 9704-2012. Texts are plain: a renderer escapes them, so names may hold anything.

    Paper(
        kind="letter",                        # the template: desk/templates/<kind>.docx
        title="……的通知",                      # 标题, one line; the renderer breaks it
        number="济市监质函〔2025〕3号",          # "" leaves the place to be filled in
        addressee="虚构甲公司",                 # printed as “虚构甲公司：”, "" for none
        blocks=(Text("……"), Heading("一、……"), Quote("……"), Table(...)),
        signature="某市市场监督管理局", day=20251015, contact=("联系人：……", "电话：……"),
        applicant="J01",                      # set where the paper is for one applicant: see explain/letter/oneview.py
    )

A paper for one applicant is built from `explain.letter.oneview.view(decision, applicant)` and from nothing else.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True)
class Heading:
    """A heading: level 1 一、 in 黑体, level 2 （一） in 楷体; the number is part of the text."""

    text: str
    level: int = 1


@dataclass(frozen=True)
class Text:
    """A paragraph of the body, two characters indented; `flush` leaves the indent out.

    `key` and `fill` are the sentence of the catalogue and its values, where a template may hold the sentence itself.
    """

    text: str
    flush: bool = False
    key: str = ""
    fill: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Quote:
    """A provision's own words, set in 楷体; `source` is the citation in front of them."""

    text: str
    source: str = ""


@dataclass(frozen=True)
class Items:
    """A list, one paragraph an entry; the numbers are part of the texts."""

    entries: tuple[str, ...]


@dataclass(frozen=True)
class Table:
    """Rows of cells under a header; `widths` are shares of the text area, one a column (equal if empty)."""

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[int, ...] = ()
    caption: str = ""


@dataclass(frozen=True)
class Chart:
    """Bars side by side: label and number of each; drawn, and readable in grey."""

    bars: tuple[tuple[str, int], ...]
    caption: str = ""


@dataclass(frozen=True)
class Note:
    """Small print under the body: what the reader must know of how the paper was made."""

    text: str


Block = Heading | Text | Quote | Items | Table | Chart | Note


@dataclass(frozen=True)
class Paper:
    """One paper: head, blocks, foot.

    `day` is the day of signature (yyyymmdd) or 0 where it is left open; `draft` prints the draft mark; `options` names
    the template blocks that staff switched on (`remedies`: the paragraph on remedies, off by default); `signer`
    (签发人) stands in the head of a submission to the government, `copies` are who get a copy (抄送), `seal` is the
    office whose seal stands for the signer's (代章); `stamp` is small print at the foot of every page of a paper that
    was released (its check code, the act before its release); `lacks` says in words what keeps the paper a draft, and
    is not printed.
    """

    kind: str
    title: str
    blocks: tuple[Block, ...]
    number: str = ""
    addressee: str = ""
    signature: str = ""
    day: int = 0
    contact: tuple[str, ...] = ()
    applicant: str = ""
    draft: bool = True
    options: frozenset[str] = frozenset()
    attachments: tuple[str, ...] = ()
    signer: str = ""
    copies: tuple[str, ...] = ()
    seal: str = ""
    stamp: str = ""
    lacks: tuple[str, ...] = ()

    def texts(self) -> Iterator[str]:
        """Every text of the paper, in order: what a test of its content reads."""
        yield from (self.title, self.number, self.addressee)
        for block in self.blocks:
            match block:
                case Heading(text) | Text(text) | Note(text):
                    yield text
                case Quote(text, source):
                    yield from (source, text)
                case Items(entries):
                    yield from entries
                case Table(header, rows, _, caption):
                    yield from (caption, *header, *(cell for row in rows for cell in row))
                case Chart(bars, caption):
                    yield from (caption, *(label for label, _ in bars))
        yield from (*self.attachments, self.signature, *self.contact, self.signer, *self.copies, self.seal)
