"""Work that waits in this table is announced, so that the worker need not look for it."""

from django.db import migrations

from marketplace.core.table_rules import announced


class Migration(migrations.Migration):
    dependencies = [("long_jobs", "0001_initial"), ("core", "0004_announced_work")]

    operations = [
        migrations.RunSQL(announced("long_jobs_longjob", "INSERT OR UPDATE OF state")),
    ]
