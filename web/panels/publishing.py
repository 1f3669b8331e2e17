"""A draw in public: what is watched from outside as it is shown, and its page on the board when it is over."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect

from web.board import put_up, show
from web.ledger import actor
from web.page import china, number, say
from web.panels.freezing import current, found
from web.panels.models import Freeze, Showing
from web.rounds import Round, opened
from web.work import answered

_LANG = "zh"


def watched(one: Freeze, showing: Showing, told: dict[str, Any]) -> None:
    """Renew the page that is watched from outside: what was reached in the room, and nothing after it."""
    steps = told["steps"][: showing.reached]
    groups = []
    for group in told["order"]:
        own = [step for step in steps if step["group"] == group["id"]]
        led = {step["id"] for step in own if step["kind"] == "leader"}
        names = [step for step in own if step["kind"] == "name"]
        last = names[-1] if names else None
        groups.append(
            {
                "name": f"{group['id']} {group['name']}".strip(),
                "seats": group["seats"],
                "members": [
                    {"name": step["name"] or step["id"], "leader": step["id"] in led}
                    for step in names
                    if step["verdict"] == "taken"
                ],
                "last": {"name": last["name"] or last["id"], "verdict": say(f"wall.verdict.{last['verdict']}", _LANG)}
                if last
                else None,
            }
        )
    show(one.round.ref, one.round.award(_LANG), groups, ended=showing.ended)


@opened
def publish_draw(request: Any, round_: Round, freeze: int) -> HttpResponse:
    """Put the draw on the board: who sits where, what to compare, the public copy and the page that checks it."""
    one = found(round_, freeze)
    if not hasattr(one, "drawing") or not one.drawing.showing.ended:
        raise Http404(one.commitment)
    record = current(one)
    told = answered("standing", record)
    files = (
        (f"{round_.ref}-draw-{one.number}-public.json", answered("public_copy", record).encode("utf-8")),
        ("check.html", answered("check_page", _LANG).encode("utf-8")),
    )
    put_up(
        actor(request), round_.ref, round_.award(_LANG), "draw", _content(one, told), number(china().date()),
        files=files,
    )  # fmt: skip
    return redirect("frozen", round_.ref, one.number)


def _content(one: Freeze, told: dict[str, Any]) -> dict[str, Any]:
    """The page's words: the panels, the numbers to compare, what the check proves and what it does not."""
    rows = [
        [
            f"{panel['group']} {panel['name']}".strip(),
            each["name"] or each["id"],
            say("panels.leader", _LANG) if each["leader"] else "",
        ]
        for panel in told["panels"]
        for each in panel["members"]
    ]
    published = getattr(one, "publication", None)
    lines = [say("board.draw.lead", _LANG)]
    if published is not None:
        lines.append(say("board.draw.published", _LANG, place=published.place, document=published.document))
    compare = [
        ("commitment", one.commitment),
        ("seed", one.drawing.entered.seed),
        ("head", told["head"]),
    ]
    header = [say(f"board.draw.{name}", _LANG) for name in ("group", "reviewer", "role")]
    blocks: list[dict[str, Any]] = [{"kind": "text", "text": line} for line in lines]
    blocks.append({"kind": "table", "caption": "", "header": header, "rows": rows, "widths": [2, 2, 1]})
    blocks.append({"kind": "heading1", "text": say("board.draw.check", _LANG)})
    blocks += [{"kind": "flush", "text": say(f"board.draw.{name}", _LANG) + value} for name, value in compare]
    blocks += [{"kind": "text", "text": say(f"board.draw.{name}", _LANG)} for name in ("how", "proves", "not_proved")]
    for entry in told["entries"]:
        blocks.append({"kind": "heading2", "text": say("board.draw.later", _LANG, number=entry["number"])})
        blocks += [{"kind": "text", "text": line} for line in entry["words"][_LANG]]
    title = say("board.draw.title", _LANG, award=one.round.award(_LANG))
    return {"title": title, "number": "", "blocks": blocks}
