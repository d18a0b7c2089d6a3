from typing import Optional

from pydantic import Field

from .base_model import BaseModel


class OwnApp(BaseModel):
    app: Optional["OwnAppApp"]
    shop: "OwnAppShop"


class OwnAppApp(BaseModel):
    id: str
    identifier: Optional[str]
    is_active: Optional[bool] = Field(alias="isActive")


class OwnAppShop(BaseModel):
    domain: "OwnAppShopDomain"


class OwnAppShopDomain(BaseModel):
    host: str
