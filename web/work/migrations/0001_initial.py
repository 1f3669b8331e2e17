"""Kept answers and jobs."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """The two tables of this room."""

    initial = True
    dependencies = ()
    operations = (
        migrations.CreateModel(
            "Kept",
            (
                ("key", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("question", models.CharField(max_length=40)),
                ("packed", models.BinaryField()),
                ("made_at", models.DateTimeField(auto_now_add=True)),
            ),
        ),
        migrations.CreateModel(
            "Job",
            (
                ("key", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("kind", models.CharField(max_length=40)),
                ("about", models.CharField(blank=True, max_length=120)),
                ("arguments", models.TextField(default="[]")),
                ("state", models.CharField(default="waiting", max_length=12)),
                ("done", models.IntegerField(default=0)),
                ("total", models.IntegerField(default=0)),
                ("stop", models.BooleanField(default=False)),
                ("fault", models.TextField(blank=True)),
                ("asked_at", models.DateTimeField(auto_now_add=True)),
                ("beat", models.DateTimeField(null=True)),
            ),
        ),
    )
