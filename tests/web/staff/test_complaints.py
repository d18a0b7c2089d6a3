"""The programme's mediators see complaints of their scope, and decide them."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from marketplace.core.actors import Actor
from marketplace.orders.models import Complaint, Order, VendorOrder
from marketplace.orders.services import complaints
from marketplace.payments import refund_limits, services
from marketplace.payments.models import RefundProposal
from tests.factories.vendors import make_staff
from tests.orders.complaining import arrived, asked, now, settled_member
from tests.orders.conftest import made_world, world
from tests.orders.world import World
from tests.payments.refund_world import limit
from tests.web.browsers import browser
from vendors.scoping import Crossing

__all__ = ["made_world", "world"]

pytestmark = pytest.mark.django_db


@pytest.fixture
def order(world: World) -> Order:
    order = world.placed(rug=1, honey=3)
    services.capture_payments(order_id=order.pk)
    return order


@pytest.fixture
def honey(world: World, order: Order) -> VendorOrder:
    return arrived(world, order, world.growers)


@pytest.fixture
def row(world: World, honey: VendorOrder) -> Complaint:
    """Refused by the cooperative, with the mediator by now."""
    found = asked(honey, 2, photos=[b"\xff\xd8 a photograph"])
    member = settled_member(world.growers, world.other_manager)
    complaints.refuse(complaint=found, text="Emballé avec soin", by=member.actor)
    complaints.ask_mediator(complaint=now(found), by=Actor.buyer(honey.order_id))
    return now(found)


@pytest.fixture
def coordinator(world: World) -> Client:
    return browser(world.coordinator, "en")


def home(world: World) -> str:
    return f"/staff/{world.programme.slug}/complaints/"


def decision(**changes: str) -> dict[str, str]:
    return {
        "decision": "refund", "text": "Broken on the way", "borne_by": "programme",
        "confirmed": "on", **changes,
    }  # fmt: skip


def read(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode().replace("\xa0", " ").replace("\u202f", " ")


def test_it_waits_on_the_overview_and_in_the_list(
    world: World, coordinator: Client, row: Complaint
) -> None:
    assert "Complaints to decide" in read(coordinator, f"/staff/{world.programme.slug}/")
    listed = read(coordinator, f"{home(world)}?state=decide")
    assert row.vendor_order.number in listed
    row.due_on = timezone.localdate() - timedelta(days=1)
    row.save(update_fields=["due_on"])
    assert "Late" in read(coordinator, f"{home(world)}?state=late")


def test_the_mediator_reads_both_sides(world: World, coordinator: Client, row: Complaint) -> None:
    content = read(coordinator, f"{home(world)}{row.pk}/")
    assert "Une déchirure au milieu" in content
    assert "Emballé avec soin" in content
    assert coordinator.get(f"{home(world)}{row.pk}/photos/0/").status_code == 200


def test_a_decision_refunds_once(world: World, coordinator: Client, row: Complaint) -> None:
    first = coordinator.post(f"{home(world)}{row.pk}/decide/", decision())
    second = coordinator.post(f"{home(world)}{row.pk}/decide/", decision())

    assert (first.status_code, second.status_code) == (302, 422)
    refund = services.refund_of(row)
    assert refund is not None
    assert (refund.goods_minor, refund.borne_by) == (19_000, "programme")
    assert "has changed in the meantime" in second.content.decode()


def test_above_the_limit_the_refund_is_proposed(
    world: World, coordinator: Client, row: Complaint, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(refund_limits, "known_limits", lambda: (limit(1_000),))

    answer = coordinator.post(f"{home(world)}{row.pk}/decide/", decision(), follow=True)

    assert "another person must confirm" in answer.content.decode()
    proposal = RefundProposal.objects.crossing(Crossing.POLICY).get()
    shown = read(coordinator, f"/staff/{world.programme.slug}/refunds/proposed/{proposal.pk}/")
    assert f"/complaints/{row.pk}/" in shown
    assert services.refund_of(row) is None


def test_a_part_is_an_amount(world: World, coordinator: Client, row: Complaint) -> None:
    address = f"{home(world)}{row.pk}/decide/"
    missing = coordinator.post(address, decision(decision="partial_refund"))
    too_much = coordinator.post(address, decision(decision="partial_refund", amount="190"))
    assert "Enter the amount to refund." in missing.content.decode()
    assert too_much.status_code == 422
    coordinator.post(address, decision(decision="partial_refund", amount="40"))
    refund = services.refund_of(row)
    assert refund is not None
    assert refund.goods_minor == 4_000


@pytest.mark.parametrize("missing", ["decision", "text", "confirmed"])
def test_what_is_missing_is_said(
    missing: str, world: World, coordinator: Client, row: Complaint
) -> None:
    form: dict[str, Any] = decision()
    del form[missing]
    answer = coordinator.post(f"{home(world)}{row.pk}/decide/", form)
    assert answer.status_code == 422
    assert now(row).state == "mediation"


def test_a_refusal_is_told_to_both(world: World, coordinator: Client, row: Complaint) -> None:
    coordinator.post(f"{home(world)}{row.pk}/decide/", decision(decision="refuse"))
    assert (now(row).state, now(row).outcome) == ("closed", "refused")
    assert "Broken on the way" in read(coordinator, f"{home(world)}{row.pk}/")


def test_a_region_sees_its_own_only(world: World, row: Complaint) -> None:
    other = browser(make_staff(world.programme, "regional", regions=("MA-01",)), "en")
    own = browser(make_staff(world.programme, "regional", regions=("MA-08",)), "en")
    address = f"{home(world)}{row.pk}/"
    assert other.get(address).status_code == 404
    assert row.vendor_order.number not in read(other, home(world))
    assert "Who bears it?" not in read(own, address)
    assert own.post(address + "decide/", decision()).status_code == 403
