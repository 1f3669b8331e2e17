"""Freezes, publications, numbers, draws, entries: rows are only added; how far a draw is shown moves."""

import django.db.models.deletion
from django.db import migrations, models

from web.ledger import Guarded


class Migration(migrations.Migration):
    """The tables of this room."""

    initial = True

    dependencies = (("rounds", "0001_initial"),)

    operations = (
        migrations.CreateModel(
            name="Freeze",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.IntegerField()),
                ("commitment", models.CharField(max_length=64)),
                ("file", models.TextField()),
                ("told", models.TextField()),
                ("act", models.BigIntegerField()),
                ("at", models.TextField()),
                ("name", models.TextField()),
                (
                    "replaces",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="panels.freeze"
                    ),
                ),
                (
                    "round",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="freezes", to="rounds.round"
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="rounds.version"
                    ),
                ),
            ],
            options={
                "ordering": ("number",),
            },
        ),
        migrations.CreateModel(
            name="Numbers",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("seed", models.TextField()),
                ("cancelled", models.TextField(default="[]")),
                ("act", models.BigIntegerField()),
                ("at", models.TextField()),
                ("who", models.TextField()),
                ("name", models.TextField()),
                (
                    "freeze",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="numbers", to="panels.freeze"
                    ),
                ),
            ],
            options={
                "ordering": ("pk",),
            },
        ),
        migrations.CreateModel(
            name="Drawing",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("record", models.TextField()),
                ("digest", models.CharField(max_length=64)),
                ("act", models.BigIntegerField()),
                ("at", models.TextField()),
                (
                    "freeze",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="drawing", to="panels.freeze"
                    ),
                ),
                (
                    "confirmed",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="panels.numbers"
                    ),
                ),
                (
                    "entered",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="panels.numbers"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Publication",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("place", models.TextField()),
                ("day", models.IntegerField()),
                ("document", models.TextField()),
                ("act", models.BigIntegerField()),
                ("name", models.TextField()),
                (
                    "freeze",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="publication", to="panels.freeze"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Showing",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("step", models.IntegerField(default=0)),
                ("reached", models.IntegerField(default=0)),
                ("ended", models.BooleanField(default=False)),
                (
                    "drawing",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="showing", to="panels.drawing"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Entry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.IntegerField()),
                ("record", models.TextField()),
                ("head", models.CharField(max_length=64)),
                ("act", models.BigIntegerField()),
                ("at", models.TextField()),
                ("name", models.TextField()),
                (
                    "drawing",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="entries", to="panels.drawing"
                    ),
                ),
            ],
            options={
                "ordering": ("number",),
                "constraints": [models.UniqueConstraint(fields=("drawing", "number"), name="entry_number")],
            },
        ),
        migrations.AddConstraint(
            model_name="freeze",
            constraint=models.UniqueConstraint(fields=("round", "number"), name="freeze_number"),
        ),
        Guarded("panels_freeze", "panels_publication", "panels_numbers", "panels_drawing", "panels_entry"),
    )
