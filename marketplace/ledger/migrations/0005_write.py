"""``ledger_write``: many movements with their entries in one statement.

It runs with the rights of its caller. What is heard late of a closed period is booked on the first
open day. A key that another process is booking is waited for, and then left as it was booked.
Nothing is written while an account is missing. A movement's account is either its cooperative's or
the book's own: two joins, because no index serves "is not distinct".
"""

from django.db import migrations

FUNCTION = """
CREATE FUNCTION ledger_write(movements json, wanted json)
RETURNS TABLE (lacks_account boolean, new_key text, new_id bigint, new_day date,
    new_moment timestamptz)
LANGUAGE plpgsql SET enable_seqscan = off AS $$
#variable_conflict use_column
BEGIN
    RETURN QUERY
    WITH legs AS MATERIALIZED (
        SELECT l.key, coalesce(own.id, shared.id) AS account_id, l.amount_minor, l.currency,
            l.position
        FROM json_to_recordset(ledger_write.wanted) AS l(key text, book_id uuid, code text,
            owner uuid, currency text, amount_minor bigint, position int)
        LEFT JOIN ledger_account own ON own.book_id = l.book_id AND own.code = l.code
            AND own.cooperative_id = l.owner AND own.currency = l.currency
        LEFT JOIN ledger_account shared ON l.owner IS NULL AND shared.book_id = l.book_id
            AND shared.code = l.code AND shared.cooperative_id IS NULL
            AND shared.currency = l.currency
    ), missing AS (
        SELECT EXISTS (SELECT FROM legs WHERE account_id IS NULL) AS an_account
    ), begun AS (
        INSERT INTO ledger_ledgertransaction (book_id, key, cause, cooperative_id, sale_id,
            payout_line_id, memo, entry_count, occurred_at, booked_on, recorded_at)
        SELECT m.book_id, m.key, m.cause, m.cooperative_id, m.sale_id, m.payout_line_id, m.memo,
            m.entry_count, m.occurred_at, greatest(m.booked_on, (
                SELECT max(p.last_on) + 1 FROM ledger_periodclosing p
                WHERE p.book_id = m.book_id)),
            statement_timestamp()
        FROM missing, json_to_recordset(ledger_write.movements) AS m(book_id uuid, key text,
            cause text, cooperative_id uuid, sale_id uuid, payout_line_id uuid, memo text,
            entry_count int, occurred_at timestamptz, booked_on date, position int)
        WHERE NOT missing.an_account ORDER BY m.position
        ON CONFLICT (key) DO NOTHING RETURNING id, key, booked_on, recorded_at
    ), entered AS (
        INSERT INTO ledger_entry (transaction_id, account_id, amount_minor, currency)
        SELECT b.id, l.account_id, l.amount_minor, l.currency FROM begun b JOIN legs l USING (key)
        ORDER BY l.position
    )
    SELECT missing.an_account, b.key::text, b.id, b.booked_on, b.recorded_at
    FROM missing LEFT JOIN begun b ON true;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("ledger", "0004_closed_periods")]

    operations = [migrations.RunSQL(FUNCTION)]
