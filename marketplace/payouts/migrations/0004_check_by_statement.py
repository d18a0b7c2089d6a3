"""Check entries by the statement that writes them, and a transaction's seal once, at its end.

Every statement that adds entries must leave each transaction that it touches whole: as many
entries as were sealed, zero in each currency. A transaction without entries is found at commit.
"""

from django.db import migrations

FUNCTIONS = """
CREATE FUNCTION payouts_check_new_entries() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    wrong record;
BEGIN
    SELECT n.account_id INTO wrong FROM new_entries n
    LEFT JOIN payouts_account a ON a.id = n.account_id
    LEFT JOIN payouts_ledgertransaction t ON t.id = n.transaction_id
    WHERE a.book_id IS DISTINCT FROM t.book_id OR a.currency IS DISTINCT FROM n.currency LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'account % is of another book or currency', wrong.account_id
            USING ERRCODE = 'check_violation';
    END IF;
    SELECT t.id, t.entry_count, count(e.id) AS present INTO wrong
    FROM payouts_ledgertransaction t JOIN payouts_entry e ON e.transaction_id = t.id
    WHERE t.id IN (SELECT transaction_id FROM new_entries)
    GROUP BY t.id HAVING count(e.id) <> t.entry_count OR count(e.id) < 2 LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'ledger transaction % has % entries, not %',
            wrong.id, wrong.present, wrong.entry_count USING ERRCODE = 'check_violation';
    END IF;
    SELECT s.id, string_agg(s.currency, ', ' ORDER BY s.currency) AS currencies INTO wrong FROM (
        SELECT transaction_id AS id, currency FROM new_entries
        GROUP BY transaction_id, currency HAVING sum(amount_minor) <> 0) AS s
    GROUP BY s.id LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'ledger transaction % does not balance in %', wrong.id, wrong.currencies
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END $$;

CREATE FUNCTION payouts_check_seal() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    present integer;
BEGIN
    SELECT count(*) INTO present FROM payouts_entry WHERE transaction_id = NEW.id;
    IF present < 2 OR present <> NEW.entry_count THEN
        RAISE EXCEPTION 'ledger transaction % has % entries, not %',
            NEW.id, present, NEW.entry_count USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END $$;
"""

BY_STATEMENT = """
DROP TRIGGER ledger_entries_balance ON payouts_entry;
DROP TRIGGER ledger_entry_account ON payouts_entry;
DROP TRIGGER ledger_transaction_balances ON payouts_ledgertransaction;
CREATE TRIGGER ledger_entries_balance AFTER INSERT ON payouts_entry
    REFERENCING NEW TABLE AS new_entries
    FOR EACH STATEMENT EXECUTE FUNCTION payouts_check_new_entries();
CREATE CONSTRAINT TRIGGER ledger_transaction_balances AFTER INSERT ON payouts_ledgertransaction
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION payouts_check_seal();
DROP FUNCTION payouts_check_balance();
DROP FUNCTION payouts_check_entry_account();
"""


class Migration(migrations.Migration):
    dependencies = [("payouts", "0003_no_payment_rule")]

    operations = [migrations.RunSQL(FUNCTIONS + BY_STATEMENT)]
