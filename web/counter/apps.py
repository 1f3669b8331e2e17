"""Django's name for this room, and what it tells the rooms below."""

from django.apps import AppConfig


class Counter(AppConfig):
    """Links, snapshots, papers handed over, what was said."""

    name = "web.counter"
    label = "counter"

    def ready(self) -> None:
        """Name the work that is this room's, and what waits behind its entry of the menu."""
        from web.counter.bureau import waiting
        from web.page import WAITING
        from web.work import KINDS

        KINDS["release_snapshots"] = "web.counter.releasing:make"
        WAITING["counter"] = waiting
