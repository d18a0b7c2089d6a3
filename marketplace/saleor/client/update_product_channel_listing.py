from typing import Optional

from pydantic import Field

from .base_model import BaseModel
from .enums import ProductErrorCode


class UpdateProductChannelListing(BaseModel):
    product_channel_listing_update: Optional[
        "UpdateProductChannelListingProductChannelListingUpdate"
    ] = Field(alias="productChannelListingUpdate")


class UpdateProductChannelListingProductChannelListingUpdate(BaseModel):
    product: Optional["UpdateProductChannelListingProductChannelListingUpdateProduct"]
    errors: list["UpdateProductChannelListingProductChannelListingUpdateErrors"]


class UpdateProductChannelListingProductChannelListingUpdateProduct(BaseModel):
    id: str


class UpdateProductChannelListingProductChannelListingUpdateErrors(BaseModel):
    field: Optional[str]
    message: Optional[str]
    code: ProductErrorCode
    channels: Optional[list[str]]
