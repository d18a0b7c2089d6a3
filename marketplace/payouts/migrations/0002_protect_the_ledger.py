"""The database itself keeps the books: balanced, sealed, and never changed, not even by the owner."""

from django.db import migrations

APPEND_ONLY = (
    "payouts_account",
    "payouts_ledgertransaction",
    "payouts_entry",
    "payouts_salefact",
    "payouts_frozencommission",
    "payouts_bankfile",
)

FUNCTIONS = """
CREATE FUNCTION payouts_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is append-only: % refused', TG_TABLE_NAME, TG_OP
        USING ERRCODE = 'restrict_violation';
END $$;

CREATE FUNCTION payouts_check_balance() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    checked bigint;
    wanted integer;
    present integer;
    unbalanced text;
BEGIN
    IF TG_TABLE_NAME = 'payouts_entry' THEN
        checked := NEW.transaction_id;
    ELSE
        checked := NEW.id;
    END IF;
    SELECT entry_count INTO wanted FROM payouts_ledgertransaction WHERE id = checked;
    SELECT count(*) INTO present FROM payouts_entry WHERE transaction_id = checked;
    IF present < 2 OR present <> wanted THEN
        RAISE EXCEPTION 'ledger transaction % has % entries, not %', checked, present, wanted
            USING ERRCODE = 'check_violation';
    END IF;
    SELECT string_agg(currency, ', ') INTO unbalanced FROM (
        SELECT currency FROM payouts_entry WHERE transaction_id = checked
        GROUP BY currency HAVING sum(amount_minor) <> 0) AS sums;
    IF unbalanced IS NOT NULL THEN
        RAISE EXCEPTION 'ledger transaction % does not balance in %', checked, unbalanced
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END $$;

CREATE FUNCTION payouts_check_entry_account() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (
        SELECT 1 FROM payouts_account a JOIN payouts_ledgertransaction t ON t.book_id = a.book_id
        WHERE a.id = NEW.account_id AND t.id = NEW.transaction_id AND a.currency = NEW.currency)
    THEN
        RAISE EXCEPTION 'account % is of another book or currency', NEW.account_id
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION payouts_keep_line() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (OLD.run_id, OLD.cooperative_id, OLD.amount_minor, OLD.account_number, OLD.holder_name,
        OLD.end_to_end_id, OLD.bank_account_id)
       IS DISTINCT FROM
       (NEW.run_id, NEW.cooperative_id, NEW.amount_minor, NEW.account_number, NEW.holder_name,
        NEW.end_to_end_id, NEW.bank_account_id)
    THEN
        RAISE EXCEPTION 'what a payout line pays, and to whom, never changes'
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE CONSTRAINT TRIGGER ledger_entries_balance AFTER INSERT ON payouts_entry
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION payouts_check_balance();
CREATE CONSTRAINT TRIGGER ledger_transaction_balances AFTER INSERT ON payouts_ledgertransaction
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION payouts_check_balance();
CREATE TRIGGER ledger_entry_account BEFORE INSERT ON payouts_entry
    FOR EACH ROW EXECUTE FUNCTION payouts_check_entry_account();
CREATE TRIGGER payout_line_kept BEFORE UPDATE ON payouts_payoutline
    FOR EACH ROW EXECUTE FUNCTION payouts_keep_line();
"""

BACK = """
DROP TRIGGER payout_line_kept ON payouts_payoutline;
DROP TRIGGER ledger_entry_account ON payouts_entry;
DROP TRIGGER ledger_transaction_balances ON payouts_ledgertransaction;
DROP TRIGGER ledger_entries_balance ON payouts_entry;
DROP FUNCTION payouts_keep_line();
DROP FUNCTION payouts_check_entry_account();
DROP FUNCTION payouts_check_balance();
DROP FUNCTION payouts_refuse_change();
"""


def _refusals(table: str, verb: str) -> list[str]:
    rows, whole = f"{table}_no_change", f"{table}_no_truncate"
    if verb == "DROP":
        return [f"DROP TRIGGER {rows} ON {table}", f"DROP TRIGGER {whole} ON {table}"]
    return [
        f"CREATE TRIGGER {rows} BEFORE UPDATE OR DELETE ON {table} "
        "FOR EACH ROW EXECUTE FUNCTION payouts_refuse_change()",
        f"CREATE TRIGGER {whole} BEFORE TRUNCATE ON {table} "
        "FOR EACH STATEMENT EXECUTE FUNCTION payouts_refuse_change()",
    ]


KEPT_ROWS = [
    "CREATE TRIGGER {0}_no_delete BEFORE DELETE ON {0} "
    "FOR EACH ROW EXECUTE FUNCTION payouts_refuse_change()".format(table)
    for table in ("payouts_payoutrun", "payouts_payoutline")
]
LOST_ROWS = [
    "DROP TRIGGER {0}_no_delete ON {0}".format(table)
    for table in ("payouts_payoutrun", "payouts_payoutline")
]


class Migration(migrations.Migration):
    dependencies = [("payouts", "0001_initial")]

    operations = [
        migrations.RunSQL(FUNCTIONS, "SELECT 1"),
        migrations.RunSQL(
            [s for table in APPEND_ONLY for s in _refusals(table, "CREATE")] + KEPT_ROWS,
            LOST_ROWS + [s for table in APPEND_ONLY for s in _refusals(table, "DROP")] + [BACK],
        ),
    ]
