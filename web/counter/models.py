"""What the counter keeps: links, what was released to whom, papers handed over, what was said and answered.

Rounds and applicants are named by text, not tied by keys: a page for somebody outside never asks another room's table.
"""

from __future__ import annotations

import json
from typing import Any

from django.db import models


class Link(models.Model):
    """A personal link, known by its hash alone. `kind`: applicant, entry or reviewer; `subject` whom it is for.

    `until` is its last day (yyyymmdd); `shut` why it is closed (`revoked`, `replaced`, `tries`), empty while it is
    open; `epoch` counts up when its holder leaves, so that no visit goes on; `act` is the act that gave it: of
    several that are open the later ones are those of a higher act.
    """

    hash = models.CharField(max_length=64, primary_key=True)
    kind = models.CharField(max_length=12)
    round_ref = models.TextField()
    subject = models.TextField()
    name = models.TextField()
    secret = models.TextField()
    until = models.IntegerField()
    tries = models.IntegerField(default=0)
    shut = models.CharField(max_length=12, blank=True)
    epoch = models.IntegerField(default=0)
    at = models.TextField()
    act = models.BigIntegerField(default=0)

    class Meta:
        indexes = (models.Index(fields=["round_ref", "kind", "subject"], name="link_subject"),)


class Snapshot(models.Model):
    """What somebody may see, as the bureau released it; the last one counts."""

    round_ref = models.TextField()
    kind = models.CharField(max_length=12)
    subject = models.TextField()
    shown = models.TextField()
    facts_hash = models.CharField(max_length=64)
    version = models.IntegerField()
    day = models.IntegerField()
    at = models.TextField()
    act = models.BigIntegerField()

    class Meta:
        ordering = ("pk",)
        indexes = (models.Index(fields=["round_ref", "kind", "subject"], name="snapshot_subject"),)

    @property
    def content(self) -> dict[str, Any]:
        """What is shown (`web.questions.counter.own`)."""
        found: dict[str, Any] = json.loads(self.shown)
        return found


class Sheet(models.Model):
    """A paper handed over to an applicant: its bytes lie under their hash in the data folder."""

    ref = models.CharField(max_length=24, unique=True)
    round_ref = models.TextField()
    subject = models.TextField()
    kind = models.TextField()
    title = models.TextField()
    number = models.TextField(blank=True)
    day = models.IntegerField()
    digest = models.CharField(max_length=64)
    size = models.IntegerField()
    name = models.TextField()

    class Meta:
        ordering = ("pk",)
        indexes = (models.Index(fields=["round_ref", "subject"], name="sheet_subject"),)


class Said(models.Model):
    """Something an applicant or a reviewer sent: kept as it came, with its day; no program judges it.

    `kind`: supplement, objection, statement, error, withdrawal, dossier or declaration; `about` in words what it is
    about; `files` are name, hash, size; `once` the mark of the form, so that one that is sent again counts once.
    """

    ref = models.CharField(max_length=24, unique=True)
    round_ref = models.TextField()
    subject = models.TextField()
    name = models.TextField()
    kind = models.CharField(max_length=12)
    about = models.TextField(blank=True)
    words = models.TextField(blank=True)
    content = models.TextField(default="{}")
    files = models.TextField(default="[]")
    once = models.CharField(max_length=64, unique=True)
    day = models.IntegerField()
    at = models.TextField()
    act = models.BigIntegerField()

    class Meta:
        ordering = ("pk",)
        indexes = (models.Index(fields=["round_ref", "subject"], name="said_subject"),)

    @property
    def file_list(self) -> list[tuple[str, str, int]]:
        """Name, hash and size of each document that came with it."""
        return [(str(name), str(digest), int(size)) for name, digest, size in json.loads(self.files)]

    @property
    def held(self) -> dict[str, Any]:
        """What was entered, where it was a form of many fields."""
        found: dict[str, Any] = json.loads(self.content)
        return found


class Reply(models.Model):
    """The bureau's answer to something said: one, by a person."""

    said = models.OneToOneField(Said, models.PROTECT, related_name="reply")
    words = models.TextField()
    day = models.IntegerField()
    at = models.TextField()
    name = models.TextField()
    act = models.BigIntegerField()


class Filled(models.Model):
    """What is filled in and not yet handed in: kept from one visit to the next, by link."""

    hash = models.CharField(max_length=64, primary_key=True)
    content = models.TextField(default="{}")
    files = models.TextField(default="[]")
    at = models.TextField()
