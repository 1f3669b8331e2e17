"""The ledger with its head and its triggers."""

from django.db import migrations, models

from web.ledger.chain import GENESIS
from web.ledger.triggers import chained


def first_head(apps, _editor):  # type: ignore[no-untyped-def]
    """The head before any act."""
    apps.get_model("ledger", "Head").objects.create(id=1, number=0, hash=GENESIS)


class Migration(migrations.Migration):
    """Acts and head."""

    initial = True
    dependencies = ()
    operations = (
        migrations.CreateModel(
            "Act",
            (
                ("number", models.BigIntegerField(primary_key=True, serialize=False)),
                ("at", models.TextField()),
                ("who", models.TextField()),
                ("name", models.TextField()),
                ("role", models.TextField()),
                ("whom", models.TextField(blank=True)),
                ("kind", models.TextField()),
                ("about", models.TextField(blank=True)),
                ("subject", models.TextField(blank=True)),
                ("reason", models.TextField(blank=True)),
                ("document", models.TextField(blank=True)),
                ("details", models.TextField(default="{}")),
                ("previous", models.CharField(max_length=64)),
                ("hash", models.CharField(max_length=64)),
            ),
            {"ordering": ("-number",)},
        ),
        migrations.CreateModel(
            "Head",
            (
                ("id", models.SmallIntegerField(default=1, primary_key=True, serialize=False)),
                ("number", models.BigIntegerField(default=0)),
                ("hash", models.CharField(max_length=64)),
            ),
        ),
        migrations.AddIndex("Act", models.Index(fields=["about", "number"], name="act_about")),
        migrations.AddIndex("Act", models.Index(fields=["kind", "number"], name="act_kind")),
        migrations.RunPython(first_head, migrations.RunPython.noop),
        migrations.RunPython(chained, migrations.RunPython.noop),
    )
