"""Work that waits in a table is announced, so that the worker need not look for it."""

from django.db import migrations

FUNCTION = """
CREATE FUNCTION announce_work() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_notify('twiza_work', TG_TABLE_NAME);
    RETURN NULL;
END $$;
"""
TRIGGER = """
CREATE TRIGGER embedded_eventdelivery_announced AFTER INSERT ON embedded_eventdelivery
    FOR EACH STATEMENT EXECUTE FUNCTION announce_work();
"""


class Migration(migrations.Migration):
    dependencies = [("embedded", "0001_initial")]

    operations = [
        migrations.RunSQL(FUNCTION),
        migrations.RunSQL(TRIGGER),
    ]
