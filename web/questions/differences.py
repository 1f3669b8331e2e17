"""Two versions side by side: each fact that differs, and whose outcome and grounds with it."""

from __future__ import annotations

from typing import Any

from engine.compare import Run, changes, difference
from engine.facts import Fact
from web.questions.known import case, decision
from web.questions.telling import told


def compared(old: str, new: str, outcomes: bool) -> dict[str, Any]:
    """The facts that differ, in words; with `outcomes` whose outcome or grounds differ, and why."""
    before, after = case(old), case(new)
    names = {**before.names, **after.names}
    rows = []
    for one in changes(before, after).all:
        was = told(Fact(one.predicate, one.old), names) if one.old is not None else None
        now = told(Fact(one.predicate, one.new), names) if one.new is not None else None
        rows.append({"sign": "changed" if was and now else "added" if now else "removed", "was": was, "now": now})
    answer: dict[str, Any] = {"facts": rows, "same": len(set(before.facts) & set(after.facts)), "outcomes": None}
    if outcomes:
        answer["outcomes"] = _outcomes(old, new)
    return answer


def _outcomes(old: str, new: str) -> list[dict[str, Any]]:
    from engine import decide

    def again(other: Any, only: Any) -> Any:
        return decide(other, only=tuple(only), processes=1).as_dict()

    runs = [Run(case(text), decision(text).as_dict(), None, None, {}, again) for text in (old, new)]
    found = difference(*runs)
    grounds = [{o.id: _grounds(o) for o in decision(text).applicants} for text in (old, new)]
    names = {**case(old).names, **case(new).names}
    rows = []
    for one in found.outcomes:
        was, now = (set(side.get(one.id, ())) for side in grounds)
        rows.append(
            {
                "id": one.id,
                "name": names.get(one.id, one.id),
                "old": one.old,
                "new": one.new,
                "because": list(one.because),
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
