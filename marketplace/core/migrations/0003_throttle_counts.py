"""Counts of limits and the shared cache: unlogged tables, which a crash of the database empties."""

from django.db import migrations, models

UNLOGGED = """
ALTER TABLE core_throttlecount SET UNLOGGED;
CREATE UNLOGGED TABLE core_cache (
    cache_key varchar(255) PRIMARY KEY,
    value text NOT NULL,
    expires timestamptz NOT NULL
);
CREATE INDEX core_cache_expires ON core_cache (expires);
"""
BACK = "DROP TABLE core_cache; ALTER TABLE core_throttlecount SET LOGGED;"


class Migration(migrations.Migration):
    dependencies = [("core", "0002_table_rules")]

    operations = [
        migrations.CreateModel(
            name="ThrottleCount",
            fields=[
                ("key", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("free_at", models.DateTimeField(db_index=True)),
            ],
        ),
        migrations.RunSQL(UNLOGGED, BACK),
    ]
