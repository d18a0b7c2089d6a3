"""Write movements in one step, and check them at the price of what is new.

The same refusals as before (see 0004). A session keeps the plan of its first postings, and over
tables that were small then the check read all entries each time: now it never may. The function
that writes keeps its plan as well; it runs with the rights of whoever calls it.
"""

from django.db import migrations

CHECK = """
CREATE OR REPLACE FUNCTION payouts_check_new_entries() RETURNS trigger LANGUAGE plpgsql
SET enable_seqscan = off AS $$
DECLARE
    wrong record;
BEGIN
    SELECT s.* INTO wrong FROM (
        SELECT n.transaction_id AS id, t.entry_count, min(n.account_id) FILTER (
                WHERE a.book_id IS DISTINCT FROM t.book_id
                   OR a.currency IS DISTINCT FROM n.currency) AS misplaced,
            (SELECT count(*) FROM payouts_entry e WHERE e.transaction_id = n.transaction_id)
                AS present
        FROM new_entries n
        LEFT JOIN payouts_account a ON a.id = n.account_id
        LEFT JOIN payouts_ledgertransaction t ON t.id = n.transaction_id
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

ALTER FUNCTION payouts_check_seal() SET enable_seqscan = off;
"""

# What is heard late of a closed period is booked on the first open day. A key that another process
# is booking is waited for, and then left as it was booked. Nothing is written while an account is
# missing. A movement's account is either its cooperative's or the book's own: two joins, because
# an index finds nothing by "is not distinct".
WRITE = """
CREATE FUNCTION payouts_write(movements json, wanted json)
RETURNS TABLE (lacks_account boolean, new_key text, new_id bigint, new_day date,
    new_moment timestamptz)
LANGUAGE plpgsql SET enable_seqscan = off AS $$
#variable_conflict use_column
BEGIN
    RETURN QUERY
    WITH legs AS MATERIALIZED (
        SELECT l.key, coalesce(own.id, shared.id) AS account_id, l.amount_minor, l.currency,
            l.position
        FROM json_to_recordset(payouts_write.wanted) AS l(key text, book_id uuid, code text,
            owner uuid, currency text, amount_minor bigint, position int)
        LEFT JOIN payouts_account own ON own.book_id = l.book_id AND own.code = l.code
            AND own.cooperative_id = l.owner AND own.currency = l.currency
        LEFT JOIN payouts_account shared ON l.owner IS NULL AND shared.book_id = l.book_id
            AND shared.code = l.code AND shared.cooperative_id IS NULL
            AND shared.currency = l.currency
    ), missing AS (
        SELECT EXISTS (SELECT FROM legs WHERE account_id IS NULL) AS an_account
    ), begun AS (
        INSERT INTO payouts_ledgertransaction (book_id, key, cause, cooperative_id, sale_id,
            payout_line_id, memo, entry_count, occurred_at, booked_on, recorded_at)
        SELECT m.book_id, m.key, m.cause, m.cooperative_id, m.sale_id, m.payout_line_id, m.memo,
            m.entry_count, m.occurred_at, greatest(m.booked_on, (
                SELECT max(p.last_on) + 1 FROM payouts_periodclosing p
                WHERE p.book_id = m.book_id)),
            statement_timestamp()
        FROM missing, json_to_recordset(payouts_write.movements) AS m(book_id uuid, key text,
            cause text, cooperative_id uuid, sale_id uuid, payout_line_id uuid, memo text,
            entry_count int, occurred_at timestamptz, booked_on date, position int)
        WHERE NOT missing.an_account ORDER BY m.position
        ON CONFLICT (key) DO NOTHING RETURNING id, key, booked_on, recorded_at
    ), entered AS (
        INSERT INTO payouts_entry (transaction_id, account_id, amount_minor, currency)
        SELECT b.id, l.account_id, l.amount_minor, l.currency FROM begun b JOIN legs l USING (key)
        ORDER BY l.position
    )
    SELECT missing.an_account, b.key::text, b.id, b.booked_on, b.recorded_at
    FROM missing LEFT JOIN begun b ON true;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("payouts", "0009_commission_invoices")]

    operations = [migrations.RunSQL(CHECK + WRITE)]
