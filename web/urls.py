"""Every address of the desk: each room lists its own."""

from web import applicants, board, counter, ledger, panels, people, rounds

urlpatterns = [
    *rounds.PAGES,
    *applicants.PAGES,
    *panels.PAGES,
    *counter.PAGES,
    *board.PAGES,
    *people.PAGES,
    *ledger.PAGES,
]

handler403 = handler404 = "web.page.errors.missing"
handler500 = "web.page.errors.fault"
