"""Payout lines and runs are immutable where it matters; facts, files and documents append-only."""

from django.db import migrations

from marketplace.core.table_rules import append_only, never_deleted, numbered

APPEND_ONLY = (
    "payouts_salefact",
    "payouts_frozencommission",
    "payouts_bankfile",
    "payouts_bankreport",
    "payouts_bankreportitem",
)

FUNCTIONS = """
CREATE FUNCTION payouts_keep_line() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (OLD.run_id, OLD.cooperative_id, OLD.amount_minor, OLD.account_number, OLD.holder_name,
        OLD.end_to_end_id, OLD.bank_account_id, OLD.destination)
       IS DISTINCT FROM
       (NEW.run_id, NEW.cooperative_id, NEW.amount_minor, NEW.account_number, NEW.holder_name,
        NEW.end_to_end_id, NEW.bank_account_id, NEW.destination)
    THEN
        RAISE EXCEPTION 'what a payout line pays, and to whom, never changes'
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION payouts_keep_run() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (OLD.programme_id, OLD.reference, OLD.currency, OLD.provider, OLD.total_minor,
        OLD.line_count, OLD.lines_hash, OLD.execution_on)
       IS DISTINCT FROM
       (NEW.programme_id, NEW.reference, NEW.currency, NEW.provider, NEW.total_minor,
        NEW.line_count, NEW.lines_hash, NEW.execution_on)
       OR (OLD.approved_by_id IS NOT NULL
           AND OLD.approved_by_id IS DISTINCT FROM NEW.approved_by_id)
       OR (OLD.prepared_by_id IS NOT NULL
           AND OLD.prepared_by_id IS DISTINCT FROM NEW.prepared_by_id)
    THEN
        RAISE EXCEPTION 'what was prepared and approved of a payout never changes'
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER payout_line_kept BEFORE UPDATE ON payouts_payoutline
    FOR EACH ROW EXECUTE FUNCTION payouts_keep_line();
CREATE TRIGGER payout_run_kept BEFORE UPDATE ON payouts_payoutrun
    FOR EACH ROW EXECUTE FUNCTION payouts_keep_run();
"""


class Migration(migrations.Migration):
    dependencies = [("payouts", "0001_initial"), ("core", "0002_table_rules")]

    operations = [
        migrations.RunSQL(FUNCTIONS),
        migrations.RunSQL(append_only(*APPEND_ONLY)),
        migrations.RunSQL(never_deleted("payouts_payoutrun", "payouts_payoutline")),
        migrations.RunSQL(numbered("payouts_commissioninvoice")),
    ]
