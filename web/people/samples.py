"""Five invented people, one a role, for a house that shows what it does."""

from __future__ import annotations

from engine.words import messages
from web.ledger import HOUSE
from web.page import ROLES
from web.people.keeping import add
from web.people.models import User

PASSWORD = "sample-desk-2025"
"""The password of every invented person: such a house holds nothing that is true."""


def sample_people() -> list[User]:
    """The five, made where they are missing."""
    made = []
    for role in ROLES:
        if (found := User.objects.filter(username=role).first()) is None:
            name = messages.text(f"web.samples.{role}", "zh")
            found = add(HOUSE, role, name, [role], PASSWORD, must_change=False)
        made.append(found)
    return made
