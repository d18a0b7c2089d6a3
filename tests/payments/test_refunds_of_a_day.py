"""What one person refunds alone within a day, of different orders: never above its limit.

Each order is of three pieces of 33.34 and 33.33 and a delivery of 30.00, and of one of 500.00.
"""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from catalog.markets import MARKETS
from marketplace.orders.models import Order, VendorOrder
from marketplace.payments import services
from marketplace.payments.errors import RefundRefused, SecondPersonNeeded, TooMuchADay
from marketplace.payments.models import Payment
from marketplace.payments.refund_limits import refund_limit
from tests.concurrency import at_once
from tests.factories import vendors as make
from tests.payments.refund_world import MACHINE, Till, limit, paid_sale, part, refunds, set_limit
from tests.payments.world import Sale
from vendors.models import User
from vendors.scoping import Crossing

# Two deliveries of 30.00 fit, a third one does not.
A_DAY = 8_000
ORDERS = 4


@pytest.fixture
def till(monkeypatch: pytest.MonkeyPatch) -> Till:
    found = Till()
    monkeypatch.setattr("marketplace.payments.engine.refund", found.refund)
    set_limit(monkeypatch, limit(10**7, day_minor=A_DAY))
    return found


@pytest.fixture
def sale(db: None, settings: Any, till: Till) -> Sale:
    return paid_sale(settings)


@pytest.fixture
def parts(sale: Sale) -> list[VendorOrder]:
    """The weavers' parts of several paid orders."""
    first = part(sale, "weavers")
    return [first, *(copy_of(sale, first, n) for n in range(1, ORDERS))]


def copy_of(sale: Sale, first: VendorOrder, number: int) -> VendorOrder:
    """Another order like the first one, with a payment of its own."""
    order = Order.objects.get(pk=sale.order_id)
    payment = Payment.objects.get(order_id=order.pk)
    order.pk, order.number, order.checkout_id = uuid4(), f"200{number}", uuid4()
    order.save(force_insert=True)
    payment.pk, payment.order_id = uuid4(), order.pk
    payment.psp_reference = f"copy-{number}"
    payment.save(force_insert=True)
    line = first.lines.get()
    copied: VendorOrder = VendorOrder.objects.crossing(Crossing.POLICY).get(pk=first.pk)
    copied.pk, copied.order, copied.number = uuid4(), order, f"200{number}-1"
    copied.save(force_insert=True)
    line.pk, line.vendor_order = uuid4(), copied
    line.save(force_insert=True)
    return copied


@pytest.fixture
def one(sale: Sale) -> User:
    return make.make_staff(sale.programme)


def delivery(of: VendorOrder, by: User) -> dict[str, Any]:
    return {
        "vendor_order": of, "lines": {}, "include_shipping": True, "reason": "late",
        "by": by.actor,
    }  # fmt: skip


def test_small_refunds_of_different_orders_share_a_limit(
    parts: list[VendorOrder], till: Till, one: User
) -> None:
    for of in parts[:2]:
        services.make_refund(**delivery(of, one))

    with pytest.raises(TooMuchADay) as refused:
        services.make_refund(**delivery(parts[2], one))

    assert "80.00" in str(refused.value)
    assert till.paid_back == [3_000, 3_000]
    # A person's day is nobody else's, and a day later it is another one.
    services.make_refund(**delivery(parts[2], make.make_staff(parts[0].programme)))
    with time_machine.travel(timezone.now() + timedelta(hours=24, seconds=1), tick=False):
        services.make_refund(**delivery(parts[3], one))


def test_what_a_second_person_confirmed_does_not_count(
    parts: list[VendorOrder], till: Till, one: User
) -> None:
    two = make.make_staff(parts[0].programme, "finance_approver")
    for of in parts[:2]:
        proposal = services.propose_refund(**delivery(of, one))
        services.confirm_refund_proposal(proposal=proposal, by=two.actor)

    for of in parts[2:]:
        services.make_refund(**delivery(of, one))
        # Nor does it count for whoever confirmed.
    assert sum(till.paid_back) == 4 * 3_000


def test_a_refused_refund_does_not_count(parts: list[VendorOrder], till: Till, one: User) -> None:
    for of in parts[:2]:
        services.make_refund(**delivery(of, one))
    refunds().filter(vendor_order_id=parts[0].pk).update(state="failed")

    services.make_refund(**delivery(parts[2], one))
    with pytest.raises(SecondPersonNeeded):
        services.make_refund(**delivery(parts[3], one))


def test_cancellations_count_too(parts: list[VendorOrder], one: User) -> None:
    services.make_refund(**delivery(parts[0], one))

    with pytest.raises(TooMuchADay):
        services.cancel_as_staff(vendor_order=parts[1], reason="torn", restock=True, by=one.actor)
    parts[1].refresh_from_db()
    assert parts[1].state == "placed"
    assert refunds().count() == 1


def test_the_shop_itself_has_no_day(parts: list[VendorOrder], till: Till) -> None:
    for of in parts:
        services.make_refund(**{**delivery(of, make.make_user()), "by": MACHINE})
    assert sum(till.paid_back) == ORDERS * 3_000


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(st.tuples(st.integers(0, ORDERS - 1), st.booleans()), max_size=10))
def test_whatever_the_steps_a_person_stays_below_the_limit_of_a_day(
    steps: list[tuple[int, bool]], parts: list[VendorOrder], till: Till
) -> None:
    person = make.make_staff(parts[0].programme)
    till.paid_back.clear()
    refunds().update(state="failed")
    for number, is_delivery in steps:
        asked = delivery(parts[number], person)
        if not is_delivery:
            asked |= {"lines": {parts[number].lines.get().pk: 1}, "include_shipping": False}
        try:
            services.make_refund(**asked)
        except RefundRefused:
            continue
    assert sum(till.paid_back) <= A_DAY


@pytest.mark.django_db(transaction=True)
def test_refunds_of_different_orders_at_once_stay_below_the_limit(
    transactional_db: None, settings: Any, till: Till
) -> None:
    found = paid_sale(settings)
    first = part(found, "weavers")
    orders = [first, *(copy_of(found, first, n) for n in range(1, ORDERS))]
    person = make.make_staff(found.programme)

    def act(of: VendorOrder) -> Callable[[], object]:
        return lambda: services.make_refund(**delivery(of, person))

    raised = at_once(*[act(of) for of in orders], *[act(of) for of in orders])

    assert sum(till.paid_back) == 2 * 3_000
    assert sum(refund.total_minor for refund in refunds()) == 2 * 3_000
    assert len(raised) == 2 * ORDERS - 2
    assert all(isinstance(error, RefundRefused) for error in raised)


def test_every_currency_of_the_shop_has_a_limit_of_a_day() -> None:
    for market in MARKETS:
        found = refund_limit(market.currency)
        assert found.day_minor >= found.alone_minor > 0
    assert refund_limit("CHF").day_minor == 0
