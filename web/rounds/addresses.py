"""The addresses of this room, each with who may see it and who may act on it."""

from web.page import CLERK, DESK, HEAD, ROLES, page
from web.rounds import computing, course, documents, overview, workbooks

BUREAU = (CLERK, HEAD)

PAGES = (
    page("", overview.home, "home", see=ROLES),
    page("rounds", overview.rounds, "rounds", see=DESK, menu="rounds"),
    page("rounds/begin", overview.begin, "begin", do=BUREAU),
    page("rounds/<slug:ref>", overview.agenda, "agenda", see=DESK, menu="agenda"),
    page("rounds/<slug:ref>/compute", computing.compute_again, "compute", do=BUREAU, form=False),
    page("rounds/<slug:ref>/procedure", course.procedure, "procedure", see=DESK, menu="procedure"),
    page("rounds/<slug:ref>/readings", course.readings, "readings", see=DESK),
    page("rounds/<slug:ref>/due.ics", course.calendar, "due_calendar", see=DESK),
    page("rounds/<slug:ref>/workbook", workbooks.workbook, "workbook", see=DESK, menu="workbook"),
    page("rounds/<slug:ref>/template", workbooks.template, "template", see=DESK),
    page("rounds/<slug:ref>/upload", workbooks.upload, "upload", do=BUREAU, form=False),
    page("rounds/<slug:ref>/uploads/<str:upload>", workbooks.upload_page, "upload_page", see=DESK, do=BUREAU),
    page("rounds/<slug:ref>/uploads/<str:upload>/marked", workbooks.marked, "marked", see=DESK),
    page("rounds/<slug:ref>/versions/<int:version>", workbooks.version, "version", see=DESK),
    page("rounds/<slug:ref>/versions/<int:version>/workbook", workbooks.filled, "filled", see=DESK),
    page("rounds/<slug:ref>/documents/<str:document>", documents.attachment, "attachment", see=DESK),
)
