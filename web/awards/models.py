"""Scores as each person typed them, and what the committee chose."""

from __future__ import annotations

import json

from django.db import models

from web.rounds import Round, Version


class ScoreSheet(models.Model):
    """The scores of a round as one person typed them, by applicant."""

    round = models.ForeignKey(Round, models.PROTECT, related_name="sheets")
    scores = models.TextField()
    act = models.BigIntegerField()
    at = models.TextField()
    who = models.TextField()
    name = models.TextField()

    class Meta:
        ordering = ("pk",)

    @property
    def values(self) -> dict[str, str]:
        """The scores by applicant."""
        found: dict[str, str] = json.loads(self.scores)
        return found


class Choice(models.Model):
    """What the committee chose, judged lawful on a version: the winners of each prize."""

    round = models.ForeignKey(Round, models.PROTECT, related_name="choices")
    version = models.ForeignKey(Version, models.PROTECT, related_name="+")
    winners = models.TextField()
    reason = models.TextField(blank=True)
    document = models.TextField(blank=True)
    act = models.BigIntegerField()
    at = models.TextField()
    name = models.TextField()

    class Meta:
        ordering = ("pk",)

    @property
    def chosen(self) -> dict[str, list[str]]:
        """The winners by prize."""
        found: dict[str, list[str]] = json.loads(self.winners)
        return found
