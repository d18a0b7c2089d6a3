"""On a phone a member says what cannot be delivered, reads what follows, and confirms it."""

import re
from uuid import uuid4

import pytest
from django.test import Client

from marketplace.core.worker import work_off
from marketplace.orders.models import Refusal, VendorOrder, VendorOrderState
from marketplace.orders.services.tracking_links import issue_link
from marketplace.payments import services
from tests.factories.vendors import make_user
from tests.orders.conftest import made_world, world
from tests.orders.world import World
from tests.payments.refusing import (
    HONEY,
    bought,
    line_of,
    send,
    settle,
)
from vendors.models import User
from vendors.scoping import Crossing

__all__ = ["made_world", "world"]

pytestmark = pytest.mark.django_db


def as_user(user: User, language: str = "en") -> Client:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    client.cookies["twiza_language"] = language
    return client


def page(vendor_order: VendorOrder, name: str = "") -> str:
    slug = vendor_order.cooperative.slug
    return f"/portal/{slug}/orders/{vendor_order.pk}/{name}"


@pytest.fixture
def part(world: World) -> VendorOrder:
    settle(world.other_manager)
    return bought(world, honey=5)


def typed(
    part: VendorOrder, quantity: str, reason: str = "sold_out", **more: str
) -> dict[str, str]:
    line = line_of(part)
    return {f"line-{line.pk}": quantity, f"reason-{line.pk}": reason, "note": "", **more}


def hidden(body: str, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]+)"', body)
    assert found, name
    return found[1]


def confirm(client: Client, part: VendorOrder, asked: str, given: dict[str, str]) -> str:
    again = {name: hidden(asked, name) for name in ("key", "seen")}
    answer = client.post(page(part, "refuse/"), {**given, **again, "confirmed": "yes"}, follow=True)
    assert answer.status_code == 200
    return answer.content.decode()


def refused(part: VendorOrder) -> int:
    return line_of(part).quantity_refused


def test_nothing_changes_before_the_consequences_are_confirmed(
    world: World, part: VendorOrder
) -> None:
    client = as_user(world.other_manager)
    opened = client.get(page(part)).content.decode()
    given = typed(part, "2", note="Bad harvest")

    asked = client.post(page(part, "refuse/"), given).content.decode()

    assert "Something cannot be delivered" in opened
    assert "This cannot be undone" in asked
    assert "190.00" in asked
    assert refused(part) == 0

    done = confirm(client, part, asked, given)
    confirm(client, part, asked, given)

    assert refused(part) == 2
    assert Refusal.objects.crossing(Crossing.POLICY).count() == 1
    assert "Recorded. The buyer is told." in done
    assert "2 of 5 ordered cannot be delivered" in done
    assert "Bad harvest" in done


def test_change_it_shows_what_was_typed(world: World, part: VendorOrder) -> None:
    client = as_user(world.other_manager)
    given = typed(part, "2", note="Bad harvest", change="yes")

    body = client.post(page(part, "refuse/"), given).content.decode()

    assert "Bad harvest" in body
    assert 'value="2"' in body
    assert refused(part) == 0


def test_how_many_is_empty_at_first_and_empty_says_none(world: World, part: VendorOrder) -> None:
    client, name = as_user(world.other_manager), f"line-{line_of(part).pk}"

    opened = client.get(page(part, "refuse/")).content.decode()
    asked = client.post(page(part, "refuse/"), typed(part, "", "")).content.decode()

    field = re.search(rf'<input[^>]*name="{name}"[^>]*>', opened)
    assert field
    assert "value=" not in field[0]
    assert "Say of at least one product" in asked
    assert refused(part) == 0


@pytest.mark.parametrize(
    ("quantity", "reason", "words"),
    [
        ("6", "sold_out", "At most 5."),
        ("-1", "sold_out", "At least 0."),
        ("two", "sold_out", "whole number"),
        ("0", "sold_out", "Say of at least one product"),
        ("2", "", "Choose why it cannot be delivered."),
        ("2", "nonsense", "Choose why it cannot be delivered."),
        ("2", "other", "Write to the buyer in a few words"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field(
    world: World, part: VendorOrder, quantity: str, reason: str, words: str
) -> None:
    client = as_user(world.other_manager)
    given = typed(part, quantity, reason, confirmed="yes", key=str(uuid4()))

    body = client.post(page(part, "refuse/"), given).content.decode()

    assert words in body
    assert f'value="{quantity}"' in body
    assert refused(part) == 0


def test_of_two_members_the_second_is_told(world: World, part: VendorOrder) -> None:
    client = as_user(world.other_manager)
    given = typed(part, "2")
    first = client.post(page(part, "refuse/"), given).content.decode()
    second = client.post(page(part, "refuse/"), given).content.decode()
    confirm(client, part, first, given)

    body = confirm(client, part, second, given)

    assert "changed this order meanwhile" in body
    assert refused(part) == 2


def test_who_may_not_send_orders_may_not_refuse(world: World, part: VendorOrder) -> None:
    given = typed(part, "2", confirmed="yes", key=str(uuid4()))

    stranger = as_user(world.manager).post(page(part, "refuse/"), given)
    nobody = as_user(make_user("nobody@example.org")).post(page(part, "refuse/"), given)

    assert (stranger.status_code, nobody.status_code) == (404, 404)
    assert refused(part) == 0


def test_an_accountant_reads_orders_and_refuses_nothing(world: World) -> None:
    part = bought(world, rug=1)
    client = as_user(world.accountant)

    answer = client.post(page(part, "refuse/"), typed(part, "1", confirmed="yes"))

    assert answer.status_code == 403
    assert "Something cannot be delivered" not in client.get(page(part)).content.decode()
    assert refused(part) == 0


def test_what_was_sent_is_refused_no_more(world: World, part: VendorOrder) -> None:
    send(part, 5, world.other_manager)
    client = as_user(world.other_manager)
    given = typed(part, "2", confirmed="yes", key=str(uuid4()))

    body = client.post(page(part, "refuse/"), given, follow=True).content.decode()

    assert "Something cannot be delivered" not in client.get(page(part)).content.decode()
    assert "no longer" in body or "cannot" in body
    assert refused(part) == 0


def test_the_buyers_page_says_what_she_gets_back(world: World, part: VendorOrder) -> None:
    client = as_user(world.other_manager)
    given = typed(part, "2", note="Bad harvest")
    asked = client.post(page(part, "refuse/"), given).content.decode()
    confirm(client, part, asked, given)
    work_off()

    token = issue_link(order=part.order)
    body = Client().get(f"/ma/en/orders/{token}/").content.decode()

    assert "Bad harvest" in body
    assert "No longer in stock" in body
    assert "Miel × 3" in re.sub(r"<[^>]+>", "", body)
    rest = part.order.total_minor - 2 * HONEY
    assert f"{rest / 100:,.2f}".replace(",", "\u202f") in body
    assert services.rest_of(part)[0] == {line_of(part).pk: 3}


def test_a_whole_order_that_cannot_be_delivered_ends(world: World, part: VendorOrder) -> None:
    client = as_user(world.other_manager)
    given = typed(part, "5")

    asked = client.post(page(part, "refuse/"), given).content.decode()
    confirm(client, part, asked, given)

    assert "it is cancelled, and you send nothing" in asked
    assert "(delivery included)" in asked
    found = VendorOrder.objects.crossing(Crossing.POLICY).get(pk=part.pk)
    assert found.state == VendorOrderState.CANCELLED
