"""Vouchers for tests of orders, made as a cooperative or as staff make them."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from marketplace.orders.models import DiscountBearer, Voucher, VoucherState
from marketplace.orders.services.vouchers import NewVoucher, make_voucher, stop_voucher
from tests.orders.world import BY, World
from vendors.models import Cooperative

__all__ = ["given", "open_voucher", "stop_voucher"]


def given(code: str = "SOUK2026", **changes: Any) -> NewVoucher:
    """Ten per cent off in Morocco for a month, unless told otherwise."""
    now = timezone.now()
    wanted: dict[str, Any] = {
        "code": code,
        "name": "",
        "kind": "percent",
        "percent": 10,
        "markets": [("ma", None, 0)],
        "starts_at": now - timedelta(days=1),
        "ends_at": now + timedelta(days=30),
    }
    return NewVoucher(**wanted | changes)


def open_voucher(
    world: World, *, bearer: str = "cooperative", owner: Cooperative | None = None, **changes: Any
) -> Voucher:
    """A voucher that can be used: of a cooperative, or one that others bear, confirmed."""
    made = make_voucher(cooperative=owner or world.growers, wanted=given(**changes), by=BY)
    if bearer != DiscountBearer.COOPERATIVE:
        made.bearer, made.state = bearer, VoucherState.OPEN
        made.cooperative_id = owner.pk if owner else None
        made.save()
    return made
