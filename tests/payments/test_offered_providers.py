"""Which providers a market offers, and what the doctor says of it."""

from typing import Any

import pytest

from marketplace.core.checkup import Mark
from marketplace.payments import sync
from marketplace.payments.provider_checks import payment_providers
from tests.payments.world import make_sale

pytestmark = pytest.mark.django_db


def all_there(settings: Any) -> None:
    settings.TEST_PAYMENTS = False
    settings.BANK_ACCOUNTS = "MAD=0118|Programme|Banque"
    settings.CMI_CLIENT_ID = settings.CMI_STORE_KEY = "x"
    settings.CMI_GATEWAY_URL = "https://payment.cmi.example/"


@pytest.mark.parametrize(
    ("chosen", "names"),
    [
        ("", ["cmi", "cash-on-delivery", "bank-transfer"]),
        ("ma=bank-transfer,cmi", ["bank-transfer", "cmi"]),
        ("MAD=cmi *=bank-transfer", ["cmi"]),
        ("eu=stripe", []),
        ("*=stripe,cmi", ["cmi"]),
    ],
)
def test_a_market_offers_what_was_chosen_for_it(
    settings: Any, chosen: str, names: list[str]
) -> None:
    all_there(settings)
    settings.PAYMENT_PROVIDERS = chosen
    sale = make_sale()

    assert sync.gateway_initialize(sale.pay_payload()) == {"data": {"providers": names}}


def test_what_a_market_does_not_offer_is_not_taken_either(settings: Any) -> None:
    all_there(settings)
    settings.PAYMENT_PROVIDERS = "ma=cmi"
    sale = make_sale()

    answer = sync.transaction_initialize(sale.pay_payload(provider="bank-transfer"))

    assert (answer["result"], answer["message"]) == ("CHARGE_FAILURE", "provider_unavailable")


def test_the_doctor_names_what_is_missing(settings: Any) -> None:
    settings.TEST_PAYMENTS = False
    settings.STRIPE_SECRET_KEY = "sk_test_x"
    settings.PAYMENT_PROVIDERS = "ma=cash-on-delivery,nonsense"
    make_sale()

    found = {finding.message: finding for finding in payment_providers()}

    stripe = found["stripe is only partly configured."]
    assert stripe.mark == Mark.BROKEN
    assert stripe.remedy == "Set: TWIZA_STRIPE_PUBLISHABLE_KEY, TWIZA_STRIPE_WEBHOOK_SECRET"
    assert found["TWIZA_PAYMENTS contains unknown providers: nonsense."].mark == Mark.BROKEN
    assert found["The market ma offers: cash-on-delivery."].mark == Mark.GOOD
    assert any(words.startswith("Stripe opens no account in MA") for words in found)
