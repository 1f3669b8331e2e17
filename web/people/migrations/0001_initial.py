"""Accounts."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """The accounts' table."""

    initial = True
    dependencies = ()
    operations = (
        migrations.CreateModel(
            "User",
            (
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("password", models.CharField(max_length=128, verbose_name="password")),
                ("last_login", models.DateTimeField(blank=True, null=True, verbose_name="last login")),
                ("username", models.CharField(max_length=60, unique=True)),
                ("name", models.CharField(max_length=60)),
                ("roles", models.CharField(max_length=120)),
                ("is_active", models.BooleanField(default=True)),
                ("must_change", models.BooleanField(default=False)),
                ("epoch", models.IntegerField(default=0)),
            ),
            {"abstract": False},
        ),
    )
