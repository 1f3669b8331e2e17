"""Is a paper genuine: by its number and check code, or by its file. No name is ever told."""

from __future__ import annotations

import re
from hashlib import sha256
from typing import Any

from django.http import HttpResponse

from web.board.models import Genuine
from web.page import Asked, Form, render, say

_LARGE = 20 * 1024 * 1024
_BRACKETS = str.maketrans({"[": "〔", "]": "〕", "（": "〔", "）": "〕", "(": "〔", ")": "〕", "【": "〔", "】": "〕"})


def enlist(number: str, code: str, data: bytes, kind: str, day: int, act: int) -> Genuine:
    """Make a released paper one that can be checked: `act` is the act that released it."""
    return Genuine.objects.create(
        number=_number(number), code_hash=_hash(code), digest=sha256(data).hexdigest(), kind=kind, day=day, act=act
    )


def supersede(data: bytes) -> None:
    """Mark a paper as replaced by a later one, with every copy of it that was printed to be sent."""
    codes = Genuine.objects.filter(digest=sha256(data).hexdigest()).values_list("code_hash", flat=True)
    Genuine.objects.filter(code_hash__in=list(codes)).update(state="superseded")


def check(request: Any) -> HttpResponse:
    """The form, and what a check says; a number without its code is as unknown as one that never was."""
    fields = (
        Asked("number", say("check.number", request.lang), needed=False, limit=80, value=request.GET.get("number", "")),
        Asked(
            "code", say("check.code", request.lang), needed=False, limit=80, hint=say("check.code_hint", request.lang)
        ),
        Asked("file", say("check.file", request.lang), "file", needed=False, hint=say("check.file_hint", request.lang)),
    )
    if request.method != "POST":
        return render(request, "check.html", form=Form.empty(fields, request.lang), found=None, asked=False)
    form = Form.read(fields, request.POST, request.lang)
    sent = request.FILES.get("file")
    if sent is not None and sent.size > _LARGE:
        form.fault("file", "upload.large")
    if sent is None and not (form.raw["number"] and form.raw["code"]):
        form.fault("number", "check.missing")
    if not form:
        return render(request, "check.html", 400, form=form, found=None, asked=False)
    if sent is not None:
        found = Genuine.objects.filter(digest=sha256(sent.read()).hexdigest()).order_by("pk").last()
    else:
        wanted = {"code_hash": _hash(form.raw["code"]), "number": _number(form.raw["number"])}
        found = Genuine.objects.filter(**wanted).order_by("pk").last()
    return render(request, "check.html", form=form, found=found, asked=True, by_file=sent is not None)


def _hash(code: str) -> str:
    """The hash of a code as it is typed: case, blanks and hyphens do not count."""
    return sha256(re.sub(r"[\s\-－—]", "", code).lower().encode("utf-8", "surrogatepass")).hexdigest()


def _number(words: str) -> str:
    """A document number as it is compared: brackets of any kind, no blanks."""
    return re.sub(r"\s", "", words).translate(_BRACKETS)
