from typing import Optional

from pydantic import Field

from .base_model import BaseModel
from .enums import ShopErrorCode


class UpdateShopSettings(BaseModel):
    shop_settings_update: Optional["UpdateShopSettingsShopSettingsUpdate"] = Field(
        alias="shopSettingsUpdate"
    )


class UpdateShopSettingsShopSettingsUpdate(BaseModel):
    shop: Optional["UpdateShopSettingsShopSettingsUpdateShop"]
    errors: list["UpdateShopSettingsShopSettingsUpdateErrors"]


class UpdateShopSettingsShopSettingsUpdateShop(BaseModel):
    reserve_stock_duration_anonymous_user: Optional[int] = Field(
        alias="reserveStockDurationAnonymousUser"
    )


class UpdateShopSettingsShopSettingsUpdateErrors(BaseModel):
    field: Optional[str]
    message: Optional[str]
    code: ShopErrorCode
