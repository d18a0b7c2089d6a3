"""Money back to a buyer: exactly once, never more than was paid."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.utils import timezone

from marketplace.core.actors import Actor
from marketplace.core.models import AuditEntry, DomainEvent
from marketplace.orders.models import VendorOrder
from marketplace.payments import services, sync
from marketplace.payments.errors import (
    DeliveryAlreadyRefunded,
    MoreThanBought,
    NothingToRefund,
    NotPaidYet,
    RefundedMeanwhile,
    RefundRefused,
)
from marketplace.payments.models import Payment, Refund
from marketplace.payments.services.refund import confirm_refund
from marketplace.payments.services.request_refund import request_refund
from marketplace.saleor.errors import EngineRefused, EngineUnavailable
from tests.factories.vendors import make_user
from tests.payments.world import PLACED, Sale, make_sale
from vendors.scoping import Crossing

pytestmark = pytest.mark.django_db
BY = Actor.system("test")


class Bank:
    """The engine's side of refunds: answers yes, no, later, or not at all."""

    def __init__(self) -> None:
        self.asked: list[int] = []
        self.reachable = True
        self.answers_at_once = True
        self.refuses: list[str] = []

    def refund(self, wanted: Refund) -> bool:
        if not self.reachable:
            raise EngineUnavailable
        if self.refuses:
            raise EngineRefused([{"code": code} for code in self.refuses])
        self.asked.append(wanted.total_minor)
        return self.answers_at_once


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
        by=BY,
        seen=seen,
    )


def test_each_unit_gives_back_its_own_share(sale: Sale, bank: Bank) -> None:
    # given three units that together cost 100.00
    weavers, _growers = parts(sale)
    line = weavers.lines.get()

    given_back = [refund_of(weavers, {line.pk: 1}).goods_minor for _ in range(3)]

    assert given_back == [3_334, 3_333, 3_333]
    with pytest.raises(MoreThanBought) as refused:
        refund_of(weavers, {line.pk: 1})
    assert refused.value.params == {"title": line.title, "left": 0}


def test_a_refund_keeps_who_asked_when_and_why(sale: Sale, bank: Bank) -> None:
    # given
    weavers, growers = parts(sale)
    line, person = growers.lines.get(), make_user()
    then = PLACED + timedelta(days=3)

    # when
    refund = services.make_refund(
        vendor_order=growers,
        lines={line.pk: 1, weavers.lines.get().pk: 0},
        include_shipping=True,
        reason="y" * 301,
        by=person.actor,
        occurred_at=then,
    )

    # then
    assert (refund.order_id, refund.vendor_order_id) == (sale.order_id, growers.pk)
    assert (refund.cooperative, refund.currency) == (sale.growers, "MAD")
    assert (refund.goods_minor, refund.shipping_minor) == (50_000, 4_500)
    assert (refund.requested_by, refund.occurred_at) == (person, then)
    assert refund.reason == "y" * 300
    assert (refund.state, refund.last_error) == ("made", "")
    assert refund.made_at is not None
    assert [(x.line_id, x.quantity, x.amount_minor) for x in refund.lines.all()] == [
        (line.pk, 1, 50_000)
    ]
    [event] = told("RefundMade")
    expected = {
        "refund_id": str(refund.pk),
        "vendor_order_id": str(growers.pk),
        "order_id": str(sale.order_id),
        "programme_id": str(sale.programme.pk),
        "goods_minor": 50_000,
        "shipping_minor": 4_500,
        "payment_method": "card",
    }
    assert expected.items() <= event.items()
    written = AuditEntry.objects.filter(action__in=["refund.requested", "refund.made"])
    assert [entry.details["total_minor"] for entry in written] == [54_500, 54_500]


def test_a_refund_of_which_the_page_did_not_know_stops_the_next(sale: Sale, bank: Bank) -> None:
    weavers, _growers = parts(sale)

    def click(seen: int) -> None:
        refund_of(weavers, {weavers.lines.get().pk: 1}, seen=seen)

    click(seen=0)
    with pytest.raises(RefundedMeanwhile):
        click(seen=0)
    click(seen=1)
    assert refunds().count() == 2


def test_a_refund_that_the_engine_refuses_counts_for_nothing(sale: Sale, bank: Bank) -> None:
    # given
    weavers, _growers = parts(sale)
    bank.refuses = ["REFUSED", "TOO_LATE"]

    def ask() -> Refund:
        return refund_of(weavers, {weavers.lines.get().pk: 3}, shipping=True, seen=0)

    # when
    with pytest.raises(RefundRefused):
        ask()

    # then
    failed = refunds().get()
    assert (failed.state, failed.last_error) == ("failed", "REFUSED, TOO_LATE")
    assert told("RefundMade") == []
    bank.refuses = []
    assert services.send_refund(refund_id=failed.pk, by=BY).state == "failed"
    assert bank.asked == []
    assert ask().total_minor == 13_000


def test_a_refund_that_failed_is_made_if_the_money_went_back_after_all(sale: Sale) -> None:
    weavers, _growers = parts(sale)
    refund = request_refund(
        vendor_order=weavers, lines={}, include_shipping=True, reason="x", by=BY
    )
    refunds().update(state="failed")

    assert confirm_refund(refund_id=refund.pk, by=BY).state == "made"


def test_a_refund_is_looked_at_again_until_the_engine_has_made_it(sale: Sale, bank: Bank) -> None:
    # given
    weavers, _growers = parts(sale)
    bank.answers_at_once = False
    asked_at = timezone.now()

    # when
    refund = refund_of(weavers, shipping=True)

    # then
    assert (refund.state, refund.made_at) == ("sent", None)
    assert asked_at < refund.check_at < timezone.now() + timedelta(seconds=2)
    for _ in range(2):
        confirm_refund(refund_id=refund.pk, by=BY)
    assert len(told("RefundMade")) == 1


def test_while_it_is_sent_from_here_the_worker_leaves_a_refund_alone(
    sale: Sale, bank: Bank
) -> None:
    weavers, _growers = parts(sale)
    bank.reachable = False

    with pytest.raises(EngineUnavailable):
        refund_of(weavers, shipping=True)

    assert refunds().get().check_at > timezone.now() + timedelta(seconds=30)


def test_only_a_payment_that_still_holds_the_money_gives_it_back(sale: Sale, bank: Bank) -> None:
    weavers, growers = parts(sale)
    refund_of(weavers, shipping=True)

    def rest() -> Refund:
        return refund_of(growers, {growers.lines.get().pk: 1}, shipping=True)

    for changes in (
        {"charged_minor": 3_000 + 54_500 - 1, "returned_at": None},
        {"charged_minor": 67_500, "returned_at": timezone.now()},
    ):
        Payment.objects.update(**changes)
        with pytest.raises(NotPaidYet):
            rest()
    Payment.objects.update(charged_minor=3_000 + 54_500, returned_at=None)
    assert rest().total_minor == 54_500


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
