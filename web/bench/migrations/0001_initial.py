"""Tables of what was said of the cases: rows are only added."""

from django.db import migrations, models

from web.ledger import Guarded


class Migration(migrations.Migration):
    """The table of this room."""

    initial = True

    dependencies = ()

    operations = (
        migrations.CreateModel(
            name="Table",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("city", models.CharField(max_length=60)),
                ("number", models.IntegerField()),
                ("text", models.TextField()),
                ("digest", models.CharField(max_length=64)),
                ("act", models.BigIntegerField()),
                ("at", models.TextField()),
                ("name", models.TextField()),
            ],
            options={
                "ordering": ("number",),
                "constraints": [models.UniqueConstraint(fields=("city", "number"), name="table_number")],
            },
        ),
        Guarded("bench_table"),
    )
