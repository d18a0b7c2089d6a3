"""What pages read of buyers' documents."""

from collections.abc import Sequence
from uuid import UUID

from marketplace.core.errors import NotFound
from marketplace.orders.errors import LinkNotValid
from marketplace.orders.models import Order, VendorOrder
from marketplace.orders.queries import order_of_link
from marketplace.payments.models import BuyerInvoice
from vendors.scoping import Crossing, Scope, ScopedQuerySet


def invoices_of_order(order: Order) -> Sequence[BuyerInvoice]:
    """All documents of a buyer's own order, oldest first."""
    return list(_of(order).select_related("cooperative").order_by("issued_at", "sequence"))


def invoice_by_token(token: str, invoice_id: UUID) -> tuple[BuyerInvoice, Order]:
    """An invoice of the link's own order; raises LinkNotValid for any other."""
    order = order_of_link(token)
    invoice: BuyerInvoice | None = _of(order).filter(pk=invoice_id).first()
    if invoice is None:
        raise LinkNotValid
    return invoice, order


def invoices_of_vendor_order(scope: Scope, vendor_order_id: UUID) -> Sequence[BuyerInvoice]:
    """The documents of one vendor order, oldest first."""
    found = BuyerInvoice.objects.within(scope).filter(vendor_order_id=vendor_order_id)
    return list(found.order_by("issued_at", "sequence"))


def invoice_of_seller(scope: Scope, invoice_id: UUID) -> tuple[BuyerInvoice, Order]:
    """An invoice of a scope with its order; raises NotFound."""
    invoice: BuyerInvoice | None = BuyerInvoice.objects.within(scope).filter(pk=invoice_id).first()
    if invoice is None:
        raise NotFound
    part = VendorOrder.objects.within(scope).select_related("order").get(pk=invoice.vendor_order_id)
    return invoice, part.order


def _of(order: Order) -> ScopedQuerySet:
    parts = order.vendor_orders.crossing(Crossing.BUYER_ORDER).values("pk")
    documents = BuyerInvoice.objects.crossing(Crossing.BUYER_ORDER)
    return documents.filter(vendor_order_id__in=parts)
