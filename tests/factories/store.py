"""Products that a store made without us: own types, attributes, categories and warehouses."""

import json
from typing import Any

from marketplace.saleor import ids
from marketplace.saleor.answers import accepted
from marketplace.saleor.client import (
    AddressInput,
    AttributeCreateInput,
    AttributeValueInput,
    CategoryInput,
    ProductBulkCreateInput,
    ProductChannelListingCreateInput,
    ProductTypeInput,
    ProductVariantBulkCreateInput,
    ProductVariantChannelListingAddInput,
    SaleorClient,
    StockInput,
    WarehouseCreateInput,
)
from marketplace.saleor.client.enums import (
    AttributeInputTypeEnum,
    AttributeTypeEnum,
    CountryCode,
    ProductTypeKindEnum,
)
from marketplace.saleor.gateway import app_client

DESCRIPTION = json.dumps(
    {
        "blocks": [
            {"type": "header", "data": {"level": 2, "text": "<b>Pressée</b> à froid"}},
            {"type": "paragraph", "data": {"text": "Thé &amp; miel"}},
        ]
    }
)


class Store:
    """A store with a type "food" that says its producer, and two warehouses."""

    def __init__(self) -> None:
        self.client: SaleorClient = app_client()
        self.producer = self._attribute("Producer", "producer")
        self.food = self._type("food", [self.producer])
        self.category = self._category("huiles")
        self.warehouses = [self._warehouse("casablanca"), self._warehouse("agadir")]

    def product(
        self,
        slug: str = "argan",
        *,
        producer: str = "Coop Tamounte",
        sizes: int = 1,
        stock: tuple[int, int] = (7, 3),
        **changes: Any,
    ) -> str:
        """A published product at 50 dirhams with a size or more; the engine's id."""
        channel = ids.global_id(ids.CHANNEL, ids.of_slug(ids.CHANNEL, "ma-mad"))
        price = changes.pop("price", "50")
        variants = [
            ProductVariantBulkCreateInput(
                attributes=[],
                sku=f"{slug.upper()}-{number}",
                name=f"Size {number}",
                track_inventory=changes.get("track_inventory", True),
                stocks=[
                    StockInput(warehouse=warehouse, quantity=quantity)
                    for warehouse, quantity in zip(self.warehouses, stock, strict=True)
                ],
                channel_listings=[
                    ProductVariantChannelListingAddInput(channel_id=channel, price=price)
                ]
                if price
                else [],
            )
            for number in range(sizes)
        ]
        changes.pop("track_inventory", None)
        wanted = ProductBulkCreateInput(
            name=changes.pop("name", f"Produit {slug}"),
            slug=slug,
            description=DESCRIPTION,
            category=self.category,
            product_type=self.food,
            attributes=[AttributeValueInput(id=self.producer, plain_text=producer)],
            weight=changes.pop("weight", {"unit": "g", "value": 540}),
            channel_listings=[
                ProductChannelListingCreateInput(
                    channel_id=channel,
                    is_published=True,
                    visible_in_listings=True,
                    is_available_for_purchase=True,
                )
            ],
            variants=variants,
            **changes,
        )
        answer = self.client.bulk_create_products([wanted]).product_bulk_create
        assert answer is not None
        made = answer.results[0]
        assert made.product is not None, made.errors
        return made.product.id

    def levels(self, product: str) -> dict[str, list[int]]:
        """Pieces of each size by warehouse slug."""
        found = self.client.product_by_id(product).product
        assert found is not None
        assert found.product_variants is not None
        levels: dict[str, list[int]] = {}
        for edge in found.product_variants.edges:
            for row in edge.node.stocks or []:
                levels.setdefault(row.warehouse.slug, []).append(row.quantity)
        return levels

    def _attribute(self, name: str, slug: str) -> str:
        wanted = AttributeCreateInput(
            name=name,
            slug=slug,
            type_=AttributeTypeEnum.PRODUCT_TYPE,
            input_type=AttributeInputTypeEnum.PLAIN_TEXT,
        )
        made = accepted(self.client.create_attribute(wanted).attribute_create).attribute
        assert made is not None
        return made.id

    def _type(self, slug: str, attributes: list[str]) -> str:
        wanted = ProductTypeInput(
            name=slug,
            slug=slug,
            kind=ProductTypeKindEnum.NORMAL,
            has_variants=True,
            is_shipping_required=True,
            product_attributes=attributes,
        )
        made = accepted(self.client.create_product_type(wanted).product_type_create).product_type
        assert made is not None
        return made.id

    def _category(self, slug: str) -> str:
        wanted = CategoryInput(name=slug, slug=slug)
        made = accepted(self.client.create_category(wanted).category_create).category
        assert made is not None
        return made.id

    def _warehouse(self, slug: str) -> str:
        wanted = WarehouseCreateInput(
            name=slug,
            slug=slug,
            address=AddressInput(
                company_name=slug,
                street_address_1="1 rue du Port",
                city="Casablanca",
                postal_code="20000",
                country=CountryCode.MA,
            ),
        )
        made = accepted(self.client.create_warehouse(wanted).create_warehouse).warehouse
        assert made is not None
        for market in ("ma-mad", "eu-eur"):
            channel = ids.global_id(ids.CHANNEL, ids.of_slug(ids.CHANNEL, market))
            accepted(self.client.add_warehouses_to_channel(channel, [made.id]).channel_update)
        return made.id
