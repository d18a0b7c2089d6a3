"""A buyer is erased everywhere, the books stay, and a crash or a second worker changes nothing."""

from datetime import date
from io import BytesIO
from typing import Any

import pytest
from django.core import mail
from django.utils import timezone

from marketplace.conversations.models import Conversation, ConversationReport
from marketplace.core.models import AuditEntry
from marketplace.core.worker import work_off
from marketplace.favourites.models import Favourite
from marketplace.legal.models import Acceptance
from marketplace.orders.models import Order
from marketplace.payments import jobs
from marketplace.payments import services as payments
from marketplace.payments.models import Refund
from marketplace.payouts.statements.files import statement_csv
from marketplace.payouts.statements.lines import statements
from marketplace.personal_data.buyers import buyer_of_address, buyer_of_user
from marketplace.personal_data.errors import CannotBeErasedYet
from marketplace.personal_data.export import everything_about
from marketplace.personal_data.models import Erasure
from marketplace.personal_data.obstacles import obstacles
from marketplace.personal_data.services import carry_out
from marketplace.personal_data.services.ask import ask_for_erasure
from marketplace.saleor import ids
from marketplace.saleor.errors import EngineUnavailable
from marketplace.saleor.gateway import app_client
from tests.orders.complaining import asked
from tests.orders.conftest import made_world, world
from tests.orders.world import BY, World
from tests.personal_data.erasing import (
    EMAIL,
    account_of_buyer,
    books,
    bought,
    delivered,
    found_traces,
    question_of_buyer,
)
from vendors.accounts import User
from vendors.models import Cooperative
from vendors.scoping import Crossing

__all__ = ["made_world", "world"]

pytestmark = pytest.mark.django_db


def ask(email: str = EMAIL) -> Erasure:
    return ask_for_erasure(buyer=buyer_of_address(email), market="ma", language="fr")


def statements_of(*cooperatives: Cooperative) -> list[bytes]:
    """Each cooperative's statement of the month, as its file."""
    month, found = timezone.localdate().replace(day=1), []
    for each in cooperatives:
        file = BytesIO()
        statement_csv(file, each.scope, statements(each.scope, month))
        found.append(file.getvalue())
    assert all(len(each.splitlines()) > 1 for each in found)
    return found


def engine_order(order: Order) -> Any:
    return app_client().order_by_id(ids.global_id(ids.ORDER, order.pk)).order


def test_nothing_names_the_buyer_and_every_sum_stays(world: World) -> None:
    user = account_of_buyer(world)
    question_of_buyer(world)
    order, other = delivered(world), delivered(world, method="cod")
    part = world.part(order, world.growers)
    payments.make_refund(
        vendor_order=part, lines={part.lines.get().pk: 1}, include_shipping=False,
        reason="cassé", by=BY,
    )  # fmt: skip
    jobs.issue_due_invoices()
    jobs.send_refunds()
    work_off()
    assert {fate for _where, fate in found_traces()} >= {"erased"}
    before = books(), statements_of(world.weavers, world.growers)
    assert before[0]["ledger.Entry"]

    ask()
    carry_out.carry_out_erasures()
    work_off()

    left = {where: fate for where, fate in found_traces() if fate not in {"kept", "expires"}}
    assert left == {}
    assert (books(), statements_of(world.weavers, world.growers)) == before
    assert Acceptance.objects.filter(order_id__in=[order.pk, other.pk]).count() == 6
    erasure = Erasure.objects.get()
    assert erasure.finished_at is not None
    assert (erasure.emails, erasure.user, erasure.key) == ([], None, "")
    assert erasure.counts["orders"] == 2
    assert not User.objects.filter(pk=user.pk).exists()
    assert everything_about(buyer_of_address(EMAIL))["orders"] == []
    for each in (order, other):
        theirs = engine_order(each)
        assert theirs.user_email == "erased@erased.invalid"
        assert theirs.shipping_address.first_name == theirs.shipping_address.phone == ""
        assert theirs.shipping_address.street_address_1 == "–"


def test_it_waits_for_what_is_under_way_and_says_until_when(world: World) -> None:
    order = bought(world)
    found = obstacles(buyer_of_address(EMAIL))
    assert len(found) == 2
    assert all(order.number in each.text and isinstance(each.on, date) for each in found)
    with pytest.raises(CannotBeErasedYet):
        ask()
    assert not Erasure.objects.exists()


def test_an_open_complaint_keeps_the_data(world: World) -> None:
    order = delivered(world)
    part = world.part(order, world.growers)
    complaint = asked(part)
    (found,) = obstacles(buyer_of_address(EMAIL))
    assert found.on == complaint.due_on
    with pytest.raises(CannotBeErasedYet):
        ask()


def test_money_on_its_way_back_keeps_the_data(world: World) -> None:
    order = delivered(world)
    part = world.part(order, world.growers)
    payments.make_refund(vendor_order=part, lines={}, include_shipping=True, reason="retard", by=BY)
    refunds = Refund.objects.crossing(Crossing.BUYER_ORDER)
    refunds.update(state="requested")
    assert [order.number in each.text for each in obstacles(buyer_of_address(EMAIL))] == [True]
    refunds.update(state="made")
    assert obstacles(buyer_of_address(EMAIL)) == []


def test_a_reported_conversation_is_kept_until_staff_have_looked(world: World) -> None:
    question_of_buyer(world)
    conversation = Conversation.objects.crossing(Crossing.POLICY).get()
    report = ConversationReport.objects.create(
        conversation=conversation, side="cooperative", reported_at=timezone.now()
    )
    assert len(obstacles(buyer_of_address(EMAIL))) == 1
    report.settled_at = timezone.now()
    report.save()
    assert obstacles(buyer_of_address(EMAIL)) == []


@pytest.mark.parametrize("step", [*carry_out.STEPS, "_tell"])
def test_a_crash_in_any_step_is_gone_on_from(
    world: World, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    account_of_buyer(world)
    question_of_buyer(world)
    ask()

    def crash(*_args: object) -> int:
        raise EngineUnavailable("cut off")

    with monkeypatch.context() as patch:
        if step == "_tell":
            patch.setattr(carry_out, "_tell", crash)
        else:
            patch.setitem(carry_out.STEPS, step, crash)
        assert carry_out.carry_out_erasures() == 0
    erasure = Erasure.objects.get()
    assert erasure.finished_at is None
    assert "cut off" in erasure.last_error or "EngineUnavailable" in erasure.last_error

    assert carry_out.carry_out_erasures() == 1
    carry_out.carry_out(erasure.pk)

    erasure.refresh_from_db()
    assert erasure.finished_at is not None
    assert not User.objects.filter(email=EMAIL).exists()
    assert sum("effacées" in each.subject for each in mail.outbox) <= 1
    assert AuditEntry.objects.filter(action="personal_data.erased").count() == 1


def test_without_an_answer_of_the_engine_nothing_of_an_order_is_erased_here(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    order = delivered(world)
    ask()

    def unavailable(**_kwargs: object) -> None:
        raise EngineUnavailable("away")

    with monkeypatch.context() as patch:
        patch.setattr("marketplace.orders.personal_data.erase_at_engine", unavailable)
        carry_out.carry_out_erasures()
    order.refresh_from_db()
    assert order.email == EMAIL
    carry_out.carry_out_erasures()
    order.refresh_from_db()
    assert order.email == order.name == order.address_json == ""


def test_an_order_that_is_placed_meanwhile_keeps_what_it_needs(world: World) -> None:
    old = delivered(world)
    ask()
    new = bought(world, honey=1)
    carry_out.carry_out_erasures()
    old.refresh_from_db()
    new.refresh_from_db()
    assert (old.email, new.email) == ("", EMAIL)


def test_a_guest_is_erased_by_the_address_alone_and_nobody_else(world: World) -> None:
    order = delivered(world)
    stranger = world.placed(rug=1)
    ask()
    carry_out.carry_out_erasures()
    order.refresh_from_db()
    stranger.refresh_from_db()
    assert (order.email, stranger.email) == ("", "salma@example.org")


def test_who_has_a_role_keeps_the_account_and_loses_what_they_bought(world: World) -> None:
    manager = world.manager
    Favourite.objects.create(user=manager, listing_id=world.rug)
    manager.emailaddress_set.get_or_create(email=manager.email, verified=True, primary=True)
    ask(manager.email)
    carry_out.carry_out_erasures()
    manager.refresh_from_db()
    assert manager.is_active
    assert not Favourite.objects.filter(user=manager).exists()


def test_everything_held_is_in_the_file(world: World) -> None:
    user = account_of_buyer(world)
    question_of_buyer(world)
    order = delivered(world)
    data = everything_about(buyer_of_user(user))
    assert data["account"]["name"] == "Zenobia Quartz"
    (found,) = data["orders"]
    assert found["number"] == order.number
    assert found["address"]["line1"] == "99 ruelle des Sureaux"
    assert len(found["lines"]) == 2
    assert data["conversations"][0]["messages"][0]["text"].startswith("Zenobia Quartz vous")
    assert [row["kind"] for row in data["consents"]].count("terms") == 1
    assert len(data["favourites"]) == 1
