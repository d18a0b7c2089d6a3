from typing import Literal, Optional

from pydantic import Field

from .base_model import BaseModel
from .enums import MetadataErrorCode


class UpdatePrivateMetadata(BaseModel):
    update_private_metadata: Optional["UpdatePrivateMetadataUpdatePrivateMetadata"] = (
        Field(alias="updatePrivateMetadata")
    )


class UpdatePrivateMetadataUpdatePrivateMetadata(BaseModel):
    item: Optional["UpdatePrivateMetadataUpdatePrivateMetadataItem"]
    errors: list["UpdatePrivateMetadataUpdatePrivateMetadataErrors"]


class UpdatePrivateMetadataUpdatePrivateMetadataItem(BaseModel):
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
    private_metadata: list[
        "UpdatePrivateMetadataUpdatePrivateMetadataItemPrivateMetadata"
    ] = Field(alias="privateMetadata")


class UpdatePrivateMetadataUpdatePrivateMetadataItemPrivateMetadata(BaseModel):
    key: str
    value: str


class UpdatePrivateMetadataUpdatePrivateMetadataErrors(BaseModel):
    field: Optional[str]
    message: Optional[str]
    code: MetadataErrorCode
