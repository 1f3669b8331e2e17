"""The addresses of this room: open to everybody, and those by which the bureau puts things up."""

from web.board import bureau, checking, public, watching
from web.page import DESK, HEAD, page

PAGES = (
    page("check", checking.check, "check", free=True),
    page("board", public.board, "board", free=True),
    page("board/<slug:ref>", public.board_round, "board_round", free=True),
    page("board/<slug:ref>/<str:posting>", public.posting, "posting", free=True),
    page("board/<slug:ref>/<str:posting>/text", public.posting_text, "posting_text", free=True),
    page("board/<slug:ref>/<str:posting>/<int:at>", public.posting_file, "posting_file", free=True),
    page("watch/<slug:ref>", watching.watch, "watch", free=True),
    page("rounds/<slug:ref>/board", bureau.board_desk, "board_desk", see=DESK, menu="board"),
    page("rounds/<slug:ref>/board/other", bureau.post_other, "post_other", do=(HEAD,), form=False),
    page("rounds/<slug:ref>/board/decision", bureau.post_decision, "post_decision", do=(HEAD,), form=False),
    page("rounds/<slug:ref>/board/off", bureau.take_off, "take_off", do=(HEAD,), form=False),
)
