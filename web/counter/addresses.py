"""The addresses of this room: those of the desk with their roles, and those of people outside, who come by a link."""

from web.counter import bureau, declaring, door, dossiers, mine, saying, taking
from web.page import CLERK, DESK, HEAD, page

BUREAU = (CLERK, HEAD)

PAGES = (
    page("a/<str:token>", door.door, "door", free=True),
    page("mine", mine.mine, "mine", free=True),
    page("mine/out", door.out, "mine_out", free=True),
    page("mine/papers/<str:sheet>", mine.sheet, "sheet", free=True),
    page("mine/say/<slug:kind>", saying.saying, "saying", free=True),
    page("mine/receipts/<str:said>", mine.receipt, "receipt", free=True),
    page("mine/dossier", dossiers.dossier, "dossier", free=True),
    page("mine/dossier/hand", dossiers.hand_in, "dossier_hand", free=True),
    page("mine/dossier/workbook", dossiers.workbook, "dossier_workbook", free=True),
    page("mine/dossier/<int:at>", dossiers.step, "dossier_step", free=True),
    page("mine/declaration", declaring.declaration, "declaration", free=True),
    page("rounds/<slug:ref>/counter", bureau.counter, "counter", see=DESK, menu="counter"),
    page("rounds/<slug:ref>/counter/links", bureau.links, "links", do=BUREAU, form=False),
    page("rounds/<slug:ref>/counter/close", bureau.close, "close_link", do=BUREAU, form=False),
    page("rounds/<slug:ref>/counter/release", bureau.release_to, "release_to", do=(HEAD,), form=False),
    page("rounds/<slug:ref>/counter/entry", taking.entry, "entry", do=BUREAU),
    page("rounds/<slug:ref>/counter/reviewers", taking.reviewers, "reviewers", see=DESK, do=BUREAU),
    page("rounds/<slug:ref>/counter/said/<str:said>", bureau.said, "said", see=DESK, do=BUREAU),
    page("rounds/<slug:ref>/counter/said/<str:said>/take", taking.take, "take_said", do=BUREAU),
    page("rounds/<slug:ref>/counter/said/<str:said>/<int:at>", bureau.said_file, "said_file", see=DESK),
)
