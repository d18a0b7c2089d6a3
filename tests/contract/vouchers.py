"""Vouchers as the contract's tests make and enter them."""

from datetime import UTC, datetime, timedelta
from typing import Any

from tests.contract.buying import Shop
from tests.contract.world import Product


def make(shop: Shop, *products: Product, value: str = "10", **more: Any) -> tuple[str, str]:
    """Make a voucher for products; return its id and its code."""
    code = f"SOUK{shop.market.unique}".upper()
    given = {
        "type": "SPECIFIC_PRODUCT",
        "name": "Souk",
        "addCodes": [code],
        "discountValueType": "PERCENTAGE",
        "startDate": (datetime.now(UTC) - timedelta(days=1)).isoformat(),
        "products": [product.id for product in products],
        **more,
    }
    made: str = shop.app_done("CreateVoucher", input=given)["voucher"]["id"]
    listing = {"channelId": shop.market.channel, "discountValue": value}
    shop.app_done("SetVoucherValues", id=made, input={"addChannels": [listing]})
    return made, code


def enter(shop: Shop, checkout: str, code: str) -> dict[str, Any]:
    payload: dict[str, Any] = shop.engine.buyer("AddPromoCode", id=checkout, promoCode=code)
    return dict(payload["checkoutAddPromoCode"])
