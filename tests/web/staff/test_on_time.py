"""Which parcels came on the promised day: the day of the programme, at its midnight."""

from datetime import UTC, date, datetime

import pytest
import time_machine

from marketplace.orders.models import Parcel
from marketplace.orders.services import ship
from tests.orders.conftest import made_world, world
from tests.orders.world import World
from tests.web.browsers import browser
from vendors.models import Programme
from vendors.scoping import Crossing

__all__ = ["made_world", "world"]

pytestmark = pytest.mark.django_db


def on_time(world: World, delivered: datetime, promised: date) -> str:
    weaving = world.part(world.placed(rug=1), world.weavers)
    line = weaving.lines.get()
    ship.ship_parcel(vendor_order=weaving, lines={line.pk: 1}, by=world.manager.actor)
    Parcel.objects.crossing(Crossing.POLICY).update(delivered_at=delivered, promised_on=promised)
    Programme.objects.update(time_zone="Africa/Cairo")
    with time_machine.travel(datetime(2031, 11, 20, 9, tzinfo=UTC)):
        client = browser(world.coordinator, "en")
        html = client.get(f"/staff/{world.programme.slug}/").content.decode()
    return html[html.index("Parcels on time") :][:300]


@pytest.mark.parametrize(
    ("delivered", "promised", "told"),
    [
        (datetime(2031, 11, 9, 21, 59, tzinfo=UTC), date(2031, 11, 9), "100%"),
        (datetime(2031, 11, 9, 22, 1, tzinfo=UTC), date(2031, 11, 9), "0%"),
        (datetime(2031, 10, 31, 22, 1, tzinfo=UTC), date(2031, 11, 1), "100%"),
        (datetime(2031, 10, 31, 21, 59, tzinfo=UTC), date(2031, 11, 1), "–"),
    ],
)
def test_a_parcel_is_late_from_midnight_on(
    world: World, delivered: datetime, promised: date, told: str
) -> None:
    assert told in on_time(world, delivered, promised)
