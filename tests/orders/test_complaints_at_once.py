"""At the same moment: two requests, an acceptance beside a call for the mediator."""

from uuid import uuid4

import pytest

from marketplace.core.actors import Actor
from marketplace.core.models import DomainEvent
from marketplace.orders.complaint_errors import ComplaintChanged, TooManyClaimed
from marketplace.orders.models import Complaint
from marketplace.orders.services import complaints
from marketplace.payments import services
from marketplace.payments.models import Refund
from tests.concurrency import at_once
from tests.orders.complaining import arrived, asked, now, settled_member
from tests.orders.one_rug import world
from tests.orders.world import World
from vendors.scoping import Crossing

pytestmark = pytest.mark.django_db(transaction=True)

__all__ = ["world"]


def test_what_only_one_can_have_is_had_once(world: World) -> None:
    order = world.placed(rug=1)
    services.capture_payments(order_id=order.pk)
    rug = arrived(world, order, world.weavers)
    member = settled_member(world.weavers, world.manager).actor
    buyer = Actor.buyer(order.pk)

    # Two different requests about the only rug.
    refused = at_once(lambda: asked(rug, 1), lambda: asked(rug, 1))
    assert [type(error) for error in refused] == [TooManyClaimed]
    row = Complaint.objects.crossing(Crossing.POLICY).get()

    # The cooperative accepts twice while the buyer withdraws: one of them comes first.
    refused = at_once(
        lambda: complaints.accept(complaint=row, needs_return=False, text="", by=member),
        lambda: complaints.accept(complaint=row, needs_return=False, text="", by=member),
        lambda: complaints.withdraw(complaint=row, by=buyer),
    )
    assert [type(error) for error in refused] == [ComplaintChanged] * 2
    if now(row).state == "closed":
        row = asked(rug, 1)
        complaints.accept(complaint=row, needs_return=False, text="", by=member)

    # The refund is asked for by an event and by the job.
    ask = lambda: services.request_due_refund(complaint_id=row.pk)  # noqa: E731
    assert at_once(ask, ask, services.request_due_refunds) == []
    refund = Refund.objects.crossing(Crossing.POLICY).get(complaint_id=row.pk)
    assert refund.goods_minor == 150_000


def test_the_same_request_at_once_is_one(world: World) -> None:
    rug = arrived(world, world.placed(rug=1), world.weavers)
    key = uuid4()

    assert at_once(*[lambda: asked(rug, 1, key=key)] * 3) == []

    assert Complaint.objects.crossing(Crossing.POLICY).count() == 1
    assert DomainEvent.objects.filter(name="ComplaintMoved").count() == 1
