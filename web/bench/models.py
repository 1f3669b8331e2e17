"""What was said of the cases, as the command line's table, and files of regulations begun here: a row a change."""

from __future__ import annotations

from django.db import models


class Table(models.Model):
    """A city's table after an act: its text to the byte, and the act that says who changed what."""

    city = models.CharField(max_length=60)
    number = models.IntegerField()
    text = models.TextField()
    digest = models.CharField(max_length=64)
    act = models.BigIntegerField()
    at = models.TextField()
    name = models.TextField()

    class Meta:
        ordering = ("number",)
        constraints = (models.UniqueConstraint(fields=("city", "number"), name="table_number"),)


class Text(models.Model):
    """A regulation begun on the desk, as it stood after an act: its files by part (`md`, `lp`, `cases`)."""

    city = models.CharField(max_length=60)
    number = models.IntegerField()
    title = models.TextField()
    md = models.TextField()
    lp = models.TextField()
    cases = models.TextField()
    act = models.BigIntegerField()
    at = models.TextField()
    name = models.TextField()

    class Meta:
        ordering = ("number",)
        constraints = (models.UniqueConstraint(fields=("city", "number"), name="text_number"),)

    @property
    def files(self) -> dict[str, str]:
        """Its files by part."""
        return {"md": self.md, "lp": self.lp, "cases": self.cases}


class Inquiry(models.Model):
    """What was found when somebody had a provision's rules looked at for slips: questions, as the search gave them.

    `table` is the hash of the table the search knew, `version` that of the rules begun here (0: the program's own).
    """

    city = models.CharField(max_length=60)
    at = models.CharField(max_length=40)
    told = models.TextField()
    table = models.CharField(max_length=64)
    version = models.IntegerField(default=0)
    made = models.TextField()

    class Meta:
        ordering = ("pk",)
        indexes = (models.Index(fields=["city", "at"], name="inquiry_at"),)


class Sealed(models.Model):
    """What a seal is of: a provision's words and rules as they were when somebody signed, or first seen to be."""

    city = models.CharField(max_length=60)
    at = models.CharField(max_length=40)
    seal = models.CharField(max_length=64)
    told = models.TextField()
    made = models.TextField()

    class Meta:
        ordering = ("pk",)
        constraints = (models.UniqueConstraint(fields=("city", "at", "seal"), name="sealed_once"),)
