"""The addresses of this room, each with who may see it and who may act on it."""

from web.page import ADMINISTRATOR, ROLES, page
from web.people import accounts, signing

PAGES = (
    page("signin", signing.signin, "signin", free=True),
    page("signout", signing.signout, "signout", do=ROLES, form=False),
    page("role", signing.role, "role", do=ROLES, form=False),
    page("password", signing.password, "password", see=ROLES, do=ROLES),
    page("language/<slug:chosen>", signing.language, "language", free=True),
    page("accounts", accounts.accounts, "accounts", do=(ADMINISTRATOR,), menu="accounts"),
    page("accounts/<str:username>", accounts.account, "account", do=(ADMINISTRATOR,), form=False),
)
