"""The delivery method and the fulfilments of an imported order."""

from collections.abc import Sequence

from marketplace.embedded.models import Fulfillment, FulfillmentLine
from marketplace.embedded.money import to_minor
from marketplace.embedded.orders.bulk_draft import Draft
from marketplace.embedded.orders.bulk_draft_lines import check_tax_class
from marketplace.embedded.orders.bulk_inputs import (
    DeliveryData,
    FulfillmentData,
    FulfillmentLineData,
)
from marketplace.embedded.orders.bulk_lookups import Lookups


def add_delivery(draft: Draft, data: DeliveryData, found: Lookups) -> None:
    """Set how the order was delivered; required when a line needs shipping."""
    order = draft.order
    if not any(line.is_shipping_required for line in draft.lines):
        return
    given = data.get("shipping_method_id")
    method = found.shipping_methods.get(given or "")
    if given:
        if method is None:
            # Saleor repeats the field's name in this path.
            path = "deliveryMethod.shippingMethodId.shippingMethodId"
            draft.refuse_unknown(path, given, "ShippingMethod")
        check_tax_class(
            draft,
            "deliveryMethod.shippingTaxClassId",
            data.get("shipping_tax_class_id"),
            found,
            name="shippingTaxClassId",
        )
    if method is None:
        draft.refuse("deliveryMethod", "REQUIRED", "No delivery method provided.")
        return
    order.shipping_method_id_text = f"ShippingMethod:{method.pk}"
    order.shipping_method_name = data.get("shipping_method_name") or ""
    order.shipping_tax_rate = data.get("shipping_tax_rate")
    price = data.get("shipping_price")
    if price:
        order.shipping_net_minor = to_minor(price["net"], order.currency)
        order.shipping_gross_minor = to_minor(price["gross"], order.currency)
        order.undiscounted_shipping_minor = order.shipping_gross_minor


def add_fulfillments(draft: Draft, items: Sequence[FulfillmentData], found: Lookups) -> None:
    """Add the fulfilments, numbered from one, and count their units on the order's lines."""
    for place, item in enumerate(items):
        fulfillment = Fulfillment(
            order=draft.order,
            fulfillment_order=place + 1,
            tracking_number=item.get("tracking_code") or "",
            created_at=draft.order.created_at,
        )
        draft.fulfillments.append(fulfillment)
        for index, sent in enumerate(item.get("lines") or []):
            path = f"fulfillments.{place}.lines.{index}"
            _add_fulfillment_line(draft, fulfillment, sent, found, path=path)
    for line in draft.lines:
        if line.quantity_fulfilled > line.quantity:
            message = "There is more fulfilled than ordered."
            draft.refuse("fulfillments", "INVALID_QUANTITY", message)


def _add_fulfillment_line(
    draft: Draft, fulfillment: Fulfillment, item: FulfillmentLineData, found: Lookups, *, path: str
) -> None:
    index = item["order_line_index"]
    if index < 0:
        draft.refuse(f"{path}.orderLineIndex", "NEGATIVE_INDEX", "The index is negative.")
        return
    if index >= len(draft.lines):
        message = f"There is no order line with index {index}."
        draft.refuse(f"{path}.orderLineIndex", "NO_RELATED_ORDER_LINE", message)
        return
    warehouse = found.warehouses.get(item["warehouse"])
    if warehouse is None:
        draft.refuse(f"{path}.warehouse", "NOT_FOUND", "There is no such warehouse.")
        return
    if item["quantity"] < 1:
        draft.refuse(f"{path}.quantity", "INVALID_QUANTITY", "The quantity must be positive.")
        return
    line = draft.lines[index]
    line.quantity_fulfilled += item["quantity"]
    draft.fulfillment_lines.append(
        FulfillmentLine(
            fulfillment=fulfillment,
            order_line=line,
            quantity=item["quantity"],
            stock=found.stocks.get((line.variant_id or 0, warehouse.pk)),
        )
    )
