"""The long work of this room, done in the child: a folder made and kept, a folder asked again."""

from __future__ import annotations

import json
import secrets
from typing import Any

from django.db import transaction

from web.archive.models import Folder, Replay
from web.ledger import Actor, act
from web.page import china, number
from web.papers import registered, released_files, zipped
from web.rounds import Version, store, stored
from web.work import Job, ask, moved

_LIMIT = 1800.0


def make_folder(job: Job, version: int, register: str, person: dict[str, str]) -> None:  # noqa: ARG001 - part of the key
    """Ask every question of a version, and keep all files with their record."""
    found = Version.objects.select_related("round").get(pk=version)
    moved(job, 0, 2)
    day = number(china().date())
    files = ask(
        "round_folder", found.facts, registered(found.round), day, released_files(found.round), limit=_LIMIT
    )  # fmt: skip
    moved(job, 1, 2)
    data = zipped(files)
    own = json.loads(files["record.json"])["sha256"]
    with transaction.atomic():
        details = {"version": found.number, "sha256": own, "files": len(files)}
        done = act(Actor(**person), "folder_made", about=f"round {found.round.ref}", details=details)
        Folder.objects.create(
            ref=secrets.token_urlsafe(15), round=found.round, version=found, digest=store(data), size=len(data),
            files=len(files), record=own, act=done.number, at=done.at, name=person["name"],
        )  # fmt: skip
    moved(job, 2, 2)


def replay_folder(job: Job, folder: int, after: int, person: dict[str, str]) -> None:  # noqa: ARG001 - part of the key
    """Ask a kept folder again, and keep what came of it."""
    found = Folder.objects.select_related("round").get(pk=folder)
    moved(job, 0, 1)
    told: dict[str, Any] = ask("folder_replayed", stored(found.digest), limit=_LIMIT)
    with transaction.atomic():
        details = {"sha256": found.record, "same": told["same"], "different": told["different"][:20]}
        done = act(Actor(**person), "folder_replayed", about=f"round {found.round.ref}", details=details)
        Replay.objects.create(
            folder=found, same=told["same"], told=json.dumps(told, ensure_ascii=False), act=done.number, at=done.at,
            name=person["name"],
        )  # fmt: skip
    moved(job, 1, 1)
