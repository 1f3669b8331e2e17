"""Papers as they are prepared, as they were released, and what became of them."""

from __future__ import annotations

import json
from typing import Any

from django.db import models

HASH = 16
"""So many signs of an act's hash are printed on a paper."""


class Drafted(models.Model):
    """A paper that somebody prepared: its words as data (`shown`: as templates have them), its checks, its PDF by hash.

    `state`: prepared, returned, replaced (by another draft of the same) or released. `judged` are the findings and
    choices, as facts, that it rests on; `publishes` the facts that its publication enters; `supersedes` the released
    paper that it takes the place of, with the reason.
    """

    ref = models.CharField(max_length=24, unique=True)
    round = models.ForeignKey("rounds.Round", models.PROTECT, related_name="drafted")
    version = models.ForeignKey("rounds.Version", models.PROTECT, related_name="+")
    kind = models.CharField(max_length=30)
    about = models.TextField(blank=True)
    to = models.TextField(blank=True)
    day = models.IntegerField()
    content = models.TextField()
    shown = models.TextField()
    checks = models.TextField()
    judged = models.TextField(default="[]")
    publishes = models.TextField(default="[]")
    options = models.TextField(default="{}")
    numbered = models.BooleanField(default=False)
    digest = models.CharField(max_length=64)
    pages = models.IntegerField()
    state = models.CharField(max_length=10, default="prepared")
    supersedes = models.ForeignKey("Released", models.PROTECT, null=True, related_name="successors")
    reason = models.TextField(blank=True)
    act = models.BigIntegerField()
    at = models.TextField()
    who = models.TextField()
    name = models.TextField()
    role = models.TextField()
    returned_at = models.TextField(blank=True)
    returned_by = models.TextField(blank=True)
    returned_why = models.TextField(blank=True)

    class Meta:
        ordering = ("-pk",)
        constraints = (
            models.UniqueConstraint(
                fields=("round", "kind", "about"), condition=models.Q(state="prepared"), name="one_open_draft"
            ),
        )

    @property
    def row(self) -> dict[str, Any]:
        """The paper as `web.drafts.plain` has it."""
        found: dict[str, Any] = json.loads(self.content)
        return found

    @property
    def text(self) -> dict[str, Any]:
        """The paper as `desk.press.context` has it: every text safe to show."""
        found: dict[str, Any] = json.loads(self.shown)
        return found

    @property
    def check_list(self) -> list[dict[str, Any]]:
        """What was checked when it was prepared."""
        found: list[dict[str, Any]] = json.loads(self.checks)
        return found

    @property
    def judged_facts(self) -> list[str]:
        """The findings and choices it rests on, as facts."""
        found: list[str] = json.loads(self.judged)
        return found

    @property
    def publication(self) -> list[list[Any]]:
        """The facts that its publication enters: predicate and arguments."""
        found: list[list[Any]] = json.loads(self.publishes)
        return found

    @property
    def asked(self) -> dict[str, Any]:
        """What it was written with."""
        found: dict[str, Any] = json.loads(self.options)
        return found


class Released(models.Model):
    """A paper as it went out: never changed. `number` is none where its kind has none; `printed_act` and
    `printed_hash` name the act before its release, as it prints them; `ticked` is what the releaser looked at."""

    ref = models.CharField(max_length=24, unique=True)
    drafted = models.OneToOneField(Drafted, models.PROTECT, related_name="released")
    round = models.ForeignKey("rounds.Round", models.PROTECT, related_name="released")
    kind = models.CharField(max_length=30)
    about = models.TextField(blank=True)
    to = models.TextField(blank=True)
    day = models.IntegerField()
    number = models.CharField(max_length=60, unique=True, null=True)
    code = models.CharField(max_length=24, unique=True)
    digest = models.CharField(max_length=64)
    pages = models.IntegerField()
    printed_act = models.BigIntegerField()
    printed_hash = models.CharField(max_length=64)
    ticked = models.TextField(default="[]")
    supersedes = models.OneToOneField("self", models.PROTECT, null=True, related_name="superseded_by")
    act = models.BigIntegerField()
    at = models.TextField()
    who = models.TextField()
    name = models.TextField()

    class Meta:
        ordering = ("pk",)

    @property
    def successor(self) -> Any:
        """The paper that took its place; None for one in force."""
        return Released.objects.filter(supersedes=self).first()

    @property
    def ticked_words(self) -> list[str]:
        """What the releaser looked at, in words."""
        found: list[str] = json.loads(self.ticked)
        return found


class Delivered(models.Model):
    """What became of a released paper: `kind` is dispatched, received or published, on a day, and how."""

    released = models.ForeignKey(Released, models.PROTECT, related_name="deliveries")
    kind = models.CharField(max_length=12)
    day = models.IntegerField()
    how = models.TextField(blank=True)
    act = models.BigIntegerField()
    at = models.TextField()
    name = models.TextField()

    class Meta:
        ordering = ("pk",)
