"""Every address of the desk: each room lists its own."""

from web import applicants, archive, awards, bench, board, counter, ledger, panels, papers, people, rounds

urlpatterns = [
    *rounds.PAGES,
    *applicants.PAGES,
    *papers.PAGES,
    *archive.PAGES,
    *panels.PAGES,
    *awards.PAGES,
    *bench.PAGES,
    *counter.PAGES,
    *board.PAGES,
    *people.PAGES,
    *ledger.PAGES,
]

handler403 = handler404 = "web.page.errors.missing"
handler500 = "web.page.errors.fault"
