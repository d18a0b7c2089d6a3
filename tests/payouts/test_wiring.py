"""Events published by the rooms below reach the ledger through the outbox."""

from typing import Any

import pytest
from django.db import transaction

from marketplace.core.events import publish
from marketplace.core.models import EventDelivery
from marketplace.core.outbox import deliver_events
from marketplace.orders.events import ParcelDelivered, VendorOrderCancelled, VendorOrderPlaced
from marketplace.payments.events import CashRemitted, PaymentCaptured, RefundMade
from marketplace.payouts import handlers
from tests.payouts.world import SaleOf, Told, balances, make_cooperative, make_programme

pytestmark = pytest.mark.django_db

EVENTS: dict[Any, Any] = {
    handlers.on_vendor_order_placed: VendorOrderPlaced,
    handlers.on_payment_captured: PaymentCaptured,
    handlers.on_parcel_delivered: ParcelDelivered,
    handlers.on_cash_remitted: CashRemitted,
    handlers.on_refund_made: RefundMade,
    handlers.on_vendor_order_cancelled: VendorOrderCancelled,
}


@pytest.fixture(autouse=True)
def only_payouts_listen(monkeypatch: pytest.MonkeyPatch) -> None:
    """Other rooms' handlers want orders that this test does not make."""
    from marketplace.events import DOMAIN_EVENTS

    for name, paths in list(DOMAIN_EVENTS.items()):
        ours = tuple(path for path in paths if path.startswith("marketplace.payouts."))
        monkeypatch.setitem(DOMAIN_EVENTS, name, ours)


def tell(*told: Told) -> None:
    with transaction.atomic():
        for event in told:
            publish(EVENTS[event.handler].model_validate(event.payload))


def test_a_sale_goes_from_the_outbox_into_the_books() -> None:
    cooperative = make_cooperative(make_programme())
    card, cash = SaleOf(cooperative), SaleOf(cooperative, method="cod")
    tell(card.delivered(), card.placed(), card.captured(), card.refunded({0: 10_000}))
    tell(cash.placed(), cash.delivered(), cash.remitted())
    assert deliver_events() == 7
    assert not EventDelivery.objects.filter(delivered_at__isnull=True).exists()
    assert balances() == {
        "psp_clearing": 3_000,
        "bank": 13_000,
        "released": -8_800,
        "commission": -1_200,
        "shipping_payable": -6_000,
    }


def test_a_cancelled_order_too() -> None:
    sale = SaleOf(make_cooperative(make_programme()))
    tell(sale.placed(), sale.captured(), sale.cancelled())
    deliver_events()
    assert balances() == {"psp_clearing": 13_000, "buyer_refundable": -13_000}
