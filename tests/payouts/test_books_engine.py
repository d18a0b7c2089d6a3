"""The engine's totals are the ledger's: whole sequences through the embedded engine.

``TWIZA_ENGINE_SEQUENCES`` sets how many are tried (25 by default: each buys through the engine, and
the ledger is checked whole after it).
"""

import contextlib
import os
from collections.abc import Callable
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from marketplace.core.actors import Actor
from marketplace.core.errors import TwizaError
from marketplace.core.outbox import deliver_events
from marketplace.orders.models import Order, VendorOrder
from marketplace.orders.services import cancellations, deliveries, shipments
from marketplace.payments import services as payments
from marketplace.payments.models import Refund
from marketplace.payouts.ledger.checks import findings
from marketplace.payouts.models import Entry
from marketplace.saleor import ids
from marketplace.saleor.gateway import app_client
from tests.orders.world import World, make_world
from tests.payouts.books.looking import check_constraints_now
from vendors.models import Cooperative
from vendors.scoping import Crossing

pytestmark = pytest.mark.django_db
BY = Actor.system("test")
ACTS = ("ship", "deliver", "refund", "refund delivery", "killed refund", "cancel", "hear")
acts = st.lists(
    st.tuples(st.sampled_from(ACTS), st.booleans(), st.integers(1, 3)), min_size=2, max_size=6
)


class Killed(BaseException):
    """The process has died."""


@pytest.fixture
def world(db: None) -> World:
    return make_world(rugs=2_000, honeys=4_000)


def test_the_engines_totals_are_the_ledgers(world: World) -> None:
    @settings(
        max_examples=int(os.environ.get("TWIZA_ENGINE_SEQUENCES", "25")),
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(rugs=st.integers(1, 2), honeys=st.integers(1, 3), story=acts)
    def try_one(rugs: int, honeys: int, story: list[tuple[str, bool, int]]) -> None:
        order = world.placed(rug=rugs, honey=honeys)
        payments.capture_payments(order_id=order.pk)
        for act, first, quantity in story:
            part = world.part(order, world.weavers if first else world.growers)
            DOING[act](part, quantity)
        _hear_all()
        _compare(order, (world.weavers, world.growers))

    try_one()


def _ship(part: VendorOrder, quantity: int) -> None:
    line = part.lines.get()
    shipments.ship(
        vendor_order=part,
        lines={line.pk: min(quantity, line.quantity)},
        carrier="Amana",
        tracking_number=f"T{line.pk.hex[:8]}{part.parcels.count()}",
        by=BY,
    )


def _deliver(part: VendorOrder, _quantity: int) -> None:
    for parcel in part.parcels.all():
        deliveries.record_delivery(parcel=parcel, kind="staff", occurred_at=timezone.now(), by=BY)


def _refund(part: VendorOrder, quantity: int, *, shipping: bool = False) -> Refund:
    line = part.lines.get()
    return payments.make_refund(
        vendor_order=part,
        lines={} if shipping else {line.pk: quantity},
        include_shipping=shipping,
        reason="test",
        by=BY,
    )


def _refund_delivery(part: VendorOrder, quantity: int) -> None:
    _refund(part, quantity, shipping=True)


def _killed_refund(part: VendorOrder, quantity: int) -> None:
    """Killed between the engine's answer and our commit; the worker finishes it."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(
            "marketplace.payments.services.refunds.confirm_refund",
            lambda **_details: (_ for _ in ()).throw(Killed),
        )
        with contextlib.suppress(Killed):
            _refund(part, quantity)
    Refund.objects.crossing(Crossing.BUYER_ORDER).update(look_at=timezone.now())
    payments.settle_open_refunds(by=BY)


def _cancel(part: VendorOrder, _quantity: int) -> None:
    cancellations.cancel_vendor_order(vendor_order=part, reason="test", by=BY)


def _hear(_part: VendorOrder, _quantity: int) -> None:
    _hear_all()


def _hear_all() -> None:
    while deliver_events():
        payments.settle_open_refunds(by=BY)


def _allowed(act: Callable[[VendorOrder, int], Any]) -> Callable[[VendorOrder, int], Any]:
    """What a person would be refused is no step."""

    def try_it(part: VendorOrder, quantity: int) -> None:
        try:
            act(part, quantity)
        except TwizaError:
            assert not transaction.get_connection().needs_rollback

    return try_it


DOING = {
    "ship": _allowed(_ship),
    "deliver": _allowed(_deliver),
    "refund": _allowed(_refund),
    "refund delivery": _allowed(_refund_delivery),
    "killed refund": _allowed(_killed_refund),
    "cancel": _allowed(_cancel),
    "hear": _hear,
}


def _compare(order: Order, sellers: tuple[Cooperative, Cooperative]) -> None:
    check_constraints_now()
    assert list(findings()) == []
    found = app_client().order_by_id(ids.global_id(ids.ORDER, order.pk)).order
    assert found is not None
    charged = int(found.total_charged.fractional_amount)
    refunded = int(found.total_refunded.fractional_amount)
    entries = Entry.objects.crossing(Crossing.LEDGER_POSTING).filter(
        transaction__sale_id__in=order.vendor_orders.crossing(Crossing.POLICY).values("pk"),
        account__code="psp_clearing",
    )
    by_cause: dict[str, int] = {}
    for entry in entries.select_related("transaction"):
        cause = entry.transaction.cause
        by_cause[cause] = by_cause.get(cause, 0) + entry.amount_minor
    assert by_cause.get("payment_captured", 0) == order.total_minor
    assert -by_cause.get("refund_made", 0) == refunded
    assert sum(by_cause.values()) in {charged, charged - refunded}
