"""The files of regulations begun here: rows are only added."""

from django.db import migrations, models

from web.ledger import Guarded


class Migration(migrations.Migration):
    """The second table of this room."""

    dependencies = (("bench", "0001_initial"), ("ledger", "0001_initial"))

    operations = (
        migrations.CreateModel(
            name="Text",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("city", models.CharField(max_length=60)),
                ("number", models.IntegerField()),
                ("title", models.TextField()),
                ("md", models.TextField()),
                ("lp", models.TextField()),
                ("cases", models.TextField()),
                ("act", models.BigIntegerField()),
                ("at", models.TextField()),
                ("name", models.TextField()),
            ],
            options={
                "ordering": ("number",),
                "constraints": [models.UniqueConstraint(fields=("city", "number"), name="text_number")],
            },
        ),
        Guarded("bench_text"),
    )
