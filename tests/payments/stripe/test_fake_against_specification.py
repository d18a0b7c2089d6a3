"""The fake's answers have the fields and types which Stripe's own specification asks for."""

from collections.abc import Callable
from typing import Any

import pytest
import stripe

from tests.fakes.stripe import DECLINED, SECURE, FakeStripe
from tests.fakes.stripe.specification import HOW, differences, schemas

pytestmark = pytest.mark.skipif(schemas() is None, reason=HOW)


@pytest.fixture
def fake() -> FakeStripe:
    return FakeStripe()


@pytest.fixture
def client(fake: FakeStripe) -> stripe.StripeClient:
    return stripe.StripeClient("sk_test_fake", http_client=fake)


def paid(fake: FakeStripe, client: stripe.StripeClient, amount: int = 5000) -> Any:
    intent = client.v1.payment_intents.create(
        {"amount": amount, "currency": "eur", "transfer_group": "g", "metadata": {"a": "b"}}
    )
    return fake.pay(intent.id)


def everything(fake: FakeStripe, client: stripe.StripeClient) -> None:
    """Each kind of object, in each of its states."""
    client.v1.payment_intents.cancel(
        client.v1.payment_intents.create({"amount": 100, "currency": "eur"}).id
    )
    secure = client.v1.payment_intents.create({"amount": 100, "currency": "eur"}).id
    fake.pay(secure, SECURE)
    fake.authenticate(secure, succeed=False)
    fake.pay(secure, DECLINED)
    session = client.v1.checkout.sessions.create(
        {
            "mode": "payment",
            "success_url": "https://shop.example/",
            "line_items": [
                {
                    "quantity": 1,
                    "price_data": {
                        "currency": "eur",
                        "unit_amount": 900,
                        "product_data": {"name": "x"},
                    },
                }
            ],
        }
    )
    fake.pay_session(session.id)
    refund = client.v1.refunds.create({"payment_intent": paid(fake, client)["id"], "amount": 1000})
    fake.fail_refund(refund.id)
    for won in (True, False):
        fake.decide(fake.dispute(paid(fake, client)["latest_charge"])["id"], won=won)
    account = fake.add_account("FR")
    transfer = client.v1.transfers.create(
        {"amount": 300, "currency": "eur", "destination": account, "transfer_group": "g"}
    )
    client.v1.transfers.reversals.create(transfer.id, {"amount": 100})
    fake.return_payout(fake.pay_out(200, "eur")["id"])


@pytest.mark.parametrize(
    ("kind", "path"),
    [
        ("payment_intent", "payment_intents"),
        ("charge", "charges"),
        ("checkout.session", "checkout/sessions"),
        ("refund", "refunds"),
        ("balance_transaction", "balance_transactions"),
        ("transfer", "transfers"),
        ("payout", "payouts"),
        ("dispute", "disputes"),
        ("account", "accounts"),
    ],
)
def test_every_object_is_as_specified(
    fake: FakeStripe, client: stripe.StripeClient, kind: str, path: str
) -> None:
    everything(fake, client)

    answer = client.raw_request("get", f"/v1/{path}?limit=100")

    found = client.deserialize(answer, api_mode="V1").to_dict()["data"]
    assert found
    schema = (schemas() or {})[kind]
    assert [d for thing in found for d in differences(thing, schema, kind)] == []


def test_events_are_as_specified(fake: FakeStripe, client: stripe.StripeClient) -> None:
    everything(fake, client)

    schema = (schemas() or {})["event"]
    assert {e["type"] for e in fake.events} >= {"charge.dispute.closed", "payout.failed"}
    assert [d for event in fake.events for d in differences(event, schema, "event")] == []


ONE_OF_A_KIND: list[tuple[str, Callable[[stripe.StripeClient], Any]]] = [
    ("balance", lambda client: client.v1.balance.retrieve()),
    ("country_spec", lambda client: client.v1.country_specs.retrieve("FR")),
]


@pytest.mark.parametrize(("kind", "ask"), ONE_OF_A_KIND)
def test_balance_and_country_are_as_specified(
    fake: FakeStripe,
    client: stripe.StripeClient,
    kind: str,
    ask: Callable[[stripe.StripeClient], Any],
) -> None:
    fake.fund(100, "eur")

    assert differences(ask(client).to_dict(), (schemas() or {})[kind], kind) == []


def test_a_reversal_is_as_specified(fake: FakeStripe, client: stripe.StripeClient) -> None:
    everything(fake, client)
    transfer = client.v1.transfers.list().data[0]

    found = client.v1.transfers.reversals.list(transfer.id).to_dict()["data"]

    assert len(found) == 1
    schema = (schemas() or {})["transfer_reversal"]
    assert differences(found[0], schema, "transfer_reversal") == []


def test_the_comparison_sees_what_is_wrong() -> None:
    schema = (schemas() or {})["refund"]
    right = {"amount": 1, "created": 1, "currency": "eur", "id": "re_1", "object": "refund"}

    assert differences(right, schema) == []
    assert differences({**right, "amount": "1"}, schema) == [".amount: str instead of integer"]
    assert differences({**right, "colour": 1}, schema) == [".colour: unknown"]
    assert differences({k: v for k, v in right.items() if k != "id"}, schema) == [".id: missing"]
