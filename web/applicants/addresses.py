"""The addresses of this room, each with who may see it and who may act on it."""

from web.applicants import entering, findingqueue, persons, tables
from web.page import CLERK, DESK, HEAD, page

PAGES = (
    page("rounds/<slug:ref>/applicants", tables.applicants, "applicants", see=DESK, menu="applicants"),
    page("rounds/<slug:ref>/applicants.csv", tables.exported, "applicants_csv", see=DESK),
    page("rounds/<slug:ref>/beside", persons.beside, "beside", see=DESK),
    page("rounds/<slug:ref>/applicant/<path:id>", persons.applicant, "applicant", see=DESK),
    page("rounds/<slug:ref>/picture/<path:id>", persons.picture, "picture", see=DESK),
    page("rounds/<slug:ref>/prospects/<path:id>", persons.prospects, "prospects", see=DESK),
    page("rounds/<slug:ref>/findings", findingqueue.findings, "findings", see=DESK, do=(CLERK, HEAD), menu="findings"),
    page("rounds/<slug:ref>/finding/<slug:topic>/<path:id>", findingqueue.finding, "finding", do=(CLERK, HEAD)),
    page("rounds/<slug:ref>/enter/<slug:predicate>", entering.enter, "enter", do=(CLERK, HEAD)),
    page("rounds/<slug:ref>/enter", entering.choose, "choose_fact", see=DESK),
    page("rounds/<slug:ref>/remove", entering.remove, "remove", do=(CLERK, HEAD)),
)
