"""What our rows know of some of the engine's orders, looked up for all of them at once."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID, uuid4

from catalog.models import Listing, ListingPage, ListingVariant
from marketplace.orders.models import CheckoutAttempt, Order
from marketplace.saleor import ids
from marketplace.saleor.client import OrderParts
from marketplace.saleor.client.fragments import (
    OrderPartsLines,
)
from vendors.scoping import Crossing


@dataclass(frozen=True)
class KnownRecords:
    """What our rows know of some of the engine's orders, looked up for all of them at once."""

    order_ids: dict[str, UUID]
    attempts: dict[UUID, CheckoutAttempt]
    line_ids: dict[str, UUID]
    variant_ids: dict[str, UUID]
    listings: dict[UUID, Listing]
    pages: dict[UUID, ListingPage]
    placed: set[UUID]


def look_up(orders: Sequence[OrderParts]) -> KnownRecords:
    """What we know of these orders and their lines; lines seen for the first time get ids."""
    order_ids = ids.our_ids(ids.ORDER, [order.id for order in orders])
    promised = _promised_ids([order for order in orders if order.id not in order_ids])
    order_ids |= {
        row.id: promised.get(row.id) or _id_of_new_order(row)
        for row in orders
        if row.id not in order_ids
    }
    lines = [line for order in orders for line in order.lines]
    variant_ids = _variant_ids(lines)
    listings = _listings(variant_ids.values())
    pages = ListingPage.objects.filter(listing_id__in={row.pk for row in listings.values()})
    attempts = CheckoutAttempt.objects.filter(order_id__in=order_ids.values())
    return KnownRecords(
        order_ids=order_ids,
        attempts={attempt.order_id: attempt for attempt in attempts},
        line_ids=_line_ids(lines),
        variant_ids=variant_ids,
        listings=listings,
        pages={p.listing_id: p for p in pages.only("listing_id", "names", "weight_grams")},
        placed=set(Order.objects.filter(pk__in=order_ids.values()).values_list("pk", flat=True)),
    )


def _promised_ids(orders: Sequence[OrderParts]) -> dict[str, UUID]:
    """The ids that our checkouts promised to orders not known before.

    By the checkout that the engine made an order of: what the order says of itself in its metadata
    is written by whoever held its checkout.
    """
    checkout_ids = ids.our_ids(ids.CHECKOUT, [row.checkout_id for row in orders if row.checkout_id])
    attempts = CheckoutAttempt.objects.filter(checkout_id__in=checkout_ids.values())
    promised = dict(attempts.values_list("checkout_id", "order_id"))
    return {
        row.id: promised[checkout_ids[row.checkout_id]]
        for row in orders
        if row.checkout_id and checkout_ids.get(row.checkout_id) in promised
    }


def _id_of_new_order(order: OrderParts) -> UUID:
    """Our id of an order that no checkout of ours promised: given by an import, or new.

    Only Apps and staff give an order an external reference.
    """
    try:
        return UUID(order.external_reference or "")
    except ValueError:
        return ids.our_id_or_new(ids.ORDER, order.id)


def _line_ids(lines: Iterable[OrderPartsLines]) -> dict[str, UUID]:
    """Our ids of the engine's lines; those seen for the first time get new ones, all at once."""
    gids = [line.id for line in lines]
    known = ids.our_ids(ids.ORDER_LINE, gids)
    new = [gid for gid in gids if gid not in known]
    if not new:
        return known
    ids.link_many(ids.ORDER_LINE, [(uuid4(), gid) for gid in new])
    # Read again: another process may have been first.
    return ids.our_ids(ids.ORDER_LINE, gids)


def _variant_ids(lines: Iterable[OrderPartsLines]) -> dict[str, UUID]:
    gids = {line.id: line.product_variant_id or "" for line in lines}
    known = ids.our_ids(ids.VARIANT, [gid for gid in gids.values() if gid])
    found = {}
    for line in lines:
        if gids[line.id] in known:
            # A product that the store had before us may have a reference of its own.
            found[line.id] = known[gids[line.id]]
            continue
        reference = line.variant.external_reference if line.variant else None
        try:
            found[line.id] = UUID(reference or "")
        except ValueError:
            continue
    return found


def _listings(variant_ids: Iterable[UUID]) -> dict[UUID, Listing]:
    rows = (
        ListingVariant.objects.crossing(Crossing.ENGINE_PROJECTION)
        .filter(pk__in=set(variant_ids))
        .select_related("listing__adoption")
    )
    return {row.pk: row.listing for row in rows}
