"""Two accounts claim the orders of one phone at the same moment."""

from datetime import timedelta
from functools import partial

import pytest
from django.utils import timezone

from marketplace.orders.buyer_keys import phone_key
from marketplace.orders.claim_errors import OrderIsClaimed
from marketplace.orders.models import LookupPurpose, Order, OrderClaim, OrderLookup
from marketplace.orders.services.claim import claim_orders
from marketplace.orders.typed_codes import code_hash
from tests.concurrency import at_once
from tests.factories.vendors import make_user
from vendors.accounts import User

pytestmark = pytest.mark.django_db(transaction=True)
PHONE, CODE = "+212661223344", "123456"


def placed(number: str) -> Order:
    return Order.objects.create(
        number=number, market="ma", channel_slug="ma-mad", currency="MAD", language="fr", email="",
        phone=PHONE, phone_key=phone_key(PHONE), told_by_phone=True, name="Salma Bennani",
        country_code="MA", goods_minor=100, tax_minor=0, shipping_minor=0, total_minor=100,
        payment_method="cod", placed_at=timezone.now(),
    )  # fmt: skip


def looked_up(order: Order, user: User) -> OrderLookup:
    lookup = OrderLookup.objects.create(
        order=order, user=user, purpose=LookupPurpose.CLAIM,
        valid_until=timezone.now() + timedelta(minutes=5),
    )  # fmt: skip
    lookup.code = code_hash("look-up code", str(lookup.pk), code=CODE)
    lookup.save()
    return lookup


def test_one_account_has_all_of_them() -> None:
    orders = [placed("TW-0000-0001"), placed("TW-0000-0002")]
    users = [make_user(email=f"claimer{n}@example.org") for n in range(2)]
    tries = [
        partial(
            claim_orders,
            lookup_id=looked_up(order, user).pk,
            code=CODE,
            seen_from="203.0.113.9",
            user=user,
        )
        for order, user in zip(orders, users, strict=True)
    ]

    (refused,) = at_once(*tries)

    assert isinstance(refused, OrderIsClaimed)
    assert len(set(OrderClaim.objects.values_list("user_id", flat=True))) == 1
    assert OrderClaim.objects.count() == 2
