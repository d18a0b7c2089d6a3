"""A payment of which no order came goes back; one that has its order stays."""

from typing import Any

import pytest

from marketplace.payments import services, sync
from marketplace.payments.models import Payment
from tests.payments.refund_world import MACHINE, paid_sale
from tests.payments.world import make_sale

pytestmark = pytest.mark.django_db


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
    too_early = services.return_payments_without_order(by=MACHINE)
    returned = services.return_payments_without_order(by=MACHINE, older_than_minutes=0)
    again = services.return_payments_without_order(by=MACHINE, older_than_minutes=0)

    # then
    assert (too_early, returned, again) == (0, 1, 0)
    assert asked == [67_500]
    assert Payment.objects.get().state == "refunded"


def test_a_payment_with_its_order_stays(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    paid_sale(settings)
    monkeypatch.setattr("marketplace.payments.engine.return_payment", lambda _p: pytest.fail("no"))

    assert services.return_payments_without_order(by=MACHINE, older_than_minutes=0) == 0
