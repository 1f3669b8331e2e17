"""The roles of the house and the pages that each may see: what access, menu and refusals ask."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from django.http import HttpResponse

ROLES = ("administrator", "clerk", "head", "legal", "supervision")
"""The roles a person may act in, one at a time."""
ADMINISTRATOR, CLERK, HEAD, LEGAL, SUPERVISION = ROLES
DESK = (CLERK, HEAD, LEGAL, SUPERVISION)
"""Whoever works on a round or watches it; the administrator keeps the house and sees no case."""

View = Callable[..., HttpResponse]
READING = ("GET", "HEAD")
"""The methods that ask for a page; any other sends it something."""


@dataclass(frozen=True)
class Page:
    """A page: its name, the roles that may see it, those that may send it something, its place in the menu.

    `free`: without signing in. `form`: GET shows something; without it the page only takes what is sent.
    `menu` is a key of `web.page.shell.MENU`, empty for pages that no menu shows.
    """

    name: str
    see: frozenset[str] = frozenset()
    do: frozenset[str] = frozenset()
    free: bool = False
    form: bool = True
    menu: str = ""
    view: View = field(default=lambda: HttpResponse(), compare=False, repr=False)

    def allows(self, role: str, method: str) -> bool:
        """Whether somebody acting in a role may ask for the page by a method."""
        return self.free or role in (self.see | self.do if method in READING else self.do)


MENU_PAGES: dict[str, Page] = {}
"""The page behind each entry of the menu, as the addresses are read."""
