"""Links know the act that gave them: of several that are open for somebody, which is the later one."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """One field more."""

    dependencies = (("counter", "0001_initial"),)

    operations = (migrations.AddField("link", "act", models.BigIntegerField(default=0)),)
