"""Looks for money that moved at the engine and of which no webhook told.

A charge, a refund or a cancellation made in the engine's Dashboard changes its order's
``updatedAt``: so one look at the orders that changed since the last pass finds them all.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connection
from django.utils import timezone

from marketplace.core.errors import TwizaError
from marketplace.orders.models import Order
from marketplace.payments.models import Payment
from marketplace.payments.services.projection import minor, project_transactions
from marketplace.saleor import ids
from marketplace.saleor.gateway import app_client
from marketplace.saleor.models import SweepRun

NAME = "transactions"
# Clocks differ; and the order of a transaction may be brought in a little later than it changed.
OVERLAP = timedelta(minutes=10)
FIRST_LOOK = timedelta(days=30)
_LOCK = 7_311_048


def sweep_transactions(*, since: datetime | None = None) -> SweepRun:
    """Bring in the transactions of orders that changed since the last pass (or ``since``).

    Orders that are not here yet are the business of the orders' own sweep, which runs before; what
    fails is noted and tried again. A second sweep at the same time does nothing.
    """
    started = timezone.now()
    run = SweepRun.objects.create(name=NAME, started_at=started)
    if not _locked("pg_try_advisory_lock"):
        run.finished_at = timezone.now()
        run.save()
        return run
    try:
        _pass(run, since or _last_seen(started))
        run.seen_until = started - OVERLAP if not run.last_error else _last_seen(started)
    except TwizaError as error:
        run.last_error = str(error)[:2000]
    finally:
        run.finished_at = timezone.now()
        run.save()
        _locked("pg_advisory_unlock")
    return run


def _pass(run: SweepRun, since: datetime) -> None:
    client, cursor = app_client(), None
    while True:
        page = client.orders_updated_since(since.isoformat(), cursor).orders
        if page is None:
            return
        run.looked_at += len(page.edges)
        for engine_order in _differing([edge.node for edge in page.edges]):
            try:
                project_transactions(engine_order)
                run.repaired += 1
            except TwizaError as error:
                run.last_error = f"{engine_order.number}: {error}"[:2000]
        if not page.page_info.has_next_page:
            return
        cursor = page.page_info.end_cursor


def _differing(engine_orders: Sequence[Any]) -> list[Any]:
    """Those of our orders of which a transaction is unknown, or known with other amounts."""
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
    refunded = minor(item.refunded_amount)
    charged = minor(item.charged_amount) + refunded + minor(item.refund_pending_amount)
    theirs = (order_id, charged, refunded, minor(item.authorized_amount))
    ours = (
        payment.order_id,
        payment.charged_minor,
        payment.refunded_minor,
        payment.authorized_minor,
    )
    return theirs != ours


def _last_seen(now: datetime) -> datetime:
    runs = SweepRun.objects.filter(name=NAME, seen_until__isnull=False)
    last = runs.order_by("-started_at").values_list("seen_until", flat=True).first()
    return last or now - FIRST_LOOK


def _locked(function: str) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {function}(%s)", [_LOCK])
        row = cursor.fetchone()
    return bool(row and row[0])
