"""Writing public and private metadata of any object."""

from typing import Any

import graphene

from marketplace.embedded import ids, models
from marketplace.embedded.errors import PermissionDenied, refuse
from marketplace.embedded.metadata import metadata_dict
from marketplace.embedded.schema.base import (
    PRIVATE_READERS,
    Info,
    MetadataInput,
    ObjectWithMetadata,
    context_of,
    list_of,
)
from marketplace.embedded.schema.mutation import EngineMutation, error_type
from marketplace.embedded.webhooks import emit

MetadataError = error_type("MetadataError", "INVALID", "NOT_FOUND", "REQUIRED", "NOT_UPDATED")

# GraphQL type: (model, permissions of which one is needed, event). An empty tuple means that
# whoever knows the id may write public metadata, as Saleor allows for checkouts and orders.
_KINDS: dict[str, tuple[Any, tuple[str, ...], str | None]] = {
    "Product": (models.Product, ("MANAGE_PRODUCTS",), "PRODUCT_METADATA_UPDATED"),
    "ProductVariant": (
        models.ProductVariant,
        ("MANAGE_PRODUCTS",),
        "PRODUCT_VARIANT_METADATA_UPDATED",
    ),
    "ProductMedia": (models.ProductMedia, ("MANAGE_PRODUCTS",), None),
    "ProductType": (models.ProductType, ("MANAGE_PRODUCT_TYPES_AND_ATTRIBUTES",), None),
    "Attribute": (models.Attribute, ("MANAGE_PRODUCT_TYPES_AND_ATTRIBUTES",), None),
    "Category": (models.Category, ("MANAGE_PRODUCTS",), None),
    "Collection": (models.Collection, ("MANAGE_PRODUCTS",), None),
    "Page": (models.Page, ("MANAGE_PAGES",), None),
    "PageType": (models.PageType, ("MANAGE_PAGE_TYPES_AND_ATTRIBUTES",), None),
    "Channel": (models.Channel, ("MANAGE_CHANNELS",), None),
    "Warehouse": (models.Warehouse, ("MANAGE_PRODUCTS",), None),
    "ShippingZone": (models.ShippingZone, ("MANAGE_SHIPPING",), None),
    "ShippingMethodType": (models.ShippingMethod, ("MANAGE_SHIPPING",), None),
    "TaxConfiguration": (models.TaxConfiguration, ("MANAGE_TAXES",), None),
    "App": (models.App, ("MANAGE_APPS",), None),
    "User": (models.User, ("MANAGE_USERS",), "CUSTOMER_METADATA_UPDATED"),
    "Checkout": (models.Checkout, (), "CHECKOUT_METADATA_UPDATED"),
    "CheckoutLine": (models.CheckoutLine, (), None),
    "Order": (models.Order, (), "ORDER_METADATA_UPDATED"),
    "OrderLine": (models.OrderLine, ("MANAGE_ORDERS",), None),
    "Fulfillment": (models.Fulfillment, ("MANAGE_ORDERS",), "FULFILLMENT_METADATA_UPDATED"),
    "TransactionItem": (
        models.TransactionItem,
        ("HANDLE_PAYMENTS",),
        "TRANSACTION_ITEM_METADATA_UPDATED",
    ),
    "Invoice": (models.Invoice, ("MANAGE_ORDERS",), None),
}
_PRIVATE = {
    "Checkout": ("MANAGE_CHECKOUTS",),
    "CheckoutLine": ("MANAGE_CHECKOUTS",),
    "Order": ("MANAGE_ORDERS",),
}
PRIVATE_READERS.update({name: kind[1] for name, kind in _KINDS.items()} | _PRIVATE)


def _fetch(info: Info, global_id: str, *, private: bool) -> tuple[Any, str | None]:
    decoded = ids.from_global_id(global_id)
    kind = _KINDS.get(decoded.type_name) if decoded else None
    if decoded is None or kind is None:
        raise refuse("NOT_FOUND", f"Couldn't resolve to an item: {global_id}", field="id")
    model, permissions, event = kind
    permissions = _PRIVATE.get(decoded.type_name, permissions) if private else permissions
    row = ids.find(model.objects.all(), global_id, decoded.type_name)
    context = context_of(info)
    is_self = row is not None and row in {context.app, context.user} and not private
    if permissions and not is_self and not context.may(*permissions):
        raise PermissionDenied(permissions)
    if row is None:
        raise refuse("NOT_FOUND", f"Couldn't resolve to an item: {global_id}", field="id")
    return type(row).objects.select_for_update(of=("self",)).get(pk=row.pk), event


def _store(row: Any, event: str | None, *, private: bool) -> Any:
    names = ["private_metadata" if private else "metadata"]
    if any(field.name == "updated_at" for field in row._meta.fields):  # noqa: SLF001
        names.append("updated_at")
    row.save(update_fields=names)
    if event:
        emit(event, row)
    return row


class _Write(EngineMutation):
    class Meta:
        abstract = True

    private = False

    @classmethod
    def perform(cls, info: Info, id: str, input: list[Any]) -> Any:
        if any(not item["key"].strip() for item in input):
            raise refuse("REQUIRED", "Metadata key cannot be empty.", field="input")
        row, event = _fetch(info, id, private=cls.private)
        target = row.private_metadata if cls.private else row.metadata
        target.update(metadata_dict(input))
        return cls(item=_store(row, event, private=cls.private))


class _Delete(EngineMutation):
    class Meta:
        abstract = True

    private = False

    @classmethod
    def perform(cls, info: Info, id: str, keys: list[str]) -> Any:
        row, event = _fetch(info, id, private=cls.private)
        target = row.private_metadata if cls.private else row.metadata
        for key in keys:
            target.pop(key, None)
        return cls(item=_store(row, event, private=cls.private))


class UpdateMetadata(_Write):
    """Set public keys."""

    class Meta:
        error_type = MetadataError

    class Arguments:
        id = graphene.ID(required=True)
        input = list_of(MetadataInput, required=True)

    item = graphene.Field(ObjectWithMetadata)


class UpdatePrivateMetadata(_Write):
    """Set private keys."""

    class Meta:
        error_type = MetadataError

    class Arguments:
        id = graphene.ID(required=True)
        input = list_of(MetadataInput, required=True)

    private = True
    item = graphene.Field(ObjectWithMetadata)


class DeleteMetadata(_Delete):
    """Remove public keys."""

    class Meta:
        error_type = MetadataError

    class Arguments:
        id = graphene.ID(required=True)
        keys = list_of(graphene.String, required=True)

    item = graphene.Field(ObjectWithMetadata)


class DeletePrivateMetadata(_Delete):
    """Remove private keys."""

    class Meta:
        error_type = MetadataError

    class Arguments:
        id = graphene.ID(required=True)
        keys = list_of(graphene.String, required=True)

    private = True
    item = graphene.Field(ObjectWithMetadata)


class MetadataMutations:
    """Writes of metadata."""

    update_metadata = UpdateMetadata.Field()
    update_private_metadata = UpdatePrivateMetadata.Field()
    delete_metadata = DeleteMetadata.Field()
    delete_private_metadata = DeletePrivateMetadata.Field()
