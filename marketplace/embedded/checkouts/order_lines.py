"""Order lines made from checkout lines, with names and prices as they are now."""

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal

from marketplace.embedded.checkouts.prices import tax_configuration
from marketplace.embedded.ids import to_global_id
from marketplace.embedded.models import (
    Checkout,
    CheckoutLine,
    Order,
    OrderLine,
    ProductTranslation,
    ProductVariant,
    ProductVariantTranslation,
)
from marketplace.embedded.pricing import Taxed, unit_of


def order_lines_of(
    checkout: Checkout, order: Order, lines: Sequence[CheckoutLine]
) -> list[tuple[OrderLine, ProductVariant]]:
    """Return unsaved order lines with their variants, in the checkout's order."""
    language = checkout.language_code
    with_tax = tax_configuration(checkout.channel).prices_entered_with_tax
    product_names = dict(
        ProductTranslation.objects.filter(
            language_code=language, product__in=[line.variant.product_id for line in lines]
        ).values_list("product_id", "name")
    )
    variant_names = dict(
        ProductVariantTranslation.objects.filter(
            language_code=language, variant__in=[line.variant_id for line in lines]
        ).values_list("variant_id", "name")
    )
    return [
        (
            _order_line(
                order,
                line,
                checkout=checkout,
                with_tax=with_tax,
                translated_product=product_names.get(line.variant.product_id) or "",
                translated_variant=variant_names.get(line.variant_id) or "",
            ),
            line.variant,
        )
        for line in lines
    ]


def _before_discounts(line: CheckoutLine, *, with_tax: bool) -> Taxed:
    """Return a line's total as it was without its voucher, taxed at the line's rate."""
    total = line.undiscounted_unit_minor * line.quantity
    if not line.discount_minor:
        return Taxed(line.total_net_minor, line.total_gross_minor)
    whole = 1 + (line.tax_rate or Decimal(0))
    other = Decimal(total) / whole if with_tax else Decimal(total) * whole
    rounded = int(other.quantize(Decimal(1), rounding=ROUND_HALF_UP))
    return Taxed(rounded, total) if with_tax else Taxed(total, rounded)


# long: an argument for each column of the table
def _order_line(
    order: Order,
    line: CheckoutLine,
    *,
    checkout: Checkout,
    with_tax: bool,
    translated_product: str,
    translated_variant: str,
) -> OrderLine:
    variant = line.variant
    product = variant.product
    unit_net = unit_of(line.total_net_minor, line.quantity)
    unit_gross = unit_of(line.total_gross_minor, line.quantity)
    before = _before_discounts(line, with_tax=with_tax)
    return OrderLine(
        order=order,
        created_at=line.created_at,
        variant=variant,
        product_name=product.name,
        variant_name=variant.name,
        translated_product_name=translated_product,
        translated_variant_name=translated_variant,
        product_sku=variant.sku,
        product_variant_id=to_global_id("ProductVariant", variant.pk),
        is_shipping_required=product.product_type.is_shipping_required,
        quantity=line.quantity,
        currency=order.currency,
        unit_net_minor=unit_net,
        unit_gross_minor=unit_gross,
        total_net_minor=line.total_net_minor,
        total_gross_minor=line.total_gross_minor,
        undiscounted_unit_net_minor=unit_of(before.net, line.quantity),
        undiscounted_unit_gross_minor=unit_of(before.gross, line.quantity),
        undiscounted_total_net_minor=before.net,
        undiscounted_total_gross_minor=before.gross,
        voucher_code=checkout.voucher_code if line.discount_minor else None,
        tax_rate=line.tax_rate,
        is_price_overridden=line.price_override_minor is not None,
        metadata=dict(line.metadata),
        private_metadata=dict(line.private_metadata),
    )
