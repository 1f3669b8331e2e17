"""An answer that does not come in time is told as a page, whatever page asked for it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse

from web.page import render
from web.work.pool import Late


class Lateness:
    """A middleware: `Late` becomes a page that says so; nothing was changed."""

    def __init__(self, get_response: Callable[[Any], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: Any) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: Any, exception: Exception) -> HttpResponse | None:
        """The page for an answer that did not come; None for anything else."""
        return render(request, "problem.html", 503, key="late") if isinstance(exception, Late) else None
