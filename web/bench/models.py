"""What was said of a city's cases: the command line's table, whole, one row a change."""

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
