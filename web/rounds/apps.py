"""Django's name for this room, and what it tells the rooms below."""

from django.apps import AppConfig


class Rounds(AppConfig):
    """Rounds, versions, uploads, documents."""

    name = "web.rounds"
    label = "rounds"

    def ready(self) -> None:
        """Name the work that is this room's, and what waits behind its entries of the menu."""
        from web.page import CITY, WAITING
        from web.rounds.computing import sole_city, waiting_findings, waiting_uploads
        from web.work import KINDS

        KINDS["decide"] = "web.rounds.computing:decide"
        KINDS["answer"] = "web.rounds.computing:answer"
        CITY[:] = [sole_city]
        WAITING["workbook"] = waiting_uploads
        WAITING["findings"] = waiting_findings
