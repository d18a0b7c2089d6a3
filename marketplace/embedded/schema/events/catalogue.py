"""Event types of the catalogue, channels, customers and translations."""

from typing import Any

import graphene

from marketplace.embedded import models
from marketplace.embedded.channel_scope import in_channel
from marketplace.embedded.models.base import related_one
from marketplace.embedded.schema.accounts.user import User
from marketplace.embedded.schema.attributes.attribute import (
    AttributeTranslation,
    AttributeValueTranslation,
)
from marketplace.embedded.schema.base import ResolvesByModel
from marketplace.embedded.schema.categories.category import Category, CategoryTranslation
from marketplace.embedded.schema.channels.channel import Channel
from marketplace.embedded.schema.collections.collection import Collection, CollectionTranslation
from marketplace.embedded.schema.events.event import event_type
from marketplace.embedded.schema.pages.page import Page, PageTranslation
from marketplace.embedded.schema.products.media import ProductMedia
from marketplace.embedded.schema.products.product import Product
from marketplace.embedded.schema.products.translation import (
    ProductTranslation,
    ProductVariantTranslation,
)
from marketplace.embedded.schema.products.variant import ProductVariant
from marketplace.embedded.schema.warehouses.warehouse import Warehouse
from marketplace.embedded.webhooks.events import Occurrence


class TranslationTypes(ResolvesByModel, graphene.Union):
    """Texts of some object in some language."""

    class Meta:
        types = (
            ProductTranslation,
            ProductVariantTranslation,
            CategoryTranslation,
            CollectionTranslation,
            AttributeTranslation,
            AttributeValueTranslation,
            PageTranslation,
        )


def _in_channel(occurrence: Occurrence, channel: str | None = None) -> Any:
    return in_channel(occurrence.subject, channel)


def _variant(occurrence: Occurrence, channel: str | None = None) -> Any:
    """The subject of stock events is the stock; of the others, the variant."""
    subject = occurrence.subject
    variant = related_one(subject, "variant") if isinstance(subject, models.Stock) else subject
    return in_channel(variant, channel)


def _warehouse(occurrence: Occurrence) -> Any:
    return related_one(occurrence.subject, "warehouse")


def _category(occurrence: Occurrence) -> Any:
    product = occurrence.subject
    return related_one(product, "category") if product.category_id else None


_product = (graphene.Field(Product, channel=graphene.String()), _in_channel)
_product_variant = (graphene.Field(ProductVariant, channel=graphene.String()), _variant)

for _name in ("ProductCreated", "ProductUpdated", "ProductDeleted", "ProductMetadataUpdated"):
    event_type(_name, product=_product, category=(graphene.Field(Category), _category))

for _name in ("Created", "Updated", "Deleted", "MetadataUpdated"):
    event_type(f"ProductVariant{_name}", product_variant=_product_variant)

for _name in ("StockUpdated", "OutOfStock", "BackInStock"):
    event_type(
        f"ProductVariant{_name}",
        product_variant=_product_variant,
        warehouse=(graphene.Field(Warehouse), _warehouse),
    )

for _name in ("Created", "Updated", "Deleted"):
    event_type(f"ProductMedia{_name}", product_media=(graphene.Field(ProductMedia), _in_channel))
    event_type(f"Category{_name}", category=(graphene.Field(Category), _in_channel))
    event_type(
        f"Collection{_name}",
        collection=(graphene.Field(Collection, channel=graphene.String()), _in_channel),
    )
    event_type(f"Page{_name}", page=(graphene.Field(Page), _in_channel))
    event_type(f"Warehouse{_name}", warehouse=(graphene.Field(Warehouse), _in_channel))

for _name in ("Created", "Updated", "Deleted", "StatusChanged"):
    event_type(f"Channel{_name}", channel=(graphene.Field(Channel), _in_channel))

for _name in ("Created", "Updated"):
    event_type(f"Translation{_name}", translation=(graphene.Field(TranslationTypes), _in_channel))

for _name in ("Created", "Updated", "Deleted", "MetadataUpdated"):
    event_type(f"Customer{_name}", user=(graphene.Field(User), _in_channel))
