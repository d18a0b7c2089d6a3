"""Which invoices and credit notes are due and not issued yet."""

from typing import Any

from django.db.models import Exists, OuterRef

from marketplace.orders.models import PaymentMethod, VendorOrder, VendorOrderState
from marketplace.payments.models import BuyerInvoice, BuyerInvoiceKind, Payment, Refund, RefundState
from vendors.scoping import Crossing


def orders_without_invoice() -> Any:
    """Ids of vendor orders that are paid, or delivered and paid to the carrier; oldest first."""
    documents = BuyerInvoice.objects.crossing(Crossing.SCHEDULED_JOB)
    invoices = documents.filter(vendor_order_id=OuterRef("pk"), kind=BuyerInvoiceKind.INVOICE)
    captured = Payment.objects.filter(order_id=OuterRef("order_id"), captured_at__isnull=False)
    rows = VendorOrder.objects.crossing(Crossing.SCHEDULED_JOB).filter(~Exists(invoices))
    paid = rows.filter(Exists(captured)).exclude(order__payment_method=PaymentMethod.CASH)
    delivered = rows.filter(
        order__payment_method=PaymentMethod.CASH, state=VendorOrderState.DELIVERED
    )
    return (paid | delivered).order_by("placed_at").values_list("pk", flat=True)


def refunds_without_note() -> Any:
    """Ids of made refunds whose order has an invoice, oldest first."""
    documents = BuyerInvoice.objects.crossing(Crossing.SCHEDULED_JOB)
    notes = documents.filter(refund_id=OuterRef("pk"))
    invoices = documents.filter(vendor_order_id=OuterRef("vendor_order_id"))
    rows = Refund.objects.crossing(Crossing.SCHEDULED_JOB).filter(state=RefundState.MADE)
    return (
        rows.filter(~Exists(notes), Exists(invoices))
        .order_by("made_at", "requested_at")
        .values_list("pk", flat=True)
    )


def is_due(vendor_order: VendorOrder) -> bool:
    """Whether the invoice of a vendor order is due."""
    if vendor_order.order.payment_method == PaymentMethod.CASH:
        return bool(vendor_order.state == VendorOrderState.DELIVERED)
    paid = Payment.objects.filter(order_id=vendor_order.order_id, captured_at__isnull=False)
    return paid.exists()
