"""Rounds, versions, uploads, documents; versions and documents are only ever added."""

from django.db import migrations, models

from web.ledger import Guarded


def _version() -> models.ForeignKey:
    return models.ForeignKey("rounds.version", models.PROTECT, null=True, related_name="+")


def _round(name: str) -> models.ForeignKey:
    return models.ForeignKey("rounds.round", models.PROTECT, related_name=name)


def _id() -> models.BigAutoField:
    return models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")


class Migration(migrations.Migration):
    """The tables of this room."""

    initial = True
    dependencies = (("ledger", "0001_initial"),)
    operations = (
        migrations.CreateModel(
            "Round",
            (
                ("id", _id()),
                ("ref", models.SlugField(max_length=40, unique=True)),
                ("city", models.CharField(max_length=30)),
                ("number", models.IntegerField()),
                ("deadline", models.IntegerField()),
                ("closed", models.BooleanField(default=False)),
            ),
        ),
        migrations.CreateModel(
            "Version",
            (
                ("id", _id()),
                ("number", models.IntegerField()),
                ("facts", models.TextField()),
                ("facts_hash", models.CharField(max_length=64)),
                ("act", models.BigIntegerField()),
                ("at", models.TextField()),
                ("who", models.TextField()),
                ("name", models.TextField()),
                ("role", models.TextField()),
                ("kind", models.CharField(max_length=20)),
                ("reason", models.TextField(blank=True)),
                ("places", models.TextField(default="{}")),
                ("hints", models.TextField(default="[]")),
                ("base", _version()),
                ("parent", _version()),
                ("round", _round("versions")),
            ),
            {"ordering": ("number",)},
        ),
        migrations.AddField("Round", "head", _version()),
        migrations.AddConstraint("Version", models.UniqueConstraint(fields=("round", "number"), name="version_number")),
        migrations.CreateModel(
            "Upload",
            (
                ("id", _id()),
                ("ref", models.CharField(max_length=24, unique=True)),
                ("name", models.CharField(max_length=200)),
                ("digest", models.CharField(max_length=64)),
                ("size", models.IntegerField()),
                ("facts", models.TextField(blank=True)),
                ("told", models.TextField()),
                ("at", models.TextField()),
                ("who", models.TextField()),
                ("person", models.TextField()),
                ("state", models.CharField(default="open", max_length=10)),
                ("against", _version()),
                ("base", _version()),
                ("round", _round("uploads")),
            ),
        ),
        migrations.CreateModel(
            "Attachment",
            (
                ("id", _id()),
                ("ref", models.CharField(max_length=24, unique=True)),
                ("digest", models.CharField(max_length=64)),
                ("name", models.CharField(max_length=200)),
                ("size", models.IntegerField()),
                ("about", models.TextField(blank=True)),
                ("subject", models.TextField(blank=True)),
                ("act", models.BigIntegerField()),
                ("at", models.TextField()),
                ("person", models.TextField()),
                ("round", _round("attachments")),
            ),
        ),
        Guarded("rounds_version", "rounds_attachment"),
    )  # fmt: skip
