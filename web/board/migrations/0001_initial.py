"""Papers that can be checked, and what was put on the board."""

import django.db.models.deletion
from django.db import migrations, models

from web.ledger import Guarded


class Migration(migrations.Migration):
    """The tables of this room."""

    initial = True
    dependencies = (("ledger", "0001_initial"),)

    operations = (
        migrations.CreateModel(
            name="Genuine",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.TextField()),
                ("code_hash", models.CharField(max_length=64)),
                ("digest", models.CharField(max_length=64)),
                ("kind", models.TextField()),
                ("day", models.IntegerField()),
                ("state", models.CharField(default="genuine", max_length=12)),
                ("act", models.BigIntegerField()),
            ],
            options={
                "indexes": [
                    models.Index(fields=["code_hash"], name="genuine_code"),
                    models.Index(fields=["digest"], name="genuine_digest"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Posting",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("ref", models.CharField(max_length=24, unique=True)),
                ("round_ref", models.TextField()),
                ("heading", models.TextField()),
                ("kind", models.TextField()),
                ("title", models.TextField()),
                ("number", models.TextField(blank=True)),
                ("body", models.TextField()),
                ("files", models.TextField(default="[]")),
                ("first", models.IntegerField()),
                ("last", models.IntegerField(default=0)),
                ("hash", models.CharField(max_length=64)),
                ("at", models.TextField()),
                ("act", models.BigIntegerField()),
            ],
            options={
                "ordering": ("-first", "-pk"),
                "indexes": [models.Index(fields=["round_ref", "kind"], name="posting_round")],
            },
        ),
        migrations.CreateModel(
            name="Taken",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.TextField()),
                ("act", models.BigIntegerField()),
                (
                    "posting",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="taken", to="board.posting"
                    ),
                ),
            ],
        ),
        Guarded("board_posting", "board_taken"),
    )
