"""Freezes, their publication, the numbers as each person typed them, draws, how far one is shown, what came after."""

from __future__ import annotations

import json
from typing import Any

from django.db import models

from web.rounds import Round, Version


class Freeze(models.Model):
    """A frozen case: `file` holds K and stays inside. Never changed; another may take its place."""

    round = models.ForeignKey(Round, models.PROTECT, related_name="freezes")
    number = models.IntegerField()
    version = models.ForeignKey(Version, models.PROTECT, related_name="+")
    replaces = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")
    commitment = models.CharField(max_length=64)
    file = models.TextField()
    told = models.TextField()
    act = models.BigIntegerField()
    at = models.TextField()
    name = models.TextField()

    class Meta:
        ordering = ("number",)
        constraints = (models.UniqueConstraint(fields=("round", "number"), name="freeze_number"),)

    @property
    def answer(self) -> dict[str, Any]:
        """Sources, announcement, seats (`web.inquiries.draws.frozen`)."""
        found: dict[str, Any] = json.loads(self.told)
        return found


class Publication(models.Model):
    """Where, when and under which number a commitment was published."""

    freeze = models.OneToOneField(Freeze, models.PROTECT, related_name="publication")
    place = models.TextField()
    day = models.IntegerField()
    document = models.TextField()
    act = models.BigIntegerField()
    name = models.TextField()


class Numbers(models.Model):
    """The numbers of the public events as one person typed them; `cancelled` pairs a source with its document."""

    freeze = models.ForeignKey(Freeze, models.PROTECT, related_name="numbers")
    seed = models.TextField()
    cancelled = models.TextField(default="[]")
    act = models.BigIntegerField()
    at = models.TextField()
    who = models.TextField()
    name = models.TextField()

    class Meta:
        ordering = ("pk",)


class Drawing(models.Model):
    """A draw: its record, whole and hashed before any name is shown."""

    freeze = models.OneToOneField(Freeze, models.PROTECT, related_name="drawing")
    record = models.TextField()
    digest = models.CharField(max_length=64)
    entered = models.ForeignKey(Numbers, models.PROTECT, related_name="+")
    confirmed = models.ForeignKey(Numbers, models.PROTECT, related_name="+")
    act = models.BigIntegerField()
    at = models.TextField()


class Showing(models.Model):
    """How far a draw is shown: the step on the wall, the furthest that was shown, whether it is over."""

    drawing = models.OneToOneField(Drawing, models.PROTECT, related_name="showing")
    step = models.IntegerField(default=0)
    reached = models.IntegerField(default=0)
    ended = models.BooleanField(default=False)


class Entry(models.Model):
    """What became known after a draw: the record with this entry and all before it, and its head."""

    drawing = models.ForeignKey(Drawing, models.PROTECT, related_name="entries")
    number = models.IntegerField()
    record = models.TextField()
    head = models.CharField(max_length=64)
    act = models.BigIntegerField()
    at = models.TextField()
    name = models.TextField()

    class Meta:
        ordering = ("number",)
        constraints = (models.UniqueConstraint(fields=("drawing", "number"), name="entry_number"),)
