"""The addresses of this room, each with who may see it and who may act on it."""

from web.ledger import views
from web.page import ADMINISTRATOR, HEAD, LEGAL, SUPERVISION, page

WATCH = (SUPERVISION, HEAD, LEGAL, ADMINISTRATOR)

PAGES = (
    page("ledger", views.ledger, "ledger", see=WATCH, menu="ledger"),
    page("ledger/export", views.export, "ledger_export", see=(SUPERVISION, ADMINISTRATOR)),
)
