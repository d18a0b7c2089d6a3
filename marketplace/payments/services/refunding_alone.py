"""What one person refunds alone; above it a second person confirms."""

from collections.abc import Iterable
from datetime import timedelta

from django.utils import timezone
from django.utils.translation import get_language

from marketplace.core.actors import Actor
from marketplace.core.formats import Format
from marketplace.orders.models import VendorOrder
from marketplace.payments.errors import SecondPersonNeeded, TooMuchADay
from marketplace.payments.models import Refund, RefundState
from marketplace.payments.refund_limits import RefundLimit, refund_limit
from vendors.accounts import User
from vendors.scoping import Crossing, ScopedQuerySet

DAY = timedelta(hours=24)


def require_alone(vendor_order: VendorOrder, amount_minor: int, by: Actor) -> None:
    """Raise SecondPersonNeeded if a person refunds more than one person may alone.

    Two limits, so that neither is avoided in small steps: all that the buyer's order got back of
    late, of whichever cooperative and by whomever; and all that this person refunded alone within
    24 hours, in this currency, of whichever orders and programmes. The caller has locked the
    order's payment; the person is locked here, so that of two refunds at once the second one finds
    the first. That lock is always the last one to be taken.
    """
    limit = refund_limit(vendor_order.currency, programme=vendor_order.programme.slug)
    if _of_order(vendor_order, limit) + amount_minor > limit.alone_minor:
        raise SecondPersonNeeded(**written_limits(vendor_order))
    if _of_person(by, limit) + amount_minor > limit.day_minor:
        raise TooMuchADay(**written_limits(vendor_order))


def written_limits(vendor_order: VendorOrder) -> dict[str, str]:
    """Both limits of an order's refunds, in the reader's language."""
    programme = vendor_order.programme
    limit = refund_limit(vendor_order.currency, programme=programme.slug)
    written = Format(get_language() or "en", programme.home)
    return {
        "limit": written.money(limit.alone_minor, limit.currency),
        "day": written.money(limit.day_minor, limit.currency),
    }


def _of_order(vendor_order: VendorOrder, limit: RefundLimit) -> int:
    return _sum(
        _since(limit.within).filter(order_id=vendor_order.order_id, currency=vendor_order.currency)
    )


def _of_person(by: Actor, limit: RefundLimit) -> int:
    """What a person refunded without a second one, who is locked until the transaction ends."""
    person = User.objects.select_for_update(no_key=True).get(pk=by.id)
    alone = _since(DAY).filter(requested_by=person, proposal__isnull=True)
    return _sum(alone.filter(currency=limit.currency))


def _since(span: timedelta) -> ScopedQuerySet:
    rows = Refund.objects.crossing(Crossing.BUYER_ORDER)
    recent: ScopedQuerySet = rows.filter(requested_at__gt=timezone.now() - span)
    return recent.exclude(state=RefundState.FAILED)


def _sum(refunds: Iterable[Refund]) -> int:
    return sum(refund.total_minor for refund in refunds)
