"""Django's name for this room."""

from django.apps import AppConfig


class Board(AppConfig):
    """What was put on the board, and the papers that can be checked."""

    name = "web.board"
    label = "board"
