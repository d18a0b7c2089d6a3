"""What the database itself holds of numbered papers: used by the migrations of their tables."""

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
FORGET_FUNCTIONS = "DROP FUNCTION core_number_follows(); DROP FUNCTION core_refuse_change();"


def protect(table: str) -> list[str]:
    """Statements after which rows of a table are only added, each with the number that follows."""
    return [
        f"CREATE TRIGGER {table}_no_change BEFORE UPDATE OR DELETE ON {table} "
        "FOR EACH ROW EXECUTE FUNCTION core_refuse_change()",
        f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} "
        "FOR EACH STATEMENT EXECUTE FUNCTION core_refuse_change()",
        f"CREATE TRIGGER {table}_no_gap BEFORE INSERT ON {table} "
        "FOR EACH ROW EXECUTE FUNCTION core_number_follows()",
    ]


def unprotect(table: str) -> list[str]:
    """The way back."""
    return [
        f"DROP TRIGGER {table}_{name} ON {table}" for name in ("no_gap", "no_truncate", "no_change")
    ]
