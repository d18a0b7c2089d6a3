"""What lost or late webhooks left behind: orders that changed, paid checkouts without an order."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import partial

from django.utils import timezone

from marketplace.core.errors import TwizaError
from marketplace.orders.models import CheckoutAttempt, CheckoutState, Order
from marketplace.orders.services.checkout import complete
from marketplace.orders.services.engine_orders.reading import NotAnOrder
from marketplace.orders.services.facts import known_facts
from marketplace.orders.services.fetching import fetched
from marketplace.orders.services.projection import engine_time, project_order
from marketplace.saleor import ids
from marketplace.saleor.client import OrderStampsSinceOrdersEdgesNode
from marketplace.saleor.gateway import app_client
from marketplace.saleor.models import SweepRun
from marketplace.saleor.sweeps import Sweep

SWEEP = Sweep("orders", lock=7_311_047, overlap=timedelta(minutes=5))


def sweep_orders(*, since: datetime | None = None, young: timedelta = timedelta(0)) -> SweepRun:
    """Project every order that changed in the engine since the last run (or ``since``).

    Orders that are still ``young`` in their new state are left to their webhook. An order counts as
    repaired when something of it was another here. A second sweep at the same time does nothing.
    What cannot be projected is noted and tried again.
    """
    return SWEEP.run(partial(_project_changed, young=young), since)


def finish_checkouts() -> int:
    """Place the orders of attempts that were paid and not completed; returns how many.

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


def _project_changed(run: SweepRun, since: datetime, *, young: timedelta) -> None:
    """Ask when orders changed, and fetch only those that we know in an older state."""
    client, cursor, until = app_client(), None, timezone.now() - young
    while True:
        page = client.order_stamps_since(since.isoformat(), cursor).orders
        if page is None:
            return
        run.looked_at += len(page.edges)
        stamps = [edge.node for edge in page.edges if engine_time(edge.node.updated_at) <= until]
        for node in _unseen(stamps):
            try:
                run.repaired += _bring_in(node.id)
            except NotAnOrder:
                continue
            except TwizaError as error:
                run.last_error = f"{node.number}: {error}"[:2000]
        if not page.page_info.has_next_page:
            return
        cursor = page.page_info.end_cursor


def _bring_in(order_gid: str) -> bool:
    """Project an order; whether more than the moment of its last change was another here."""
    order_id = ids.our_id(ids.ORDER, order_gid)
    before = known_facts(order_id) if order_id else None
    return known_facts(project_order(fetched(order_gid)).pk) != before


def _unseen(
    stamps: Sequence[OrderStampsSinceOrdersEdgesNode],
) -> list[OrderStampsSinceOrdersEdgesNode]:
    """Those orders that are not here, or here in an older state."""
    our_ids = ids.our_ids(ids.ORDER, [stamp.id for stamp in stamps])
    rows = Order.objects.filter(pk__in=our_ids.values())
    known = dict(rows.values_list("pk", "engine_updated_at"))
    return [
        stamp
        for stamp in stamps
        if (seen := known.get(our_ids.get(stamp.id))) is None  # type: ignore[arg-type]
        or seen < engine_time(stamp.updated_at)
    ]
