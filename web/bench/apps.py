"""Django's name for this room, and the work that is its own."""

from django.apps import AppConfig


class Bench(AppConfig):
    """Tables of what was said of the cases."""

    name = "web.bench"
    label = "bench"

    def ready(self) -> None:
        """Name the work that is this room's."""
        from web.work import KINDS

        KINDS["bench"] = "web.bench.tables:compute"
        KINDS["slips"] = "web.bench.questioning:run_slips"
        KINDS["compare"] = "web.bench.comparing:run_compare"
        KINDS["suite"] = "web.bench.tables:run_suite"
