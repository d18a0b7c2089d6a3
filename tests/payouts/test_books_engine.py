"""The engine's totals are the ledger's: whole sequences through the embedded engine.

``TWIZA_ENGINE_SEQUENCES`` sets how many are tried in all (50 by default), in two parts that may
run side by side. A basket of each size is bought once, and every sequence begins where that has
just been paid; what it does is undone before the next.
"""

import contextlib
import os
from collections.abc import Callable
from typing import Any

import pytest
from django.db import transaction
from django.db.models import Sum
from django.utils import timezone
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from marketplace.core.actors import Actor
from marketplace.core.errors import TwizaError
from marketplace.core.models import EventDelivery
from marketplace.core.outbox import deliver_events
from marketplace.ledger.models import Entry
from marketplace.orders.models import Order, VendorOrder
from marketplace.orders.services import cancel, record_delivery, ship
from marketplace.payments import services as payments
from marketplace.payments.models import Refund
from marketplace.payouts.book_checks import findings
from marketplace.payouts.statements.lines import Statement, statements
from marketplace.saleor import ids
from marketplace.saleor.gateway import app_client
from tests.orders.world import World, make_world
from tests.payouts.books.looking import look, look_and_check
from tests.payouts.books.undoing import undone
from tests.turns import todays
from vendors.models import Cooperative
from vendors.scoping import CooperativeScope, Crossing

pytestmark = pytest.mark.django_db
BY = Actor.system("test")
HONEYS = (1, 2, 3)
TOTALS = """
query Totals($id: ID!) {
  order(id: $id) { totalCharged { fractionalAmount } totalRefunded { fractionalAmount } }
}
"""
# What moves money at the provider.
HEARING = ("on_payment_captured", "on_refund_made")
ACTS = ("ship", "deliver", "refund", "refund delivery", "killed refund", "cancel", "hear")
acts = st.lists(
    st.tuples(st.sampled_from(ACTS), st.booleans(), st.integers(1, 3)), min_size=2, max_size=6
)


class Killed(BaseException):
    """The process has died."""


@pytest.fixture
def world(db: None) -> World:
    return make_world(rugs=20, honeys=40)


@pytest.mark.parametrize("rugs", [1, 2])
def test_the_engines_totals_are_the_ledgers(world: World, rugs: int) -> None:
    wanted = int(os.environ.get("TWIZA_ENGINE_SEQUENCES", "50"))
    for honeys in todays(HONEYS, 3):
        with undone():
            order = world.placed(rug=rugs, honey=honeys)
            payments.capture_payments(order_id=order.pk)
            _try_sequences(world, order, -(-wanted // (2 * len(HONEYS))))


def _try_sequences(world: World, order: Order, count: int) -> None:
    cooperatives = (world.weavers, world.growers)

    @settings(
        max_examples=count,
        derandomize=True,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(story=acts)
    def try_one(story: list[tuple[str, bool, int]]) -> None:
        with undone():
            for act, first, quantity in story:
                DOING[act](world.part(order, cooperatives[not first]), quantity)
                _compare(order)
            _hear_all()
            assert not _waiting(order)
            _compare(order)
            _compare_at_the_end(order)
            assert list(findings()) == []
            for cooperative in cooperatives:
                _statement_sums_to_balance(cooperative)

    try_one()


def _ship(part: VendorOrder, quantity: int) -> None:
    line = part.lines.get()
    ship.ship_parcel(
        vendor_order=part,
        lines={line.pk: min(quantity, line.quantity)},
        carrier="Amana",
        tracking_number=f"T{line.pk.hex[:8]}{part.parcels.count()}",
        by=BY,
    )


def _deliver(part: VendorOrder, _quantity: int) -> None:
    for parcel in part.parcels.all():
        record_delivery.record_delivery(
            parcel=parcel, kind="staff", occurred_at=timezone.now(), by=BY
        )


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
            "marketplace.payments.services.refund.confirm_refund",
            lambda **_details: (_ for _ in ()).throw(Killed),
        )
        with contextlib.suppress(Killed):
            _refund(part, quantity)
    Refund.objects.crossing(Crossing.BUYER_ORDER).update(check_at=timezone.now())
    payments.settle_open_refunds(by=BY)


def _cancel(part: VendorOrder, _quantity: int) -> None:
    cancel.cancel_vendor_order(vendor_order=part, reason="test", by=BY)


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


def _compare(order: Order) -> None:
    """What holds after every step: what the ledger has yet to hear of is waiting for it."""
    _seen, wrong = look_and_check()
    assert wrong == []
    _charged, refunded = _totals(order)
    booked, waiting = _booked(order), _waiting(order)
    captured = booked.get("payment_captured", 0) + waiting.get("PaymentCaptured", 0)
    assert captured == order.total_minor
    assert waiting.get("RefundMade", 0) - booked.get("refund_made", 0) == refunded


def _compare_at_the_end(order: Order) -> None:
    charged, refunded = _totals(order)
    assert sum(_booked(order).values()) in {charged, charged - refunded}


def _totals(order: Order) -> tuple[int, int]:
    """What the engine says was charged and given back, in minor units."""
    client, order_id = app_client(), ids.global_id(ids.ORDER, order.pk)
    answer = client.execute(query=TOTALS, operation_name="Totals", variables={"id": order_id})
    found = client.get_data(answer)["order"]
    return found["totalCharged"]["fractionalAmount"], found["totalRefunded"]["fractionalAmount"]


def _booked(order: Order) -> dict[str, int]:
    """What the ledger has at the provider for an order, by cause."""
    entries = Entry.objects.crossing(Crossing.LEDGER_POSTING).filter(
        transaction__sale_id__in=order.vendor_orders.crossing(Crossing.POLICY).values("pk"),
        account__code="psp_clearing",
    )
    sums = entries.values_list("transaction__cause").annotate(total=Sum("amount_minor"))
    return dict(sums.order_by())


def _waiting(order: Order) -> dict[str, int]:
    """What was told of an order's money and the ledger has not heard, by event."""
    told = EventDelivery.objects.filter(
        delivered_at=None,
        handler__in=[f"marketplace.payouts.handlers.{name}" for name in HEARING],
        event__payload__order_id=str(order.pk),
    )
    amounts: dict[str, int] = {}
    for name, payload in told.values_list("event__name", "event__payload"):
        parts = payload.get("parts", [payload])
        total = sum(part["goods_minor"] + part["shipping_minor"] for part in parts)
        amounts[name] = amounts.get(name, 0) + total
    return amounts


def _statement_sums_to_balance(cooperative: Cooperative) -> None:
    closing = {row.currency: row.closing_minor for row in _statements(cooperative)}
    assert closing.get("MAD", 0) == look().owed.get((cooperative.pk, "released"), 0)


def _statements(cooperative: Cooperative) -> list[Statement]:
    found = statements(CooperativeScope(cooperative.pk), timezone.localdate())
    for each in found:
        moved = sum(row.amount_minor for row in each.rows)
        assert each.closing_minor == each.opening_minor + moved
    return found
