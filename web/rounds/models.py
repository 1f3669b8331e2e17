"""Rounds, the versions of their cases, what was uploaded, documents kept by their hash."""

from __future__ import annotations

import json
from string import capwords
from typing import Any

from django.db import models

from engine.law import chinese
from engine.words import names_of
from web.page import round_called


class Round(models.Model):
    """One round of one city; `head` is the version in use. Only `web.rounds.versions` moves it, with its act."""

    ref = models.SlugField(max_length=40, unique=True)
    city = models.CharField(max_length=30)
    number = models.IntegerField()
    deadline = models.IntegerField()
    head = models.ForeignKey("Version", models.PROTECT, null=True, related_name="+")
    closed = models.BooleanField(default=False)

    def called(self, lang: str) -> str:
        """The round as people name it."""
        return round_called(self.city, self.number, lang)

    def award(self, lang: str) -> str:
        """The award of the round, as a heading."""
        named = names_of(self.city, lang)
        if lang != "zh":
            return f"{capwords(named['award'])} of {named['city']}, round {self.number}"
        return f"第{chinese(self.number)}届{named['city']}{named['award']}"


class Version(models.Model):
    """One version of a case: never changed, only followed by the next.

    `facts` is the canonical text, `base` the version its author saw, `parent` the head it was put on, `act` the act
    that made it. `places` says where each fact stood in the workbook it came from, `hints` what was told to look at,
    `mends` what of it was read as something else than it says.
    """

    round = models.ForeignKey(Round, models.PROTECT, related_name="versions")
    number = models.IntegerField()
    facts = models.TextField()
    facts_hash = models.CharField(max_length=64)
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")
    base = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")
    act = models.BigIntegerField()
    at = models.TextField()
    who = models.TextField()
    name = models.TextField()
    role = models.TextField()
    kind = models.CharField(max_length=20)
    reason = models.TextField(blank=True)
    places = models.TextField(default="{}")
    hints = models.TextField(default="[]")
    mends = models.TextField(null=True)

    class Meta:
        ordering = ("number",)
        constraints = (models.UniqueConstraint(fields=("round", "number"), name="version_number"),)

    @property
    def hint_list(self) -> list[dict[str, Any]]:
        """What to look at again, as it was told when the version was taken in."""
        found: list[dict[str, Any]] = json.loads(self.hints)
        return found

    @property
    def mend_list(self) -> list[dict[str, str]]:
        """What of the workbook it came from was read as something else (`engine.case.Mend`)."""
        return _mends(self.mends)

    @property
    def place_map(self) -> dict[str, str]:
        """Where facts stood, by their text."""
        found: dict[str, str] = json.loads(self.places)
        return found


class Upload(models.Model):
    """A file somebody sent in: what was read of it and what was not. `state`: open, taken or left."""

    ref = models.CharField(max_length=24, unique=True)
    round = models.ForeignKey(Round, models.PROTECT, related_name="uploads")
    name = models.CharField(max_length=200)
    digest = models.CharField(max_length=64)
    size = models.IntegerField()
    facts = models.TextField(blank=True)
    told = models.TextField()
    base = models.ForeignKey(Version, models.PROTECT, null=True, related_name="+")
    against = models.ForeignKey(Version, models.PROTECT, null=True, related_name="+")
    at = models.TextField()
    who = models.TextField()
    person = models.TextField()
    state = models.CharField(max_length=10, default="open")
    mends = models.TextField(null=True)

    @property
    def mend_list(self) -> list[dict[str, str]]:
        """What of it is read as something else than it says, in the order in which it was clicked."""
        return _mends(self.mends)

    @property
    def answer(self) -> dict[str, Any]:
        """What the reader said (`web.questions.incoming.upload`)."""
        found: dict[str, Any] = json.loads(self.told)
        return found


def _mends(kept: str | None) -> list[dict[str, str]]:
    found: list[dict[str, str]] = json.loads(kept or "[]")
    return found


class Attachment(models.Model):
    """A document, kept once by its hash in the data folder; `about` is the fact it is the source of."""

    round = models.ForeignKey(Round, models.PROTECT, related_name="attachments")
    ref = models.CharField(max_length=24, unique=True)
    digest = models.CharField(max_length=64)
    name = models.CharField(max_length=200)
    size = models.IntegerField()
    about = models.TextField(blank=True)
    subject = models.TextField(blank=True)
    act = models.BigIntegerField()
    at = models.TextField()
    person = models.TextField()
