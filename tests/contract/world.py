"""A small world made through the API alone: a market, cooperatives, what they sell."""

import uuid
from dataclasses import dataclass, field
from typing import Any

from tests.contract.engine import Engine

ADDRESS = {
    "firstName": "Amina",
    "lastName": "Idrissi",
    "streetAddress1": "12 rue des Arganiers",
    "city": "Agadir",
    "postalCode": "80000",
    "country": "MA",
}
_CREATE_METHOD = """
mutation($input: ShippingPriceInput!) {
  shippingPriceCreate(input: $input) { shippingMethod { id } errors { field code } }
}"""
_LIST_METHOD = """
mutation($id: ID!, $input: ShippingMethodChannelListingInput!) {
  shippingMethodChannelListingUpdate(id: $id, input: $input) { errors { field code } }
}"""


@dataclass
class Cooperative:
    """A cooperative as the engine knows it: a page and a warehouse."""

    slug: str
    page: str
    warehouse: str
    warehouse_slug: str


@dataclass
class Product:
    """A product with its one variant."""

    id: str
    variant: str
    slug: str
    sku: str


@dataclass
class Market:
    """A channel with everything needed to sell in it; ids are global ids."""

    engine: Engine
    unique: str
    channel: str
    channel_slug: str
    currency: str
    product_type: str
    page_type: str
    attribute: str
    description_attribute: str
    category: str
    zone: str = ""
    method: str = ""
    cooperatives: list[Cooperative] = field(default_factory=list)

    def cooperative(self, number: int) -> Cooperative:
        """Make a cooperative: page, warehouse, linked to the channel and the zone."""
        slug = f"c{number}-{self.unique}"
        page = self.engine.done(
            "CreatePage",
            input={
                "title": f"Coopérative {number}",
                "slug": slug,
                "pageType": self.page_type,
                "isPublished": True,
                "attributes": [{"id": self.description_attribute, "plainText": f"Numéro {number}"}],
            },
        )["page"]["id"]
        warehouse = self.engine.done(
            "CreateWarehouse",
            input={"name": f"Dépôt {slug}", "slug": f"wh-{slug}", "address": ADDRESS},
        )["warehouse"]
        self.engine.done("AddWarehousesToChannel", id=self.channel, warehouses=[warehouse["id"]])
        made = Cooperative(slug, page, warehouse["id"], warehouse["slug"])
        self.cooperatives.append(made)
        return made

    def open_zone(self, price: float | None = None) -> None:
        """Serve Morocco from every cooperative; with a price, by a method of the zone, too."""
        self.zone = self.engine.done(
            "CreateShippingZone",
            input={
                "name": f"Maroc {self.unique}",
                "countries": ["MA"],
                "addWarehouses": [each.warehouse for each in self.cooperatives],
                "addChannels": [self.channel],
            },
        )["shippingZone"]["id"]
        if price is None:
            return
        self.method = self.engine.done(
            _CREATE_METHOD,
            input={"name": "Poste", "type": "PRICE", "shippingZone": self.zone},
        )["shippingMethod"]["id"]
        listing = {"addChannels": [{"channelId": self.channel, "price": price}]}
        self.engine.done(_LIST_METHOD, id=self.method, input=listing)

    def add_product(
        self,
        cooperative: Cooperative,
        name: str = "Huile d'argan",
        *,
        price: float = 180,
        quantity: int = 10,
        **product: Any,
    ) -> Product:
        """Make, list, price and stock a product of a cooperative, step by step."""
        number = uuid.uuid4().hex[:6]
        slug, sku = f"p-{number}-{self.unique}", f"SKU-{number}"
        made = self.engine.done(
            "CreateProduct",
            input={
                "name": name,
                "slug": slug,
                "productType": self.product_type,
                "category": self.category,
                "attributes": [{"id": self.attribute, "reference": cooperative.page}],
                **product,
            },
        )["product"]["id"]
        self.list(made)
        variant = self.engine.done(
            "CreateVariant",
            input={
                "product": made,
                "sku": sku,
                "attributes": [],
                "trackInventory": True,
                "stocks": [{"warehouse": cooperative.warehouse, "quantity": quantity}],
            },
        )["productVariant"]["id"]
        self.price(variant, price)
        return Product(made, variant, slug, sku)

    def list(self, product: str) -> None:
        """Publish a product in the channel."""
        listing = {
            "channelId": self.channel,
            "isPublished": True,
            "visibleInListings": True,
            "isAvailableForPurchase": True,
        }
        self.engine.done(
            "UpdateProductChannelListing", id=product, input={"updateChannels": [listing]}
        )

    def price(self, variant: str, price: float) -> None:
        """Set a variant's price in the channel."""
        self.engine.done(
            "UpdateVariantChannelListing",
            id=variant,
            input=[{"channelId": self.channel, "price": price}],
        )


def open_market(engine: Engine, *, cooperatives: int = 2, price: float | None = None) -> Market:
    """Set a shop up as our set-up does, with a channel in dirhams and some cooperatives."""
    unique = uuid.uuid4().hex[:8]
    channel = engine.done(
        "CreateChannel",
        input={
            "name": f"Maroc {unique}",
            "slug": f"ma-{unique}",
            "currencyCode": "MAD",
            "defaultCountry": "MA",
            "isActive": True,
            "stockSettings": {"allocationStrategy": "PRIORITIZE_SORTING_ORDER"},
            "paymentSettings": {"defaultTransactionFlowStrategy": "CHARGE"},
            "orderSettings": {
                "automaticallyConfirmAllNewOrders": True,
                "allowUnpaidOrders": False,
            },
        },
    )["channel"]
    text = _attribute(engine, f"about-{unique}", "PAGE_TYPE", inputType="PLAIN_TEXT")
    page_type = engine.done(
        "CreatePageType",
        input={"name": "Cooperative", "slug": f"cooperative-{unique}", "addAttributes": [text]},
    )["pageType"]["id"]
    reference = _attribute(
        engine,
        f"cooperative-{unique}",
        "PRODUCT_TYPE",
        inputType="SINGLE_REFERENCE",
        entityType="PAGE",
        valueRequired=True,
    )
    product_type = engine.done(
        "CreateProductType",
        input={
            "name": "Standard",
            "slug": f"standard-{unique}",
            "kind": "NORMAL",
            "isShippingRequired": True,
            "productAttributes": [reference],
        },
    )["productType"]["id"]
    category = engine.done("CreateCategory", input={"name": f"Huiles {unique}"})["category"]["id"]
    made = Market(
        engine,
        unique,
        channel["id"],
        channel["slug"],
        channel["currencyCode"],
        product_type,
        page_type,
        reference,
        text,
        category,
    )
    for number in range(1, cooperatives + 1):
        made.cooperative(number)
    made.open_zone(price)
    return made


def _attribute(engine: Engine, slug: str, kind: str, **more: Any) -> str:
    fields = {"name": slug, "slug": slug, "type": kind, **more}
    made: str = engine.done("CreateAttribute", input=fields)["attribute"]["id"]
    return made
