"""The lines and totals of an imported order."""

from collections.abc import Sequence

from marketplace.embedded.ids import to_global_id
from marketplace.embedded.metadata import metadata_dict
from marketplace.embedded.models import Order, OrderLine, ProductVariant
from marketplace.embedded.money import to_minor
from marketplace.embedded.orders.bulk_draft import Draft
from marketplace.embedded.orders.bulk_inputs import LineData
from marketplace.embedded.orders.bulk_lookups import Lookups, variant_keys_of
from marketplace.embedded.pricing import unit_of


def add_lines(draft: Draft, items: Sequence[LineData], found: Lookups) -> None:
    """Add the lines with their warehouses, as long as there is no problem."""
    if not items:
        draft.refuse("lines", "REQUIRED", "At least one line is required.")
    for index, item in enumerate(items):
        _add_line(draft, item, found, path=f"lines.{index}")


def _add_line(draft: Draft, item: LineData, found: Lookups, *, path: str) -> None:
    if len(variant_keys_of(item)) > 1:
        draft.refuse(path, "TOO_MANY_IDENTIFIERS", "Identify the variant in one way only.")
    variant = found.variant(item)
    if variant is None and not item.get("product_name"):
        draft.refuse(path, "NOT_FOUND", "There is no such variant, and no product name.")
    warehouse = found.warehouses.get(item["warehouse"])
    if warehouse is None:
        draft.refuse(f"{path}.warehouse", "NOT_FOUND", "There is no such warehouse.")
    if item["quantity"] < 1:
        draft.refuse(f"{path}.quantity", "INVALID_QUANTITY", "The quantity must be positive.")
    if item["total_price"]["gross"] < item["total_price"]["net"]:
        message = "Net price can't be greater than gross price."
        draft.refuse(f"{path}.totalPrice", "PRICE_ERROR", message)
    if warehouse is not None:
        check_tax_class(draft, path, item.get("tax_class_id"), found, name="taxClassId")
    if draft.problems or warehouse is None:
        return
    draft.lines.append(_order_line(draft.order, item, variant))
    draft.warehouses.append(warehouse)


def check_tax_class(
    draft: Draft, path: str, global_id: str | None, found: Lookups, *, name: str
) -> None:
    """Record a problem unless there is such a tax class; Saleor requires one, too."""
    if not global_id:
        draft.refuse(path, "NOT_FOUND", "A tax class is required.")
    elif global_id not in found.tax_classes:
        draft.refuse_unknown(f"{path}.{name}", global_id, "TaxClass")


# long: an argument for each column of the table
def _order_line(order: Order, item: LineData, variant: ProductVariant | None) -> OrderLine:
    currency, quantity = order.currency, item["quantity"]
    net = to_minor(item["total_price"]["net"], currency)
    gross = to_minor(item["total_price"]["gross"], currency)
    full_net = to_minor(item["undiscounted_total_price"]["net"], currency)
    full_gross = to_minor(item["undiscounted_total_price"]["gross"], currency)
    product_name = item.get("product_name") or (variant.product.name if variant else "")
    return OrderLine(
        order=order,
        created_at=item["created_at"],
        variant=variant,
        product_name=product_name,
        variant_name=item.get("variant_name") or (variant.name if variant else ""),
        translated_product_name=item.get("translated_product_name") or "",
        translated_variant_name=item.get("translated_variant_name") or "",
        product_sku=item.get("product_sku") or (variant.sku if variant else None),
        product_variant_id=to_global_id("ProductVariant", variant.pk) if variant else None,
        is_shipping_required=item["is_shipping_required"],
        quantity=quantity,
        currency=currency,
        unit_net_minor=unit_of(net, quantity),
        unit_gross_minor=unit_of(gross, quantity),
        total_net_minor=net,
        total_gross_minor=gross,
        undiscounted_unit_net_minor=unit_of(full_net, quantity),
        undiscounted_unit_gross_minor=unit_of(full_gross, quantity),
        undiscounted_total_net_minor=full_net,
        undiscounted_total_gross_minor=full_gross,
        tax_rate=item.get("tax_rate"),
        tax_class_name=item.get("tax_class_name"),
        metadata=metadata_dict(item.get("metadata")),
        private_metadata=metadata_dict(item.get("private_metadata")),
    )


def add_totals(draft: Draft) -> None:
    """Sum the lines and the shipping into the order's totals."""
    order = draft.order
    order.subtotal_net_minor = sum(line.total_net_minor for line in draft.lines)
    order.subtotal_gross_minor = sum(line.total_gross_minor for line in draft.lines)
    order.total_net_minor = order.subtotal_net_minor + order.shipping_net_minor
    order.total_gross_minor = order.subtotal_gross_minor + order.shipping_gross_minor
    order.undiscounted_total_net_minor = order.shipping_net_minor + sum(
        line.undiscounted_total_net_minor for line in draft.lines
    )
    order.undiscounted_total_gross_minor = order.shipping_gross_minor + sum(
        line.undiscounted_total_gross_minor for line in draft.lines
    )
