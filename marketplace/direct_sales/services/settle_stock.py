"""Use case: the engine's stock follows the direct sales, each piece once.

The engine only takes a new total. So the count before, the new total and the quantity that it is
for are written down and committed first, then the engine is called, then its answer is recorded.
After an interruption the count tells whether the call arrived: it is the new total, or the one
before. Where goods were sent or counted in between it is neither: then the lower of both counts is
taken, so that nobody buys what may not be there, and the sale asks to count.
"""

import logging
from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from catalog.models import ListingVariant
from catalog.services.held_stock import HeldStock, held_stock
from marketplace.core.errors import TwizaError
from marketplace.direct_sales.models import DirectSale
from marketplace.orders.locks import one_at_a_time
from vendors.scoping import Crossing, ScopedQuerySet

logger = logging.getLogger(__name__)

PATIENCE = timedelta(seconds=20)
FIRST_PAUSE = timedelta(minutes=1)
# An outage ends by itself; a refusal stays until somebody changes something.
LONGEST_PAUSE_UNAVAILABLE = timedelta(minutes=8)
LONGEST_PAUSE_REFUSED = timedelta(hours=12)


def settle_now_or_later(variant_id: UUID) -> None:
    """Bring the stock up to date at once; an error leaves it to the job."""
    try:
        settle(variant_id)
    except TwizaError as error:
        logger.warning("The stock of variant %s waits: %r", variant_id, error)
        _put_off(variant_id, LONGEST_PAUSE_UNAVAILABLE if error.retry else LONGEST_PAUSE_REFUSED)
    except Exception:
        logger.exception("The stock of variant %s waits", variant_id)
        _put_off(variant_id, LONGEST_PAUSE_REFUSED)


def settle_waiting(*, limit: int = 50) -> int:
    """Bring the stock of variants up to date that wait for it; returns how many were tried."""
    rows = DirectSale.objects.crossing(Crossing.SCHEDULED_JOB)
    due = rows.filter(stock_due_at__lte=timezone.now()).order_by("stock_due_at")
    found = list(dict.fromkeys(due.values_list("variant_id", flat=True)[:limit]))
    for variant_id in found:
        settle_now_or_later(variant_id)
    return len(found)


def settle(variant_id: UUID) -> None:
    """Bring the stock of a variant up to date with all its direct sales; may be repeated.

    Raises NotYetPublished, EngineUnavailable, EngineRefused or UnknownId.
    """
    with one_at_a_time(variant_id):
        if not (due := _due(variant_id)):
            return
        with held_stock(_variant(variant_id)) as stock:
            # One that was interrupted comes first: its count is still the one to compare.
            for sale in sorted(due, key=lambda sale: sale.stock_target is None):
                _settle_one(sale, stock)


def _settle_one(sale: DirectSale, stock: HeldStock) -> None:
    if sale.stock_target is not None:
        _resolve(sale, stock.on_hand)
    target, taken = _wanted(sale, stock.on_hand)
    if target == stock.on_hand:
        _record(sale, settled=sale.counted, taken=taken)
        return
    _note_intent(sale, before=stock.on_hand, target=target)
    stock.set(target)
    _record(sale, settled=sale.counted, taken=taken)


def _wanted(sale: DirectSale, on_hand: int) -> tuple[int, int]:
    """The new total, and what the stock has given then: what it did not have it does not get back.

    A count may be below zero at no engine; what lacks is remembered by ``settled`` and ``taken``.
    """
    more = sale.counted - sale.settled
    if more >= 0:
        given = min(more, max(on_hand, 0))
        return on_hand - given, sale.taken + given
    lacked = sale.settled - sale.taken
    back = max(-more - lacked, 0)
    return on_hand + back, sale.taken - back


def _resolve(sale: DirectSale, on_hand: int) -> None:
    """Whether the call that was interrupted arrived, by the count."""
    before, target = sale.stock_before, sale.stock_target
    assert before is not None
    assert target is not None
    assert sale.settling is not None
    arrived = on_hand == target
    is_unsure = on_hand not in {before, target}
    if is_unsure:
        # Taken: perhaps not, and it is taken again. Put back: perhaps, and it is left there.
        arrived = target > before
    settled = sale.settling if arrived else sale.settled
    taken = sale.taken + before - target if arrived else sale.taken
    _record(sale, settled=settled, taken=taken, is_unsure=is_unsure)
    sale.settled, sale.taken, sale.stock_target = settled, taken, None


def _note_intent(sale: DirectSale, *, before: int, target: int) -> None:
    with transaction.atomic():
        _rows().filter(pk=sale.pk).update(
            stock_before=before, stock_target=target, settling=sale.counted
        )


def _record(sale: DirectSale, *, settled: int, taken: int, is_unsure: bool = False) -> None:
    """The stock gave so much; it is up to date if the sale still says what it said."""
    with transaction.atomic():
        own = _rows().filter(pk=sale.pk)
        own.update(
            settled=settled, taken=taken, stock_before=None, stock_target=None, settling=None
        )
        if is_unsure:
            own.update(stock_unsure_at=timezone.now())
        if settled == sale.counted:
            own.filter(changes=sale.changes).update(stock_due_at=None, stock_attempts=0)


def _put_off(variant_id: UUID, longest: timedelta) -> None:
    """Try again later; after each failure the wait doubles."""
    for sale in _due(variant_id):
        pause = min(FIRST_PAUSE * 2 ** min(sale.stock_attempts, 12), longest)
        _rows().filter(pk=sale.pk, changes=sale.changes, stock_due_at__isnull=False).update(
            stock_due_at=timezone.now() + pause,
            stock_attempts=min(sale.stock_attempts + 1, 1000),
        )


def _due(variant_id: UUID) -> list[DirectSale]:
    rows = _rows().filter(variant_id=variant_id, stock_due_at__isnull=False)
    return list(rows.order_by("recorded_at", "pk"))


def _rows() -> ScopedQuerySet:
    return DirectSale.objects.crossing(Crossing.ENGINE_PROJECTION)


def _variant(variant_id: UUID) -> ListingVariant:
    rows = ListingVariant.objects.crossing(Crossing.ENGINE_PROJECTION)
    found: ListingVariant = rows.select_related("listing__cooperative").get(pk=variant_id)
    return found
