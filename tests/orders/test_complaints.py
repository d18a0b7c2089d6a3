"""A buyer asks for a return or complains: who may do what, until when, and about how much."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.utils import timezone

from marketplace.core.actors import Actor
from marketplace.core.models import AuditEntry, DomainEvent, SentMail
from marketplace.core.worker import work_off
from marketplace.orders.complaint_deadlines import days_for, known_deadlines
from marketplace.orders.complaint_errors import (
    ComplaintChanged,
    ConfirmedByBuyer,
    OfferNotPossible,
    OtherMemberSettles,
    TooLateToComplain,
    TooManyClaimed,
)
from marketplace.orders.complaint_mails import on_complaint_moved
from marketplace.orders.models import Complaint, ComplaintStep, Order, VendorOrder, VendorOrderLine
from marketplace.orders.queries.complaints import claimable_lines, for_cooperative
from marketplace.orders.services import complaints
from marketplace.orders.services.erasure import erase_buyer
from marketplace.orders.services.record_return import record_returned_goods
from tests.orders.complaining import arrived, asked, now, settled_member
from tests.orders.conftest import made_world, world
from tests.orders.world import BY, World
from vendors.scoping import Crossing

__all__ = ["made_world", "world"]

pytestmark = pytest.mark.django_db
BUYER = Actor.buyer(uuid4())


@pytest.fixture
def order(world: World) -> Order:
    return world.placed(rug=1, honey=3)


@pytest.fixture
def honey(world: World, order: Order) -> VendorOrder:
    """Three jars, arrived."""
    return arrived(world, order, world.growers)


@pytest.fixture
def member(world: World) -> Actor:
    return settled_member(world.growers, world.other_manager).actor


def left(part: VendorOrder) -> list[int]:
    return [most for _line, most in claimable_lines(part)]


def test_no_more_units_than_arrived_are_claimed(honey: VendorOrder) -> None:
    asked(honey, 2)

    with pytest.raises(TooManyClaimed):
        asked(honey, 2)
    assert left(honey) == [1]
    asked(honey, 1)
    assert left(honey) == []


def test_the_database_refuses_what_the_service_would(honey: VendorOrder) -> None:
    lines = VendorOrderLine.objects.crossing(Crossing.POLICY).filter(vendor_order=honey)
    with pytest.raises(IntegrityError), transaction.atomic():
        lines.update(quantity_claimed=4)


def test_the_same_request_sent_twice_is_one(honey: VendorOrder) -> None:
    key = uuid4()

    first, second = asked(honey, 1, key=key), asked(honey, 1, key=key)

    assert first.pk == second.pk
    assert left(honey) == [2]
    assert DomainEvent.objects.filter(name="ComplaintMoved").count() == 1


def test_what_has_not_arrived_cannot_be_claimed(world: World, order: Order) -> None:
    with pytest.raises(TooManyClaimed):
        asked(world.part(order, world.growers), 1)


def test_what_was_returned_without_a_complaint_is_not_claimed_too(honey: VendorOrder) -> None:
    line = honey.lines.get()
    record_returned_goods(
        vendor_order=honey, quantities={line.pk: 2}, restock=True, reason="", by=BY
    )
    assert left(honey) == [1]


def test_a_return_by_a_complaint_is_counted_once(honey: VendorOrder, member: Actor) -> None:
    row = asked(honey, 2)
    complaints.accept(complaint=row, needs_return=True, text="", by=member)
    complaints.confirm_returned(complaint=now(row), restock=True, by=member)
    assert left(honey) == [1]


def test_a_withdrawn_request_may_be_made_again(honey: VendorOrder) -> None:
    row = asked(honey, 3)
    complaints.withdraw(complaint=row, by=BUYER)

    assert (now(row).state, now(row).outcome) == ("closed", "withdrawn")
    assert left(honey) == [3]


def test_each_step_says_who_when_and_by_when(honey: VendorOrder, member: Actor) -> None:
    row = asked(honey)
    complaints.offer(complaint=row, remedy="partial_refund", amount_minor=500, text="", by=member)

    first, second = ComplaintStep.objects.crossing(Crossing.POLICY).filter(complaint=row)
    today = timezone.localdate(timezone=honey.order.zone)
    assert (first.side, first.by_name, first.due_on) == ("buyer", "buyer", today + timedelta(5))
    assert (second.side, second.by_name) == ("cooperative", member.name)
    assert (second.amount_minor, second.due_on) == (500, today + timedelta(10))
    assert now(row).due_on == second.due_on
    assert AuditEntry.objects.filter(action="complaint.offered", actor_id=member.id).count() == 1


def test_a_change_of_mind_has_the_days_of_the_law_and_damage_has_more(
    world: World, order: Order
) -> None:
    part = arrived(world, order, world.growers, at=timezone.now() - timedelta(days=8))

    with pytest.raises(TooLateToComplain):
        asked(part, 1, reason="changed_mind")
    assert asked(part, 1, reason="damaged").state == "asked"


def test_after_the_last_day_nothing_is_taken(world: World, order: Order) -> None:
    part = arrived(world, order, world.growers, at=timezone.now() - timedelta(days=61))
    with pytest.raises(TooLateToComplain):
        asked(part, 1)


def test_whoever_confirmed_the_parcel_does_not_say_that_it_never_came(
    world: World, order: Order
) -> None:
    part = arrived(world, order, world.growers, kind="buyer")
    with pytest.raises(ConfirmedByBuyer):
        asked(part, 1, reason="not_come")
    other = arrived(world, order, world.weavers)
    assert asked(other, 1, reason="not_come").reason == "not_come"


def test_a_country_has_its_own_days() -> None:
    assert days_for("ask", "MA", date(2026, 12, 1)) == 60
    assert days_for("ask", "FR", date(2026, 12, 1)) == 730
    assert {rule.step for rule in known_deadlines()} == {
        "ask", "reply", "choose", "send_back", "carry_out", "decide"
    }  # fmt: skip
    with pytest.raises(LookupError):
        days_for("reply", "MA", date(2020, 1, 1))


def test_an_offer_of_money_is_a_part_of_the_price(honey: VendorOrder, member: Actor) -> None:
    row = asked(honey, 1)
    for amount in (0, 9_500, -1, None):
        with pytest.raises(OfferNotPossible):
            complaints.offer(
                complaint=row, remedy="partial_refund", amount_minor=amount, text="", by=member
            )
    assert now(row).state == "asked"


def test_a_member_of_today_agrees_to_no_refund(honey: VendorOrder, world: World) -> None:
    row = asked(honey)
    with pytest.raises(OtherMemberSettles):
        complaints.accept(complaint=row, needs_return=False, text="", by=world.other_manager.actor)
    assert now(row).refund_due_at is None


def test_a_repair_ends_by_the_buyers_word(honey: VendorOrder, member: Actor) -> None:
    row = asked(honey)
    complaints.offer(complaint=row, remedy="repair", text="Deux semaines", by=member)
    complaints.accept_offer(complaint=row, by=BUYER)
    waiting = for_cooperative(Complaint.objects.crossing(Crossing.POLICY))
    assert waiting.count() == 1
    complaints.carried_out(complaint=now(row), text="", by=member)
    complaints.confirm_done(complaint=now(row), by=BUYER)

    assert (now(row).outcome, now(row).refund_due_at) == ("repaired", None)
    with pytest.raises(ComplaintChanged):
        complaints.confirm_done(complaint=now(row), by=BUYER)


Act = Callable[[Complaint, Actor], object]
BEFORE: dict[str, list[Act]] = {
    "silence": [],
    "refusal": [lambda row, by: complaints.refuse(complaint=row, text="Non", by=by)],
    "offer": [lambda row, by: complaints.offer(complaint=row, remedy="repair", text="", by=by)],
    "no return": [
        lambda row, by: complaints.accept(complaint=row, needs_return=True, text="", by=by)
    ],
    "no repair": [
        lambda row, by: complaints.offer(complaint=row, remedy="repair", text="", by=by),
        lambda row, _by: complaints.accept_offer(complaint=row, by=BUYER),
    ],
}
AFTER = {
    "silence": ("mediation", ""),
    "refusal": ("closed", "refused"),
    "offer": ("closed", "lapsed"),
    "no return": ("mediation", ""),
    "no repair": ("mediation", ""),
}


@pytest.mark.parametrize("story", BEFORE)
def test_when_a_date_has_passed(story: str, honey: VendorOrder, member: Actor) -> None:
    row = asked(honey)
    for act in BEFORE[story]:
        act(now(row), member)
    due = now(row).due_on
    assert due is not None
    noon = timezone.now().replace(hour=12, minute=0)

    with time_machine.travel(noon + (due - noon.date()), tick=False):
        assert complaints.close_or_pass_on_overdue() == 0
    with time_machine.travel(noon + (due - noon.date()) + timedelta(days=1), tick=False):
        assert complaints.close_or_pass_on_overdue() == 1
        assert complaints.close_or_pass_on_overdue() == 0

    assert (now(row).state, now(row).outcome) == AFTER[story]


def test_buyer_members_and_mediators_are_told_once(
    world: World, honey: VendorOrder, member: Actor, settings: Any
) -> None:
    settings.EMAIL_BACKEND = "marketplace.core.mail.OutboxBackend"
    row = asked(honey)
    complaints.refuse(complaint=row, text="Rien de cassé", by=member)
    complaints.ask_mediator(complaint=now(row), by=BUYER)
    work_off()
    for event in DomainEvent.objects.filter(name="ComplaintMoved"):
        on_complaint_moved(event.payload)

    buyer = mails("salma@example.org", subject__contains="Votre demande")
    assert len(buyer) == 2
    assert "Rien de cassé" in buyer[1].text
    here = {"text__contains": f"/complaints/{row.pk}/"}
    assert len(mails(world.other_manager.email, **here)) == 2
    assert len(mails(world.coordinator.email, **here)) == 1
    assert mails(world.manager.email, **here) == []


def mails(recipient: str, **more: str) -> list[SentMail]:
    return list(SentMail.objects.filter(recipient=recipient, **more).order_by("pk"))


def test_erasing_the_buyer_takes_text_and_photographs(honey: VendorOrder) -> None:
    row = asked(honey, photos=[b"\xff\xd8 a photograph"])
    assert now(row).photos.count() == 1

    erase_buyer(order=honey.order, by=BY)

    assert now(row).text == ""
    assert now(row).photos.count() == 0


def test_only_four_photographs_are_kept(honey: VendorOrder) -> None:
    row = asked(honey, photos=[b"\xff\xd8"] * 6)
    assert now(row).photos.count() == 4
