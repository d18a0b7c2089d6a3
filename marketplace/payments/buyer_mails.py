"""Mails to buyers about their money: a refund, and documents that are ready."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from marketplace.core.formats import Format
from marketplace.core.outbox import in_batches
from marketplace.orders.handlers import not_imported
from marketplace.orders.models import Order, PaymentMethod, VendorOrderLine
from marketplace.orders.services.buyer_notices import Notice, tell_buyer
from marketplace.payments.buyer_money import buyer_money
from marketplace.payments.invoices.queries import invoices_of_order
from marketplace.payments.models import Refund
from vendors.scoping import Crossing


@in_batches(not_imported)
def on_refund_made(payload: dict[str, Any]) -> None:
    """RefundMade: how much, why, how it comes, and what the order then costs."""
    rows = Refund.objects.crossing(Crossing.BUYER_ORDER)
    refund = rows.prefetch_related("lines").get(pk=UUID(payload["refund_id"]))
    order = Order.objects.get(pk=refund.order_id)

    def write(written: Format, _new: Sequence[str]) -> Notice:
        return _refunded(refund, order, written)

    tell_buyer(order, [f"refund:{refund.pk}"], write)


def _refunded(refund: Refund, order: Order, written: Format) -> Notice:
    amount = {"amount": written.money(refund.total_minor, refund.currency), "number": order.number}
    paragraphs = [_("We have refunded %(amount)s to you.") % amount]
    if refund.why:
        paragraphs.append(_("Reason: %(reason)s") % {"reason": refund.why})
    paragraphs.append(_how_it_comes(order))
    money = buyer_money(order)
    if money.rest_minor:
        rest = {"amount": written.money(money.rest_minor, money.currency)}
        paragraphs.append(_("Your order then costs you %(amount)s.") % rest)
    elif money.paid_minor:
        paragraphs.append(_("With it you get back all that you paid."))
    subject = _("Refund of %(amount)s for your order %(number)s") % amount
    return Notice(subject, paragraphs, _items(refund, order.language))


def _how_it_comes(order: Order) -> str:
    if order.payment_method == PaymentMethod.CARD:
        return _("It goes back to the card that you paid with, and may take a few days to appear.")
    if order.payment_method == PaymentMethod.BANK:
        return _("It is sent to your bank account, and may take a few days to appear.")
    return _("If you do not know how you receive it, ask on the page of your order.")


def _items(refund: Refund, language: str) -> list[str]:
    lines = VendorOrderLine.objects.crossing(Crossing.BUYER_ORDER)
    titles = {
        line.pk: line.title_in(language)
        for line in lines.filter(vendor_order_id=refund.vendor_order_id)
    }
    found = [
        f"{row.quantity} × {titles[row.line_id]}" if row.quantity else titles[row.line_id]
        for row in refund.lines.all()
    ]
    return [*found, _("Delivery")] if refund.shipping_minor else found


@in_batches(not_imported)
def on_invoice_issued(payload: dict[str, Any]) -> None:
    """InvoiceIssued: all documents of the order that the buyer does not know yet, in one mail.

    Who is told by phone finds them on the page of the order: no message for each.
    """
    order = Order.objects.get(pk=UUID(payload["order_id"]))
    if not order.email:
        return
    documents = {f"document:{row.pk}": row for row in invoices_of_order(order)}

    def write(written: Format, new: Sequence[str]) -> Notice:
        items = []
        for document in (documents[key] for key in new):
            amount = written.money(document.total_minor, document.currency)
            kind = f"{document.get_kind_display()} {document.number}"
            items.append(f"{kind}, {document.cooperative.legal_name}, {amount}")
        return Notice(
            _("Documents for your order %(number)s are ready") % {"number": order.number},
            [_("You find them on the page of your order, as PDF:")],
            items,
        )

    tell_buyer(order, list(documents), write)
