"""Whom a cooperative calls today, and what it notes."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from marketplace.core.models import AuditEntry
from marketplace.orders.models import (
    CallOutcome,
    Order,
    Parcel,
    ParcelState,
    PhoneCall,
    VendorOrder,
)
from marketplace.orders.queries.cash_refusals import cash_refusals
from marketplace.orders.services.erasure import erase_buyer
from tests.orders.conftest import made_world, world
from tests.orders.world import BY, World
from tests.web.browsers import browser
from vendors.scoping import CooperativeScope, Crossing

__all__ = ["made_world", "world"]

pytestmark = pytest.mark.django_db


@pytest.fixture
def sold(world: World) -> VendorOrder:
    """The growers' part of a cash order."""
    return world.part(world.placed(method="cod", honey=1), world.growers)


def signed_in(user: Any) -> Client:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    client.cookies["twiza_language"] = "fr"
    return client


def page(client: Client, world: World) -> str:
    return client.get(f"/portal/{world.growers.slug}/orders/calls/").content.decode()


def note(client: Client, world: World, sold: VendorOrder, outcome: str) -> int:
    path = f"/portal/{world.growers.slug}/orders/{sold.pk}/called/"
    return client.post(path, {"outcome": outcome}).status_code


def test_a_cash_order_is_listed_with_links_to_call_and_write(
    world: World, sold: VendorOrder
) -> None:
    html = page(signed_in(world.other_manager), world)
    assert 'href="tel:+212661223344"' in html
    assert 'href="https://wa.me/212661223344"' in html
    assert sold.number in html
    assert re.search(r"130,00\s*DH", html)


def test_who_was_reached_is_not_called_again_that_day(world: World, sold: VendorOrder) -> None:
    client = signed_in(world.other_manager)
    note(client, world, sold, CallOutcome.NO_ANSWER)
    assert sold.number in page(client, world)
    note(client, world, sold, CallOutcome.REACHED)
    note(client, world, sold, CallOutcome.REACHED)
    assert sold.number not in page(client, world)
    calls = PhoneCall.objects.crossing(Crossing.POLICY)
    assert [call.outcome for call in calls.order_by("pk")] == ["no_answer", "reached"]
    assert AuditEntry.objects.filter(action="order.called").count() == 2
    # The next day they are on the list once more.
    calls.update(made_at=timezone.now() - timedelta(days=1))
    assert sold.number in page(client, world)


def test_who_does_not_want_it_stays_until_it_is_cancelled(world: World, sold: VendorOrder) -> None:
    client = signed_in(world.other_manager)
    note(client, world, sold, CallOutcome.REFUSED)
    assert f"/orders/{sold.pk}/cancel/" in page(client, world)
    VendorOrder.objects.crossing(Crossing.POLICY).filter(pk=sold.pk).update(state="cancelled")
    assert sold.number not in page(client, world)


@pytest.mark.parametrize("outcome", ["", "married", "reached' OR 1=1"])
def test_an_unknown_outcome_writes_nothing(outcome: str, world: World, sold: VendorOrder) -> None:
    note(signed_in(world.other_manager), world, sold, outcome)
    assert not PhoneCall.objects.crossing(Crossing.POLICY).exists()


def test_nobody_notes_for_another_cooperative_or_for_what_is_paid_by_card(world: World) -> None:
    cash = world.part(world.placed(method="cod", rug=1), world.weavers)
    card = world.part(world.placed(honey=1), world.growers)
    client = signed_in(world.other_manager)
    for order in (cash, card):
        note(client, world, order, CallOutcome.REACHED)
        assert order.number not in page(client, world)
    assert not PhoneCall.objects.crossing(Crossing.POLICY).exists()


def test_an_erased_buyer_is_not_called(world: World, sold: VendorOrder) -> None:
    erase_buyer(order=Order.objects.get(), by=BY)
    html = page(signed_in(world.other_manager), world)
    assert "tel:+212661" not in html
    assert "wa.me/" not in html


def test_what_came_back_is_counted_by_carrier_and_commune(world: World) -> None:
    parts = [world.part(world.placed(method="cod", honey=1), world.growers) for _ in range(3)]
    now = timezone.now()
    for days, part, state, carrier in zip(
        (1, 2, 3),
        parts,
        (ParcelState.RETURNED, ParcelState.DELIVERED, ParcelState.RETURNED),
        ("Amana", "amana ", "Autre"),
        strict=True,
    ):
        Parcel.objects.create(
            vendor_order=part,
            number=1,
            state=state,
            carrier=carrier,
            shipped_at=now - timedelta(days=days),
            delivered_at=now if state == ParcelState.DELIVERED else None,
        )
    rows = cash_refusals(CooperativeScope(world.growers.pk))
    assert sorted((row.carrier.lower().strip(), row.ended, row.refused) for row in rows) == [
        ("amana", 2, 1),
        ("autre", 1, 1),
    ]
    assert {row.town for row in rows} == {"Casablanca"}
    assert cash_refusals(CooperativeScope(world.weavers.pk)) == []

    slug = world.programme.slug
    staff = browser(world.coordinator)
    assert "Casablanca" in staff.get(f"/staff/{slug}/deliveries/refused/").content.decode()
    table = staff.get(f"/staff/{slug}/deliveries/refused/table/")
    assert table.content.decode("utf-8-sig").splitlines()[1:] == [
        "Autre,Casablanca,1,1,100",
        "Amana,Casablanca,2,1,50",
    ]
