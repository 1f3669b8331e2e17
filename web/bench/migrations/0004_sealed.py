"""What seals are of: rows are only added."""

from django.db import migrations, models

from web.ledger import Guarded


class Migration(migrations.Migration):
    """The fourth table of this room."""

    dependencies = (("bench", "0003_inquiry"),)

    operations = (
        migrations.CreateModel(
            name="Sealed",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("city", models.CharField(max_length=60)),
                ("at", models.CharField(max_length=40)),
                ("seal", models.CharField(max_length=64)),
                ("told", models.TextField()),
                ("made", models.TextField()),
            ],
            options={
                "ordering": ("pk",),
                "constraints": [models.UniqueConstraint(fields=("city", "at", "seal"), name="sealed_once")],
            },
        ),
        Guarded("bench_sealed"),
    )
