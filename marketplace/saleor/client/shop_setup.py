from typing import Optional

from pydantic import Field

from .base_model import BaseModel


class ShopSetup(BaseModel):
    shop: "ShopSetupShop"
    channels: Optional[list["ShopSetupChannels"]]


class ShopSetupShop(BaseModel):
    name: str
    reserve_stock_duration_anonymous_user: Optional[int] = Field(
        alias="reserveStockDurationAnonymousUser"
    )
    reserve_stock_duration_authenticated_user: Optional[int] = Field(
        alias="reserveStockDurationAuthenticatedUser"
    )
    limit_quantity_per_checkout: Optional[int] = Field(alias="limitQuantityPerCheckout")
    version: str


class ShopSetupChannels(BaseModel):
    id: str
    slug: str
    name: str
    currency_code: str = Field(alias="currencyCode")
    is_active: bool = Field(alias="isActive")
    default_country: "ShopSetupChannelsDefaultCountry" = Field(alias="defaultCountry")


class ShopSetupChannelsDefaultCountry(BaseModel):
    code: str
