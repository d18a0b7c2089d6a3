"""Products of a store, with the fields that rules and files refer to."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from marketplace.core.money import Money
from marketplace.saleor.client import SaleorClient, StoreProductParts


@dataclass(frozen=True)
class StoreProduct:
    """A product in the engine, whoever created it."""

    parts: StoreProductParts

    @property
    def gid(self) -> str:
        """The engine's id."""
        return self.parts.id

    @property
    def slug(self) -> str:
        return self.parts.slug

    @property
    def name(self) -> str:
        return self.parts.name

    @property
    def type_slug(self) -> str:
        return self.parts.product_type.slug

    @property
    def category_slug(self) -> str:
        return self.parts.category.slug if self.parts.category else ""

    @cached_property
    def variants(self) -> list[Any]:
        """Its variants, in the store's order."""
        connection = self.parts.product_variants
        return [edge.node for edge in connection.edges] if connection else []

    @property
    def skus(self) -> list[str]:
        return [node.sku for node in self.variants if node.sku]

    @property
    def collections(self) -> list[str]:
        """The slugs of its collections."""
        return [row.slug for row in self.parts.collections or []]

    @property
    def metadata(self) -> dict[str, str]:
        return {item.key: item.value for item in self.parts.metadata}

    @cached_property
    def attributes(self) -> dict[str, list[str]]:
        """The values of each attribute, by its slug: names of choices, and their slugs."""
        found = {row.attribute.slug: _said(row) for row in self.parts.given}
        return {slug: said for slug, said in found.items() if said}

    @property
    def cooperative_page(self) -> str:
        """The engine's id of the cooperative's page that it refers to; empty when none."""
        value = getattr(self.parts.cooperative, "value", None)
        return str(value.id) if value else ""

    @property
    def cooperative_slug(self) -> str:
        """The slug of that page; empty when there is none."""
        value = getattr(self.parts.cooperative, "value", None)
        return str(value.slug) if value else ""

    @property
    def stock(self) -> int:
        """Items of all variants in all warehouses, including sold but unshipped ones."""
        return sum(row.quantity for node in self.variants for row in node.stocks or [])

    @property
    def prices(self) -> dict[str, str]:
        """The first variant's price by channel: decimal amount and currency."""
        rows = self.variants[0].channel_listings or [] if self.variants else []
        amounts = {
            row.channel.slug: Money(row.price.fractional_amount, row.price.currency)
            for row in rows
            if row.price
        }
        return {slug: f"{money.decimal} {money.currency}" for slug, money in amounts.items()}


def store_products(client: SaleorClient, *, search: str = "") -> Iterator[StoreProduct]:
    """Every product of the store, 25 a call; ``search`` is passed to the engine."""
    after: str | None = None
    while True:
        page = client.store_products(after, search or None).products
        for edge in page.edges if page else []:
            yield StoreProduct(edge.node)
        if page is None or not page.page_info.has_next_page:
            return
        after = page.page_info.end_cursor


def store_product(client: SaleorClient, gid: str) -> StoreProduct | None:
    """One product, or None."""
    found = client.store_product(gid).product
    return StoreProduct(found) if found else None


def _said(row: Any) -> list[str]:
    for field in ("choice", "swatch"):
        if chosen := getattr(row, field, None):
            return [text for text in (chosen.name, chosen.slug) if text]
    if choices := getattr(row, "choices", None):
        return [text for choice in choices for text in (choice.name, choice.slug) if text]
    if page := getattr(row, "page", None):
        return [page.title, page.slug]
    if text := getattr(row, "plain_text", None):
        return [text]
    answer = getattr(row, "boolean", None)
    return [] if answer is None else ["yes" if answer else "no"]
