"""Every call of ours is accepted by Stripe's own mock, which checks it by the specification."""

import re
import subprocess
from collections.abc import Iterator
from typing import Any

import pytest
import stripe

from marketplace.core.money import Money
from marketplace.payments.models import ExternalPayment, Payment
from marketplace.payments.providers.stripe import notifications
from marketplace.payments.providers.stripe.client import client
from marketplace.payments.providers.stripe.provider import Stripe
from tests.fakes.stripe.specification import HOW, mock_program
from tests.payments.world import make_sale

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(mock_program() is None, reason=HOW),
]


@pytest.fixture(scope="module")
def mock() -> Iterator[str]:
    """stripe-mock on a free port of its own choice, which it names as it starts.

    It serves HTTPS too, on one fixed port unless told otherwise: a second one would end there.
    """
    program = mock_program()
    assert program
    process = subprocess.Popen(
        [program, "-http-addr", "127.0.0.1:0", "-https-addr", "127.0.0.1:0"],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    assert process.stdout
    said = []
    for line in process.stdout:
        said.append(line)
        if found := re.search(r"HTTP at address: (\S+)", line):
            break
    else:
        pytest.fail(f"stripe-mock ended: {''.join(said)}")
    yield f"http://{found[1]}"
    process.terminate()
    process.communicate()


@pytest.fixture(autouse=True)
def _at_the_mock(mock: str, settings: Any) -> None:
    settings.STRIPE_SECRET_KEY = "sk_test_mock"
    settings.STRIPE_PUBLISHABLE_KEY = "pk_test_mock"
    settings.STRIPE_WEBHOOK_SECRET = "whsec_mock"
    settings.STRIPE_API_BASE = mock
    settings.PUBLIC_URL = "https://shop.example"


@pytest.fixture
def payment() -> Payment:
    sale = make_sale()
    return Payment.objects.create(
        order_id=sale.order_id,
        checkout_id=sale.attempt.checkout_id,
        method="card",
        provider="stripe",
        currency="MAD",
        amount_minor=67_500,
        total_minor=67_500,
    )


def test_an_intent_is_made_read_and_cancelled(payment: Payment) -> None:
    provider = Stripe()

    answer = provider.start(payment, {"way": "fields"})
    provider.fetch_status(payment)
    provider.abandon(payment)

    assert answer.data["client_secret"]


def test_a_session_is_made_read_and_expired(payment: Payment) -> None:
    provider = Stripe()
    data = {
        "way": "hosted",
        "return_url": "https://shop.example/back/",
        "title": "Twiza",
        "language": "fr",
    }

    provider.start(payment, data)

    external = ExternalPayment.objects.get()
    assert external.session
    client().v1.checkout.sessions.expire(external.session)


def test_a_refund_is_made_and_read(payment: Payment) -> None:
    ExternalPayment.objects.create(payment=payment, reference="pi_1")

    answer = Stripe().refund(payment, Money(500, "MAD"), key="twiza-refund-1")

    assert answer.result in {"REFUND_SUCCESS", ""}


@pytest.mark.parametrize(
    "ask",
    [
        lambda: client().v1.charges.retrieve("ch_1", {"expand": ["balance_transaction"]}),
        lambda: client().v1.refunds.retrieve("re_1"),
        lambda: client().v1.disputes.retrieve("dp_1"),
        lambda: client().v1.payouts.retrieve("po_1"),
    ],
)
def test_what_webhooks_hint_at_can_be_read(ask: Any) -> None:
    assert ask().id
    assert notifications.HANDLERS


def test_the_mock_refuses_what_is_not_in_the_specification() -> None:
    with pytest.raises(stripe.InvalidRequestError):
        client().v1.payment_intents.create(
            {"amount": 100, "currency": "eur", "colour": "blue"}  # type: ignore[typeddict-unknown-key]
        )
