"""What a cooperative cannot deliver, with its money: what was paid for it goes back, once.

As with a cancellation the cooperative gives up its own sale, so that no sum limits it, but whoever
could use that to go round the limits of staff is held to them. The refund is written down in the
transaction of the refusal. A card that is charged only now is refunded once it was.
"""

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from marketplace.core.actors import Actor
from marketplace.orders.models import Refusal, VendorOrder
from marketplace.orders.reasons import UNDELIVERABLE
from marketplace.orders.services import refuse
from marketplace.orders.services.refuse import Refused
from marketplace.orders.services.substitutes import Proposed
from marketplace.payments.errors import (
    NothingToRefund,
    NotPaidYet,
    OtherMemberNeeded,
    SecondPersonNeeded,
)
from marketplace.payments.models import PREPAID, Payment
from marketplace.payments.services.refunding_alone import require_alone, written_limits
from marketplace.payments.services.request_refund import (
    decide_refund,
    locked_order,
    request_refund,
    rest_of,
)
from vendors.queries import is_settled_member
from vendors.scoping import Crossing, ScopedQuerySet

logger = logging.getLogger(__name__)
BY = Actor.system("goods refused")
AT_ONCE = 200


@dataclass(frozen=True)
class Consequences:
    """What a refusal would do: minor units of the order's currency, and whether all ends with it.

    ``goods_minor`` and ``shipping_minor`` go back to the buyer, or are no longer paid.
    """

    goods_minor: int
    shipping_minor: int
    ends: bool
    # What the buyer is offered instead.
    instead: tuple[Proposed, ...] = ()

    @property
    def total_minor(self) -> int:
        """Goods and delivery."""
        return self.goods_minor + self.shipping_minor


def refuse_as_member(
    *,
    vendor_order: VendorOrder,
    refused: Mapping[UUID, Refused],
    note: str,
    key: UUID,
    seen: str | None,
    by: Actor,
) -> Refusal:
    """Refuse units that the member's own cooperative cannot deliver; the shop refunds them.

    Raises as ``refuse_goods``, and OtherMemberNeeded above the limit of staff for whoever joined
    less than a day ago, acts for the cooperative, or has a role that leads to money.
    """
    is_settled = is_settled_member(vendor_order.cooperative, int(by.id))

    def settle(locked: VendorOrder, refusal: Refusal) -> None:
        try:
            _settle(locked, refusal, by=BY if is_settled else by)
        except SecondPersonNeeded as needed:
            raise OtherMemberNeeded(**written_limits(locked)) from needed

    return refuse.refuse_goods(
        vendor_order=vendor_order,
        refused=refused,
        note=note,
        key=key,
        seen=seen,
        by=by,
        also=settle,
    )


def consequences(
    vendor_order: VendorOrder, refused: Mapping[UUID, Refused], note: str
) -> Consequences:
    """What refusing these units would do now; raises as ``refuse_goods``."""
    wanted = refuse.checked(vendor_order, refused, note)
    quantities = {line.pk: each.quantity for line, each in wanted}
    ends = refuse.ends_order(vendor_order, quantities)
    goods = sum(refuse.worth_refused(line, each.quantity) for line, each in wanted)
    shipping = vendor_order.shipping_minor if ends else 0
    if vendor_order.order.payment_method in PREPAID:
        goods, shipping = _to_refund(vendor_order, quantities, ends=ends)
    instead = refuse.proposals(vendor_order, wanted).values()
    return Consequences(goods, shipping, ends, tuple(instead))


def request_due_refusals(*, order_id: UUID | None = None) -> int:
    """Write down refunds of refusals whose payment had not been charged yet; returns how many."""
    charged = Payment.objects.filter(captured_at__isnull=False)
    rows = _refusals().filter(
        settled_at=None, vendor_order__order_id__in=charged.values("order_id")
    )
    if order_id is not None:
        rows = rows.filter(vendor_order__order_id=order_id)
    waiting = rows.order_by("refused_at").values_list("pk", flat=True)[:AT_ONCE]
    return sum(_request_due(pk) for pk in waiting)


@transaction.atomic
def _request_due(refusal_id: UUID) -> bool:
    refusal = _refusals().select_related("vendor_order__order").get(pk=refusal_id)
    locked = locked_order(refusal.vendor_order_id)
    refusal.refresh_from_db()
    if refusal.settled_at is not None:
        return False
    _refund(locked, refusal, by=BY)
    refusal.save(update_fields=["amount_minor", "refund_id", "settled_at"])
    return refusal.refund_id is not None


def _settle(locked: VendorOrder, refusal: Refusal, *, by: Actor) -> None:
    """Note what the buyer gets back or no longer pays, and write its refund down if it was paid."""
    if locked.order.payment_method in PREPAID:
        refusal.amount_minor = sum(_to_refund(locked, _quantities(refusal), ends=refusal.ends))
        _refund(locked, refusal, by=by)
    else:
        shipping = locked.shipping_minor if refusal.ends else 0
        refusal.amount_minor = sum(row.amount_minor for row in refusal.lines.all()) + shipping
        refusal.settled_at = timezone.now()
    refusal.save(update_fields=["amount_minor", "refund_id", "settled_at"])


def _refund(locked: VendorOrder, refusal: Refusal, *, by: Actor) -> None:
    """Write the refund down; while the card is not charged it waits."""
    lines, with_shipping = _wanted(locked, _quantities(refusal), ends=refusal.ends)
    try:
        refund = request_refund(
            vendor_order=locked,
            lines=lines,
            include_shipping=with_shipping,
            reason=UNDELIVERABLE,
            by=by,
        )
        refusal.refund_id, refusal.amount_minor = refund.pk, refund.total_minor
    except NothingToRefund:
        # Refunded before, by staff or with the cancellation of the whole.
        logger.info("Nothing is left to refund of refusal %s", refusal.pk)
    except NotPaidYet:
        if by.kind == "user":
            require_alone(locked, refusal.amount_minor, by)
        return
    refusal.settled_at = timezone.now()


def _quantities(refusal: Refusal) -> dict[UUID, int]:
    return {row.line_id: row.quantity for row in refusal.lines.all()}


def _to_refund(
    vendor_order: VendorOrder, quantities: Mapping[UUID, int], *, ends: bool
) -> tuple[int, int]:
    """Goods and delivery that would be refunded, minor units."""
    lines, with_shipping = _wanted(vendor_order, quantities, ends=ends)
    try:
        rows, shipping = decide_refund(
            vendor_order, lines, include_shipping=with_shipping, seen=None
        )
    except NothingToRefund:
        return 0, 0
    return sum(row.amount_minor for row in rows), shipping


def _wanted(
    vendor_order: VendorOrder, quantities: Mapping[UUID, int], *, ends: bool
) -> tuple[dict[UUID, int], bool]:
    """Of what is refused, what was not refunded before; all that is left if the order ends."""
    left, delivery_left = rest_of(vendor_order)
    if ends:
        return left, delivery_left
    return {pk: min(quantity, left[pk]) for pk, quantity in quantities.items()}, False


def _refusals() -> ScopedQuerySet:
    return Refusal.objects.crossing(Crossing.BUYER_ORDER)
