"""A card by Stripe, from the engine's question to its answer."""

from typing import Any

import pytest

from marketplace.payments import sync
from marketplace.payments.models import ExternalPayment, Payment
from tests.fakes.stripe import DECLINED, SECURE, FakeStripe
from tests.payments.card_traces import traces_of_a_card
from tests.payments.world import TRANSACTION_GID, make_sale

pytestmark = pytest.mark.django_db

BACK = "https://shop.example/ma/fr/checkout/x/card/back/"
PROCESS: dict[str, Any] = {
    "data": {},
    "action": {"amount": 675.0, "currency": "MAD"},
    "transaction": {"id": TRANSACTION_GID},
}


def fields() -> dict[str, str]:
    return {"provider": "stripe", "way": "fields"}


def hosted(**more: str) -> dict[str, str]:
    return {"provider": "stripe", "way": "hosted", "return_url": BACK, "title": "Twiza", **more}


def test_an_intent_is_made_for_exactly_the_order(fake: FakeStripe) -> None:
    sale = make_sale()

    answer = sync.transaction_initialize(sale.pay_payload(**fields()))

    payment = Payment.objects.get()
    (intent,) = fake.books.all_of("payment_intent")
    assert answer["result"] == "CHARGE_ACTION_REQUIRED"
    assert answer["data"]["client_secret"] == intent["client_secret"]
    assert (intent["amount"], intent["currency"]) == (67_500, "mad")
    assert intent["transfer_group"] == f"order-{sale.order_id}"
    assert intent["metadata"] == {"payment": str(payment.pk), "order": str(sale.order_id)}
    assert fake.keys("payment_intents") == [f"twiza-{payment.pk.hex}-intent-0"]
    assert (payment.state, payment.charged_minor) == ("pending", 0)


def test_asked_twice_there_is_one_intent(fake: FakeStripe) -> None:
    sale = make_sale()

    first = sync.transaction_initialize(sale.pay_payload(**fields()))
    second = sync.transaction_initialize(sale.pay_payload(**fields()))

    assert second["data"] == first["data"]
    assert len(fake.books.all_of("payment_intent")) == 1


@pytest.mark.parametrize("done", [True, False])
def test_a_dead_connection_makes_no_second_intent(fake: FakeStripe, *, done: bool) -> None:
    # given: both tries of the client fail
    sale = make_sale()
    fake.fail("post", "payment_intents", done=done)
    fake.fail("post", "payment_intents", done=done)

    # when
    silent = sync.transaction_initialize(sale.pay_payload(**fields()))
    again = sync.transaction_initialize(sale.pay_payload(**fields()))

    # then
    assert (silent["result"], silent["message"]) == ("CHARGE_ACTION_REQUIRED", "provider_silent")
    assert "client_secret" in again["data"]
    assert len(fake.books.all_of("payment_intent")) == 1


def test_paid_with_3d_secure_it_is_charged_when_the_buyer_is_back(fake: FakeStripe) -> None:
    sale = make_sale()
    sync.transaction_initialize(sale.pay_payload(**fields()))
    intent = ExternalPayment.objects.get().reference
    fake.pay(intent, SECURE)

    waiting = sync.transaction_process(PROCESS)
    fake.authenticate(intent)
    paid = sync.transaction_process(PROCESS)

    assert (waiting["result"], waiting["data"]["status"]) == (
        "CHARGE_ACTION_REQUIRED",
        "requires_action",
    )
    assert (paid["result"], paid["amount"], paid["actions"]) == (
        "CHARGE_SUCCESS",
        675.0,
        ["REFUND"],
    )
    payment = Payment.objects.get()
    assert (payment.state, payment.charged_minor) == ("charged", 67_500)


@pytest.mark.parametrize("authenticated", [True, False])
def test_nothing_of_a_card_is_kept(fake: FakeStripe, *, authenticated: bool) -> None:
    sale = make_sale()
    sync.transaction_initialize(sale.pay_payload(**fields()))
    intent = ExternalPayment.objects.get().reference
    fake.pay(intent, SECURE)
    fake.authenticate(intent, succeed=authenticated)
    sync.transaction_process(PROCESS)

    assert traces_of_a_card([*Payment.objects.all(), *ExternalPayment.objects.all()]) == []


def test_a_refused_card_ends_the_payment_and_its_intent(fake: FakeStripe) -> None:
    sale = make_sale()
    sync.transaction_initialize(sale.pay_payload(**fields()))
    intent = ExternalPayment.objects.get().reference
    fake.pay(intent, DECLINED)

    answer = sync.transaction_process(PROCESS)

    assert (answer["result"], answer["message"]) == ("CHARGE_FAILURE", "payment_refused")
    assert fake.books.get("payment_intent", intent)["status"] == "canceled"
    payment = Payment.objects.get()
    assert (payment.state, payment.charged_minor) == ("failed", 0)


def test_without_javascript_stripes_own_page_takes_the_card(fake: FakeStripe) -> None:
    sale = make_sale()

    answer = sync.transaction_initialize(sale.pay_payload(**hosted()))
    session = ExternalPayment.objects.get().session
    before = sync.transaction_process(PROCESS)
    fake.pay_session(session, SECURE)
    after = sync.transaction_process(PROCESS)

    made = fake.books.get("checkout.session", session)
    assert answer["data"]["redirect"]["url"].endswith(session)
    assert (made["amount_total"], made["success_url"], made["cancel_url"]) == (67_500, BACK, BACK)
    assert before["result"] == "CHARGE_ACTION_REQUIRED"
    assert after["result"] == "CHARGE_SUCCESS"
    (intent,) = fake.books.all_of("payment_intent")
    assert intent["transfer_group"] == f"order-{sale.order_id}"


def test_a_buyer_who_changes_to_the_other_way_cannot_pay_both(fake: FakeStripe) -> None:
    sale = make_sale()
    sync.transaction_initialize(sale.pay_payload(**fields()))
    first = ExternalPayment.objects.get().reference

    sync.transaction_initialize(sale.pay_payload(**hosted()))
    session = ExternalPayment.objects.get().session
    sync.transaction_initialize(sale.pay_payload(**fields()))
    last = ExternalPayment.objects.get()

    assert fake.books.get("payment_intent", first)["status"] == "canceled"
    assert fake.books.get("checkout.session", session)["status"] == "expired"
    open_ones = [i["id"] for i in fake.books.all_of("payment_intent") if i["status"] != "canceled"]
    assert open_ones == [last.reference]


def test_paid_while_changing_the_way_it_stays_paid(fake: FakeStripe) -> None:
    sale = make_sale()
    sync.transaction_initialize(sale.pay_payload(**fields()))
    fake.pay(ExternalPayment.objects.get().reference)

    answer = sync.transaction_initialize(sale.pay_payload(**hosted()))

    assert answer["result"] == "CHARGE_SUCCESS"
    assert fake.books.all_of("checkout.session") == []
    assert Payment.objects.get().charged_minor == 67_500


@pytest.mark.parametrize(
    "address", ["https://evil.example/", "//evil.example/", "https://shop.example\\@evil.example"]
)
def test_stripe_sends_nobody_to_a_strange_address(fake: FakeStripe, address: str) -> None:
    sale = make_sale()

    answer = sync.transaction_initialize(sale.pay_payload(**hosted(return_url=address)))

    assert answer["result"] == "CHARGE_FAILURE"
    assert fake.books.all_of("checkout.session") == []


def test_a_second_card_that_was_charged_all_the_same_goes_back(fake: FakeStripe) -> None:
    # given: two tabs, each with an intent of its own, both confirmed in the browser
    sale = make_sale()
    sync.transaction_initialize(sale.pay_payload(**fields()))
    other = {"id": "VHJhbnNhY3Rpb25JdGVtOjI="}
    sync.transaction_initialize(sale.pay_payload(**fields()) | {"transaction": other})
    for intent in fake.books.all_of("payment_intent"):
        fake.pay(intent["id"])

    # when
    first = sync.transaction_process(PROCESS)
    second = sync.transaction_process(PROCESS | {"transaction": other})

    # then: both are told as they are, and the second is marked to go back
    assert (first["result"], second["result"]) == ("CHARGE_SUCCESS", "CHARGE_SUCCESS")
    going_back = [p.returned_at is not None for p in Payment.objects.order_by("created_at")]
    assert going_back == [False, True]


def test_a_second_tab_that_was_not_paid_is_closed(fake: FakeStripe) -> None:
    sale = make_sale()
    sync.transaction_initialize(sale.pay_payload(**fields()))
    other = {"id": "VHJhbnNhY3Rpb25JdGVtOjI="}
    sync.transaction_initialize(sale.pay_payload(**fields()) | {"transaction": other})
    second, first = fake.books.all_of("payment_intent")
    fake.pay(first["id"])
    sync.transaction_process(PROCESS)

    answer = sync.transaction_process(PROCESS | {"transaction": other})

    assert (answer["result"], answer["message"]) == ("CHARGE_FAILURE", "already_paid")
    assert second["status"] == "canceled"


def test_without_keys_stripe_takes_nothing(fake: FakeStripe, settings: Any) -> None:
    settings.STRIPE_WEBHOOK_SECRET = ""
    sale = make_sale()

    answer = sync.transaction_initialize(sale.pay_payload(**fields()))

    assert (answer["result"], answer["message"]) == ("CHARGE_FAILURE", "provider_unavailable")
    assert fake.calls == []
