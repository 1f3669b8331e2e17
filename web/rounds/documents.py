"""Documents in the data folder, each once under its hash; handed out as attachments only."""

from __future__ import annotations

import os
import secrets
from hashlib import sha256
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.http import content_disposition_header

from web.ledger import act, actor
from web.rounds.computing import opened
from web.rounds.models import Attachment, Round

KINDS = {
    ".pdf": b"%PDF-", ".png": b"\x89PNG", ".jpg": b"\xff\xd8\xff", ".jpeg": b"\xff\xd8\xff",
    ".docx": b"PK", ".xlsx": b"PK", ".wps": b"\xd0\xcf\x11\xe0", ".ofd": b"PK",
}  # fmt: skip
"""What may be attached, by the end of its name, with the bytes it begins with."""
LIMIT = 20 * 1024 * 1024
_SIGNER = "web.rounds.documents"


def store(data: bytes) -> str:
    """Keep bytes; their hash. Whole or not at all: written aside, then named."""
    digest = sha256(data).hexdigest()
    target = _path(digest)
    if not target.exists():
        target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with NamedTemporaryFile(dir=target.parent, delete=False) as aside:
            aside.write(data)
            aside.flush()
            os.fsync(aside.fileno())
        Path(aside.name).replace(target)
    return digest


def stored(digest: str) -> bytes:
    """The bytes behind a hash; Http404 where they are not there."""
    try:
        return _path(digest).read_bytes()
    except OSError as trouble:
        raise Http404(digest) from trouble


def document_fault(name: str, data: bytes) -> str:
    """Why a document is not taken, a key of `web.document`; empty where it is."""
    begins = KINDS.get(Path(name).suffix.lower())
    if begins is None or not data.startswith(begins):
        return "kind"
    return "large" if len(data) > LIMIT else ""


def document_token(name: str, data: bytes) -> str:
    """A document that is kept and not yet said what for: its hash, size and name, signed."""
    return Signer(salt=_SIGNER).sign(f"{store(data)} {len(data)} {name[:200]}")


def document_named(token: str) -> tuple[str, int, str] | None:
    """Hash, size and name behind a token; None where it is not ours."""
    try:
        digest, size, name = Signer(salt=_SIGNER).unsign(token).split(" ", 2)
    except (BadSignature, ValueError):
        return None
    return digest, int(size), name


def attach(round_: Round, token: str, made: Any, about: str, subject: str) -> None:
    """Put a kept document into a round: with the act that says so."""
    known = document_named(token)
    if known is not None:
        digest, size, name = known
        Attachment.objects.create(
            round=round_, ref=secrets.token_urlsafe(15), digest=digest, name=name, size=size, about=about,
            subject=subject, act=made.act, at=made.at, person=made.name,
        )  # fmt: skip


@opened
def attachment(request: Any, round_: Round, document: str) -> HttpResponse:
    """Hand a document out; who did, is an act."""
    from django.db import transaction

    found = get_object_or_404(Attachment, round=round_, ref=document)
    data = stored(found.digest)
    with transaction.atomic():
        details = {"name": found.name, "sha256": found.digest}
        act(actor(request), "document_opened", about=f"round {round_.ref}", subject=[found.subject], details=details)
    return handed(data, found.name)


def handed(data: bytes, name: str, kind: str = "application/octet-stream") -> HttpResponse:
    """Bytes as a file to keep, never shown in place."""
    response = HttpResponse(data, content_type=kind)
    response["Content-Disposition"] = content_disposition_header(True, name)
    return response


def _path(digest: str) -> Path:
    root: Path = settings.ATTACHMENTS
    return root / digest[:2] / digest
