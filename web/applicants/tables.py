"""The table of applicants: by outcome, searched, filtered, a hundred a page."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from io import StringIO
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse

from web.page import render, say
from web.rounds import Round, computed, progress
from web.work import known

PAGE = 100
STATUSES = ("rejected", "pending", "eligible", "withdrawn")
_FORMULA = "=+-@\t\r"


@dataclass(frozen=True)
class Filter:
    """What is asked of the table; empty where nothing is."""

    status: str = ""
    q: str = ""
    provision: str = ""
    waits: str = ""
    hints: str = ""
    sort: str = ""

    @classmethod
    def of(cls, sent: Mapping[str, str]) -> Filter:
        """What an address asks."""
        return cls(**{name: sent.get(name, "")[:100] for name in cls.__dataclass_fields__})

    def keeps(self, row: Mapping[str, Any], hinted: frozenset[str]) -> bool:
        """Whether a row is asked for."""
        words = f"{row['id']} {row['name']}".casefold()
        grounds = row["grounds"]
        return (
            (not self.status or row["status"] == self.status)
            and (not self.q or self.q.casefold() in words)
            and (not self.provision or any(one["provision"] == self.provision for one in grounds))
            and (not self.waits or (row["status"] == "pending" and self.waits in row["waits"]))
            and (not self.hints or row["id"] in hinted or bool(row["notes"]))
        )

    def but(self, **changed: str) -> str:
        """The address of the same table with something else asked."""
        asked = {name: getattr(self, name) for name in self.__dataclass_fields__} | changed
        return "?" + urlencode({name: value for name, value in asked.items() if value})


@computed
def applicants(request: Any, round_: Round) -> HttpResponse:
    """Everybody, who is not on the list first, every ground."""
    assert round_.head is not None
    rows: list[dict[str, Any]] = known("rows", round_.head.facts_hash)
    told = known("round", round_.head.facts_hash)
    hinted = frozenset(id for one in round_.head.hint_list for id in one["ids"])
    asked = Filter.of(request.GET)
    kept = [row for row in rows if asked.keeps(row, hinted)]
    ordered = sorted(kept, key=_order(asked.sort))
    number = max(1, _number(request.GET.get("page", "1")))
    pages = max(1, -(-len(ordered) // PAGE))
    number = min(number, pages)
    shown = ordered[(number - 1) * PAGE : number * PAGE]
    return render(
        request, "applicants.html", round=round_, here="applicants", job=progress(round_), told=told, asked=asked,
        total=len(rows), counts=Counter(row["status"] for row in rows), groups=_groups(shown), found=len(kept),
        number=number, pages=pages, hinted=hinted, hints=sum(row["id"] in hinted or bool(row["notes"]) for row in rows),
        provisions=_provisions(rows), without=_without(rows, asked, hinted) if not kept else [],
        address=asked.but, waits=("own", "finding", "authority"), by_kind=by_kind,
        rejected_groups=Counter(row["status"] for row in kept),
    )  # fmt: skip


@computed
def exported(request: Any, round_: Round) -> HttpResponse:
    """The table as asked, as a file for spreadsheets: no cell is a formula."""
    assert round_.head is not None
    rows = known("rows", round_.head.facts_hash)
    hinted = frozenset(id for one in round_.head.hint_list for id in one["ids"])
    asked = Filter.of(request.GET)
    out = StringIO()
    table = csv.writer(out)
    lang = request.lang
    table.writerow([say(f"applicants.{name}", lang) for name in ("id", "name", "outcome", "number", "grounds")])
    for row in sorted((row for row in rows if asked.keeps(row, hinted)), key=_order(asked.sort)):
        grounds = [f"{one['citation']} {one['label'][lang]}" for one in row["grounds"]]
        cells = [row["id"], row["name"], say(f"status.{row['status']}", lang), str(len(grounds)), "；".join(grounds)]
        table.writerow([f"'{cell}" if cell.startswith(tuple(_FORMULA)) else cell for cell in cells])
    response = HttpResponse("\ufeff" + out.getvalue(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="applicants-{round_.ref}-{round_.head.number}.csv"'
    return response


def by_kind(grounds: Sequence[Mapping[str, Any]], lang: str) -> list[tuple[str, list[tuple[str, list[str]]]]]:
    """Grounds by kind, then by provision: the citation and what each is called."""
    found: dict[str, dict[str, list[str]]] = {}
    for one in grounds:
        found.setdefault(one["kind"], {}).setdefault(one["citation"], []).append(one["label"][lang])
    return [(kind, list(rows.items())) for kind, rows in found.items()]


def _groups(rows: Iterable[Mapping[str, Any]]) -> list[tuple[str, list[Mapping[str, Any]]]]:
    """Rows that follow each other with one outcome, under it."""
    found: list[tuple[str, list[Mapping[str, Any]]]] = []
    for row in rows:
        if not found or found[-1][0] != row["status"]:
            found.append((row["status"], []))
        found[-1][1].append(row)
    return found


def _order(sort: str) -> Any:
    if sort == "id":
        return lambda row: row["id"]
    if sort == "grounds":
        return lambda row: (-len(row["grounds"]), row["id"])
    return lambda row: (STATUSES.index(row["status"]), row["id"])


def _provisions(rows: Iterable[Mapping[str, Any]]) -> list[tuple[str, str, int]]:
    """The provisions that anything rests on, in the order of the law, with how many applicants."""
    counts: Counter[tuple[str, str]] = Counter()
    for row in rows:
        counts.update({(one["provision"], one["citation"]) for one in row["grounds"]})
    ordered = sorted(counts, key=lambda pair: tuple(map(int, pair[0][4:-1].split(","))))
    return [(provision, citation, counts[provision, citation]) for provision, citation in ordered]


def _without(rows: Sequence[Mapping[str, Any]], asked: Filter, hinted: frozenset[str]) -> list[tuple[str, str, int]]:
    """Where nobody is left: each thing asked, the address without it, and how many there would be."""
    found = []
    for name in asked.__dataclass_fields__:
        if name != "sort" and getattr(asked, name):
            other = Filter(**{**asked.__dict__, name: ""})
            number = sum(other.keeps(row, hinted) for row in rows)
            if number:
                found.append((name, asked.but(**{name: ""}), number))
    return found


def _number(words: str) -> int:
    return int(words) if words.isascii() and words.isdecimal() and len(words) < 7 else 1
