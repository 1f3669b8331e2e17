"""Django's name for this room."""

from django.apps import AppConfig


class People(AppConfig):
    """The accounts' table."""

    name = "web.people"
    label = "people"
