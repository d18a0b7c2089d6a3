"""Stripe's webhooks: forged, replayed, doubled, out of order, and what they bring about."""

import time
from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client

from marketplace.core.actors import Actor
from marketplace.core.models import DomainEvent
from marketplace.core.worker import work_off
from marketplace.orders.models import CheckoutAttempt, Order
from marketplace.orders.services import checkout
from marketplace.payments import services
from marketplace.payments.models import (
    ExternalPayment,
    Payment,
    PaymentDispute,
    ProviderNotification,
)
from marketplace.payments.provider_notifications import handle_notifications
from marketplace.saleor import ids
from marketplace.saleor.gateway import app_client
from tests.fakes.stripe import VISA, FakeStripe
from tests.orders.conftest import made_world
from tests.orders.world import World
from tests.payments.card_traces import traces_of_a_card

__all__ = ["made_world"]

pytestmark = pytest.mark.django_db
URL = "/payments/stripe/webhook/"
BY = Actor.system("test")


@pytest.fixture
def world(made_world: World, db: None, fake: FakeStripe) -> World:
    del fake
    return made_world


def begun(world: World) -> CheckoutAttempt:
    """A buyer in front of Stripe's fields."""
    attempt = world.begun(rug=1)
    outcome = checkout.pay(
        attempt=attempt, method="card", data={"provider": "stripe", "way": "fields"}
    )
    assert outcome.state == "second_step"
    return attempt


def paid_order(world: World, fake: FakeStripe) -> Order:
    """Paid in the browser, told by webhook."""
    attempt = begun(world)
    fake.pay(ExternalPayment.objects.get().reference, VISA)
    deliver(fake, *fake.events)
    work_off()
    return Order.objects.get(pk=attempt.order_id)


def post(client: Client, body: bytes, signature: str) -> int:
    answer = client.post(
        URL, body, content_type="application/json", headers={"Stripe-Signature": signature}
    )
    return int(answer.status_code)


def deliver(fake: FakeStripe, *events: Any) -> list[int]:
    return [post(Client(), *fake.deliver(event)) for event in events]


def told(name: str) -> list[dict[str, Any]]:
    return [event.payload for event in DomainEvent.objects.filter(name=name).order_by("pk")]


def engine_order(order: Order) -> Any:
    return app_client().order_by_id(ids.global_id(ids.ORDER, order.pk)).order


def test_a_forged_or_old_webhook_is_refused_and_nothing_is_stored(
    world: World, fake: FakeStripe, client: Client
) -> None:
    begun(world)
    fake.pay(ExternalPayment.objects.get().reference)
    event = fake.events[-1]
    body, signature = fake.deliver(event)

    forged = post(client, *fake.deliver(event, secret="whsec_another"))
    old = post(client, *fake.deliver(event, at=int(time.time()) - 3600))
    changed = post(client, body.replace(b"succeeded", b"processed"), signature)
    unsigned = post(client, body, "")

    assert [forged, old, changed, unsigned] == [400, 400, 400, 400]
    assert not ProviderNotification.objects.exists()
    work_off()
    assert Payment.objects.get().state == "pending"


def test_a_buyer_who_paid_and_closed_the_page_gets_the_order(
    world: World, fake: FakeStripe
) -> None:
    order = paid_order(world, fake)

    payment = Payment.objects.get()
    assert (payment.state, payment.charged_minor) == ("charged", order.total_minor)
    assert (order.payment_method, order.payment_status) == ("card", "paid")
    charged = engine_order(order).total_charged.fractional_amount
    assert int(charged) == order.total_minor
    (captured,) = told("PaymentCaptured")
    assert (captured["provider"], captured["method"]) == ("stripe", "card")
    assert captured["amount_minor"] == order.total_minor


def test_replayed_and_reordered_webhooks_change_nothing(world: World, fake: FakeStripe) -> None:
    # given
    order = paid_order(world, fake)
    events = list(fake.events)

    # when
    answers = deliver(fake, *reversed(events), *events)
    ProviderNotification.objects.update(handled_at=None)
    work_off()

    # then
    assert set(answers) == {200}
    assert ProviderNotification.objects.count() == len(events)
    assert Payment.objects.count() == Order.objects.count() == 1
    assert len(told("PaymentCaptured")) == len(told("PaymentFeeCharged")) == 1
    assert int(engine_order(order).total_charged.fractional_amount) == order.total_minor


def test_a_notice_holds_nothing_of_the_card(world: World, fake: FakeStripe) -> None:
    paid_order(world, fake)

    assert traces_of_a_card(ProviderNotification.objects.all()) == []


def test_the_fee_is_told_once(world: World, fake: FakeStripe) -> None:
    order = paid_order(world, fake)

    (fee,) = told("PaymentFeeCharged")
    expected = order.total_minor * 290 // 10_000 + 30
    assert (fee["fee_minor"], fee["currency"], fee["provider"]) == (expected, "MAD", "stripe")
    assert fee["order_id"] == str(order.pk)
    assert fee["key"].startswith("stripe:txn_")


def test_with_stripe_unavailable_a_notice_waits(world: World, fake: FakeStripe) -> None:
    begun(world)
    fake.pay(ExternalPayment.objects.get().reference)
    for _attempt in range(2):
        fake.fail("get", "payment_intents/.*", done=False)
    deliver(fake, fake.events[-1])

    assert handle_notifications() == 0
    assert Payment.objects.get().state == "pending"
    ProviderNotification.objects.update(check_at=datetime.now(UTC))
    assert handle_notifications() == 1
    assert Payment.objects.get().state == "charged"


@pytest.mark.parametrize("won", [True, False])
def test_a_dispute_takes_the_money_until_it_is_decided(
    world: World, fake: FakeStripe, *, won: bool
) -> None:
    # given
    order = paid_order(world, fake)
    (charge,) = fake.books.all_of("charge")
    before = len(fake.events)
    dispute = fake.dispute(charge["id"])

    # when
    deliver(fake, *fake.events[before:])
    work_off()
    during = int(engine_order(order).total_charged.fractional_amount)
    fake.decide(dispute["id"], won=won)
    deliver(fake, *reversed(fake.events[before:]))
    work_off()

    # then
    (opened,) = told("DisputeOpened")
    assert (opened["amount_minor"], opened["fee_minor"]) == (order.total_minor, 1500)
    assert opened["order_id"] == str(order.pk)
    assert (len(told("DisputeWon")), len(told("DisputeLost"))) == ((1, 0) if won else (0, 1))
    after = int(engine_order(order).total_charged.fractional_amount)
    assert (during, after) == (0, order.total_minor if won else 0)
    assert PaymentDispute.objects.get().state == ("won" if won else "lost")


def test_a_dispute_heard_of_when_it_is_over_is_told_from_its_beginning(
    world: World, fake: FakeStripe
) -> None:
    paid_order(world, fake)
    (charge,) = fake.books.all_of("charge")
    fake.decide(fake.dispute(charge["id"])["id"], won=False)

    deliver(fake, fake.events[-1])
    work_off()

    names = DomainEvent.objects.filter(name__startswith="Dispute").order_by("pk")
    assert [event.name for event in names] == ["DisputeOpened", "DisputeLost"]


def test_a_refund_goes_to_stripe_once_under_its_own_key(world: World, fake: FakeStripe) -> None:
    order = paid_order(world, fake)
    part = world.part(order, world.weavers)

    refund = services.make_refund(
        vendor_order=part, lines={}, include_shipping=True, reason="Retard", by=BY
    )
    work_off()

    (made,) = fake.books.all_of("refund")
    assert (made["amount"], made["metadata"]["refund"]) == (
        refund.total_minor,
        refund.psp_reference,
    )
    refund.refresh_from_db()
    assert refund.state == "made"
    assert int(engine_order(order).total_refunded.fractional_amount) == refund.total_minor


def test_a_refund_whose_answer_was_lost_is_made_once(world: World, fake: FakeStripe) -> None:
    order = paid_order(world, fake)
    part = world.part(order, world.weavers)
    fake.fail("post", "refunds", done=True)
    fake.fail("post", "refunds", done=True)

    refund = services.make_refund(
        vendor_order=part, lines={}, include_shipping=True, reason="Retard", by=BY
    )
    refund.__class__._base_manager.update(check_at=datetime.now(UTC))
    work_off()

    refund.refresh_from_db()
    assert refund.state == "made"
    assert len(fake.books.all_of("refund")) == 1
    assert int(engine_order(order).total_refunded.fractional_amount) == refund.total_minor


def test_stripes_payouts_are_told_and_their_return_too(fake: FakeStripe) -> None:
    payout = fake.pay_out(12_345, "eur")
    deliver(fake, fake.events[-1], fake.events[-1])
    handle_notifications()
    fake.return_payout(payout["id"])
    deliver(fake, fake.events[-1])
    handle_notifications()

    first, second = told("ProviderPaidOut")
    assert (first["amount_minor"], first["currency"]) == (12_345, "EUR")
    assert (first["key"], first["reference"]) == (
        f"stripe:payout:{payout['id']}",
        f"TRACE-{payout['id']}",
    )
    assert (second["amount_minor"], second["key"]) == (
        -12_345,
        f"stripe:payout-returned:{payout['id']}",
    )


def test_what_is_left_lying_is_closed_and_cannot_be_paid_later(
    world: World, fake: FakeStripe
) -> None:
    begun(world)
    intent = ExternalPayment.objects.get().reference

    assert services.close_abandoned_payments(by=BY) == 0
    Payment.objects.update(created_at=datetime(2026, 1, 1, tzinfo=UTC))
    assert services.close_abandoned_payments(by=BY) == 1

    assert fake.books.get("payment_intent", intent)["status"] == "canceled"
    assert Payment.objects.get().state == "failed"
    assert services.close_abandoned_payments(by=BY) == 0
