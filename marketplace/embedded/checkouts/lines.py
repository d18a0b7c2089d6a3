"""Lines of a checkout: what its channel sells, and the units reserved for them."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from django.db.models import Q, QuerySet
from django.utils import timezone

from marketplace.embedded.allocation import InsufficientStock, reserve
from marketplace.embedded.checkouts.changes import insufficient_stock, mark_changed
from marketplace.embedded.errors import refuse
from marketplace.embedded.ids import pks, to_global_id
from marketplace.embedded.models import (
    Channel,
    Checkout,
    CheckoutLine,
    ProductChannelListing,
    ProductVariant,
    ProductVariantChannelListing,
    Reservation,
    Shop,
)


@dataclass(slots=True)
class LineInput:
    """The units of a variant that a line should have; a price that is set is in minor units.

    Set to None, it is the list's again. ``is_priced_alone`` is a price without a quantity.
    """

    variant: ProductVariant
    quantity: int
    line: CheckoutLine | None = None
    sets_price: bool = False
    is_priced_alone: bool = False
    price_override_minor: int | None = None
    price_override_reason: str = ""
    separate: bool = False
    metadata: dict[str, str] = field(default_factory=dict)


def variants_by_id(global_ids: Sequence[str]) -> dict[str, ProductVariant]:
    """Return the variants by their global ids; refuses GRAPHQL_ERROR when one is unknown."""
    keys = [key for key in pks(list(global_ids), "ProductVariant") if key.isdigit()]
    found = {
        to_global_id("ProductVariant", variant.pk): variant
        for variant in ProductVariant.objects.select_related("product").filter(pk__in=keys)
    }
    missing = [each for each in global_ids if each not in found]
    if missing:
        raise refuse(
            "GRAPHQL_ERROR",
            f"Could not resolve to a node with the global id list of '{missing}'.",
            field="variantId",
        )
    return found


def check_for_sale(variants: Sequence[ProductVariant], channel: Channel) -> None:
    """Refuse variants that the channel does not sell.

    UNAVAILABLE_VARIANT_IN_CHANNEL: without a price there; PRODUCT_NOT_PUBLISHED;
    PRODUCT_UNAVAILABLE_FOR_PURCHASE: not for sale yet.
    """
    now = timezone.now()
    listings = ProductChannelListing.objects.filter(
        channel=channel, product__in={variant.product_id for variant in variants}
    )
    for_sale = _product_ids(listings.filter(available_for_purchase_at__lte=now))
    published = _product_ids(
        listings.filter(Q(published_at=None) | Q(published_at__lte=now), is_published=True)
    )
    prices = ProductVariantChannelListing.objects.filter(
        channel=channel, price_minor__gte=0, variant__in={variant.pk for variant in variants}
    )
    with_price = set(prices.values_list("variant_id", flat=True))
    _refuse_if(
        "PRODUCT_UNAVAILABLE_FOR_PURCHASE",
        "Cannot add lines for unavailable for purchase variants.",
        [each for each in variants if each.product_id not in for_sale],
    )
    _refuse_if(
        "UNAVAILABLE_VARIANT_IN_CHANNEL",
        "Cannot add lines with unavailable variants.",
        [each for each in variants if each.pk not in with_price],
    )
    message = "Cannot add lines for unpublished variants."
    unpublished = [each for each in variants if each.product_id not in published]
    _refuse_if("PRODUCT_NOT_PUBLISHED", message, unpublished)


def _product_ids(listings: QuerySet[ProductChannelListing]) -> set[int]:
    return set(listings.values_list("product_id", flat=True))


def _refuse_if(code: str, message: str, variants: Sequence[ProductVariant]) -> None:
    if variants:
        named = [to_global_id("ProductVariant", each.pk) for each in variants]
        raise refuse(code, message, field="lines", variants=named)


def check_quantities(wanted: dict[ProductVariant, int], *, may_be_zero: bool = False) -> None:
    """Refuse ZERO_QUANTITY and QUANTITY_GREATER_THAN_LIMIT (the variant's, else the shop's)."""
    limit = Shop.current().limit_quantity_per_checkout
    for variant, quantity in wanted.items():
        if quantity < 0 or (quantity == 0 and not may_be_zero):
            than = "or equal zero" if may_be_zero else "than zero"
            raise refuse(
                "ZERO_QUANTITY", f"The quantity should be higher {than}.", field="quantity"
            )
        most = variant.quantity_limit_per_customer or limit
        if most is not None and quantity > most:
            raise refuse(
                "QUANTITY_GREATER_THAN_LIMIT",
                f"Cannot add more than {most} times this item: {variant.name or variant.sku}.",
                field="quantity",
            )


def add_lines(checkout: Checkout, wanted: Sequence[LineInput]) -> None:
    """Add units to the checkout within the open write, and reserve them."""
    _change(checkout, wanted, replace=False)


def update_lines(checkout: Checkout, wanted: Sequence[LineInput]) -> None:
    """Set quantities within the open write: zero removes a line."""
    _change(checkout, wanted, replace=True)


def _change(checkout: Checkout, wanted: Sequence[LineInput], *, replace: bool) -> None:
    existing = list(checkout.lines.select_related("variant"))
    changed: list[CheckoutLine] = []
    twice: set[CheckoutLine] = set()
    for each in wanted:
        line = each.line or next(
            (old for old in existing if old.variant_id == each.variant.pk), None
        )
        if line is None or (each.separate and not each.line):
            line = CheckoutLine(checkout=checkout, variant=each.variant, quantity=0)
            existing.append(line)
        elif each.sets_price and not each.is_priced_alone:
            twice.add(line)
        line.quantity = each.quantity if replace else line.quantity + each.quantity
        if each.sets_price:
            line.price_override_minor = each.price_override_minor
            line.price_override_reason = each.price_override_reason
        line.metadata.update(each.metadata)
        if line not in changed:
            changed.append(line)
    totals: dict[ProductVariant, int] = {}
    for line in changed:
        totals[line.variant] = totals.get(line.variant, 0) + line.quantity
    check_quantities(totals, may_be_zero=replace)
    check_for_sale([line.variant for line in changed if line.quantity], checkout.channel)
    _save(checkout, changed, twice)


def _save(
    checkout: Checkout, changed: Sequence[CheckoutLine], twice: Collection[CheckoutLine]
) -> None:
    kept = [line for line in changed if line.quantity]
    for line in kept:
        line.save()
    gone = [line.pk for line in changed if not line.quantity]
    CheckoutLine.objects.filter(pk__in=gone).delete()
    try:
        reserve(checkout, kept, twice)
    except InsufficientStock as error:
        raise insufficient_stock(error, at_completion=False) from error
    mark_changed(checkout, deliveries=True)


def delete_lines(checkout: Checkout, line_ids: Sequence[str]) -> None:
    """Remove lines within the open write; refuses GRAPHQL_ERROR for a line of another checkout."""
    keys = pks(list(line_ids), "CheckoutLine")
    found = list(checkout.lines.filter(pk__in=keys).values_list("pk", flat=True))
    if len(found) != len(set(line_ids)):
        raise refuse(
            "GRAPHQL_ERROR", "Provided line_ids aren't part of checkout.", field="linesIds"
        )
    Reservation.objects.filter(checkout_line_id__in=found).delete()
    CheckoutLine.objects.filter(pk__in=found).delete()
    mark_changed(checkout, deliveries=True)
