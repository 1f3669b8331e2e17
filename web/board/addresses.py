"""The addresses of this room: open to everybody, and those by which the bureau puts things up."""

from web.board import checking
from web.page import page

PAGES = (page("check", checking.check, "check", free=True),)
