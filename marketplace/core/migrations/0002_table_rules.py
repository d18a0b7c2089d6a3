"""The trigger functions behind ``marketplace.core.table_rules``."""

from django.db import migrations

FUNCTIONS = """
CREATE FUNCTION core_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is append-only: % refused', TG_TABLE_NAME, TG_OP
        USING ERRCODE = 'restrict_violation';
END $$;

CREATE FUNCTION core_number_follows() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    before integer;
BEGIN
    EXECUTE format('SELECT COALESCE(max(sequence), 0) FROM %I WHERE series = $1 AND year = $2',
                   TG_TABLE_NAME) INTO before USING NEW.series, NEW.year;
    IF NEW.sequence <> before + 1 THEN
        RAISE EXCEPTION 'number % of % in % does not follow %', NEW.sequence, NEW.series, NEW.year,
            before USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("core", "0001_initial")]

    operations = [migrations.RunSQL(FUNCTIONS)]
