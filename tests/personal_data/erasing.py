"""A buyer who has left traces everywhere, and where they are looked for."""

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.db import models

from catalog.models import Listing
from marketplace.conversations import services as conversations
from marketplace.conversations.subjects import About, Buyer, Question
from marketplace.core.worker import work_off
from marketplace.favourites import services as favourites
from marketplace.legal.services import accept_texts
from marketplace.orders.address import Address
from marketplace.orders.gift_and_note import GiftAndNote
from marketplace.orders.models import Order
from marketplace.orders.services import checkout
from marketplace.payments import services as payments
from marketplace.personal_data.fields import fate_of
from tests.factories.vendors import make_user
from tests.orders.complaining import arrived
from tests.orders.world import World
from vendors.accounts import User
from vendors.scoping import Crossing

EMAIL = "zenobia.quartz@example.org"
# What goes with the buyer, whole rows of it.
NO_BOOKS = {"CheckoutAttempt", "CashContact", "TrackingLink", "OrderLookup", "TextMessage"}
TRACES = ("zenobia", "quartz", "ruelle des sureaux", "661998877")
ADDRESS = Address(
    name="Zenobia Quartz", line1="99 ruelle des Sureaux", line2="chez Quartz", city="Casablanca",
    region_code="MA-06", postal_code="20000", country_code="MA", phone="+212661998877",
)  # fmt: skip


def bought(world: World, *, method: str = "card", **quantities: int) -> Order:
    """An order of the buyer, paid as told, of which the texts were accepted."""
    from catalog.markets import market_of

    attempt = checkout.start(
        basket=world.basket(**(quantities or {"rug": 1, "honey": 2})), email=EMAIL,
        phone=ADDRESS.phone, address=ADDRESS, language="fr", seen_from="203.0.113.9",
    )  # fmt: skip
    gift = GiftAndNote("Bonne fête, Zenobia", note="Pour Mme Quartz")
    checkout.choose_delivery(attempt=attempt, option_id="standard", added=checkout.Additions(gift))
    accept_texts(
        order_id=attempt.order_id, cooperative_ids=[world.weavers.pk, world.growers.pk],
        market=market_of("ma"), language="fr",
    )  # fmt: skip
    data = {"number": "4242 4242 4242 4242"} if method == "card" else {}
    assert checkout.pay(attempt=attempt, method=method, data=data).is_settled
    order = checkout.complete(attempt=attempt)
    if method == "card":
        payments.capture_payments(order_id=order.pk)
    return order


def delivered(world: World, *, method: str = "card") -> Order:
    """The same, arrived in all its parts, with what follows in the books."""
    order = bought(world, method=method)
    for cooperative in (world.weavers, world.growers):
        arrived(world, order, cooperative)
    work_off()
    return order


def account_of_buyer(world: World) -> User:
    """The buyer's account, with a favourite."""
    user = make_user(email=EMAIL)
    user.name = "Zenobia Quartz"
    user.save()
    listing = Listing.objects.crossing(Crossing.POLICY).first()
    favourites.keep(user=user, listing_id=listing.pk)
    favourites.wait_for(user=user, listing_id=listing.pk, market="ma", language="fr")
    return user


def question_of_buyer(world: World) -> None:
    conversations.begin_conversation(
        question=Question(
            about=About(world.weavers), buyer=Buyer("Zenobia Quartz", EMAIL),
            text="Zenobia Quartz vous demande la largeur", market="ma", language="fr",
        ),
        form_key="first", seen_from="203.0.113.9",
    )  # fmt: skip


def found_traces() -> Iterator[tuple[str, str]]:
    """Where the buyer is still named: the field, and what becomes of it by the table."""
    for model in apps.get_models():
        if not model._meta.managed or model._meta.app_label in {"procrastinate", "contenttypes"}:
            continue
        names = [
            field.attname
            for field in model._meta.concrete_fields
            if isinstance(field, models.CharField | models.TextField | models.JSONField)
        ]
        for row in model._base_manager.all() if names else ():
            for name in names:
                if any(trace in str(getattr(row, name)).casefold() for trace in TRACES):
                    fate = fate_of(model._meta.get_field(name))
                    yield f"{model._meta.label}.{name}", fate.fate if fate else "nobody knows"


def books() -> dict[str, list[Any]]:
    """Every row of ledger, payouts, payments and invoices, and every number of the orders."""
    whole = {
        model._meta.label: sorted(model._base_manager.values_list(), key=str)
        for label in ("ledger", "payouts", "payments")
        for model in apps.get_app_config(label).get_models()
    }
    numbers = (models.IntegerField, models.DateTimeField, models.DateField)
    for model in apps.get_app_config("orders").get_models():
        if model._meta.object_name in NO_BOOKS:
            continue
        names = [f.attname for f in model._meta.concrete_fields if isinstance(f, numbers)]
        # The engine says anew when its order was changed.
        names = [name for name in names if name != "engine_updated_at"]
        whole[model._meta.label] = sorted(model._base_manager.values_list(*names), key=str)
    return whole
