"""Django's name for this room."""

from django.apps import AppConfig


class Panels(AppConfig):
    """Freezes, draws, what came after them."""

    name = "web.panels"
    label = "panels"

    def ready(self) -> None:
        """Say what waits behind this room's entry of the menu."""
        from web.page import WAITING
        from web.panels.freezing import waiting
        from web.panels.later import for_papers
        from web.papers import GIVEN

        WAITING["panels"] = waiting
        GIVEN["panels"] = for_papers
