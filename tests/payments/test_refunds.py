"""Money back to a buyer: exactly once, never more than was paid."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from marketplace.core.models import AuditEntry
from marketplace.payments import services, sync
from marketplace.payments.errors import (
    DeliveryAlreadyRefunded,
    MoreThanBought,
    NothingToRefund,
    NotPaidYet,
    RefundedMeanwhile,
)
from marketplace.payments.models import Payment, Refund
from tests.factories.vendors import make_user
from tests.payments.refund_world import (
    MACHINE,
    Till,
    paid_sale,
    parts,
    refund_of,
    refunds,
    stand_in,
    told,
)
from tests.payments.world import PLACED, Sale, make_sale

pytestmark = pytest.mark.django_db


@pytest.fixture
def till(monkeypatch: pytest.MonkeyPatch) -> Till:
    return stand_in(monkeypatch)


@pytest.fixture
def sale(settings: Any) -> Sale:
    return paid_sale(settings)


def test_a_payment_is_told_once_with_its_parts(sale: Sale) -> None:
    services.capture_payments(order_id=sale.order_id)

    [event] = told("PaymentCaptured")
    assert (event["amount_minor"], event["currency"], event["method"]) == (67_500, "MAD", "card")
    assert {(p["goods_minor"], p["shipping_minor"]) for p in event["parts"]} == {
        (10_000, 3_000),
        (50_000, 4_500),
    }


def test_one_line_refunded_in_two_goes_gives_back_exactly_what_it_cost(
    sale: Sale, till: Till
) -> None:
    # given three units that together cost 100.00
    weavers, _growers = parts(sale)
    line = weavers.lines.get()

    # when
    first = services.make_refund(
        vendor_order=weavers,
        lines={line.pk: 1},
        include_shipping=False,
        reason="broken",
        by=MACHINE,
    )
    rest = services.make_refund(
        vendor_order=weavers, lines={line.pk: 2}, include_shipping=True, reason="rest", by=MACHINE
    )

    # then
    assert first.goods_minor + rest.goods_minor == 10_000
    assert (first.shipping_minor, rest.shipping_minor) == (0, 3_000)
    assert till.paid_back == [first.total_minor, rest.total_minor]
    events = told("RefundMade")
    assert [e["goods_minor"] for e in events] == [first.goods_minor, rest.goods_minor]
    assert events[0]["lines"] == [
        {"line_id": str(line.pk), "quantity": 1, "amount_minor": first.goods_minor}
    ]
    assert events[0]["cooperative_id"] == str(sale.weavers.pk)


def test_more_than_was_bought_cannot_be_refunded(sale: Sale, till: Till) -> None:
    weavers, _growers = parts(sale)
    line = weavers.lines.get()
    services.make_refund(
        vendor_order=weavers, lines={line.pk: 2}, include_shipping=True, reason="x", by=MACHINE
    )

    with pytest.raises(MoreThanBought):
        services.make_refund(
            vendor_order=weavers, lines={line.pk: 2}, include_shipping=False, reason="x", by=MACHINE
        )
    with pytest.raises(DeliveryAlreadyRefunded):
        services.make_refund(
            vendor_order=weavers, lines={}, include_shipping=True, reason="x", by=MACHINE
        )
    assert refunds().count() == 1
    assert len(till.paid_back) == 1


def test_how_many_are_left_is_said(sale: Sale, till: Till) -> None:
    weavers, _growers = parts(sale)
    weavers.lines.update(quantity=4)
    line = weavers.lines.get()
    refund_of(weavers, {line.pk: 1})

    with pytest.raises(MoreThanBought) as refused:
        refund_of(weavers, {line.pk: 4})
    assert refused.value.params == {"title": line.title, "left": 3}


def test_another_cooperatives_line_is_not_refunded(sale: Sale, till: Till) -> None:
    weavers, growers = parts(sale)

    with pytest.raises(MoreThanBought):
        services.make_refund(
            vendor_order=weavers,
            lines={growers.lines.get().pk: 1},
            include_shipping=False,
            reason="x",
            by=MACHINE,
        )
    assert till.paid_back == []


def test_an_empty_refund_is_refused(sale: Sale, till: Till) -> None:
    weavers, _growers = parts(sale)

    with pytest.raises(NothingToRefund):
        services.make_refund(
            vendor_order=weavers, lines={}, include_shipping=False, reason="x", by=MACHINE
        )
    assert not refunds().exists()


def test_cash_that_nobody_brought_back_is_not_refunded(settings: Any, till: Till) -> None:
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
            by=MACHINE,
        )
    assert not refunds().exists()


def test_each_unit_gives_back_its_own_share(sale: Sale, till: Till) -> None:
    # given three units that together cost 100.00
    weavers, _growers = parts(sale)
    line = weavers.lines.get()

    given_back = [refund_of(weavers, {line.pk: 1}).goods_minor for _ in range(3)]

    assert given_back == [3_334, 3_333, 3_333]
    with pytest.raises(MoreThanBought) as refused:
        refund_of(weavers, {line.pk: 1})
    assert refused.value.params == {"title": line.title, "left": 0}
    assert not AuditEntry.objects.filter(action="refund.made_after_failure").exists()


def test_a_refund_keeps_who_asked_when_and_why(sale: Sale, till: Till) -> None:
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


def test_a_refund_of_which_the_page_did_not_know_stops_the_next(sale: Sale, till: Till) -> None:
    weavers, _growers = parts(sale)

    def click(seen: int) -> None:
        refund_of(weavers, {weavers.lines.get().pk: 1}, seen=seen)

    click(seen=0)
    with pytest.raises(RefundedMeanwhile):
        click(seen=0)
    click(seen=1)
    assert refunds().count() == 2


def test_only_a_payment_that_still_holds_the_money_gives_it_back(sale: Sale, till: Till) -> None:
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
