"""An answer that was given is never changed."""

from django.db import migrations

from marketplace.core.table_rules import append_only


class Migration(migrations.Migration):
    dependencies = [("offline", "0001_taken_commands"), ("core", "0002_table_rules")]

    operations = [migrations.RunSQL(append_only("offline_takencommand"))]
