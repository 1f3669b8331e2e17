"""The accounts of the house, for whoever keeps it."""

from __future__ import annotations

import re
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect

from web.ledger import actor
from web.page import ROLES, Asked, Form, render, say
from web.people.keeping import add, change, fresh_password, renew
from web.people.models import User

_NAME = re.compile(r"[A-Za-z0-9._@-]{2,60}")


def accounts(request: Any) -> HttpResponse:
    """Everybody who has an account, and a new one."""
    form = Form.empty(_fields(request.lang), request.lang)
    given = None
    if request.method == "POST":
        form = Form.read(_fields(request.lang), request.POST, request.lang)
        roles = [role for role in ROLES if request.POST.get(f"role_{role}")]
        if form and not _NAME.fullmatch(form.values["username"]):
            form.fault("username", "accounts.sign")
        if form and User.objects.filter(username__iexact=form.values["username"]).exists():
            form.fault("username", "accounts.taken")
        if not roles:
            form.fault("name", "accounts.no_role")
        if form:
            secret = fresh_password()
            user = add(actor(request), form.values["username"], form.values["name"], roles, secret)
            given = (user, secret)
            form = Form.empty(_fields(request.lang), request.lang)
    return _page(request, form, given)


def account(request: Any, username: str) -> HttpResponse:
    """Change one account: its name, its roles, a new password, shut it."""
    user = get_object_or_404(User, username=username)
    if request.POST.get("act") == "password":
        secret = fresh_password()
        renew(actor(request), user, secret, own=False)
        return _page(request, Form.empty(_fields(request.lang), request.lang), (user, secret))
    roles = [role for role in ROLES if request.POST.get(f"role_{role}")] or user.role_list
    shut = bool(request.POST.get("shut")) and user != request.user
    name = request.POST.get("name", "").strip()[:60] or user.name
    change(actor(request), user, name, roles, active=not shut)
    return redirect("accounts")


def _page(request: Any, form: Form, given: tuple[User, str] | None) -> HttpResponse:
    known = User.objects.order_by("-is_active", "username")
    status = 400 if form.faults else 200
    return render(request, "accounts.html", status, form=form, users=known, roles=ROLES, given=given, here="accounts")


def _fields(lang: str) -> tuple[Asked, ...]:
    return (
        Asked("username", say("accounts.username", lang), limit=60, hint=say("accounts.username_hint", lang)),
        Asked("name", say("accounts.name", lang), limit=60),
    )
