"""What an order at an offered price brings its cooperative, in the books and on the statement."""

from datetime import date

import pytest
from django.utils import timezone

from marketplace.core.worker import work_off
from marketplace.orders.models import EvidenceKind
from marketplace.orders.services import checkout, price_offers, ship
from marketplace.orders.services.record_delivery import record_delivery
from marketplace.payments import services
from marketplace.payouts.balances.set_commission import set_commission
from marketplace.payouts.book_checks import findings
from marketplace.payouts.statements.lines import statements
from tests.orders.agreeing import CARD, begun, offered
from tests.orders.conftest import made_world, world
from tests.orders.world import BY, World
from tests.payouts.world import balances
from vendors.models import Cooperative

__all__ = ["made_world", "world"]
pytestmark = pytest.mark.django_db
# Twelve in a hundred of eighteen jars at 80.00.
GOODS, COMMISSION = 18 * 8_000, 17_280


@pytest.fixture
def growers(world: World) -> Cooperative:
    """Who sold eighteen jars at the price of an offer, paid by card and brought to the buyer."""
    set_commission(
        programme_id=world.programme.pk,
        rate_bp=1_200,
        valid_from=date(2024, 1, 1),
        source="programme convention",
        by=BY,
    )
    attempt = begun(price_offers.basket_for(offer=offered(world), language="fr"))
    assert checkout.pay(attempt=attempt, method="card", data=CARD).is_settled
    order = checkout.complete(attempt=attempt)
    services.capture_payments(order_id=order.pk)
    part = world.part(order, world.growers)
    parcel = ship.ship_parcel(
        vendor_order=part, lines={part.lines.get().pk: 18}, by=world.other_manager.actor
    )
    record_delivery(
        parcel=parcel,
        kind=EvidenceKind.STAFF,
        occurred_at=timezone.now(),
        reference="call with the buyer",
        by=world.coordinator.actor,
    )
    work_off()
    return world.growers


def test_commission_is_of_the_offered_price(growers: Cooperative) -> None:
    booked = balances()
    assert booked["commission"] == -COMMISSION
    assert booked["released"] == -(GOODS - COMMISSION)
    assert list(findings()) == []


def test_the_statement_has_the_offered_price(growers: Cooperative) -> None:
    [found] = statements(growers.scope, timezone.localdate().replace(day=1))
    assert (found.sold_minor, found.commission_minor) == (GOODS, COMMISSION)
    assert (found.vouchers_minor, found.closing_minor) == (0, GOODS - COMMISSION)
