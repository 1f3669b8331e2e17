"""Links, snapshots, papers handed over, what was said; what came in and went out is only ever added."""

import django.db.models.deletion
from django.db import migrations, models

from web.ledger import Guarded


class Migration(migrations.Migration):
    """The tables of this room."""

    initial = True
    dependencies = (("ledger", "0001_initial"),)

    operations = (
        migrations.CreateModel(
            name="Filled",
            fields=[
                ("hash", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("content", models.TextField(default="{}")),
                ("files", models.TextField(default="[]")),
                ("at", models.TextField()),
            ],
        ),
        migrations.CreateModel(
            name="Link",
            fields=[
                ("hash", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("kind", models.CharField(max_length=12)),
                ("round_ref", models.TextField()),
                ("subject", models.TextField()),
                ("name", models.TextField()),
                ("secret", models.TextField()),
                ("until", models.IntegerField()),
                ("tries", models.IntegerField(default=0)),
                ("shut", models.CharField(blank=True, max_length=12)),
                ("epoch", models.IntegerField(default=0)),
                ("at", models.TextField()),
            ],
            options={
                "indexes": [models.Index(fields=["round_ref", "kind", "subject"], name="link_subject")],
            },
        ),
        migrations.CreateModel(
            name="Said",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("ref", models.CharField(max_length=24, unique=True)),
                ("round_ref", models.TextField()),
                ("subject", models.TextField()),
                ("name", models.TextField()),
                ("kind", models.CharField(max_length=12)),
                ("about", models.TextField(blank=True)),
                ("words", models.TextField(blank=True)),
                ("content", models.TextField(default="{}")),
                ("files", models.TextField(default="[]")),
                ("once", models.CharField(max_length=64, unique=True)),
                ("day", models.IntegerField()),
                ("at", models.TextField()),
                ("act", models.BigIntegerField()),
            ],
            options={
                "ordering": ("pk",),
                "indexes": [models.Index(fields=["round_ref", "subject"], name="said_subject")],
            },
        ),
        migrations.CreateModel(
            name="Reply",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("words", models.TextField()),
                ("day", models.IntegerField()),
                ("at", models.TextField()),
                ("name", models.TextField()),
                ("act", models.BigIntegerField()),
                (
                    "said",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="reply", to="counter.said"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Sheet",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("ref", models.CharField(max_length=24, unique=True)),
                ("round_ref", models.TextField()),
                ("subject", models.TextField()),
                ("kind", models.TextField()),
                ("title", models.TextField()),
                ("number", models.TextField(blank=True)),
                ("day", models.IntegerField()),
                ("digest", models.CharField(max_length=64)),
                ("size", models.IntegerField()),
                ("name", models.TextField()),
            ],
            options={
                "ordering": ("pk",),
                "indexes": [models.Index(fields=["round_ref", "subject"], name="sheet_subject")],
            },
        ),
        migrations.CreateModel(
            name="Snapshot",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("round_ref", models.TextField()),
                ("kind", models.CharField(max_length=12)),
                ("subject", models.TextField()),
                ("shown", models.TextField()),
                ("facts_hash", models.CharField(max_length=64)),
                ("version", models.IntegerField()),
                ("day", models.IntegerField()),
                ("at", models.TextField()),
                ("act", models.BigIntegerField()),
            ],
            options={
                "ordering": ("pk",),
                "indexes": [models.Index(fields=["round_ref", "kind", "subject"], name="snapshot_subject")],
            },
        ),
        Guarded("counter_snapshot", "counter_said", "counter_reply", "counter_sheet"),
    )
