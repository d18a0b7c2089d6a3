"""Creation of past orders in the engine, in bulk."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from marketplace.demo.world.chance import named
from marketplace.orders.services.bulk_projection import project_orders
from marketplace.payments import services as payments
from marketplace.saleor import ids
from marketplace.saleor.answers import accepted
from marketplace.saleor.client import (
    OrderBulkCreateInput,
    OrderParts,
    SaleorClient,
    TransactionCreateInput,
)
from marketplace.saleor.errors import EngineRefused
from marketplace.saleor.gateway import app_client

# Time limit of one call, in seconds.
SECONDS = 120.0


def create_orders(
    inputs: list[OrderBulkCreateInput], payments_of: Mapping[str, TransactionCreateInput]
) -> None:
    """Create the orders at the engine and project each at once; the webhook finds them done.

    An order that an interrupted attempt has made is refused as known, and found there. Payments in
    ``payments_of`` (by the order's reference) are entered after it, so that they are our App's:
    nobody could be asked to refund the others.
    """
    client = app_client()
    answer = client.bulk_create_orders(inputs, timeout=SECONDS).order_bulk_create
    results = answer.results if answer else []
    found = _found(client, [result.order.id for result in results if result.order])
    for wanted, result in zip(inputs, results, strict=True):
        if result.order is None:
            before = client.order_by_reference(wanted.external_reference or "").order
            if before is None:
                raise EngineRefused([_as_dict(error) for error in result.errors or []])
            found.append(before)
    unpaid = {
        row.id: payment
        for row in found
        if not row.transactions and (payment := payments_of.get(row.external_reference or ""))
    }
    for order_id, payment in unpaid.items():
        accepted(client.create_transaction(order_id, payment).transaction_create)
    found = [row for row in found if row.id not in unpaid] + _found(client, list(unpaid))
    _link(found)
    project_orders(found)
    payments.project_transactions_of(found)


def _as_dict(error: Any) -> dict[str, Any]:
    return {"field": error.path, "message": error.message, "code": error.code}


def _found(client: SaleorClient, order_ids: list[str]) -> list[OrderParts]:
    page = client.orders_by_ids(order_ids, timeout=SECONDS).orders if order_ids else None
    return [edge.node for edge in page.edges] if page else []


def _link(orders: Iterable[OrderParts]) -> None:
    """Map the ids of everything in them, in few statements and the same for every demo."""
    rows = list(orders)
    ids.link_many(ids.ORDER, [(UUID(row.external_reference or ""), row.id) for row in rows])
    lines = [
        (named("line", row.external_reference, place), line.id)
        for row in rows
        for place, line in enumerate(row.lines)
    ]
    ids.link_many(ids.ORDER_LINE, lines)
    ids.link_many(
        ids.TRANSACTION,
        [
            (named("payment", row.external_reference), t.id)
            for row in rows
            for t in row.transactions
        ],
    )
