"""What the board keeps: papers that can be checked, and what was put up, with its first and last day."""

from __future__ import annotations

from django.db import models


class Genuine(models.Model):
    """A released paper as far as a check tells: no name; of its code only the hash. `state`: genuine or superseded."""

    number = models.TextField()
    code_hash = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)
    kind = models.TextField()
    day = models.IntegerField()
    state = models.CharField(max_length=12, default="genuine")
    act = models.BigIntegerField()

    class Meta:
        indexes = (
            models.Index(fields=["code_hash"], name="genuine_code"),
            models.Index(fields=["digest"], name="genuine_digest"),
        )


class Posting(models.Model):
    """Something on the board of a round: its page as it was put up, from its first to its last day (0: no last day).

    `hash` is that of the page's own text, which stays when the page has left the board. `files` go with it: name, hash
    of the bytes, size.
    """

    ref = models.CharField(max_length=24, unique=True)
    round_ref = models.TextField()
    heading = models.TextField()
    kind = models.TextField()
    title = models.TextField()
    number = models.TextField(blank=True)
    body = models.TextField()
    files = models.TextField(default="[]")
    first = models.IntegerField()
    last = models.IntegerField(default=0)
    hash = models.CharField(max_length=64)
    at = models.TextField()
    act = models.BigIntegerField()

    class Meta:
        ordering = ("-first", "-pk")
        indexes = (models.Index(fields=["round_ref", "kind"], name="posting_round"),)


class Taken(models.Model):
    """A posting that left the board before its time or by it: when, by whose act."""

    posting = models.OneToOneField(Posting, models.PROTECT, related_name="taken")
    at = models.TextField()
    act = models.BigIntegerField()
