"""Registering documents for orders; the files themselves are kept by whoever made them."""

from marketplace.embedded.errors import refuse
from marketplace.embedded.models import Invoice, InvoiceStatus, Order, OrderStatus

_WITHOUT_INVOICE = (OrderStatus.DRAFT, OrderStatus.UNCONFIRMED, OrderStatus.EXPIRED)


def register_invoice(
    order: Order,
    *,
    number: str,
    url: str,
    metadata: dict[str, str],
    private_metadata: dict[str, str],
) -> Invoice:
    """Register a document for a locked order.

    Refuses REQUIRED without number or address, and INVALID_STATUS for an order that is not
    confirmed or has no billing address.
    """
    for name, value in (("number", number), ("url", url)):
        if not value.strip():
            raise refuse("REQUIRED", f"{name} cannot be empty.", field=name)
    if order.status in _WITHOUT_INVOICE or order.billing_address is None:
        message = "Cannot create an invoice for such an order."
        raise refuse("INVALID_STATUS", message, field="orderId")
    return Invoice.objects.create(
        order=order,
        number=number,
        url=url,
        status=InvoiceStatus.SUCCESS,
        metadata=metadata,
        private_metadata=private_metadata,
    )
