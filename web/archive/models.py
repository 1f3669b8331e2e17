"""Folders of rounds, kept by their hash, and what came of asking one again."""

from __future__ import annotations

import json
from typing import Any

from django.db import models


class Folder(models.Model):
    """A round's folder with its record, as one file; `record` is the hash that the record bears."""

    ref = models.CharField(max_length=24, unique=True)
    round = models.ForeignKey("rounds.Round", models.PROTECT, related_name="folders")
    version = models.ForeignKey("rounds.Version", models.PROTECT, related_name="+")
    digest = models.CharField(max_length=64)
    size = models.IntegerField()
    files = models.IntegerField()
    record = models.CharField(max_length=64)
    act = models.BigIntegerField()
    at = models.TextField()
    name = models.TextField()

    class Meta:
        ordering = ("-pk",)


class Replay(models.Model):
    """A folder asked again: whether all came out as it was recorded, and what did not."""

    folder = models.ForeignKey(Folder, models.PROTECT, related_name="replays")
    same = models.BooleanField()
    told = models.TextField()
    act = models.BigIntegerField()
    at = models.TextField()
    name = models.TextField()

    class Meta:
        ordering = ("-pk",)

    @property
    def answer(self) -> dict[str, Any]:
        """What the question said (`web.drafts.folders.folder_replayed`)."""
        found: dict[str, Any] = json.loads(self.told)
        return found
