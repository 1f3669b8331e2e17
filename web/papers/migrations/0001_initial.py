"""Drafts, released papers, deliveries; what was released and what became of it is only ever added."""

from django.db import migrations, models

from web.ledger import Guarded


def _id() -> models.BigAutoField:
    return models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")


def _round(name: str) -> models.ForeignKey:
    return models.ForeignKey("rounds.round", models.PROTECT, related_name=name)


_ABOUT = (
    ("ref", models.CharField(max_length=24, unique=True)),
    ("kind", models.CharField(max_length=30)),
    ("about", models.TextField(blank=True)),
    ("to", models.TextField(blank=True)),
    ("day", models.IntegerField()),
    ("digest", models.CharField(max_length=64)),
    ("pages", models.IntegerField()),
    ("act", models.BigIntegerField()),
    ("at", models.TextField()),
    ("who", models.TextField()),
    ("name", models.TextField()),
)


class Migration(migrations.Migration):
    """The tables of this room."""

    initial = True
    dependencies = (("rounds", "0001_initial"), ("ledger", "0001_initial"))
    operations = (
        migrations.CreateModel(
            "Drafted",
            (
                ("id", _id()),
                *_ABOUT,
                ("round", _round("drafted")),
                ("version", models.ForeignKey("rounds.version", models.PROTECT, related_name="+")),
                ("content", models.TextField()),
                ("shown", models.TextField()),
                ("checks", models.TextField()),
                ("judged", models.TextField(default="[]")),
                ("publishes", models.TextField(default="[]")),
                ("options", models.TextField(default="{}")),
                ("numbered", models.BooleanField(default=False)),
                ("state", models.CharField(default="prepared", max_length=10)),
                ("reason", models.TextField(blank=True)),
                ("role", models.TextField()),
                ("returned_at", models.TextField(blank=True)),
                ("returned_by", models.TextField(blank=True)),
                ("returned_why", models.TextField(blank=True)),
            ),
            {"ordering": ("-pk",)},
        ),
        migrations.CreateModel(
            "Released",
            (
                ("id", _id()),
                *_ABOUT,
                ("round", _round("released")),
                (
                    "drafted",
                    models.OneToOneField(to="papers.drafted", on_delete=models.PROTECT, related_name="released"),
                ),
                ("number", models.CharField(max_length=60, null=True, unique=True)),
                ("code", models.CharField(max_length=24, unique=True)),
                ("printed_act", models.BigIntegerField()),
                ("printed_hash", models.CharField(max_length=64)),
                ("ticked", models.TextField(default="[]")),
                (
                    "supersedes",
                    models.OneToOneField(
                        to="papers.released", on_delete=models.PROTECT, null=True, related_name="superseded_by"
                    ),
                ),
            ),
            {"ordering": ("pk",)},
        ),
        migrations.AddField(
            "Drafted",
            "supersedes",
            models.ForeignKey("papers.released", models.PROTECT, null=True, related_name="successors"),
        ),
        migrations.CreateModel(
            "Delivered",
            (
                ("id", _id()),
                ("kind", models.CharField(max_length=12)),
                ("day", models.IntegerField()),
                ("how", models.TextField(blank=True)),
                ("act", models.BigIntegerField()),
                ("at", models.TextField()),
                ("name", models.TextField()),
                ("released", models.ForeignKey("papers.released", models.PROTECT, related_name="deliveries")),
            ),
            {"ordering": ("pk",)},
        ),
        migrations.AddConstraint(
            "Drafted",
            models.UniqueConstraint(
                fields=("round", "kind", "about"), condition=models.Q(state="prepared"), name="one_open_draft"
            ),
        ),
        Guarded("papers_released", "papers_delivered"),
    )  # fmt: skip
