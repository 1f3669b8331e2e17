"""Accounts made and changed: each an act that supervision sees."""

from __future__ import annotations

import secrets
from collections.abc import Iterable

from django.db import transaction

from web.ledger import Actor, act
from web.people.models import User

_SIGNS = "abcdefghjkmnpqrstuvwxyz23456789"
"""No sign that is read for another one."""


def fresh_password() -> str:
    """A password to be typed from paper: four groups of four, some 79 bits."""
    return "-".join("".join(secrets.choice(_SIGNS) for _ in range(4)) for _ in range(4))


@transaction.atomic
def add(by: Actor, username: str, name: str, roles: Iterable[str], password: str, *, must_change: bool = True) -> User:
    """A new account, with the act that says so."""
    user = User(username=username, name=name, roles=" ".join(roles), must_change=must_change)
    user.set_password(password)
    user.save()
    act(by, "account_added", about=f"account {username}", details={"name": name, "roles": user.roles})
    return user


@transaction.atomic
def change(by: Actor, user: User, name: str, roles: Iterable[str], *, active: bool) -> None:
    """Another name, other roles, shut or open again; every session of the account ends where its rights change."""
    before = {"name": user.name, "roles": user.roles, "active": user.is_active}
    user.name, user.roles, user.is_active = name, " ".join(roles), active
    after = {"name": user.name, "roles": user.roles, "active": user.is_active}
    if before == after:
        return
    user.epoch += before["active"] != after["active"] or before["roles"] != after["roles"]
    user.save()
    details = {"name": name, "before": before, "after": after}
    act(by, "account_changed", about=f"account {user.username}", details=details)


@transaction.atomic
def renew(by: Actor, user: User, password: str, *, own: bool) -> None:
    """Another password: one's own, or one that whoever gets it must change."""
    user.set_password(password)
    user.must_change = not own
    user.epoch += 1
    user.save()
    kind = "password_changed" if own else "password_given"
    act(by, kind, about=f"account {user.username}", details={"name": user.name})


@transaction.atomic
def end_sessions(by: Actor, user: User) -> None:
    """Sign an account out wherever it is signed in."""
    user.epoch += 1
    user.save()
    act(by, "sessions_ended", about=f"account {user.username}", details={"name": user.name})
