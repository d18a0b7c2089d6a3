"""What buyers are told of a delivery: why it costs that, and where the carrier shows the parcel."""

import pytest
from django.core import mail
from django.test import Client

from marketplace.core.actors import Actor
from marketplace.core.worker import work_off
from marketplace.orders.models import CheckoutAttempt
from marketplace.orders.services import ship
from marketplace.orders.services.tracking_links import issue_link
from tests.factories.addresses import ADDRESS
from tests.orders.conftest import made_world, world
from tests.orders.world import World

__all__ = ["made_world", "world"]

pytestmark = pytest.mark.django_db
PAGE = "https://www.dhl.com/global-en/home/tracking.html?tracking-id=JD0146000012"


@pytest.mark.parametrize(("carrier", "is_known"), [("dhl express", True), ("Omar", False)])
def test_the_carriers_page_is_linked_where_it_is_known(
    carrier: str, is_known: bool, client: Client, world: World
) -> None:
    order = world.placed(honey=1)
    part = world.part(order, world.growers)
    ship.ship_parcel(
        vendor_order=part, lines={part.lines.get().pk: 1}, carrier=carrier,
        tracking_number="JD0146000012", by=Actor.system("test"),
    )  # fmt: skip
    work_off()
    member = Client()
    member.force_login(world.other_manager, backend="django.contrib.auth.backends.ModelBackend")
    token = issue_link(order=order)

    pages = (
        client.get(f"/ma/fr/orders/{token}/").content.decode(),
        member.get(f"/portal/{world.growers.slug}/orders/{part.pk}/").content.decode(),
    )

    (sent,) = [m for m in mail.outbox if "JD0146000012" in m.body]
    assert all((f'href="{PAGE}"' in html) == is_known for html in pages)
    assert (PAGE in sent.body) == is_known


def test_the_tariffs_reason_is_told_in_the_basket_and_the_checkout(
    client: Client, world: World
) -> None:
    client.post("/ma/fr/basket/add/", {"variant": str(world.honey), "quantity": 3})
    html = client.get("/ma/fr/basket/").content.decode()
    assert "jusqu’à 5\u00a0kg dans le pays" in html

    for region, reason in (
        ("MA-08", "jusqu’à 5\u00a0kg dans la région de la coopérative"),
        ("MA-06", "jusqu’à 5\u00a0kg dans le pays"),
    ):
        client.post("/ma/fr/checkout/", ADDRESS | {"region_code": region})
        attempt = CheckoutAttempt.objects.get()
        html = client.get(f"/ma/fr/checkout/{attempt.pk}/delivery/").content.decode()
        assert reason in html
