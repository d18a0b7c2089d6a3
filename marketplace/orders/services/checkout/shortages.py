"""Of which lines of a refused checkout too few are there, or too many wanted, and the numbers."""

from collections import Counter
from collections.abc import Collection
from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.dateparse import parse_datetime

from catalog.queries import offers_for
from marketplace.orders.attempt_data import AttemptLine
from marketplace.orders.models import CheckoutAttempt
from marketplace.orders.stock_shortages import AboveLimit, Shortage
from marketplace.saleor import ids
from marketplace.saleor.errors import EngineUnavailable
from marketplace.saleor.gateway import app_client


def shortages(attempt: CheckoutAttempt, named: Collection[str]) -> list[Shortage]:
    """The lines that are short: what the engine ``named``, else by its stock, else all.

    (Saleor names no variant when it refuses to reserve one.) What other checkouts keep is not
    there; what this one keeps is.
    """
    left = _left(attempt)
    short = [_shortage(line, left) for line in attempt.lines if _is_short(line, named, left)]
    return short or [Shortage(line["variant_id"], line["title"], None) for line in attempt.lines]


def above_limits(attempt: CheckoutAttempt) -> list[AboveLimit]:
    """The lines of which more are wanted than one order may hold, else all without a number.

    A variant's own limit goes before the store's.
    """
    offers = offers_for([UUID(line["variant_id"]) for line in attempt.lines], attempt.channel_slug)
    slugs = {str(key): offer.slug for key, offer in offers.items()}
    try:
        limits = _limits_in_engine(attempt)
    except EngineUnavailable:
        limits = {str(key): offer.most_per_order for key, offer in offers.items()}
    told = [
        AboveLimit(line["variant_id"], line["title"], most, slugs.get(line["variant_id"], ""))
        for line in attempt.lines
        if (most := limits.get(line["variant_id"])) is not None and line["quantity"] > most
    ]
    return told or [AboveLimit(each["variant_id"], each["title"], None) for each in attempt.lines]


def _limits_in_engine(attempt: CheckoutAttempt) -> dict[str, int | None]:
    store = app_client().shop_setup().shop.limit_quantity_per_checkout
    found = _variants(attempt)
    return {key: node.quantity_limit_per_customer or store for key, node in found.items()}


def _is_short(line: AttemptLine, named: Collection[str], left: dict[str, int]) -> bool:
    variant_id = line["variant_id"]
    return variant_id in named if named else left.get(variant_id, 0) < line["quantity"]


def _shortage(line: AttemptLine, left: dict[str, int]) -> Shortage:
    there = left.get(line["variant_id"], 0)
    # More than was refused: others gave it back meanwhile, so no number would be true for long.
    return Shortage(line["variant_id"], line["title"], there if there < line["quantity"] else None)


def _left(attempt: CheckoutAttempt) -> dict[str, int]:
    """How many of each line's variant this buyer can have now, never more than are shown."""
    wanted = [UUID(line["variant_id"]) for line in attempt.lines]
    shown = {
        str(variant_id): max(offer.available, 0)
        for variant_id, offer in offers_for(wanted, attempt.channel_slug).items()
    }
    try:
        free = _free_in_engine(attempt)
    except EngineUnavailable:
        return shown
    return {key: min(count, free.get(key, count)) for key, count in shown.items()}


def _free_in_engine(attempt: CheckoutAttempt) -> dict[str, int]:
    """Neither sold nor kept for another's checkout, by our id of the variant."""
    own = _kept_for(attempt)
    return {
        our_id: max(0, own[node.id] + sum(map(_unsold, node.stocks or ())))
        for our_id, node in _variants(attempt).items()
    }


def _unsold(row: Any) -> int:
    free: int = row.quantity - row.quantity_allocated - row.quantity_reserved
    return free


def _variants(attempt: CheckoutAttempt) -> dict[str, Any]:
    """What the engine says now of the variants, by our ids. Raises EngineUnavailable."""
    listings = {UUID(line["listing_id"]) for line in attempt.lines}
    products = list(ids.global_ids(ids.PRODUCT, list(listings)).values())
    found = app_client().products_by_ids(products).products
    nodes = [
        edge.node
        for product in (found.edges if found else [])
        if product.node.product_variants
        for edge in product.node.product_variants.edges
    ]
    ours = ids.our_ids(ids.VARIANT, [node.id for node in nodes])
    return {str(ours[node.id]): node for node in nodes if node.id in ours}


def _kept_for(attempt: CheckoutAttempt) -> Counter[str]:
    """What this attempt's checkout keeps already, by the engine's id of the variant."""
    known = attempt.checkout_id and ids.find_global_id(ids.CHECKOUT, attempt.checkout_id)
    checkout = app_client().checkout_by_id(known).checkout if known else None
    until = parse_datetime(checkout.stock_reservation_expires or "") if checkout else None
    if checkout is None or until is None or until <= timezone.now():
        return Counter()
    return Counter({line.variant.id: line.quantity for line in checkout.lines})
