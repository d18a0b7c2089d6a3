"""A line of a basket or a checkout as pages show it."""

from dataclasses import dataclass
from uuid import UUID

from catalog.queries import Offer
from marketplace.orders.models import BasketLine

GONE, FEWER = "gone", "fewer"


@dataclass(frozen=True)
class BasketLineView:
    """A line to show: minor units of ``currency``; ``problem`` is empty, ``gone`` or ``fewer``."""

    variant_id: UUID
    listing_id: UUID
    slug: str
    name: str
    variant_name: str
    image: str
    taxonomy_slug: str
    category_slug: str
    illustration_seed: str
    quantity: int
    unit_minor: int
    total_minor: int
    currency: str
    available: int
    problem: str


def line_view(
    offer: Offer, quantity: int, language: str, *, is_reserved: bool = False
) -> BasketLineView:
    """A line with its listing's texts in a language."""
    return BasketLineView(
        variant_id=offer.variant_id,
        listing_id=offer.listing_id,
        slug=offer.slug,
        name=offer.name(language),
        variant_name=offer.variant_name,
        image=offer.image,
        taxonomy_slug=offer.taxonomy_slug,
        category_slug=offer.category_slug,
        illustration_seed=offer.illustration_seed,
        quantity=quantity,
        unit_minor=offer.amount_minor,
        total_minor=offer.amount_minor * quantity,
        currency=offer.currency,
        available=offer.available,
        problem=FEWER if offer.available < quantity and not is_reserved else "",
    )


def gone_line(row: BasketLine, currency: str) -> BasketLineView:
    """A line whose product is no longer sold here."""
    return BasketLineView(
        variant_id=row.variant_id,
        listing_id=row.variant_id,
        slug="",
        name="",
        variant_name="",
        image="",
        taxonomy_slug="",
        category_slug="",
        illustration_seed="",
        quantity=row.quantity,
        unit_minor=0,
        total_minor=0,
        currency=currency,
        available=0,
        problem=GONE,
    )
