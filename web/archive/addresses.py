"""The addresses of this room, each with who may see it and who may act on it."""

from web.archive import pages
from web.page import CLERK, DESK, HEAD, SUPERVISION, page

_FOLDER = "rounds/<slug:ref>/archive/<str:folder>"

PAGES = (
    page("rounds/<slug:ref>/archive", pages.archive, "archive", see=DESK, menu="archive"),
    page("rounds/<slug:ref>/archive/make", pages.make, "make_folder", do=(CLERK, HEAD), form=False),
    page("rounds/<slug:ref>/archive/close", pages.close, "close_round", do=(HEAD,), form=False),
    page("rounds/<slug:ref>/archive/beside/<slug:other>", pages.rounds_beside, "rounds_beside", see=DESK),
    page(_FOLDER, pages.taken, "folder", see=DESK),
    page(f"{_FOLDER}/replay", pages.replay, "replay_folder", do=(CLERK, HEAD, SUPERVISION), form=False),
    page("rounds/<slug:ref>/revocations", pages.revocations, "revocations", see=DESK),
)
