"""Which objects have metadata, who may write it and read its private part, and its events."""

from dataclasses import dataclass

from django.db.models import Model

from marketplace.embedded import models


@dataclass(frozen=True, slots=True)
class MetadataKind:
    """A GraphQL type with metadata.

    Of `permissions` one is needed to write public metadata; none means that whoever knows the id
    may, as Saleor allows for checkouts and their lines. `private_permissions` are those for private
    metadata where they differ. `event` is emitted after a change.
    """

    model: type[Model]
    permissions: tuple[str, ...] = ()
    private_permissions: tuple[str, ...] = ()
    event: str | None = None

    @property
    def private(self) -> tuple[str, ...]:
        """The permissions of which one is needed for private metadata."""
        return self.private_permissions or self.permissions


_PRODUCTS = ("MANAGE_PRODUCTS",)
_PRODUCT_TYPES = ("MANAGE_PRODUCT_TYPES_AND_ATTRIBUTES",)
_CHECKOUTS = ("MANAGE_CHECKOUTS",)
_ORDERS = ("MANAGE_ORDERS",)
_SHIPPING = ("MANAGE_SHIPPING",)

KINDS: dict[str, MetadataKind] = {
    "Product": MetadataKind(models.Product, _PRODUCTS, event="PRODUCT_METADATA_UPDATED"),
    "ProductVariant": MetadataKind(
        models.ProductVariant, _PRODUCTS, event="PRODUCT_VARIANT_METADATA_UPDATED"
    ),
    "ProductMedia": MetadataKind(models.ProductMedia, _PRODUCTS),
    "ProductType": MetadataKind(models.ProductType, _PRODUCT_TYPES),
    "Attribute": MetadataKind(models.Attribute, _PRODUCT_TYPES),
    "Category": MetadataKind(models.Category, _PRODUCTS),
    "Collection": MetadataKind(models.Collection, _PRODUCTS),
    "Page": MetadataKind(models.Page, ("MANAGE_PAGES",)),
    "PageType": MetadataKind(models.PageType, ("MANAGE_PAGE_TYPES_AND_ATTRIBUTES",)),
    "Channel": MetadataKind(models.Channel, ("MANAGE_CHANNELS",)),
    "Warehouse": MetadataKind(models.Warehouse, _PRODUCTS),
    "ShippingZone": MetadataKind(models.ShippingZone, _SHIPPING),
    "ShippingMethodType": MetadataKind(models.ShippingMethod, _SHIPPING),
    "TaxConfiguration": MetadataKind(models.TaxConfiguration, ("MANAGE_TAXES",)),
    "App": MetadataKind(models.App, ("MANAGE_APPS",)),
    "User": MetadataKind(models.User, ("MANAGE_USERS",), event="CUSTOMER_METADATA_UPDATED"),
    "Checkout": MetadataKind(
        models.Checkout, private_permissions=_CHECKOUTS, event="CHECKOUT_METADATA_UPDATED"
    ),
    "CheckoutLine": MetadataKind(models.CheckoutLine, private_permissions=_CHECKOUTS),
    "Order": MetadataKind(models.Order, _ORDERS, event="ORDER_METADATA_UPDATED"),
    "OrderLine": MetadataKind(models.OrderLine, _ORDERS),
    "Fulfillment": MetadataKind(models.Fulfillment, _ORDERS, event="FULFILLMENT_METADATA_UPDATED"),
    "TransactionItem": MetadataKind(
        models.TransactionItem, ("HANDLE_PAYMENTS",), event="TRANSACTION_ITEM_METADATA_UPDATED"
    ),
    "Voucher": MetadataKind(models.Voucher, ("MANAGE_DISCOUNTS",)),
    "Invoice": MetadataKind(models.Invoice, _ORDERS),
}


def private_readers_of(type_name: str) -> tuple[str, ...]:
    """Return the permissions of which one is needed to read private metadata of a type."""
    kind = KINDS.get(type_name)
    return kind.private if kind else ()
