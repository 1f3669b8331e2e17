"""Folders and replays; both are only ever added."""

from django.db import migrations, models

from web.ledger import Guarded


def _id() -> models.BigAutoField:
    return models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")


class Migration(migrations.Migration):
    """The tables of this room."""

    initial = True
    dependencies = (("rounds", "0001_initial"), ("ledger", "0001_initial"))
    operations = (
        migrations.CreateModel(
            "Folder",
            (
                ("id", _id()),
                ("ref", models.CharField(max_length=24, unique=True)),
                ("digest", models.CharField(max_length=64)),
                ("size", models.IntegerField()),
                ("files", models.IntegerField()),
                ("record", models.CharField(max_length=64)),
                ("act", models.BigIntegerField()),
                ("at", models.TextField()),
                ("name", models.TextField()),
                ("round", models.ForeignKey("rounds.round", models.PROTECT, related_name="folders")),
                ("version", models.ForeignKey("rounds.version", models.PROTECT, related_name="+")),
            ),
            {"ordering": ("-pk",)},
        ),
        migrations.CreateModel(
            "Replay",
            (
                ("id", _id()),
                ("same", models.BooleanField()),
                ("told", models.TextField()),
                ("act", models.BigIntegerField()),
                ("at", models.TextField()),
                ("name", models.TextField()),
                ("folder", models.ForeignKey("archive.folder", models.PROTECT, related_name="replays")),
            ),
            {"ordering": ("-pk",)},
        ),
        Guarded("archive_folder", "archive_replay"),
    )
