from typing import Optional

from pydantic import Field

from .base_model import BaseModel
from .enums import ProductErrorCode


class UpdateVariantChannelListing(BaseModel):
    product_variant_channel_listing_update: Optional[
        "UpdateVariantChannelListingProductVariantChannelListingUpdate"
    ] = Field(alias="productVariantChannelListingUpdate")


class UpdateVariantChannelListingProductVariantChannelListingUpdate(BaseModel):
    variant: Optional[
        "UpdateVariantChannelListingProductVariantChannelListingUpdateVariant"
    ]
    errors: list["UpdateVariantChannelListingProductVariantChannelListingUpdateErrors"]


class UpdateVariantChannelListingProductVariantChannelListingUpdateVariant(BaseModel):
    id: str


class UpdateVariantChannelListingProductVariantChannelListingUpdateErrors(BaseModel):
    field: Optional[str]
    message: Optional[str]
    code: ProductErrorCode
    channels: Optional[list[str]]
