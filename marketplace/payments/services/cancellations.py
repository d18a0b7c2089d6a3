"""Cancel a part of an order of which nothing was shipped; what was paid for it goes back.

What staff cancel is refunded in the same transaction, in their name and within the limits of
refunds: above them one person proposes, and another confirms. A member cancels what their own
cooperative cannot send. The cooperative gives up its own sale, and the money goes back to where it
came from, so that no sum limits it; but whoever could use that to go round the limits of staff, as
a member of today or with a role in the programme, is held to them.
"""

from collections.abc import Mapping
from uuid import UUID

from django.db import transaction

from marketplace.core.actors import Actor
from marketplace.orders.models import VendorOrder
from marketplace.orders.reasons import CANCELLED
from marketplace.orders.services.cancel import cancel_vendor_order, require_cancellable
from marketplace.payments.errors import (
    NothingToRefund,
    NotPaidYet,
    OtherMemberNeeded,
    SecondPersonNeeded,
)
from marketplace.payments.models import (
    PREPAID,
    Method,
    Payment,
    PaymentState,
    Refund,
    RefundProposal,
)
from marketplace.payments.services.refund_proposals import propose_refund
from marketplace.payments.services.refunding_alone import require_alone, written_limits
from marketplace.payments.services.request_refund import locked_order, request_refund, rest_of
from vendors.queries import is_settled_member

# A card that is about to be charged: what is cancelled now goes back then.
_TAKING = (PaymentState.PENDING, PaymentState.AUTHORIZED)


def cancel_as_staff(
    *, vendor_order: VendorOrder, reason: str, restock: bool, by: Actor
) -> VendorOrder:
    """Cancel a part and refund what is left of it; raises as ``cancel_vendor_order``.

    And SecondPersonNeeded above what one person refunds alone: nothing is cancelled then
    (``propose_cancellation`` is for these). The worker sends the refund.
    """
    return cancel_vendor_order(
        vendor_order=vendor_order,
        reason=reason,
        restock=restock,
        by=by,
        also=lambda locked: _refund_rest(locked, reason=reason, by=by),
    )


def cancel_as_member(
    *, vendor_order: VendorOrder, reason: str, restock: bool, by: Actor
) -> VendorOrder:
    """Cancel a part that the member's own cooperative cannot send; the shop refunds it.

    Raises as ``cancel_vendor_order``, and OtherMemberNeeded above the limit of staff for whoever
    joined less than a day ago or has a role that leads to money in the programme.
    """

    def within_limits(locked: VendorOrder) -> None:
        try:
            _refund_rest(locked, reason=reason, by=by)
        except SecondPersonNeeded as needed:
            raise OtherMemberNeeded(**written_limits(locked)) from needed

    is_settled = is_settled_member(vendor_order.cooperative, int(by.id))
    return cancel_vendor_order(
        vendor_order=vendor_order,
        reason=reason,
        restock=restock,
        by=by,
        also=None if is_settled else within_limits,
    )


def propose_cancellation(
    *, vendor_order: VendorOrder, reason: str, restock: bool, by: Actor
) -> RefundProposal:
    """Propose to cancel a part and to refund what is left of it; raises as ``propose_refund``.

    And WrongState once a parcel was shipped or is being packed. Until another person confirms it
    (``confirm_refund_proposal``) the order goes on.
    """
    require_cancellable(vendor_order)
    lines, with_shipping = rest_of(vendor_order)
    return propose_refund(
        vendor_order=vendor_order,
        lines=lines,
        include_shipping=with_shipping,
        reason=reason,
        by=by,
        cancels=True,
        restock=restock,
    )


@transaction.atomic
def refund_cancelled(
    *, vendor_order_id: UUID, lines: Mapping[UUID, int], include_shipping: bool
) -> Refund:
    """Write down the refund of a cancelled part: of its units, what was not refunded before.

    Raises as ``request_refund``: NotPaidYet while its card is not charged, NothingToRefund when all
    went back. Reckoned under the lock of refunds, so that one made meanwhile is not overlooked.
    """
    locked = locked_order(vendor_order_id)
    left, with_shipping = rest_of(locked)
    return request_refund(
        vendor_order=locked,
        lines={line: min(quantity, left[line]) for line, quantity in lines.items()},
        include_shipping=with_shipping and include_shipping,
        reason=CANCELLED,
        by=Actor.system("cancelled order"),
    )


def _refund_rest(locked: VendorOrder, *, reason: str, by: Actor) -> None:
    """Write down the refund of what is left of a prepaid part; nothing if nothing was paid."""
    if locked.order.payment_method not in PREPAID:
        return
    lines, with_shipping = rest_of(locked)
    try:
        request_refund(
            vendor_order=locked, lines=lines, include_shipping=with_shipping, reason=reason, by=by
        )
    except NothingToRefund:
        return
    except NotPaidYet:
        taking = Payment.objects.filter(
            order_id=locked.order_id, method=Method.CARD, state__in=_TAKING
        )
        if taking.exists():
            require_alone(locked, locked.total_minor, by)
