"""Work that waits in a table is announced, so that the worker need not look for it."""

from django.db import migrations

from marketplace.core.table_rules import announced

FUNCTION = """
CREATE FUNCTION core_announce_work() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_notify('twiza_work', TG_TABLE_NAME);
    RETURN NULL;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("core", "0003_throttle_counts")]

    operations = [
        migrations.RunSQL(FUNCTION),
        migrations.RunSQL(announced("core_eventdelivery")),
    ]
