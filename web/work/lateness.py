"""What no page can answer is told as a page, whatever page asked for it: late, or the rules cannot be read."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse

from engine.errors import RuleError
from web.page import render
from web.work.pool import Late


class Lateness:
    """A middleware: `Late` becomes a page that says so, a rule file that is spoilt one with file and line."""

    def __init__(self, get_response: Callable[[Any], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: Any) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: Any, exception: Exception) -> HttpResponse | None:
        """The page for an answer that did not come or could not be given; None for anything else."""
        if isinstance(exception, RuleError):
            lines = [problem.line(request.lang) for problem in exception.problems]
            return render(request, "problem.html", 503, key="rules", lines=lines)
        return render(request, "problem.html", 503, key="late") if isinstance(exception, Late) else None
