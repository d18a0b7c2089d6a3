"""Order numbers, drawn from a sequence of the database."""

from django.db import connections

from marketplace.embedded.models import OrderNumber
from marketplace.embedded.unit_of_work import ENGINE_ALIAS


def next_numbers(count: int) -> list[int]:
    """Draw order numbers; an order that is rolled back leaves a gap, as in Saleor."""
    table = OrderNumber._meta.db_table  # noqa: SLF001 -- Django's documented API
    with connections[ENGINE_ALIAS].cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)",
            [table, count],
        )
        return [int(row[0]) for row in cursor.fetchall()]
