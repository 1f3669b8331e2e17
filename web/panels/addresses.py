"""The addresses of this room, each with who may see it and who may act on it."""

from web.page import CLERK, DESK, HEAD, SUPERVISION, page
from web.panels import freezing, later, numbers, publishing, seating, wall

BUREAU = (CLERK, HEAD)
_DRAW = "rounds/<slug:ref>/draws/<int:freeze>"

PAGES = (
    page("rounds/<slug:ref>/panels", seating.panels, "panels", see=DESK, menu="panels"),
    page("rounds/<slug:ref>/panels/reviewer/<path:id>", seating.reviewer, "reviewer", see=DESK),
    page("rounds/<slug:ref>/panels/ties", seating.picture, "ties_picture", see=DESK),
    page("rounds/<slug:ref>/panels/freeze", freezing.freeze, "freeze", do=BUREAU),
    page(_DRAW, freezing.frozen, "frozen", see=DESK, do=BUREAU),
    page(f"{_DRAW}/numbers", numbers.numbers, "numbers", do=BUREAU),
    page(f"{_DRAW}/wall", wall.wall, "wall", see=DESK, do=BUREAU),
    page(f"{_DRAW}/operator", wall.operator, "operator", see=(*BUREAU, SUPERVISION)),
    page(f"{_DRAW}/record", later.record, "record", see=DESK),
    page(f"{_DRAW}/public", later.public_copy, "public_copy", see=DESK),
    page(f"{_DRAW}/check", later.check_page, "check_page", see=DESK),
    page(f"{_DRAW}/board", publishing.publish_draw, "publish_draw", do=(HEAD,), form=False),
    page(f"{_DRAW}/entry", later.entry, "entry", do=BUREAU),
)
