"""What of a workbook was read as something else than it says: on the upload, and on the version that came of it."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """Columns that may be empty: they are added where the tables stand, so that their triggers stay."""

    dependencies = (("rounds", "0001_initial"),)
    operations = (
        migrations.AddField("Upload", "mends", models.TextField(null=True)),
        migrations.AddField("Version", "mends", models.TextField(null=True)),
    )
