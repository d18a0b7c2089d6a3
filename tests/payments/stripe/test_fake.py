"""The fake behaves as Stripe is known to: keys, balance, reversals, disputes, signatures."""

import pytest
import stripe

from tests.fakes.stripe import SECRET, FakeStripe


@pytest.fixture
def fake() -> FakeStripe:
    return FakeStripe()


@pytest.fixture
def client(fake: FakeStripe) -> stripe.StripeClient:
    return stripe.StripeClient("sk_test_fake", http_client=fake)


def test_a_key_gives_the_first_answer_again(fake: FakeStripe, client: stripe.StripeClient) -> None:
    first = client.v1.payment_intents.create(
        {"amount": 100, "currency": "eur"}, {"idempotency_key": "k"}
    )
    again = client.v1.payment_intents.create(
        {"amount": 100, "currency": "eur"}, {"idempotency_key": "k"}
    )

    assert again.id == first.id
    with pytest.raises(stripe.IdempotencyError):
        client.v1.payment_intents.create(
            {"amount": 101, "currency": "eur"}, {"idempotency_key": "k"}
        )
    assert len(fake.books.all_of("payment_intent")) == 1


def test_a_lost_answer_is_found_again(fake: FakeStripe, client: stripe.StripeClient) -> None:
    fake.fail("post", "payment_intents", done=True)

    made = client.v1.payment_intents.create(
        {"amount": 100, "currency": "eur"}, {"idempotency_key": "k", "max_network_retries": 1}
    )

    assert [i["id"] for i in fake.books.all_of("payment_intent")] == [made.id]
    assert fake.keys("payment_intents") == ["k", "k"]


def test_no_more_is_transferred_than_there_is(
    fake: FakeStripe, client: stripe.StripeClient
) -> None:
    fake.fund(500, "eur")
    account = fake.add_account()
    transfer = client.v1.transfers.create(
        {"amount": 400, "currency": "eur", "destination": account}
    )

    with pytest.raises(stripe.InvalidRequestError) as refused:
        client.v1.transfers.create({"amount": 101, "currency": "eur", "destination": account})
    client.v1.transfers.reversals.create(transfer.id, {"amount": 250})

    assert refused.value.code == "balance_insufficient"
    with pytest.raises(stripe.InvalidRequestError):
        client.v1.transfers.reversals.create(transfer.id, {"amount": 151})
    available = client.v1.balance.retrieve().available
    assert [(a.amount, a.currency) for a in available] == [(350, "eur")]


def test_a_dispute_takes_the_money_and_a_fee_until_it_is_won(
    fake: FakeStripe, client: stripe.StripeClient
) -> None:
    intent = client.v1.payment_intents.create({"amount": 10_000, "currency": "eur"})
    paid = fake.pay(intent.id)
    after_sale = 10_000 - 290 - 30

    dispute = fake.dispute(paid["latest_charge"])
    taken = fake.books.available["eur"]
    fake.decide(dispute["id"], won=True)

    assert taken == after_sale - 10_000 - 1500
    assert fake.books.available["eur"] == after_sale - 1500


def test_only_its_own_signature_is_accepted(fake: FakeStripe) -> None:
    event = fake.books.happened("balance.available", {"object": "balance"})
    body, signature = fake.deliver(event)
    _same, forged = fake.deliver(event, secret="whsec_other")

    assert stripe.Webhook.construct_event(body, signature, SECRET).id == event["id"]
    with pytest.raises(stripe.SignatureVerificationError):
        stripe.Webhook.construct_event(body, forged, SECRET)
