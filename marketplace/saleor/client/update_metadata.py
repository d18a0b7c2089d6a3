from typing import Literal, Optional

from pydantic import Field

from .base_model import BaseModel
from .enums import MetadataErrorCode


class UpdateMetadata(BaseModel):
    update_metadata: Optional["UpdateMetadataUpdateMetadata"] = Field(
        alias="updateMetadata"
    )


class UpdateMetadataUpdateMetadata(BaseModel):
    item: Optional["UpdateMetadataUpdateMetadataItem"]
    errors: list["UpdateMetadataUpdateMetadataErrors"]


class UpdateMetadataUpdateMetadataItem(BaseModel):
    typename__: Literal[
        "Address",
        "App",
        "Attribute",
        "Category",
        "Channel",
        "Checkout",
        "CheckoutLine",
        "Collection",
        "CustomerType",
        "Fulfillment",
        "GiftCard",
        "Invoice",
        "Menu",
        "MenuItem",
        "ObjectWithMetadata",
        "Order",
        "OrderLine",
        "Page",
        "PageType",
        "Payment",
        "Product",
        "ProductMedia",
        "ProductType",
        "ProductVariant",
        "Promotion",
        "Sale",
        "ShippingMethod",
        "ShippingMethodType",
        "ShippingZone",
        "Shop",
        "TaxClass",
        "TaxConfiguration",
        "TransactionItem",
        "User",
        "Voucher",
        "Warehouse",
    ] = Field(alias="__typename")
    metadata: list["UpdateMetadataUpdateMetadataItemMetadata"]


class UpdateMetadataUpdateMetadataItemMetadata(BaseModel):
    key: str
    value: str


class UpdateMetadataUpdateMetadataErrors(BaseModel):
    field: Optional[str]
    message: Optional[str]
    code: MetadataErrorCode
