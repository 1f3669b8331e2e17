"""Django's name for this room."""

from django.apps import AppConfig


class Awards(AppConfig):
    """Score sheets and the committee's choices."""

    name = "web.awards"
    label = "awards"
