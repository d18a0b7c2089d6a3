"""What a member reads of an order's money: by its payment method and what has happened."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from marketplace.orders.models import PaymentMethod, PaymentStatus, VendorOrder, VendorOrderState


@dataclass(frozen=True)
class MoneyNote:
    """A sentence and its icon."""

    icon: str
    text: str


def money_note(vendor_order: VendorOrder) -> MoneyNote:
    """Whether a vendor order is paid, how, and what that means for the cooperative."""
    order = vendor_order.order
    if vendor_order.state == VendorOrderState.CANCELLED:
        return _of_cancelled(vendor_order)
    if order.payment_status == PaymentStatus.REFUNDED:
        return MoneyNote("undo-2", _("The buyer was refunded."))
    is_delivered = vendor_order.state == VendorOrderState.DELIVERED
    if order.payment_method == PaymentMethod.CASH:
        paid = _("The buyer paid the carrier on delivery.")
        due = _("The buyer pays the carrier on delivery.")
        return MoneyNote("banknote", paid if is_delivered else due)
    if not order.was_charged:
        return _of_unpaid(vendor_order)
    arrived = _("Paid, and the parcel has arrived.")
    ahead = _("Paid. The amount is yours once the parcel has arrived.")
    return MoneyNote("shield-check", arrived if is_delivered else ahead)


def _of_unpaid(vendor_order: VendorOrder) -> MoneyNote:
    if not vendor_order.order.awaits_transfer:
        return MoneyNote("clock", _("The payment is being confirmed."))
    text = _(
        "The buyer pays by bank transfer, which has not arrived yet. Do not send anything "
        "before it has."
    )
    return MoneyNote("clock", text)


def _of_cancelled(vendor_order: VendorOrder) -> MoneyNote:
    order = vendor_order.order
    if order.payment_method == PaymentMethod.CASH or not order.was_charged:
        return MoneyNote("circle-x", _("The buyer pays nothing for it."))
    return MoneyNote("undo-2", _("The buyer gets back what was paid for it."))
