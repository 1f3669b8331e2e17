"""Django's name for this room."""

from django.apps import AppConfig


class Work(AppConfig):
    """The tables of kept answers and long jobs."""

    name = "web.work"
    label = "work"
