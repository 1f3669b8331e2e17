"""The addresses of this room, each with who may see it and who may act on it."""

from web.page import CLERK, DESK, HEAD, page
from web.papers import delivering, drafts, files, lists, preparing

BUREAU = (CLERK, HEAD)
_DRAFT = "rounds/<slug:ref>/papers/draft/<str:paper>"
_OUT = "rounds/<slug:ref>/papers/out/<str:paper>"

PAGES = (
    page("rounds/<slug:ref>/papers", lists.papers, "papers", see=DESK, menu="papers"),
    page("rounds/<slug:ref>/papers/prepare", preparing.prepare_paper, "prepare_paper", do=BUREAU),
    page("rounds/<slug:ref>/papers/stop", preparing.stop_jobs, "stop_jobs", do=BUREAU, form=False),
    page("rounds/<slug:ref>/papers/folder", files.papers_folder, "papers_folder", see=DESK),
    page(_DRAFT, drafts.draft_paper, "draft_paper", see=DESK),
    page(f"{_DRAFT}/release", drafts.release_paper, "release_paper", do=(HEAD,), form=False),
    page(f"{_DRAFT}/return", drafts.return_paper, "return_paper", do=(HEAD,), form=False),
    page(f"{_DRAFT}/pdf", files.draft_pdf, "draft_pdf", see=DESK),
    page(f"{_DRAFT}/page/<int:number>", files.draft_page, "draft_page", see=DESK),
    page(_OUT, delivering.released_paper, "released_paper", see=DESK),
    page(f"{_OUT}/deliver", delivering.deliver_paper, "deliver_paper", do=BUREAU, form=False),
    page(f"{_OUT}/send", delivering.copy_to_send, "copy_to_send", do=BUREAU, form=False),
    page(f"{_OUT}/pdf", files.released_pdf, "released_pdf", see=DESK),
    page(f"{_OUT}/word", files.released_word, "released_word", see=DESK),
    page(f"{_OUT}/page/<int:number>", files.released_page, "released_page", see=DESK),
)
