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
