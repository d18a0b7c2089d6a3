"""Nothing is booked into a closed period.

Whoever books holds a shared lock on the book until the end of the transaction; a closing takes
the exclusive one, so that it waits for everybody who is booking.
"""

from django.db import migrations

FUNCTIONS = """
CREATE FUNCTION ledger_book_lock(book uuid) RETURNS bigint LANGUAGE sql IMMUTABLE AS $$
    SELECT ('x' || substr(md5('book:' || book::text), 1, 16))::bit(64)::bigint
$$;

CREATE FUNCTION ledger_refuse_closed() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    wrong record;
BEGIN
    PERFORM pg_advisory_xact_lock_shared(ledger_book_lock(b.book_id))
        FROM (SELECT DISTINCT book_id FROM new_rows ORDER BY book_id) AS b;
    SELECT n.key, p.last_on INTO wrong FROM new_rows n
        JOIN ledger_periodclosing p ON p.book_id = n.book_id AND p.last_on >= n.booked_on LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'the books are closed until %: % refused', wrong.last_on, wrong.key
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END $$;

CREATE TRIGGER ledger_period_open AFTER INSERT ON ledger_ledgertransaction
    REFERENCING NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse_closed();
"""


class Migration(migrations.Migration):
    dependencies = [("ledger", "0003_balanced")]

    operations = [migrations.RunSQL(FUNCTIONS)]
