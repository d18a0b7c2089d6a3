"""Paid, and then the goods were gone: the money goes back at once, and once only."""

from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone

from marketplace.core.actors import Actor
from marketplace.events import DOMAIN_EVENTS
from marketplace.payments import services, sync
from marketplace.payments.handlers import on_paid_checkout_failed
from marketplace.payments.models import Payment
from marketplace.saleor.errors import EngineUnavailable
from tests.factories.vendors import make_programme, make_staff
from tests.payments.world import Sale, make_sale

pytestmark = pytest.mark.django_db
BY = Actor.system("sweep")


@pytest.fixture
def sale(settings: Any) -> Sale:
    settings.TEST_PAYMENTS = True
    return make_sale()


@pytest.fixture
def given_back(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    asked: list[int] = []

    def return_payment(payment: Payment) -> bool:
        asked.append(payment.charged_minor)
        return True

    monkeypatch.setattr("marketplace.payments.engine.return_payment", return_payment)
    return asked


@pytest.fixture(autouse=True)
def no_order(monkeypatch: pytest.MonkeyPatch) -> None:
    """The engine made no order of the checkout."""
    monkeypatch.setattr("marketplace.payments.engine.order_came_of", lambda _p: False)


def failed(sale: Sale) -> dict[str, Any]:
    return {
        "order_id": str(sale.order_id),
        "checkout_id": str(sale.attempt.checkout_id),
        "transaction_id": str(uuid4()),
        "payment_method": "card",
        "currency": "MAD",
        "amount_minor": 67_500,
    }


def test_the_event_is_heard() -> None:
    assert DOMAIN_EVENTS["PaidCheckoutFailed"] == (
        "marketplace.payments.handlers.on_paid_checkout_failed",
    )


def test_a_payment_of_a_failed_checkout_goes_back_once(
    sale: Sale, given_back: list[int], caplog: pytest.LogCaptureFixture
) -> None:
    sync.transaction_initialize(sale.pay_payload())

    on_paid_checkout_failed(failed(sale))
    on_paid_checkout_failed(failed(sale))
    assert given_back == []
    settled = [services.settle_returns(by=BY) for _twice in range(2)]

    assert settled == [1, 0]
    assert given_back == [67_500]
    payment = Payment.objects.get()
    assert (payment.state, payment.refunded_minor) == ("refunded", 67_500)
    assert [record.levelname for record in caplog.records] == ["WARNING", "WARNING"]
    assert "1 of its payments go back" in caplog.messages[0]


def test_the_buyer_and_the_staff_are_told_once_each_in_their_language(
    sale: Sale, given_back: list[int], mailoutbox: list[Any]
) -> None:
    sale.attempt.lines = [{**line, "title": "Tapis"} for line in sale.attempt.lines]
    sale.attempt.save()
    coordinator = make_staff(sale.programme)
    coordinator.language = "ar"
    coordinator.save()
    make_staff(make_programme("other"))
    make_staff(sale.programme, "observer")
    sync.transaction_initialize(sale.pay_payload())

    on_paid_checkout_failed(failed(sale))
    on_paid_checkout_failed(failed(sale))

    buyer, staff = mailoutbox
    assert buyer.to == ["buyer@example.org"]
    assert buyer.extra_headers["Content-Language"] == "fr"
    assert "675,00\u00a0DH" in buyer.body
    assert "Tapis" in buyer.body
    assert "buyer@example.org" not in staff.body
    assert staff.to == [coordinator.email]
    assert staff.extra_headers["Content-Language"] == "ar"
    assert str(sale.order_id) in staff.body
    assert sale.weavers.legal_name in staff.body


def test_an_order_that_came_after_all_keeps_its_payment(sale: Sale, given_back: list[int]) -> None:
    sync.transaction_initialize(sale.pay_payload())
    sale.place()

    on_paid_checkout_failed(failed(sale))
    services.settle_returns(by=BY)

    assert given_back == []
    assert Payment.objects.get().state == "charged"


def test_an_order_that_the_engine_made_after_all_keeps_its_payment(
    sale: Sale, given_back: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    sync.transaction_initialize(sale.pay_payload())
    on_paid_checkout_failed(failed(sale))
    monkeypatch.setattr("marketplace.payments.engine.order_came_of", lambda _p: True)

    settled = services.settle_returns(by=BY)

    payment = Payment.objects.get()
    assert (settled, given_back) == (0, [])
    assert (payment.state, payment.returned_at, payment.check_at) == ("charged", None, None)


def test_heard_before_the_payment_it_does_nothing(sale: Sale, given_back: list[int]) -> None:
    on_paid_checkout_failed(failed(sale))

    assert given_back == []
    assert not Payment.objects.exists()


def test_another_orders_payment_stays(sale: Sale, given_back: list[int]) -> None:
    sync.transaction_initialize(sale.pay_payload())

    on_paid_checkout_failed({**failed(sale), "order_id": str(uuid4())})

    assert given_back == []


def test_with_the_engine_unavailable_the_sweep_gives_it_back_later(
    sale: Sale, monkeypatch: pytest.MonkeyPatch
) -> None:
    sync.transaction_initialize(sale.pay_payload())

    def unavailable(_payment: Payment) -> bool:
        raise EngineUnavailable("away")

    with monkeypatch.context() as patched:
        patched.setattr("marketplace.payments.engine.return_payment", unavailable)
        on_paid_checkout_failed(failed(sale))
        services.settle_returns(by=BY)
    waiting = Payment.objects.get()
    assert waiting.state == "charged"
    assert waiting.check_at is not None

    Payment.objects.update(check_at=timezone.now())
    monkeypatch.setattr("marketplace.payments.engine.return_payment", lambda _p: True)
    settled = services.settle_returns(by=BY)

    assert settled == 1
    assert Payment.objects.get().state == "refunded"
