"""What the engine is answered while a buyer waits."""

from typing import Any

import pytest

from marketplace.payments import sync
from marketplace.payments.models import Payment, PaymentState, TestCharge
from tests.payments.card_traces import traces_of_a_card
from tests.payments.world import TRANSACTION_GID, make_sale

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _test_cards(settings: Any) -> None:
    settings.TEST_PAYMENTS = True


def test_an_accepted_card_is_charged_and_its_number_is_nowhere() -> None:
    # given
    sale = make_sale()

    # when
    answer = sync.transaction_initialize(sale.pay_payload())

    # then
    payment = Payment.objects.get()
    assert answer["result"] == "CHARGE_SUCCESS"
    assert answer["amount"] == 675.0
    assert answer["actions"] == ["REFUND"]
    assert answer["pspReference"] == payment.psp_reference
    assert (payment.state, payment.charged_minor, payment.order_id) == (
        "charged",
        67_500,
        sale.order_id,
    )
    assert traces_of_a_card([payment, TestCharge.objects.get()]) == []


def test_asked_twice_for_one_transaction_it_charges_once() -> None:
    sale = make_sale()

    first = sync.transaction_initialize(sale.pay_payload())
    second = sync.transaction_initialize(sale.pay_payload())

    assert second["pspReference"] == first["pspReference"]
    assert second["result"] == "CHARGE_SUCCESS"
    assert Payment.objects.count() == 1


def test_a_refused_card_takes_nothing() -> None:
    sale = make_sale()

    answer = sync.transaction_initialize(
        sale.pay_payload(method="card", number="4000 0000 0000 0002")
    )

    assert answer["result"] == "CHARGE_FAILURE"
    assert answer["message"] == "payment_refused"
    payment = Payment.objects.get()
    assert (payment.state, payment.charged_minor) == ("failed", 0)


@pytest.mark.parametrize(
    ("code", "result", "state"),
    [("123456", "CHARGE_SUCCESS", "charged"), ("000000", "CHARGE_FAILURE", "failed")],
)
def test_the_second_step_decides(code: str, result: str, state: str) -> None:
    # given
    sale = make_sale()
    first = sync.transaction_initialize(
        sale.pay_payload(method="card", number="٤٠٠٠ ٠٠٢٥ ٠٠٠٠ ٣١٥٥")
    )
    assert first["result"] == "CHARGE_ACTION_REQUIRED"
    assert Payment.objects.get().state == PaymentState.PENDING

    # when
    answer = sync.transaction_process(
        {
            "data": {"code": code},
            "action": {"amount": 675.0, "currency": "MAD"},
            "transaction": {"id": TRANSACTION_GID},
        }
    )

    # then
    assert answer["result"] == result
    assert Payment.objects.get().state == state


def test_what_was_never_quoted_a_tax_is_not_charged() -> None:
    sale = make_sale(quoted=False)

    answer = sync.transaction_initialize(sale.pay_payload())

    assert (answer["result"], answer["message"]) == ("CHARGE_FAILURE", "not_quoted")
    assert not Payment.objects.exists()


def test_more_than_the_quoted_total_is_not_charged() -> None:
    sale = make_sale()

    answer = sync.transaction_initialize(sale.pay_payload(amount=675.01))

    assert (answer["result"], answer["message"]) == ("CHARGE_FAILURE", "amount_too_high")
    assert not Payment.objects.exists()


def test_an_order_is_not_paid_a_second_time() -> None:
    sale = make_sale()
    sync.transaction_initialize(sale.pay_payload())

    again = sale.pay_payload() | {"transaction": {"id": "VHJhbnNhY3Rpb25JdGVtOjI="}}
    answer = sync.transaction_initialize(again)

    assert (answer["result"], answer["message"]) == ("CHARGE_FAILURE", "already_paid")
    assert Payment.objects.count() == 1


def test_cash_on_delivery_is_promised_inside_the_country() -> None:
    sale = make_sale(method="cod")

    answer = sync.transaction_initialize(sale.pay_payload(method="cod"))

    assert answer["result"] == "AUTHORIZATION_SUCCESS"
    payment = Payment.objects.get()
    assert (payment.state, payment.authorized_minor, payment.charged_minor) == (
        "authorized",
        67_500,
        0,
    )


def test_cash_on_delivery_does_not_leave_the_country() -> None:
    sale = make_sale(country="FR", method="cod")

    answer = sync.transaction_initialize(sale.pay_payload(method="cod"))

    assert (answer["result"], answer["message"]) == ("CHARGE_FAILURE", "cash_not_possible")
    assert sync.gateway_initialize(sale.pay_payload()) == {"data": {"providers": ["test-card"]}}


def test_without_test_payments_no_test_card_is_taken(settings: Any) -> None:
    settings.TEST_PAYMENTS = False
    sale = make_sale()

    answer = sync.transaction_initialize(sale.pay_payload())

    assert (answer["result"], answer["message"]) == ("CHARGE_FAILURE", "provider_unavailable")
    assert sync.gateway_initialize(sale.pay_payload()) == {
        "data": {"providers": ["cash-on-delivery"]}
    }


UNKNOWN = {"transaction": {"id": "unknown"}, "action": {"amount": 1}}


@pytest.mark.parametrize("body", [{}, {"transaction": None}, UNKNOWN])
def test_a_refund_request_without_its_body_gets_a_reference_only(body: dict[str, Any]) -> None:
    answer = sync.refund_requested(body)

    assert list(answer) == ["pspReference"]
    assert answer["pspReference"].startswith("twiza-retried-")
