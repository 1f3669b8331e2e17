"""Django's name for this room, and what it tells the rooms below."""

from django.apps import AppConfig


class Papers(AppConfig):
    """Drafts, released papers, deliveries."""

    name = "web.papers"
    label = "papers"

    def ready(self) -> None:
        """Name the work that is this room's, and what waits behind its entry of the menu."""
        from web.page import NAMED, WAITING
        from web.papers.register import named_already, waiting_papers
        from web.work import KINDS

        KINDS["papers"] = "web.papers.preparing:prepare_all"
        WAITING["papers"] = waiting_papers
        NAMED.append(named_already)
