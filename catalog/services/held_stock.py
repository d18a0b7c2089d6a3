"""A variant's stock, held while it is changed by a difference; for rooms above the catalogue."""

from collections.abc import Iterator
from contextlib import contextmanager

from catalog.errors import NotYetPublished
from catalog.locks import listing_lock
from catalog.models import ListingVariant
from catalog.publishing.push import set_stock
from catalog.read_model.product_values import stock_on_hand, variants_of
from catalog.read_model.projection import project
from marketplace.saleor import ids
from marketplace.saleor.gateway import app_client


class HeldStock:
    """The pieces in the cooperative's warehouse, including sold but unshipped ones."""

    def __init__(self, variant: ListingVariant, on_hand: int) -> None:
        self._variant, self.on_hand = variant, on_hand
        self.is_changed = False

    def set(self, quantity: int) -> None:
        """Write a new total to the engine; raises EngineUnavailable or EngineRefused."""
        set_stock(
            app_client(),
            variant_id=self._variant.pk,
            cooperative_id=self._variant.listing.cooperative_id,
            quantity=quantity,
        )
        self.on_hand, self.is_changed = quantity, True


@contextmanager
def held_stock(variant: ListingVariant) -> Iterator[HeldStock]:
    """The stock as the engine counts it now; nobody else of ours sets it meanwhile.

    Outside any transaction. The shop shows the new count at the end. Raises NotYetPublished,
    EngineUnavailable or EngineRefused.
    """
    product_id = ids.find_global_id(ids.PRODUCT, variant.listing_id)
    variant_gid = ids.find_global_id(ids.VARIANT, variant.pk)
    if product_id is None or variant_gid is None:
        raise NotYetPublished
    client = app_client()
    with listing_lock(variant.listing_id):
        product = client.product_by_id(product_id).product
        nodes = [node for node in variants_of(product) if node.id == variant_gid] if product else []
        if not nodes:
            raise NotYetPublished
        held = HeldStock(variant, stock_on_hand(variant.listing, nodes[0]))
        yield held
        if held.is_changed and (product := client.product_by_id(product_id).product):
            project(product)
