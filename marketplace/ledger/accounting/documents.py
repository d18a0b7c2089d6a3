"""The documents of journal entries: their numbers, and the rows they stand for."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from marketplace.ledger.accounting.pieces import piece_of, sale_of
from marketplace.ledger.chart import Cause
from marketplace.ledger.models import LedgerTransaction
from marketplace.orders.models import VendorOrder
from vendors.scoping import Scope


@dataclass(frozen=True)
class DocumentOf:
    """The document of a transaction: its number, a remark, and the vendor order if it is one."""

    number: str
    remark: str
    vendor_order_id: UUID | None = None


def documents_of(scope: Scope, rows: Iterable[LedgerTransaction]) -> dict[int, DocumentOf]:
    """The document of each transaction, by the transaction's id."""
    rows = list(rows)
    sales = {row.pk: sale for row in rows if (sale := sale_of(row.key, row.sale_id))}
    orders = VendorOrder.objects.within(scope).filter(pk__in=set(sales.values()))
    numbers = dict(orders.values_list("pk", "number"))
    found = {}
    for row in rows:
        sale = sales.get(row.pk)
        number, remark = piece_of(
            Cause(row.cause),
            transaction_id=row.pk,
            key=row.key,
            memo=row.memo,
            sale_number=numbers.get(sale) if sale else None,
        )
        found[row.pk] = DocumentOf(number, remark, sale if sale in numbers else None)
    return found
