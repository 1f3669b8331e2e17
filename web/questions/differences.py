"""Two versions side by side: each fact that differs, and whose outcome and grounds with it."""

from __future__ import annotations

from typing import Any

from engine.case import Case, lpfile
from engine.compare import changes
from engine.errors import Problems
from engine.facts import Fact
from web.questions.known import case, decision
from web.questions.telling import told


def compared(old: str, new: str, outcomes: bool) -> dict[str, Any]:
    """The facts that differ, in words; with `outcomes` whose outcome or grounds differ, and why."""
    answer = _facts(case(old), case(new))
    if outcomes:
        answer["outcomes"] = _outcomes(old, new)
    return answer


def compared_partial(old: str, part: str, unread: list[str]) -> dict[str, Any]:
    """The facts in which what was read of a case that is not sound differs; no outcome comes of it.

    Facts of `unread` predicates that the part lacks are marked: they are not gone, they were not read.
    """
    found = lpfile.read("", part.encode("utf-8"), Problems())
    answer = _facts(case(old), Case.of(Fact(name, row) for name, rows in found.rows.items() for row in rows))
    for row in answer["facts"]:
        row["unread"] = row["sign"] == "removed" and row["was"]["of"] in unread
    return answer


def _facts(before: Case, after: Case) -> dict[str, Any]:
    names = {**before.names, **after.names}
    rows = []
    for one in changes(before, after).all:
        was = told(Fact(one.predicate, one.old), names) if one.old is not None else None
        now = told(Fact(one.predicate, one.new), names) if one.new is not None else None
        rows.append({"sign": "changed" if was and now else "added" if now else "removed", "was": was, "now": now})
    return {"facts": rows, "same": len(set(before.facts) & set(after.facts)), "outcomes": None}


def _outcomes(old: str, new: str) -> list[dict[str, Any]]:
    """Everybody whose outcome or grounds differ, by identifier: before and after, the grounds that came and went."""
    before, after = ({one.id: one for one in decision(text).applicants} for text in (old, new))
    names = {**case(old).names, **case(new).names}
    rows = []
    for id in sorted({*before, *after}):
        was, now = (set(_grounds(side[id])) if id in side else set() for side in (before, after))
        status = [side[id].status if id in side else None for side in (before, after)]
        if was != now or status[0] != status[1]:
            rows.append(
                {
                    "id": id,
                    "name": names.get(id, id),
                    "old": status[0],
                    "new": status[1],
                    "more": [_label(each) for each in sorted(now - was)],
                    "less": [_label(each) for each in sorted(was - now)],
                }
            )
    return rows


def _grounds(outcome: Any) -> list[tuple[Any, str, str]]:
    return [(g.provision, kind, g.key) for kind in ("barred", "failed", "open") for g in getattr(outcome, kind)]


def _label(ground: tuple[Any, str, str]) -> dict[str, Any]:
    from engine.words import LANGUAGES, text

    provision, kind, key = ground
    name = f"ground.{key}" if kind == "barred" else f"requirement.{key}"
    return {"citation": provision.citation, "kind": kind, "label": {lang: text(name, lang) for lang in LANGUAGES}}
