"""Payments and refunds on the embedded engine, from the buyer's card to the engine's books."""

from typing import Any

import pytest
from django.utils import timezone

from marketplace.core.actors import Actor
from marketplace.core.models import DomainEvent
from marketplace.orders.services.fetching import bring_in
from marketplace.payments import engine, refund_grants, services
from marketplace.payments.handlers import on_engine_order_changed
from marketplace.payments.models import Payment, Refund
from marketplace.saleor import ids
from marketplace.saleor.gateway import app_client
from marketplace.saleor.webhooks.events import read_event
from tests.orders.conftest import made_world, world
from tests.orders.world import World
from vendors.scoping import Crossing

__all__ = ["made_world", "world"]

pytestmark = pytest.mark.django_db
BY = Actor.system("test")


def engine_order(order: Any) -> Any:
    return app_client().order_by_id(ids.global_id(ids.ORDER, order.pk)).order


def test_one_line_is_refunded_once_at_the_engine_too(world: World) -> None:
    # given
    order = world.placed(rug=1, honey=2)
    services.capture_payments(order_id=order.pk)
    part = world.part(order, world.growers)
    line = part.lines.get()

    # when
    refund = services.make_refund(
        vendor_order=part, lines={line.pk: 1}, include_shipping=False, reason="Cassé", by=BY
    )
    services.send_refund(refund_id=refund.pk, by=BY)

    # then
    found = engine_order(order)
    assert refund.state == "made"
    assert refund.goods_minor == 9_500
    assert int(found.total_refunded.fractional_amount) == 9_500
    assert [g.status.value for g in found.granted_refunds] == ["SUCCESS"]
    assert DomainEvent.objects.filter(name="RefundMade").count() == 1


def test_a_crash_after_the_engines_answer_does_not_refund_twice(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    # given the refund that the engine has made, while we died before writing it down
    order = world.placed(rug=1, honey=2)
    services.capture_payments(order_id=order.pk)
    part = world.part(order, world.weavers)
    with monkeypatch.context() as patch:
        patch.setattr(
            "marketplace.payments.services.refund.confirm_refund",
            lambda **_kwargs: (_ for _ in ()).throw(SystemExit),
        )
        with pytest.raises(SystemExit):
            services.make_refund(
                vendor_order=part, lines={}, include_shipping=True, reason="Retard", by=BY
            )
    Refund.objects.crossing(Crossing.BUYER_ORDER).update(check_at=timezone.now())

    # when
    finished = services.settle_open_refunds(by=BY)

    # then
    assert finished == 1
    refund = Refund.objects.crossing(Crossing.BUYER_ORDER).get()
    assert refund.state == "made"
    assert int(engine_order(order).total_refunded.fractional_amount) == refund.total_minor
    assert DomainEvent.objects.filter(name="RefundMade").count() == 1


def test_two_who_send_a_refund_at_once_make_it_once(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    # given a worker that sends the refund while the page is about to have it granted
    order = world.placed(rug=1, honey=2)
    services.capture_payments(order_id=order.pk)
    part = world.part(order, world.growers)
    line = part.lines.get()
    grant = refund_grants._make_grant

    def after_another(wanted: Refund) -> Any:
        monkeypatch.setattr(refund_grants, "_make_grant", grant)
        services.send_refund(refund_id=wanted.pk, by=BY)
        return grant(wanted)

    monkeypatch.setattr(refund_grants, "_make_grant", after_another)

    # when
    refund = services.make_refund(
        vendor_order=part, lines={line.pk: 2}, include_shipping=False, reason="Cassé", by=BY
    )

    # then
    found = engine_order(order)
    assert refund.state == "made"
    assert len(found.granted_refunds) == 1
    assert int(found.total_refunded.fractional_amount) == refund.total_minor
    assert DomainEvent.objects.filter(name="RefundMade").count() == 1


def test_what_the_engine_has_under_way_is_no_refused_refund(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    # given a read from before the engine began with the refund
    order = world.placed(rug=1, honey=2)
    services.capture_payments(order_id=order.pk)
    part = world.part(order, world.weavers)
    refund = services.request_refund(
        vendor_order=part, lines={}, include_shipping=True, reason="Retard", by=BY
    )
    old, granted = refund_grants.grant_once(refund)
    services.send_refund(refund_id=refund.pk, by=BY)
    monkeypatch.setattr("marketplace.payments.engine.grant_once", lambda _wanted: (old, granted))

    # then
    assert engine.refund(refund) is True


def test_a_refund_that_a_page_sends_is_left_to_it(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    order = world.placed(rug=1, honey=2)
    services.capture_payments(order_id=order.pk)
    taken: list[int] = []

    def woken(**asked: Any) -> Refund:
        written = services.request_refund(**asked)
        taken.append(services.settle_open_refunds(by=BY))
        return written

    monkeypatch.setattr("marketplace.payments.services.refund.request_refund", woken)
    refund = services.make_refund(
        vendor_order=world.part(order, world.weavers),
        lines={}, include_shipping=True, reason="Retard", by=BY,
    )  # fmt: skip
    assert (taken, refund.state) == ([0], "made")


def test_a_wholly_refunded_order_is_not_paid(world: World) -> None:
    order = world.placed(rug=1, honey=2)
    services.capture_payments(order_id=order.pk)
    for cooperative in (world.weavers, world.growers):
        part = world.part(order, cooperative)
        services.make_refund(
            vendor_order=part,
            lines={line.pk: line.quantity for line in part.lines.all()},
            include_shipping=part.shipping_minor > 0,
            reason="Tout",
            by=BY,
        )

    on_engine_order_changed(
        read_event("order_paid", {"order": {"id": ids.global_id(ids.ORDER, order.pk)}})
    )

    assert bring_in(order.pk).payment_status == "refunded"
    payment = Payment.objects.get()
    assert (payment.state, payment.charged_minor, payment.refunded_minor) == (
        "refunded",
        order.total_minor,
        order.total_minor,
    )


def test_a_payment_whose_checkout_never_completed_goes_back(world: World) -> None:
    world.paid(rug=1)

    returned = services.return_payments_without_order(by=BY, older_than_minutes=0)

    assert returned == 1
    payment = Payment.objects.get()
    assert (payment.state, payment.refunded_minor) == ("refunded", payment.charged_minor)
    assert services.return_payments_without_order(by=BY, older_than_minutes=0) == 0
