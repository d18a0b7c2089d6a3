"""All mutations of orders."""

from marketplace.embedded.schema.orders.fulfillment_mutations import (
    FulfillmentCancel,
    FulfillmentUpdateTracking,
    OrderFulfill,
)
from marketplace.embedded.schema.orders.invoice_mutations import InvoiceCreate
from marketplace.embedded.schema.orders.order_mutations import (
    OrderCancel,
    OrderConfirm,
    OrderNoteAdd,
    OrderUpdate,
)
from marketplace.embedded.schema.orders.refund_mutations import OrderGrantRefundCreate
from marketplace.embedded.schema.orders.return_mutations import FulfillmentReturnProducts


class OrderMutations:
    """Mutations of orders."""

    order_fulfill = OrderFulfill.Field()
    order_fulfillment_update_tracking = FulfillmentUpdateTracking.Field()
    order_fulfillment_cancel = FulfillmentCancel.Field()
    order_fulfillment_return_products = FulfillmentReturnProducts.Field()
    order_cancel = OrderCancel.Field()
    order_confirm = OrderConfirm.Field()
    order_grant_refund_create = OrderGrantRefundCreate.Field()
    order_note_add = OrderNoteAdd.Field()
    order_update = OrderUpdate.Field()
    invoice_create = InvoiceCreate.Field()
