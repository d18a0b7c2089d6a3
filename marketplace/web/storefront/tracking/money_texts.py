"""Where a buyer's money is, in sentences: by the payment method, and what has happened so far."""

from django.utils.translation import gettext as _

from marketplace.core.formats import Format
from marketplace.orders.models import PaymentMethod
from marketplace.orders.queries import OrderTracking
from marketplace.payments.buyer_money import BuyerMoney

_OPEN = {"preparing", "on_the_way", "ready", "handed_over"}


def where_the_money_is(tracking: OrderTracking, money: BuyerMoney, written: Format) -> str:
    """Sentences on the money, which is what a buyer fears for."""
    if tracking.order.payment_method == PaymentMethod.CASH:
        found = [_of_cash(tracking)]
    elif money.paid_minor or tracking.order.was_charged:
        found = [_of_paid(tracking, money)]
    else:
        found = [_of_unpaid(tracking)]
    return " ".join(text for text in [*found, *_refunded(money, written)] if text)


def _of_cash(tracking: OrderTracking) -> str:
    states = tracking.states
    if tracking.is_over:
        return _("Nothing was charged, and there is nothing to pay.")
    if not states & _OPEN:
        return _("You paid the courier for the parcels that arrived.")
    if "delivered" in states:
        return _(
            "You paid the courier for the parcels that have arrived, and pay for the others when "
            "they arrive."
        )
    return _("You pay the courier when a parcel arrives. Nothing has been charged yet.")


def _of_unpaid(tracking: OrderTracking) -> str:
    if tracking.is_over:
        if tracking.order.payment_method == PaymentMethod.BANK:
            return _(
                "Nothing was paid. If you have sent the transfer all the same, reply to one of our "
                "e-mails."
            )
        return _("Nothing was charged.")
    if tracking.awaits_transfer:
        return _("Your transfer has not arrived yet. Your items are reserved until then.")
    return _("Your payment is being confirmed.")


def _of_paid(tracking: OrderTracking, money: BuyerMoney) -> str:
    states = tracking.states
    if money.refunds and not money.rest_minor:
        return ""
    if tracking.is_over:
        return "" if money.refunds else _("You get back what you paid.")
    if not states & _OPEN:
        return _("Everything that was sent has arrived, so the cooperatives are paid.")
    if "delivered" in states:
        return _(
            "The cooperatives are paid for the parcels that have arrived. "
            "The rest is held until you receive it."
        )
    return _("Your payment is held until the parcels have arrived. Then the cooperatives are paid.")


def _refunded(money: BuyerMoney, written: Format) -> list[str]:
    """What went back, what is on its way, and what the order then costs."""
    found = []
    if money.refunded_minor:
        amount = {"amount": written.money(money.refunded_minor, money.currency)}
        found.append(_("%(amount)s were refunded to you.") % amount)
    if money.pending_minor:
        amount = {"amount": written.money(money.pending_minor, money.currency)}
        found.append(_("A refund of %(amount)s is on its way to you.") % amount)
    if found and money.rest_minor:
        rest = {"amount": written.money(money.rest_minor, money.currency)}
        found.append(_("The order then costs you %(amount)s.") % rest)
    return found
