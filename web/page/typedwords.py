"""What was typed when a session had ended: given back to the browser, signed, and offered again after signing in."""

from __future__ import annotations

from typing import Any

from django.core import signing

_SALT = "web.page.typedwords"
_LIMIT = 200_000
_DAY = 24 * 3600


def keep(request: Any) -> str:
    """Everything that was sent but files and tokens, signed; empty where it is too much to keep."""
    fields = [
        (name, value)
        for name, values in request.POST.lists()
        for value in values
        if name != "csrfmiddlewaretoken" and "password" not in name
    ]
    if sum(len(name) + len(value) for name, value in fields) > _LIMIT:
        return ""
    return signing.dumps((request.get_full_path(), fields), salt=_SALT, compress=True)


def kept(token: str) -> tuple[str, list[tuple[str, str]]] | None:
    """The address and the fields; None for what is not ours, or older than a day."""
    if not token:
        return None
    try:
        address, fields = signing.loads(token, salt=_SALT, max_age=_DAY)
    except signing.BadSignature:
        return None
    return str(address), [(str(name), str(value)) for name, value in fields]
