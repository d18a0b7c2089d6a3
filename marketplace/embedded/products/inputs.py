"""What the API's inputs of products and variants hold.

Weights are in the shop's unit unless they name their own; prices in major units of the channel's
currency; ids are global ids.
"""

from datetime import datetime
from decimal import Decimal
from typing import Any, Required, TypedDict

from marketplace.embedded.inputs import SeoData
from marketplace.embedded.metadata import MetadataItem
from marketplace.embedded.products.attribute_values import AttributeValueData
from marketplace.embedded.weights import WeightWithUnit


class StockData(TypedDict):
    """Units of a variant in a warehouse."""

    warehouse: str
    quantity: int


class ChannelListingData(TypedDict, total=False):
    """Whether a product is visible and for sale in a channel."""

    channel_id: Required[str]
    is_published: bool | None
    published_at: datetime | None
    visible_in_listings: bool | None
    is_available_for_purchase: bool | None
    available_for_purchase_at: datetime | None


class PriceData(TypedDict, total=False):
    """The prices of a variant in a channel."""

    channel_id: Required[str]
    price: Required[Decimal]
    cost_price: Decimal | None
    prior_price: Decimal | None


class MediaData(TypedDict, total=False):
    """A picture: an uploaded file, or the address of one."""

    alt: str | None
    image: Any
    media_url: str | None


class _CommonData(TypedDict, total=False):
    attributes: list[AttributeValueData] | None
    name: str | None
    weight: Decimal | WeightWithUnit | None
    metadata: list[MetadataItem] | None
    private_metadata: list[MetadataItem] | None
    external_reference: str | None


class ProductData(_CommonData, total=False):
    """A product's own fields."""

    category: str | None
    charge_taxes: bool | None
    collections: list[str] | None
    description: Any
    slug: str | None
    seo: SeoData | None
    rating: float | None


class ProductCreateData(ProductData):
    """A new product."""

    product_type: Required[str]


class VariantData(_CommonData, total=False):
    """A variant's own fields."""

    sku: str | None
    track_inventory: bool | None
    quantity_limit_per_customer: int | None


class VariantCreateData(VariantData, total=False):
    """A new variant with its stock."""

    product: Required[str]
    stocks: list[StockData] | None


class BulkVariantData(VariantData, total=False):
    """A variant of a bulk import's product, with stock and prices."""

    stocks: list[StockData] | None
    channel_listings: list[PriceData] | None


class BulkProductData(ProductCreateData, total=False):
    """A row of a bulk import: a product with everything that belongs to it."""

    media: list[MediaData] | None
    channel_listings: list[ChannelListingData] | None
    variants: list[BulkVariantData] | None


class ProductTypeData(TypedDict, total=False):
    """A product type."""

    name: str | None
    slug: str | None
    kind: str | None
    has_variants: bool | None
    product_attributes: list[str] | None
    variant_attributes: list[str] | None
    is_shipping_required: bool | None
    is_digital: bool | None
    weight: Decimal | WeightWithUnit | None


class AttributeOperationData(TypedDict, total=False):
    """An attribute for a product type (``PRODUCT``) or for its variants (``VARIANT``)."""

    id: Required[str]
    type: Required[str]
    variant_selection: bool | None
