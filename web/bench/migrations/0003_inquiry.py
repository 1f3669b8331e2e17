"""What searches for slips gave: rows are only added."""

from django.db import migrations, models

from web.ledger import Guarded


class Migration(migrations.Migration):
    """The third table of this room."""

    dependencies = (("bench", "0002_text"),)

    operations = (
        migrations.CreateModel(
            name="Inquiry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("city", models.CharField(max_length=60)),
                ("at", models.CharField(max_length=40)),
                ("told", models.TextField()),
                ("table", models.CharField(max_length=64)),
                ("version", models.IntegerField(default=0)),
                ("made", models.TextField()),
            ],
            options={
                "ordering": ("pk",),
                "indexes": [models.Index(fields=["city", "at"], name="inquiry_at")],
            },
        ),
        Guarded("bench_inquiry"),
    )
