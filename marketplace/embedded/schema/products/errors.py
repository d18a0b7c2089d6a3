"""Error types of the catalogue's mutations."""

from typing import Any

import graphene

from marketplace.embedded.schema.base import list_of
from marketplace.embedded.schema.enums import string_enum
from marketplace.embedded.schema.mutation import error_type

_CODES = (
    *("GRAPHQL_ERROR", "ALREADY_EXISTS", "ATTRIBUTE_ALREADY_ASSIGNED"),
    *("ATTRIBUTE_CANNOT_BE_ASSIGNED", "ATTRIBUTE_VARIANTS_DISABLED", "DUPLICATED_INPUT_ITEM"),
    *("INVALID", "INVALID_PRICE", "PRODUCT_WITHOUT_CATEGORY", "NOT_PRODUCTS_VARIANT"),
    "NOT_PRODUCTS_IMAGE",
    *("NOT_FOUND", "REQUIRED", "UNIQUE", "CANNOT_MANAGE_PRODUCT_WITHOUT_VARIANT"),
    *("PRODUCT_NOT_ASSIGNED_TO_CHANNEL", "UNSUPPORTED_MEDIA_PROVIDER", "INVALID_FILE_TYPE"),
    *("UNSUPPORTED_MIME_TYPE", "FILE_SIZE_LIMIT_EXCEEDED"),
)
ProductErrorCode = string_enum("ProductErrorCode", *_CODES)


def product_error_type(name: str, **extra: Any) -> Any:
    """Return an error type whose code is a ProductErrorCode."""
    fields = {
        "__doc__": "Why a mutation was refused.",
        "field": graphene.String(),
        "message": graphene.String(),
        "code": ProductErrorCode(required=True),
        "attributes": list_of(graphene.ID),
        "values": list_of(graphene.ID),
        **extra,
    }
    return type(name, (graphene.ObjectType,), fields)


ProductError = product_error_type("ProductError")
ProductChannelListingError = product_error_type(
    "ProductChannelListingError", channels=list_of(graphene.ID), variants=list_of(graphene.ID)
)
BulkStockError = product_error_type("BulkStockError", index=graphene.Int())
CollectionError = error_type(
    "CollectionError",
    *("DUPLICATED_INPUT_ITEM", "INVALID", "NOT_FOUND", "REQUIRED", "UNIQUE"),
    products=list_of(graphene.ID),
)
_bulk_code = string_enum(
    "ProductBulkCreateErrorCode",
    *("GRAPHQL_ERROR", "ATTRIBUTE_ALREADY_ASSIGNED", "ATTRIBUTE_CANNOT_BE_ASSIGNED", "BLANK"),
    *("MAX_LENGTH", "DUPLICATED_INPUT_ITEM", "INVALID", "INVALID_PRICE", "NOT_FOUND", "REQUIRED"),
    *("UNIQUE", "PRODUCT_NOT_ASSIGNED_TO_CHANNEL", "UNSUPPORTED_MEDIA_PROVIDER"),
)


class ProductBulkCreateError(graphene.ObjectType):
    """Why a row was refused; `path` leads into the row's input."""

    path = graphene.String()
    message = graphene.String()
    code = _bulk_code(required=True)
    attributes = list_of(graphene.ID)
    values = list_of(graphene.ID)
    warehouses = list_of(graphene.ID)
    channels = list_of(graphene.ID)
