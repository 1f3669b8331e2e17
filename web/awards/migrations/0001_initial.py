"""Score sheets and the committee's choices: rows are only added."""

import django.db.models.deletion
from django.db import migrations, models

from web.ledger import Guarded


class Migration(migrations.Migration):
    """The tables of this room."""

    initial = True

    dependencies = (("rounds", "0001_initial"),)

    operations = (
        migrations.CreateModel(
            name="Choice",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("winners", models.TextField()),
                ("reason", models.TextField(blank=True)),
                ("document", models.TextField(blank=True)),
                ("act", models.BigIntegerField()),
                ("at", models.TextField()),
                ("name", models.TextField()),
                (
                    "round",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="choices", to="rounds.round"
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
                "ordering": ("pk",),
            },
        ),
        migrations.CreateModel(
            name="ScoreSheet",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("scores", models.TextField()),
                ("act", models.BigIntegerField()),
                ("at", models.TextField()),
                ("who", models.TextField()),
                ("name", models.TextField()),
                (
                    "round",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="sheets", to="rounds.round"
                    ),
                ),
            ],
            options={
                "ordering": ("pk",),
            },
        ),
        Guarded("awards_scoresheet", "awards_choice"),
    )
