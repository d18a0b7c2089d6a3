"""What whoever holds a checkout writes into the engine's metadata decides nothing here.

A checkout's public metadata, and that of its lines, is open to everybody who knows its id, without
an account; the engine copies it to the order. Our own rows and private metadata decide.
"""

import json
from uuid import UUID, uuid4

import pytest

from marketplace.orders.engine_metadata import MARKET_KEY, METHOD_KEY, SENT_KEY
from marketplace.orders.models import (
    CheckoutAttempt,
    CheckoutState,
    Order,
    PaymentMethod,
    PaymentStatus,
)
from marketplace.orders.services import checkout, ship
from marketplace.orders.services.projection import project_order
from marketplace.saleor import ids
from marketplace.saleor.answers import accepted
from marketplace.saleor.client import (
    MetadataInput,
    OrderAuthorizeStatusEnum,
    OrderChargeStatusEnum,
    PaymentGatewayToInitialize,
)
from marketplace.saleor.client.fragments import (
    OrderPartsPrivateMetadata,
)
from marketplace.saleor.errors import EngineRefused
from marketplace.saleor.gateway import storefront_client
from tests.orders.projecting import engine_order, forget
from tests.orders.strangers import (
    ORDER_KEY,
    complete_at_the_engine,
    rows,
    straight,
    with_public,
    write,
)
from tests.orders.world import World

pytestmark = pytest.mark.django_db


def test_an_order_that_claims_anothers_id_is_its_own(world: World) -> None:
    victim = world.placed(rug=1)
    before, victims = rows(victim), engine_order(victim).id
    mine = world.paid(honey=1)
    write(mine, **{ORDER_KEY: str(victim.pk)})

    made = project_order(complete_at_the_engine(mine, **{ORDER_KEY: str(victim.pk)}))

    assert made.pk == mine.order_id
    assert rows(victim) == before
    assert ids.global_id(ids.ORDER, victim.pk) == victims


def test_an_order_that_claims_a_checkout_still_open_does_not_end_it(world: World) -> None:
    victim = world.begun(rug=1)
    mine = world.paid(honey=1)
    write(mine, **{ORDER_KEY: str(victim.order_id)})

    made = project_order(complete_at_the_engine(mine))

    victim.refresh_from_db()
    assert made.pk != victim.order_id
    assert victim.state == CheckoutState.DELIVERY_CHOSEN
    assert not Order.objects.filter(pk=victim.order_id).exists()


def test_metadata_copied_from_one_checkout_to_another_goes_nowhere(world: World) -> None:
    first, second = world.paid(rug=1), world.paid(honey=1)
    copied = {ORDER_KEY: str(first.order_id), METHOD_KEY: "cod", MARKET_KEY: "eu"}
    write(second, **copied)

    one, other = checkout.complete(attempt=first), checkout.complete(attempt=second)

    assert (one.pk, other.pk) == (first.order_id, second.order_id)
    assert {one.market, other.market} == {"ma"}
    assert {one.payment_method, other.payment_method} == {PaymentMethod.CARD}


def test_a_checkout_chosen_to_pay_by_card_and_paid_in_cash_at_the_engine_is_cash(
    world: World,
) -> None:
    attempt = world.begun(rug=1)
    checkout.pay(attempt=attempt, method="card", data={"number": "4000 0000 0000 0002"})
    CheckoutAttempt.objects.filter(pk=attempt.pk).update(payment_method="card")
    assert attempt.checkout_id is not None
    accepted(
        storefront_client()
        .initialize_transaction(
            id=ids.global_id(ids.CHECKOUT, attempt.checkout_id),
            gateway=PaymentGatewayToInitialize(id="twiza.marketplace", data={"method": "cod"}),
        )
        .transaction_initialize
    )

    made = project_order(complete_at_the_engine(attempt, **{METHOD_KEY: "card"}))

    assert made.payment_method == PaymentMethod.CASH
    assert made.payment_status == PaymentStatus.AUTHORIZED


def test_an_import_is_believed_by_its_private_metadata_alone(world: World) -> None:
    told = straight(world)
    facts = {METHOD_KEY: "bank", MARKET_KEY: "eu"}

    public = project_order(with_public(told, facts))
    seen = (public.payment_method, public.market)
    forget(public)
    private = project_order(
        told.model_copy(
            update={
                "private_metadata": [
                    OrderPartsPrivateMetadata(key=k, value=v) for k, v in facts.items()
                ]
            }
        )
    )

    assert seen == ("card", "ma")
    assert (private.payment_method, private.market) == ("bank", "eu")


def test_nobody_but_apps_and_staff_writes_where_we_read(world: World) -> None:
    order = world.placed(rug=1)
    attempt = world.begun(honey=1)
    assert attempt.checkout_id is not None
    line = engine_order(order).lines[0].id
    item = [MetadataInput(key=MARKET_KEY, value="eu")]
    stranger = storefront_client()

    for gid in (
        ids.global_id(ids.ORDER, order.pk),
        ids.global_id(ids.CHECKOUT, attempt.checkout_id),
        line,
    ):
        with pytest.raises(EngineRefused):
            accepted(stranger.update_private_metadata(gid, item).update_private_metadata)
    for gid in (ids.global_id(ids.ORDER, order.pk), line):
        with pytest.raises(EngineRefused):
            accepted(stranger.update_metadata(gid, item).update_metadata)


def test_a_parcel_is_dated_by_the_engine_not_by_its_buyer(world: World) -> None:
    order = world.placed(honey=1)
    growing = world.part(order, world.growers)
    ship.ship_parcel(
        vendor_order=growing,
        lines={line.pk: 1 for line in growing.lines.all()},
        tracking_number="AM-77",
        by=world.other_manager.actor,
    )
    told = engine_order(order)
    forget(order)

    again = project_order(
        with_public(told, {SENT_KEY: json.dumps({"AM-77": "1999-01-01T00:00:00+00:00"})})
    )

    parcel = world.part(again, world.growers).parcels.get()
    assert parcel.shipped_at is not None
    assert parcel.shipped_at.year > 1999


@pytest.mark.parametrize(
    ("charge", "authorize", "chosen", "paid"),
    [
        ("NONE", "FULL", "card", "cod"),
        ("FULL", "FULL", "cod", "card"),
        ("FULL", "FULL", "bank", "bank"),
        ("NONE", "NONE", "bank", "bank"),
        ("NONE", "NONE", "cod", "cod"),
        ("FULL", "FULL", "card", "card"),
    ],
)
def test_the_money_says_how_an_order_was_paid(
    world: World, charge: str, authorize: str, chosen: str, paid: str
) -> None:
    attempt = world.paid(honey=1)
    CheckoutAttempt.objects.filter(pk=attempt.pk).update(payment_method=chosen)
    told = complete_at_the_engine(attempt).model_copy(
        update={
            "charge_status": OrderChargeStatusEnum(charge),
            "authorize_status": OrderAuthorizeStatusEnum(authorize),
        }
    )

    assert project_order(told).payment_method == paid


def test_a_random_id_is_not_taken_either(world: World) -> None:
    mine, invented = world.paid(honey=1), uuid4()
    write(mine, **{ORDER_KEY: str(invented)})

    made = project_order(complete_at_the_engine(mine))

    assert isinstance(made.pk, UUID)
    assert made.pk == mine.order_id
    assert not Order.objects.filter(pk=invented).exists()
