"""Times the list of orders on a hundred thousand rows, and prints the slowest questions.

    uv run twiza manage shell --data /tmp/demo8000 -c "from tests.load.lists import run; run()"

on the data of a demo, in one transaction that is rolled back: the demo stays as it was. Asked are
the first and the last page and the count of every order and of usual filters, as pages do.
"""

import time
from collections.abc import Iterator
from typing import Any

from django.db import connection, transaction
from django.http import QueryDict

from marketplace.web.lists.asked import read
from marketplace.web.lists.paging import MOST_ROWS, PAGE_SIZE
from marketplace.web.staff.lists.access import access_to
from marketplace.web.staff.orders.order_list import ORDERS
from vendors.models import User

ROWS = 100_000
FILTERS = (
    "", "state=placed", "state=open", "q=TW-ZZ", "q=atlas", "region=MA-09", "currency=MAD",
    "total_min=500", "placed_from=2026-11-01&placed_to=2026-11-30", "method=card",
)  # fmt: skip


def run(email: str = "coordination@twiza.example", programme: str = "mourafaka") -> None:
    """Make the rows, ask, print and take everything back."""
    user = User.objects.get(email=email)
    with transaction.atomic():
        _multiply()
        access = access_to(ORDERS, user, programme)
        found = sorted(_asked(access), reverse=True)
        for seconds, what in found:
            print(f"{seconds * 1000:8.0f} ms  {what}")
        transaction.set_rollback(True)


def _asked(access: Any) -> Iterator[tuple[float, str]]:
    sorts = [f"sort={sign}{c.key}" for c in ORDERS.columns if c.is_sortable for sign in ("", "-")]
    for query in (*FILTERS, *sorts, *(f"{f}&sort=total" for f in FILTERS if f)):
        asked = read(ORDERS, access, QueryDict(query))
        assert not asked.is_refused, query
        rows: Any = asked.rows()
        counted = rows.order_by()[: MOST_ROWS + 1]
        last = rows[MOST_ROWS - PAGE_SIZE : MOST_ROWS]
        for what, ask in (
            ("first page", lambda rows=rows: list(rows[:PAGE_SIZE])),
            ("last page", lambda last=last: list(last)),
            ("count", counted.count),
        ):
            begun = time.perf_counter()
            ask()
            yield time.perf_counter() - begun, f"{what}: {query or 'nothing'}"


def _multiply() -> None:
    """As many orders as ``ROWS``, each of one cooperative, five minutes apart."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"CREATE TEMP TABLE made ON COMMIT DROP AS SELECT gen_random_uuid() AS id, n"
            f" FROM generate_series(1, {ROWS}) AS n"
        )
        for table, changes in (
            ("orders_order", {"id": "made.id", "number": "'L' || n", "checkout_id": "NULL"}),
            (
                "orders_vendororder",
                {
                    "id": "gen_random_uuid()",
                    "number": "'L' || n || '-1'",
                    "order_id": "made.id",
                    "goods_minor": "(random() * 100000)::int",
                },
            ),
        ):
            changes["placed_at"] = "now() - n * interval '5 minutes'"
            columns = _columns(cursor, table)
            values = ", ".join(changes.get(column, f"model.{column}") for column in columns)
            cursor.execute(
                f"INSERT INTO {table} ({', '.join(columns)}) SELECT {values} FROM made JOIN ("
                f"SELECT *, row_number() OVER () AS r, count(*) OVER () AS c FROM {table}"
                ") AS model ON model.r = made.n % model.c + 1"
            )
            cursor.execute(f"ANALYZE {table}")


def _columns(cursor: Any, table: str) -> list[str]:
    cursor.execute(
        "SELECT column_name FROM information_schema.columns WHERE table_name = %s", [table]
    )
    return [name for (name,) in cursor.fetchall()]
