"""The ledger's two tables: the acts, and the one row that says which act is the last."""

from django.db import models


class Act(models.Model):
    """One act: who did what, as what, for whom, when in China's time, why, from what document. Text, as it is hashed.

    `kind` is a key of `web.act`, `about` names what it concerns (a round, an account), `subject` the applicants, one
    blank between two, `details` is JSON for the sentence and for whoever looks closer.
    """

    number = models.BigIntegerField(primary_key=True)
    at = models.TextField()
    who = models.TextField()
    name = models.TextField()
    role = models.TextField()
    whom = models.TextField(blank=True)
    kind = models.TextField()
    about = models.TextField(blank=True)
    subject = models.TextField(blank=True)
    reason = models.TextField(blank=True)
    document = models.TextField(blank=True)
    details = models.TextField(default="{}")
    previous = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        ordering = ("-number",)
        indexes = (
            models.Index(fields=["about", "number"], name="act_about"),
            models.Index(fields=["kind", "number"], name="act_kind"),
        )


class Head(models.Model):
    """The last act's number and hash: one row, locked by whoever adds the next."""

    id = models.SmallIntegerField(primary_key=True, default=1)
    number = models.BigIntegerField(default=0)
    hash = models.CharField(max_length=64)
