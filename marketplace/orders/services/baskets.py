"""Putting things into a basket and taking them out. A basket reserves nothing."""

from datetime import timedelta
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone

from catalog.markets import market_of
from catalog.queries import Offer, offers_for
from marketplace.orders.errors import BasketFull, NotEnoughLeft, NotForSale
from marketplace.orders.models import Basket, BasketLine
from marketplace.orders.quantity_errors import AboveOrderLimit

KEPT_FOR = timedelta(days=30)
MOST_LINES = 40
MOST_PIECES = 20


def open_basket(*, market: str, language: str) -> Basket:
    """A new empty basket of a market; it lapses after 30 days. Raises UnknownMarket."""
    return Basket.objects.create(
        market=market_of(market).code,
        language=language,
        expires_at=timezone.now() + KEPT_FOR,
    )


def add_line(*, basket: Basket, variant_id: UUID, quantity: int = 1) -> BasketLine:
    """Add pieces of a variant to those already in the basket.

    Raises NotForSale, NotEnoughLeft (more than are left), AboveOrderLimit (more of the product than
    one order may hold) and BasketFull (40 lines, 20 pieces).
    """
    with transaction.atomic():
        _lock(basket)
        line = basket.lines.filter(variant_id=variant_id).first()
        if line is None and basket.lines.count() >= MOST_LINES:
            raise BasketFull
        wanted = quantity + (line.quantity if line else 0)
        _check(basket, variant_id, wanted)
        if line is None:
            return basket.lines.create(variant_id=variant_id, quantity=wanted)
        line.quantity = wanted
        line.save(update_fields=["quantity"])
        return line


def set_quantity(*, basket: Basket, variant_id: UUID, quantity: int) -> None:
    """Say how many pieces there should be; 0 takes the line out. Raises as ``add_line``."""
    if quantity <= 0:
        remove_line(basket=basket, variant_id=variant_id)
        return
    with transaction.atomic():
        _lock(basket)
        _check(basket, variant_id, quantity)
        basket.lines.filter(variant_id=variant_id).update(quantity=quantity)


def remove_line(*, basket: Basket, variant_id: UUID) -> None:
    """Take a variant out; one that is not there is no error."""
    with transaction.atomic():
        _lock(basket)
        basket.lines.filter(variant_id=variant_id).delete()


def take_out_bought(*, basket: Basket, quantities: dict[UUID, int]) -> None:
    """Take out what was bought; what was put in meanwhile stays."""
    with transaction.atomic():
        for line in basket.lines.select_for_update():
            left = line.quantity - quantities.get(line.variant_id, 0)
            if left <= 0:
                line.delete()
            elif left != line.quantity:
                line.quantity = left
                line.save(update_fields=["quantity"])


def purge_baskets() -> int:
    """Delete the baskets that have lapsed; returns how many."""
    count, _ = Basket.objects.filter(expires_at__lt=timezone.now()).delete()
    return count


def _lock(basket: Basket) -> None:
    """Two clicks at once on one basket wait for each other."""
    if not Basket.objects.select_for_update().filter(pk=basket.pk).exists():
        raise IntegrityError("the basket has lapsed")
    Basket.objects.filter(pk=basket.pk).update(expires_at=timezone.now() + KEPT_FOR)


def _check(basket: Basket, variant_id: UUID, wanted: int) -> Offer:
    offer = offers_for([variant_id], market_of(basket.market).channel_slug).get(variant_id)
    if offer is None:
        raise NotForSale
    if offer.most_per_order is not None and offer.most_per_order < min(wanted, MOST_PIECES):
        raise AboveOrderLimit(most=offer.most_per_order)
    if wanted > MOST_PIECES or wanted < 1:
        raise BasketFull
    if wanted > offer.available:
        raise NotEnoughLeft(available=max(offer.available, 0))
    return offer
