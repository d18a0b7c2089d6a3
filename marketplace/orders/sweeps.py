"""Looks for what webhooks did not tell: lost, late, or while we were away."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import connection
from django.utils import timezone

from marketplace.core.errors import TwizaError
from marketplace.orders.models import CheckoutAttempt, CheckoutState, Order
from marketplace.orders.services.checkout import complete
from marketplace.orders.services.engine_orders.reading import NotAnOrder
from marketplace.orders.services.fetching import fetched
from marketplace.orders.services.projection import engine_time, project_order
from marketplace.saleor import ids
from marketplace.saleor.client import OrderStampsSinceOrdersEdgesNode
from marketplace.saleor.gateway import app_client
from marketplace.saleor.models import SweepRun

NAME = "orders"
# Clocks differ, and an order may be read before its transaction was seen everywhere.
OVERLAP = timedelta(minutes=5)
FIRST_LOOK = timedelta(days=30)
_LOCK = 7_311_047


def sweep_orders(*, since: datetime | None = None) -> SweepRun:
    """Bring in every order that changed in the engine since the last pass (or ``since``).

    A second sweep at the same time does nothing. What cannot be brought in is noted, tried again.
    """
    started = timezone.now()
    run = SweepRun.objects.create(name=NAME, started_at=started)
    if not _alone():
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
        _leave()
    return run


def finish_checkouts() -> int:
    """Place the orders of attempts that were paid and then left alone; returns how many.

    The buyer closed the page, or our process died between the engine's answer and our record.
    """
    left = CheckoutAttempt.objects.filter(
        state__in=[CheckoutState.PAID, CheckoutState.COMPLETING],
        updated_at__lt=timezone.now() - timedelta(minutes=2),
        updated_at__gt=timezone.now() - timedelta(hours=12),
    )
    finished = 0
    for attempt in left.order_by("updated_at")[:100]:
        try:
            complete(attempt=attempt)
            finished += 1
        except TwizaError:
            continue
    return finished


def _pass(run: SweepRun, since: datetime) -> None:
    """Ask for the stamps of what changed, and fetch only what we have not seen so."""
    client, cursor = app_client(), None
    while True:
        page = client.order_stamps_since(since.isoformat(), cursor).orders
        if page is None:
            return
        run.looked_at += len(page.edges)
        for node in _unseen([edge.node for edge in page.edges]):
            try:
                project_order(fetched(node.id))
                run.repaired += 1
            except NotAnOrder:
                continue
            except TwizaError as error:
                run.last_error = f"{node.number}: {error}"[:2000]
        if not page.page_info.has_next_page:
            return
        cursor = page.page_info.end_cursor


def _unseen(
    stamps: Sequence[OrderStampsSinceOrdersEdgesNode],
) -> list[OrderStampsSinceOrdersEdgesNode]:
    """Those orders that we do not have, or have as they were before."""
    our_ids = ids.our_ids(ids.ORDER, [stamp.id for stamp in stamps])
    rows = Order.objects.filter(pk__in=our_ids.values())
    known = dict(rows.values_list("pk", "engine_updated_at"))
    return [
        stamp
        for stamp in stamps
        if (seen := known.get(our_ids.get(stamp.id))) is None  # type: ignore[arg-type]
        or seen < engine_time(stamp.updated_at)
    ]


def _last_seen(now: datetime) -> datetime:
    runs = SweepRun.objects.filter(name=NAME, seen_until__isnull=False)
    last = runs.order_by("-started_at").values_list("seen_until", flat=True).first()
    return last or now - FIRST_LOOK


def _alone() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [_LOCK])
        row = cursor.fetchone()
    return bool(row and row[0])


def _leave() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_unlock(%s)", [_LOCK])
