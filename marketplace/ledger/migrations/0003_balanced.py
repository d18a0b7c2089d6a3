"""A transaction balances and is complete, or the database refuses it.

Entries are checked by the statement that adds them: each transaction that it touches then has as
many entries as it was sealed with, at least two, zero in each currency, all of its own book. A
transaction without entries is found at commit. A session keeps the plan of its first postings,
made over small tables: without ``enable_seqscan = off`` the check would read all entries each time.
"""

from django.db import migrations

FUNCTIONS = """
CREATE FUNCTION ledger_check_new_entries() RETURNS trigger LANGUAGE plpgsql
SET enable_seqscan = off AS $$
DECLARE
    wrong record;
BEGIN
    SELECT s.* INTO wrong FROM (
        SELECT n.transaction_id AS id, t.entry_count, min(n.account_id) FILTER (
                WHERE a.book_id IS DISTINCT FROM t.book_id
                   OR a.currency IS DISTINCT FROM n.currency) AS misplaced,
            (SELECT count(*) FROM ledger_entry e WHERE e.transaction_id = n.transaction_id)
                AS present
        FROM new_entries n
        LEFT JOIN ledger_account a ON a.id = n.account_id
        LEFT JOIN ledger_ledgertransaction t ON t.id = n.transaction_id
        GROUP BY n.transaction_id, t.entry_count) AS s
    WHERE s.misplaced IS NOT NULL OR s.present <> s.entry_count OR s.present < 2
    ORDER BY s.misplaced LIMIT 1;
    IF wrong.misplaced IS NOT NULL THEN
        RAISE EXCEPTION 'account % is of another book or currency', wrong.misplaced
            USING ERRCODE = 'check_violation';
    ELSIF FOUND THEN
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

CREATE FUNCTION ledger_check_seal() RETURNS trigger LANGUAGE plpgsql
SET enable_seqscan = off AS $$
DECLARE
    present integer;
BEGIN
    SELECT count(*) INTO present FROM ledger_entry WHERE transaction_id = NEW.id;
    IF present < 2 OR present <> NEW.entry_count THEN
        RAISE EXCEPTION 'ledger transaction % has % entries, not %',
            NEW.id, present, NEW.entry_count USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END $$;

CREATE TRIGGER ledger_entries_balance AFTER INSERT ON ledger_entry
    REFERENCING NEW TABLE AS new_entries
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_check_new_entries();
CREATE CONSTRAINT TRIGGER ledger_transaction_balances AFTER INSERT ON ledger_ledgertransaction
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION ledger_check_seal();
"""


class Migration(migrations.Migration):
    dependencies = [("ledger", "0002_append_only")]

    operations = [migrations.RunSQL(FUNCTIONS)]
