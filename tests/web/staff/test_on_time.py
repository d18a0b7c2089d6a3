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


def test_a_late_parcel_is_a_reason_to_call_and_is_counted(world: World) -> None:
    weaving = world.part(world.placed(rug=1), world.weavers)
    line = weaving.lines.get()
    ship.ship_parcel(vendor_order=weaving, lines={line.pk: 1}, by=world.manager.actor)
    Parcel.objects.crossing(Crossing.POLICY).update(promised_on=date(2026, 1, 1))
    client = browser(world.coordinator, "en")
    base = f"/staff/{world.programme.slug}/"
    answer = client.get(f"{base}follow/")
    rows = answer.content.decode().split("<tbody", 1)[1].split("</tbody>", 1)[0].split("<tr")[1:]
    assert len(rows) == answer.context["page"].paginator.count
    assert sum("1 late parcel" in row for row in rows) == 1
    said = f"{len(rows)} cooperative{'s' if len(rows) > 1 else ''}"
    assert f"{said} to call today" in client.get(base).content.decode().replace("\xa0", " ")
