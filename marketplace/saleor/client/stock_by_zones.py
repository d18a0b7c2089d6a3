from pydantic import Field

from .base_model import BaseModel


class StockByZones(BaseModel):
    shop: "StockByZonesShop"


class StockByZonesShop(BaseModel):
    use_legacy_shipping_zone_stock_availability: bool = Field(
        alias="useLegacyShippingZoneStockAvailability"
    )
