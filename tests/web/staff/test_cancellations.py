"""Staff cancel an order on its page: at once below the limit, else two persons do."""

import pytest
from django.contrib.messages import get_messages
from django.test import Client
from django.urls import reverse

from marketplace.orders.models import VendorOrder
from marketplace.payments import services
from tests.factories import vendors as make
from tests.kept_worlds import kept
from tests.orders.world import World, make_world
from tests.payments.refund_world import limit, proposals, refunds, set_limit
from tests.web.browsers import at_once, twin
from vendors.models import User
from vendors.scoping import Crossing

pytestmark = pytest.mark.django_db(transaction=True)
SURE = {"reason": "The buyer called", "restock": "on", "confirmed": "on"}


@pytest.fixture
def part(monkeypatch: pytest.MonkeyPatch, settings: object) -> VendorOrder:
    """A rug for 1,500.00 that was paid; one person refunds 1,000.00 alone."""
    settings.TEST_PAYMENTS = True  # type: ignore[attr-defined]
    set_limit(monkeypatch, limit(100_000))
    world: World = kept("orders", make_world)
    order = world.placed(rug=1)
    services.capture_payments(order_id=order.pk)
    return world.part(order, world.weavers)


def browser(user: User) -> Client:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    client.cookies["twiza_language"] = "en"
    return client


def address(part: VendorOrder, name: str, **more: object) -> str:
    return reverse(f"staff:{name}", kwargs={"programme": part.programme.slug, **more})


def cancel_page(part: VendorOrder) -> str:
    return address(part, "order-cancel", vendor_order_id=part.pk)


def propose(part: VendorOrder, by: User) -> str:
    """Propose on the page; returns the proposal's address."""
    answer = browser(by).post(cancel_page(part), SURE)
    page = address(part, "refund-proposal", proposal_id=proposals().get().pk)
    assert answer["Location"] == page
    return page


def state(part: VendorOrder) -> str:
    return str(VendorOrder.objects.crossing(Crossing.POLICY).get(pk=part.pk).state)


def test_from_the_form_to_the_second_person(part: VendorOrder) -> None:
    one = make.make_staff(part.programme)
    two = make.make_staff(part.programme, "finance_approver")
    assert "1\u202f000" in browser(one).get(cancel_page(part)).content.decode()
    page = propose(part, one)
    assert (state(part), refunds().count()) == ("placed", 0)

    shown = browser(two).get(page).content.decode()
    assert "Confirm: cancel the order and refund the buyer" in shown
    assert "The buyer called" in shown
    member = browser(make.make_member(part.cooperative))
    portal = f"/portal/{part.cooperative.slug}/orders/{part.pk}/"
    assert "wants to cancel this order" in member.get(portal).content.decode()

    browser(two).post(f"{page}confirm/")

    assert state(part) == "cancelled"
    assert refunds().get().total_minor == part.goods_minor + part.shipping_minor
    assert "wants to cancel this order" not in member.get(portal).content.decode()


def test_own_confirmation_is_refused(part: VendorOrder) -> None:
    one = make.make_staff(part.programme)
    page = propose(part, one)

    answer = browser(one).post(f"{page}confirm/")

    assert [str(m) for m in get_messages(answer.wsgi_request)] == [
        "Another person must confirm this."
    ]
    assert (state(part), refunds().count()) == ("placed", 0)


def test_what_was_typed_comes_back_when_another_proposal_waits(part: VendorOrder) -> None:
    propose(part, make.make_staff(part.programme))
    two = make.make_staff(part.programme)

    answer = browser(two).post(cancel_page(part), SURE | {"reason": "It came back by post"})

    shown = answer.content.decode()
    assert answer.status_code == 200
    assert "already waiting to be confirmed" in shown
    assert "It came back by post" in shown


def test_four_clicks_at_once_propose_once(part: VendorOrder) -> None:
    clients = [browser(make.make_staff(part.programme)) for _ in range(2)]
    path = cancel_page(part)

    at_once([lambda c=c: c.post(path, SURE) for c in (*clients, *map(twin, clients))])

    assert proposals().count() == 1
    assert (state(part), refunds().count()) == ("placed", 0)


def test_two_who_confirm_at_once_cancel_and_refund_once(part: VendorOrder) -> None:
    page = propose(part, make.make_staff(part.programme))
    people = [make.make_staff(part.programme, "finance_approver") for _ in range(2)]
    clients = [browser(user) for user in people]

    at_once([lambda c=c: c.post(f"{page}confirm/") for c in (*clients, twin(clients[0]))])

    assert (state(part), proposals().get().state) == ("cancelled", "confirmed")
    assert refunds().count() == 1


def test_confirming_and_withdrawing_at_once_agree(part: VendorOrder) -> None:
    page = propose(part, make.make_staff(part.programme))
    one, two = (browser(make.make_staff(part.programme, "finance_approver")) for _ in range(2))

    at_once([lambda: one.post(f"{page}confirm/"), lambda: two.post(f"{page}withdraw/")])

    assert (proposals().get().state, state(part), refunds().count()) in [
        ("confirmed", "cancelled", 1),
        ("withdrawn", "placed", 0),
    ]


def test_a_member_of_today_is_told_who_can_cancel_it(part: VendorOrder) -> None:
    member = browser(make.make_member(part.cooperative))
    path = f"/portal/{part.cooperative.slug}/orders/{part.pk}/"

    answer = member.post(f"{path}cancel/", SURE, follow=True)

    assert "You joined less than a day ago" in answer.content.decode()
    assert (state(part), refunds().count()) == ("placed", 0)
