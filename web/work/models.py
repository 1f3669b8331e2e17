"""Answers that are kept, and long work with how far it is."""

from __future__ import annotations

from django.db import models


class Kept(models.Model):
    """An answer, packed, under the hash of everything it rests on."""

    key = models.CharField(max_length=64, primary_key=True)
    question = models.CharField(max_length=40)
    packed = models.BinaryField()
    made_at = models.DateTimeField(auto_now_add=True)


class Job(models.Model):
    """Long work, once a key: `state` is waiting, running, done, failed or stopped; `beat` is when it last moved."""

    key = models.CharField(max_length=64, primary_key=True)
    kind = models.CharField(max_length=40)
    about = models.CharField(max_length=120, blank=True)
    arguments = models.TextField(default="[]")
    state = models.CharField(max_length=12, default="waiting")
    done = models.IntegerField(default=0)
    total = models.IntegerField(default=0)
    stop = models.BooleanField(default=False)
    fault = models.TextField(blank=True)
    asked_at = models.DateTimeField(auto_now_add=True)
    beat = models.DateTimeField(null=True)
