"""Past orders with their true dates, created in batches; idempotent."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import cache
from uuid import UUID

from marketplace.demo.stages.cooperatives import EARLY_SLUGS, FIRST_SLUGS
from marketplace.demo.stages.past_orders.creation import create_orders
from marketplace.demo.stages.past_orders.order_inputs import OrderInputs
from marketplace.demo.stages.past_orders.outcomes import follow, refund
from marketplace.demo.stages.past_orders.timing import is_refunded, order_id_of
from marketplace.demo.world.orders import Purchase, purchases
from marketplace.orders.models import Order

PAST, RECENT = 2640, 215
FIRST = 240
REST = PAST - FIRST
# The engine's limit for one call.
BATCH = 50


@cache
def all_purchases(begun_at: datetime) -> tuple[Purchase, ...]:
    """All orders of the world, oldest first; the last ``RECENT`` go through the checkout."""
    return tuple(purchases(count=PAST + RECENT, until=begun_at))


def are_early(purchase: Purchase) -> bool:
    """Whether its listings are among those created first."""
    return all(
        line.offer.cooperative_slug in {*FIRST_SLUGS, *EARLY_SLUGS} for line in purchase.lines
    )


@cache
def _in_turn(begun_at: datetime) -> tuple[Purchase, ...]:
    """Past orders in order of creation: early ones of every month, then the others."""
    past = all_purchases(begun_at)[:PAST]
    possible = [n for n, purchase in enumerate(past) if are_early(purchase)]
    step = max(1, len(possible) // FIRST)
    early = dict.fromkeys(possible[::step][:FIRST])
    return tuple(past[n] for n in [*early, *(n for n in range(PAST) if n not in early)])


def make_first(first: int, last: int, begun_at: datetime) -> None:
    """Some orders of every month, so that no page is empty."""
    _make([p for p in _in_turn(begun_at)[first:last] if are_early(p)], begun_at)


def make_rest(first: int, last: int, begun_at: datetime) -> None:
    """All other past orders, including those that could not be created early."""
    missed = [p for p in _in_turn(begun_at)[:FIRST] if not are_early(p)] if first == 0 else []
    for place in range(0, len(missed), BATCH):
        _make(missed[place : place + BATCH], begun_at)
    _make(_in_turn(begun_at)[FIRST + first : FIRST + last], begun_at)


def _make(wanted: Sequence[Purchase], begun_at: datetime) -> None:
    known = _known(wanted)
    build = OrderInputs(wanted)
    inputs = [
        made
        for purchase in wanted
        if order_id_of(purchase) not in known and (made := build.order(purchase, begun_at))
    ]
    if inputs:
        late = {
            str(order_id_of(purchase)): build.payment(purchase, begun_at)
            for purchase in wanted
            if is_refunded(purchase)
        }
        create_orders(inputs, late)
    orders = Order.objects.in_bulk([order_id_of(purchase) for purchase in wanted])
    follow(
        [(orders[key], p) for p in wanted if (key := order_id_of(p)) in orders], begun_at=begun_at
    )
    for purchase in wanted:
        if order_id_of(purchase) in orders:
            refund(orders[order_id_of(purchase)], purchase, begun_at)


def _known(wanted: Iterable[Purchase]) -> set[UUID]:
    keys = [order_id_of(purchase) for purchase in wanted]
    return set(Order.objects.filter(pk__in=keys).values_list("pk", flat=True))
