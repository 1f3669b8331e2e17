"""Django's name for this room."""

from django.apps import AppConfig


class Awards(AppConfig):
    """Score sheets and the committee's choices."""

    name = "web.awards"
    label = "awards"

    def ready(self) -> None:
        """Say what papers take from this room."""
        from web.awards.choosing import for_papers
        from web.papers import GIVEN

        GIVEN["awards"] = for_papers
