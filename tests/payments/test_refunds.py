"""Money back to a buyer: exactly once, never more than was paid."""

from typing import Any

import pytest

from marketplace.core.actors import Actor
from marketplace.core.models import DomainEvent
from marketplace.payments import services, sync
from marketplace.payments.errors import (
    DeliveryAlreadyRefunded,
    MoreThanBought,
    NothingToRefund,
    NotPaidYet,
)
from marketplace.payments.models import Payment, Refund
from marketplace.saleor.errors import EngineUnavailable
from tests.payments.world import Sale, make_sale
from vendors.scoping import Crossing

pytestmark = pytest.mark.django_db
BY = Actor.system("test")


class Bank:
    """The engine's side of refunds: answers yes, or not at all."""

    def __init__(self) -> None:
        self.asked: list[int] = []
        self.reachable = True

    def refund(self, wanted: Refund) -> bool:
        if not self.reachable:
            raise EngineUnavailable
        self.asked.append(wanted.total_minor)
        return True


@pytest.fixture
def bank(monkeypatch: pytest.MonkeyPatch) -> Bank:
    found = Bank()
    monkeypatch.setattr("marketplace.payments.engine.refund", found.refund)
    return found


@pytest.fixture
def sale(settings: Any) -> Sale:
    """A sale paid by card, whose order has arrived."""
    settings.TEST_PAYMENTS = True
    found = make_sale()
    sync.transaction_initialize(found.pay_payload())
    found.place()
    services.capture_payments(order_id=found.order_id)
    return found


def refunds() -> Any:
    return Refund.objects.crossing(Crossing.BUYER_ORDER)


def told(name: str) -> list[dict[str, Any]]:
    return [event.payload for event in DomainEvent.objects.filter(name=name).order_by("id")]


def parts(sale: Sale) -> Any:
    from marketplace.orders.models import Order

    order = Order.objects.get(pk=sale.order_id)
    return sale.part_of(order, sale.weavers), sale.part_of(order, sale.growers)


def test_a_payment_is_told_once_with_its_parts(sale: Sale) -> None:
    services.capture_payments(order_id=sale.order_id)

    [event] = told("PaymentCaptured")
    assert (event["amount_minor"], event["currency"], event["method"]) == (67_500, "MAD", "card")
    assert {(p["goods_minor"], p["shipping_minor"]) for p in event["parts"]} == {
        (10_000, 3_000),
        (50_000, 4_500),
    }


def test_one_line_refunded_in_two_goes_gives_back_exactly_what_it_cost(
    sale: Sale, bank: Bank
) -> None:
    # given three units that together cost 100.00
    weavers, _growers = parts(sale)
    line = weavers.lines.get()

    # when
    first = services.make_refund(
        vendor_order=weavers, lines={line.pk: 1}, include_shipping=False, reason="broken", by=BY
    )
    rest = services.make_refund(
        vendor_order=weavers, lines={line.pk: 2}, include_shipping=True, reason="rest", by=BY
    )

    # then
    assert first.goods_minor + rest.goods_minor == 10_000
    assert (first.shipping_minor, rest.shipping_minor) == (0, 3_000)
    assert bank.asked == [first.total_minor, rest.total_minor]
    events = told("RefundMade")
    assert [e["goods_minor"] for e in events] == [first.goods_minor, rest.goods_minor]
    assert events[0]["lines"] == [
        {"line_id": str(line.pk), "quantity": 1, "amount_minor": first.goods_minor}
    ]
    assert events[0]["cooperative_id"] == str(sale.weavers.pk)


def test_more_than_was_bought_cannot_be_refunded(sale: Sale, bank: Bank) -> None:
    weavers, _growers = parts(sale)
    line = weavers.lines.get()
    services.make_refund(
        vendor_order=weavers, lines={line.pk: 2}, include_shipping=True, reason="x", by=BY
    )

    with pytest.raises(MoreThanBought):
        services.make_refund(
            vendor_order=weavers, lines={line.pk: 2}, include_shipping=False, reason="x", by=BY
        )
    with pytest.raises(DeliveryAlreadyRefunded):
        services.make_refund(
            vendor_order=weavers, lines={}, include_shipping=True, reason="x", by=BY
        )
    assert refunds().count() == 1
    assert len(bank.asked) == 1


def test_another_cooperatives_line_is_not_refunded(sale: Sale, bank: Bank) -> None:
    weavers, growers = parts(sale)

    with pytest.raises(MoreThanBought):
        services.make_refund(
            vendor_order=weavers,
            lines={growers.lines.get().pk: 1},
            include_shipping=False,
            reason="x",
            by=BY,
        )
    assert bank.asked == []


def test_an_empty_refund_is_refused(sale: Sale, bank: Bank) -> None:
    weavers, _growers = parts(sale)

    with pytest.raises(NothingToRefund):
        services.make_refund(
            vendor_order=weavers, lines={}, include_shipping=False, reason="x", by=BY
        )
    assert not refunds().exists()


def test_cash_that_nobody_brought_back_is_not_refunded(settings: Any, bank: Bank) -> None:
    settings.TEST_PAYMENTS = True
    sale = make_sale(method="cod")
    sync.transaction_initialize(sale.pay_payload(method="cod"))
    sale.place()
    weavers, _growers = parts(sale)

    with pytest.raises(NotPaidYet):
        services.make_refund(
            vendor_order=weavers,
            lines={weavers.lines.get().pk: 1},
            include_shipping=False,
            reason="x",
            by=BY,
        )
    assert not refunds().exists()


def test_a_refund_is_sent_later_when_the_engine_is_unavailable(sale: Sale, bank: Bank) -> None:
    # given
    weavers, _growers = parts(sale)
    bank.reachable = False
    with pytest.raises(EngineUnavailable):
        services.make_refund(
            vendor_order=weavers, lines={}, include_shipping=True, reason="late", by=BY
        )
    assert [r.state for r in refunds()] == ["sent"]
    assert told("RefundMade") == []

    # when
    bank.reachable = True
    refund = services.send_refund(refund_id=refunds().get().pk, by=BY)
    services.send_refund(refund_id=refund.pk, by=BY)

    # then
    assert refund.state == "made"
    assert bank.asked == [3_000]
    assert len(told("RefundMade")) == 1


def test_a_payment_without_an_order_goes_back(
    settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    # given
    settings.TEST_PAYMENTS = True
    sale = make_sale()
    sync.transaction_initialize(sale.pay_payload())
    asked: list[int] = []

    def return_payment(payment: Payment) -> bool:
        asked.append(payment.charged_minor)
        return True

    monkeypatch.setattr("marketplace.payments.engine.return_payment", return_payment)
    monkeypatch.setattr("marketplace.payments.engine.order_came_of", lambda _p: False)

    # when
    too_early = services.return_payments_without_order(by=BY)
    returned = services.return_payments_without_order(by=BY, older_than_minutes=0)
    again = services.return_payments_without_order(by=BY, older_than_minutes=0)

    # then
    assert (too_early, returned, again) == (0, 1, 0)
    assert asked == [67_500]
    assert Payment.objects.get().state == "refunded"


def test_a_payment_with_its_order_stays(sale: Sale, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("marketplace.payments.engine.return_payment", lambda _p: pytest.fail("no"))

    assert services.return_payments_without_order(by=BY, older_than_minutes=0) == 0
