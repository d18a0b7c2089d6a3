"""How long a payout run takes, and how much memory: many cooperatives, many orders.

    python -m tests.load.payout_run 600x100000 6000x1000000

Each size gets a database of its own on the embedded server of the tests, filled by SQL, and a
process of its own. Printed are the seconds of every step, the microseconds for each order and the
milliseconds for each cooperative, and the peak of the process's memory. Time should grow no faster
than the work, memory with neither.
"""

import os
import resource
import sys
import time
import traceback
from datetime import timedelta

from django.conf import settings
from django.db import connections

from marketplace.core.database import DatabaseAddress
from marketplace.core.roles import connect_as_owner
from tests.load.books_sequences import own_database  # first: it makes Django ready

# The shape of what handlers post for a delivered order paid by card, less 12 % commission.
ORDERS = """
INSERT INTO ledger_ledgertransaction (book_id, key, cause, cooperative_id, sale_id, entry_count,
    memo, occurred_at, booked_on, recorded_at)
SELECT b.id, 'load:' || n, 'parcel_delivered', c.id, gen_random_uuid(), 3, '',
    now() - interval '20 days', current_date - 20, now()
FROM generate_series(1, %(orders)s) n
JOIN (SELECT id, row_number() OVER (ORDER BY slug) - 1 AS k FROM vendors_cooperative) c
    ON c.k = n %% %(cooperatives)s
CROSS JOIN ledger_book b;
"""
# Two joins: one that compares "is not distinct" would look at every account for every entry.
ENTRIES = """
INSERT INTO ledger_entry (transaction_id, account_id, amount_minor, currency)
SELECT t.id, a.id, l.amount, 'MAD'
FROM ledger_ledgertransaction t
CROSS JOIN (VALUES ('psp_clearing', 10000), ('commission', -1200)) l (code, amount)
JOIN ledger_account a ON a.code = l.code AND a.book_id = t.book_id AND a.cooperative_id IS NULL
UNION ALL
SELECT t.id, a.id, -8800, 'MAD'
FROM ledger_ledgertransaction t
JOIN ledger_account a ON a.code = 'released' AND a.cooperative_id = t.cooperative_id;
"""
# Made anew after the rows, which is quicker; those that are constraints stay.
INDEXES = """
SELECT i.indexrelid::regclass::text, pg_get_indexdef(i.indexrelid) FROM pg_index i
WHERE i.indrelid IN ('ledger_ledgertransaction'::regclass, 'ledger_entry'::regclass)
  AND NOT EXISTS (SELECT FROM pg_constraint c WHERE c.conindid = i.indexrelid)
"""
ACCOUNTS = """
INSERT INTO ledger_account (book_id, code, cooperative_id, currency)
SELECT b.id, 'released', c.id, 'MAD' FROM ledger_book b CROSS JOIN vendors_cooperative c
UNION ALL
SELECT b.id, code, NULL, 'MAD' FROM ledger_book b,
    unnest(ARRAY['psp_clearing', 'commission', 'bank']) code;
"""


def main() -> None:
    """Measure every size that was asked for."""
    for size in sys.argv[1:] or ["600x100000"]:
        cooperatives, orders = (int(part) for part in size.split("x"))
        with own_database():
            began = time.monotonic()
            fill(settings.DATABASE_ADDRESS, cooperatives, orders)
            print(f"\n{cooperatives} cooperatives, {orders} orders (filled in "
                  f"{time.monotonic() - began:.0f} s)", flush=True)  # fmt: skip
            connections.close_all()
            child = os.fork()
            if child == 0:
                try:
                    payday(cooperatives, orders)
                except BaseException:  # noqa: BLE001 -- told here, the parent tidies up
                    traceback.print_exc()
                finally:
                    sys.stdout.flush()
                    os._exit(0)
            os.waitpid(child, 0)


def fill(address: DatabaseAddress, cooperatives: int, orders: int) -> None:
    from django.utils import timezone

    from marketplace.ledger.post import book_of
    from tests.payouts.world import RIBS, make_programme, make_user
    from vendors.models import BankAccount, Cooperative

    programme = make_programme()
    make_user("preparer", programme, "finance_preparer")
    make_user("approver", programme, "finance_approver")
    book_of(programme.pk)
    made = Cooperative.objects.create_all(
        Cooperative(
            programme=programme, slug=f"load-{n:05}", legal_name=f"تعاونية {n}",
            legal_name_latin=f"Cooperative Load {n}", status="active", kind="women",
            sector="argan", country_code="MA", region_code="MA-09", place_name="Tiznit",
            payout_currency="MAD", address_line="Rue 1",
        )
        for n in range(cooperatives)
    )  # fmt: skip
    long_ago = timezone.now() - timedelta(days=90)
    BankAccount.objects.create_all(
        BankAccount(
            cooperative=row, holder_name=row.legal_name_latin, country_code="MA",
            number=RIBS[0], last_digits=RIBS[0][-4:], valid_from=long_ago, confirmed_at=long_ago,
        )
        for row in made
    )  # fmt: skip
    connections.close_all()
    with connect_as_owner(address) as connection:
        connection.execute("SET session_replication_role = replica")
        connection.execute(ACCOUNTS)
        connection.execute("ANALYZE")
        indexes = connection.execute(INDEXES).fetchall()
        for name, _made_by in indexes:
            connection.execute(f"DROP INDEX {name}")
        connection.execute(ORDERS, {"orders": orders, "cooperatives": cooperatives})
        connection.execute("ANALYZE ledger_ledgertransaction")
        connection.execute(ENTRIES)
        for _name, made_by in indexes:
            connection.execute(made_by)
        connection.execute("VACUUM ANALYZE")


def payday(cooperatives: int, orders: int) -> None:
    """Prepare, approve, file, send, settle; print what it took."""
    from marketplace.payouts import services
    from marketplace.payouts.book_checks import findings
    from vendors.models import Programme, User

    preparer, approver = (
        User.objects.get(email=f"{name}@example.org").actor for name in ("preparer", "approver")
    )
    before = peak()
    run = step("prepare", lambda: services.prepare_run(
        programme=Programme.objects.get(), by=preparer))  # fmt: skip
    step("approve", lambda: services.approve_run(
        run=run, typed_total=run.total_minor, by=approver))  # fmt: skip
    step("files", lambda: services.make_bank_file(run=run, by=approver))
    step("sent", lambda: services.mark_sent(run=run, by=preparer))
    step("settle", lambda: services.mark_settled(run=run, by=preparer))
    assert run.line_count == cooperatives
    assert run.total_minor == orders * 8_800
    total = sum(TOOK.values())
    print("  ".join(f"{name} {seconds:.2f} s" for name, seconds in TOOK.items()))
    print(f"all {total:.2f} s: {total / orders * 1e6:.0f} µs an order, "
          f"{total / cooperatives * 1e3:.2f} ms a cooperative; "
          f"memory {before:.0f} MB before, {peak():.0f} MB at most", flush=True)  # fmt: skip
    assert list(findings()) == []


TOOK: dict[str, float] = {}


def step(name: str, act):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN201
    began = time.monotonic()
    done = act()
    TOOK[name] = time.monotonic() - began
    return done


def peak() -> float:
    """The most memory that this process had so far, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main()
