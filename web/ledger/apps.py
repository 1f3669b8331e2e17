"""Django's name for this room."""

from django.apps import AppConfig


class Ledger(AppConfig):
    """The ledger's tables."""

    name = "web.ledger"
    label = "ledger"
