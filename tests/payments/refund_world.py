"""A paid sale, an engine that refunds at once, and a low limit of what one person refunds alone."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest

from marketplace.core.actors import Actor
from marketplace.core.models import DomainEvent
from marketplace.orders.models import Order, VendorOrder
from marketplace.payments import refund_limits, services, sync
from marketplace.payments.models import Refund, RefundProposal
from marketplace.payments.refund_limits import RefundLimit
from marketplace.saleor.errors import EngineRefused, EngineUnavailable
from tests.payments.world import Sale, make_sale
from vendors.scoping import Crossing

# The sale: 100.00 + delivery 30.00 of the weavers, 500.00 + 45.00 of the growers.
ALONE = 20_000
OPEN_DAYS = 7
MACHINE = Actor.system("test")


class Till:
    """What the engine was asked to refund, in minor units; it says yes, no, later, or nothing."""

    def __init__(self) -> None:
        self.paid_back: list[int] = []
        self.reachable = True
        self.answers_at_once = True
        self.refuses: list[str] = []

    def refund(self, wanted: Refund) -> bool:
        if not self.reachable:
            raise EngineUnavailable
        if self.refuses:
            raise EngineRefused([{"code": code} for code in self.refuses])
        self.paid_back.append(wanted.total_minor)
        return self.answers_at_once


def limit(alone_minor: int = ALONE, *, days: int = 90, day_minor: int = 10_000_000) -> RefundLimit:
    return RefundLimit(
        date(2024, 1, 1), None, "", "MAD", alone_minor,
        timedelta(days=days), day_minor, timedelta(days=OPEN_DAYS),
    )  # fmt: skip


def stand_in(monkeypatch: pytest.MonkeyPatch) -> Till:
    """The engine's refunds are made by a till."""
    found = Till()
    monkeypatch.setattr("marketplace.payments.engine.refund", found.refund)
    return found


def set_limit(monkeypatch: pytest.MonkeyPatch, *rules: RefundLimit) -> None:
    monkeypatch.setattr(refund_limits, "known_limits", lambda: rules or (limit(),))


def paid_sale(settings: Any) -> Sale:
    settings.TEST_PAYMENTS = True
    found = make_sale()
    sync.transaction_initialize(found.pay_payload())
    found.place()
    services.capture_payments(order_id=found.order_id)
    return found


def part(sale: Sale, which: str = "growers") -> VendorOrder:
    return sale.part_of(Order.objects.get(pk=sale.order_id), getattr(sale, which))


def parts(sale: Sale) -> tuple[VendorOrder, VendorOrder]:
    """The weavers' part of the order, and the growers'."""
    return part(sale, "weavers"), part(sale)


def whole(vendor_order: VendorOrder) -> dict[str, Any]:
    """All of a vendor order, as the services take it."""
    units = {line.pk: line.quantity for line in vendor_order.lines.all()}
    return {
        "vendor_order": vendor_order, "lines": units, "include_shipping": True, "reason": "torn",
    }  # fmt: skip


def refunds() -> Any:
    return Refund.objects.crossing(Crossing.BUYER_ORDER)


def proposals() -> Any:
    return RefundProposal.objects.crossing(Crossing.BUYER_ORDER)


def told(name: str) -> list[dict[str, Any]]:
    """What events of a name said, in their order."""
    return [event.payload for event in DomainEvent.objects.filter(name=name).order_by("id")]


def refund_of(
    vendor_order: VendorOrder,
    lines: dict[UUID, int] | None = None,
    *,
    shipping: bool = False,
    seen: int | None = None,
) -> Refund:
    return services.make_refund(
        vendor_order=vendor_order,
        lines=lines or {},
        include_shipping=shipping,
        reason="x",
        by=MACHINE,
        seen=seen,
    )
