"""Answers that are kept, and long work with how far it is."""

from __future__ import annotations

import json

from django.db import models

from engine.errors import PingjiangError, Place, Problem

_TOLD = 20
"""So many problems of one failed job are kept."""


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

    def told(self, lang: str) -> list[str]:
        """What the program refused, each behind its place; empty where it failed of itself."""
        if not self.fault.startswith("["):
            return []
        return [Problem(code, words, Place(*place)).line(lang) for code, words, place in json.loads(self.fault)]


def written(trouble: BaseException) -> str:
    """A fault as a job keeps it: refusals as JSON (code, parameters, place), to be told in anybody's language."""
    if not isinstance(trouble, PingjiangError):
        return f"{type(trouble).__name__}: {trouble}"[:2000]
    rows = [
        (
            one.code,
            dict(one.parameters),
            (one.place.file, one.place.line, one.place.path, one.place.sheet, one.place.cell),
        )
        for one in trouble.problems[:_TOLD]
    ]
    return json.dumps(rows, ensure_ascii=False)
