"""A checkout changed straight at the engine: cash is promised for what it holds, or not at all.

Whoever knows a checkout's id adds lines and changes the address there, without an account.
"""

from typing import Any
from uuid import UUID

import pytest
from django.utils import timezone

from catalog.models import ListingPage
from marketplace.orders.address import Address
from marketplace.orders.engine_address import address_input
from marketplace.orders.models import CheckoutAttempt, Order
from marketplace.orders.services import checkout
from marketplace.payments.models import CashLimit, Payment
from marketplace.saleor import ids
from marketplace.saleor.answers import accepted
from marketplace.saleor.client import CheckoutLineUpdateInput, PaymentGatewayToInitialize
from marketplace.saleor.errors import EngineRefused
from marketplace.saleor.gateway import storefront_client
from tests.orders.conftest import made_world, world
from tests.orders.world import PARIS, World
from vendors.models import Cooperative

__all__ = ["made_world", "world"]

pytestmark = pytest.mark.django_db


def gid_of(attempt: CheckoutAttempt) -> str:
    assert attempt.checkout_id is not None
    return ids.global_id(ids.CHECKOUT, attempt.checkout_id)


def hold(attempt: CheckoutAttempt, **quantities: int) -> None:
    """Change the lines of a checkout without us; 0 takes one out."""
    lines = [
        CheckoutLineUpdateInput(variant_id=ids.global_id(ids.VARIANT, UUID(key)), quantity=quantity)
        for key, quantity in quantities.items()
    ]
    accepted(
        storefront_client().update_checkout_lines(gid_of(attempt), lines).checkout_lines_update
    )


def send_to(attempt: CheckoutAttempt, address: Address) -> None:
    answer = storefront_client().update_checkout_shipping_address(
        gid_of(attempt), address_input(address)
    )
    accepted(answer.checkout_shipping_address_update)


def ask_for_cash(attempt: CheckoutAttempt) -> tuple[str, str]:
    """Pay the whole checkout in cash without us: the event, and why."""
    payload = accepted(
        storefront_client()
        .initialize_transaction(
            id=gid_of(attempt),
            gateway=PaymentGatewayToInitialize(id="twiza.marketplace", data={"method": "cod"}),
        )
        .transaction_initialize
    )
    assert payload.transaction_event is not None
    event = payload.transaction_event
    return str(event.type_.value if event.type_ else ""), event.message


def complete(attempt: CheckoutAttempt) -> None:
    accepted(storefront_client().complete_checkout(gid_of(attempt)).checkout_complete)


def move(cooperative: Cooperative, **facts: str) -> None:
    for name, value in facts.items():
        setattr(cooperative, name, value)
    cooperative.save()


def no_cash_with(cooperative: Cooperative) -> None:
    CashLimit.objects.create(
        programme=cooperative.programme, currency="MAD", cooperative_slug=cooperative.slug,
        most_minor=0, valid_from=timezone.localdate(), source="council",
    )  # fmt: skip


def test_what_a_buyer_began_with_us_is_paid_in_cash(world: World) -> None:
    attempt = world.begun(rug=1)
    no_cash_with(world.growers)

    assert ask_for_cash(attempt) == ("AUTHORIZATION_SUCCESS", "")


def test_an_added_line_brings_its_cooperatives_limit(world: World) -> None:
    attempt = world.begun(rug=1)
    no_cash_with(world.growers)
    hold(attempt, **{str(world.honey): 1})

    assert ask_for_cash(attempt) == ("CHARGE_FAILURE", "too_much_for_cash")
    assert not Payment.objects.exists()


@pytest.mark.parametrize("facts", [{"country_code": "ES"}, {"payout_currency": "EUR"}])
def test_an_added_line_of_a_cooperative_without_cash(world: World, facts: dict[str, str]) -> None:
    move(world.growers, **facts)
    attempt = world.begun(rug=1)
    hold(attempt, **{str(world.honey): 1})

    assert ask_for_cash(attempt) == ("CHARGE_FAILURE", "cash_not_possible")
    assert not Payment.objects.exists()


def test_another_address_is_where_it_is_sent(world: World) -> None:
    attempt = world.begun(rug=1)
    send_to(attempt, PARIS)

    assert ask_for_cash(attempt) == ("CHARGE_FAILURE", "cash_not_possible")
    assert not Payment.objects.exists()


def test_a_line_that_the_catalogue_does_not_know_is_not_paid_in_cash(world: World) -> None:
    attempt = world.begun(rug=1)
    ListingPage.objects.filter(offers__variant_id=world.honey).update(is_published=False)
    hold(attempt, **{str(world.honey): 1})

    assert ask_for_cash(attempt) == ("CHARGE_FAILURE", "cash_not_possible")


def test_a_line_taken_out_again_is_forgotten(world: World) -> None:
    attempt = world.begun(rug=1)
    no_cash_with(world.growers)
    hold(attempt, **{str(world.honey): 1})
    ask_for_cash(attempt)
    hold(attempt, **{str(world.honey): 0})

    assert ask_for_cash(attempt) == ("AUTHORIZATION_SUCCESS", "")


def test_cash_once_promised_buys_nothing_else(world: World) -> None:
    attempt = world.begun(rug=1)
    no_cash_with(world.growers)
    assert ask_for_cash(attempt) == ("AUTHORIZATION_SUCCESS", "")
    hold(attempt, **{str(world.rug): 0, str(world.honey): 1})

    with pytest.raises(EngineRefused) as refused:
        complete(attempt)
    assert list(refused.value.codes) == ["TAX_ERROR"]
    assert not Order.objects.exists()

    hold(attempt, **{str(world.rug): 1, str(world.honey): 0})
    complete(attempt)


def test_a_card_pays_whatever_is_held(world: World, settings: Any) -> None:
    settings.TEST_PAYMENTS = True
    attempt = world.begun(rug=1)
    checkout.pay(attempt=attempt, method="card", data={"number": "4242 4242 4242 4242"})
    no_cash_with(world.weavers)

    complete(attempt)
