"""Django's name for this room, and what it tells the rooms below."""

from django.apps import AppConfig


class Archive(AppConfig):
    """Folders of rounds and what came of asking them again."""

    name = "web.archive"
    label = "archive"

    def ready(self) -> None:
        """Name the work that is this room's."""
        from web.work import KINDS

        KINDS["folder"] = "web.archive.making:make_folder"
        KINDS["replay"] = "web.archive.making:replay_folder"
