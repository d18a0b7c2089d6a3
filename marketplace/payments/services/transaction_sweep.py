"""Finds payments that changed in the engine without a webhook.

A charge, a refund or a cancellation made in the engine's Dashboard changes its order's
``updatedAt``, so the orders that changed since the last run include them all.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import Any
from uuid import UUID

from django.utils import timezone

from marketplace.core.errors import TwizaError
from marketplace.orders.engine_money import minor_of
from marketplace.orders.models import Order
from marketplace.orders.services.projection import engine_time
from marketplace.payments.models import Payment
from marketplace.payments.services.projection import project_transactions
from marketplace.saleor import ids
from marketplace.saleor.gateway import app_client
from marketplace.saleor.models import SweepRun
from marketplace.saleor.sweeps import Sweep

# The order of a transaction may be projected a little later than it changed.
SWEEP = Sweep("transactions", lock=7_311_048, overlap=timedelta(minutes=10))


def sweep_transactions(
    *, since: datetime | None = None, young: timedelta = timedelta(0)
) -> SweepRun:
    """Project the transactions of orders that changed since the last run (or ``since``).

    Orders that are not here yet are projected by the orders' own sweep, which runs before; those
    that are still ``young`` in their new state are left to their webhook. What fails is noted and
    tried again. A second sweep at the same time does nothing.
    """
    return SWEEP.run(partial(_project_changed, young=young), since)


def _project_changed(run: SweepRun, since: datetime, *, young: timedelta) -> None:
    client, cursor, until = app_client(), None, timezone.now() - young
    while True:
        page = client.orders_updated_since(since.isoformat(), cursor).orders
        if page is None:
            return
        run.looked_at += len(page.edges)
        settled = [edge.node for edge in page.edges if engine_time(edge.node.updated_at) <= until]
        for engine_order in _differing(settled):
            try:
                project_transactions(engine_order)
                run.repaired += 1
            except TwizaError as error:
                run.last_error = f"{engine_order.number}: {error}"[:2000]
        if not page.page_info.has_next_page:
            return
        cursor = page.page_info.end_cursor


def _differing(engine_orders: Sequence[Any]) -> list[Any]:
    """Our orders with a transaction that is unknown or known with other amounts."""
    our_orders = ids.our_ids(ids.ORDER, [order.id for order in engine_orders])
    here = set(Order.objects.filter(pk__in=our_orders.values()).values_list("pk", flat=True))
    items = [item for order in engine_orders for item in order.transactions]
    known_ids = ids.our_ids(ids.TRANSACTION, [item.id for item in items])
    known = Payment.objects.in_bulk(list(known_ids.values()))
    return [
        order
        for order in engine_orders
        if our_orders.get(order.id) in here
        and any(
            _differs(known.get(known_ids.get(item.id)), item, our_orders[order.id])
            for item in order.transactions
        )
    ]


def _differs(payment: Payment | None, item: Any, order_id: UUID) -> bool:
    if payment is None:
        return True
    refunded = minor_of(item.refunded_amount)
    charged = minor_of(item.charged_amount) + refunded + minor_of(item.refund_pending_amount)
    theirs = (order_id, charged, refunded, minor_of(item.authorized_amount))
    ours = (
        payment.order_id,
        payment.charged_minor,
        payment.refunded_minor,
        payment.authorized_minor,
    )
    return theirs != ours
