"""A line of a basket or a checkout as pages show it."""

from dataclasses import dataclass
from uuid import UUID

from catalog.queries import Offer
from marketplace.orders.models import BasketLine
from marketplace.orders.services.baskets import MOST_PIECES

GONE, FEWER, LIMIT = "gone", "fewer", "limit"


@dataclass(frozen=True)
class BasketLineView:
    """A line to show: minor units of ``currency``; ``problem`` is empty, ``gone``, ``fewer``
    (than wanted are left) or ``limit`` (more than ``most_per_order`` are wanted).
    """

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
    # How many one order may hold, where the engine says less than any basket takes.
    most_per_order: int | None = None

    @property
    def most(self) -> int:
        """The largest quantity to choose."""
        return self.most_per_order or MOST_PIECES


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
        problem="" if is_reserved else _problem(offer, quantity),
        most_per_order=limit_of(offer),
    )


def limit_of(offer: Offer) -> int | None:
    """The engine's limit of a product in one order, where it is below ours of a basket."""
    most = offer.most_per_order
    return most if most is not None and most < MOST_PIECES else None


def _problem(offer: Offer, quantity: int) -> str:
    if offer.available < quantity:
        return FEWER
    most = limit_of(offer)
    return LIMIT if most is not None and quantity > most else ""


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
