"""A whole shop moves to another engine, and nothing is lost, doubled or changed."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.conf import LazySettings
from django.test import Client

from catalog.content import VariantContent
from catalog.models import Listing, ListingVariant
from catalog.queries import offers_for
from marketplace.core.actors import Actor
from marketplace.jobs import worker_loops
from marketplace.moving import closing, services
from marketplace.moving.errors import CannotMove
from marketplace.moving.models import Move, MoveState
from marketplace.moving.progress import Course
from marketplace.orders.models import Order, VendorOrder
from marketplace.orders.services import confirm, ship
from marketplace.payments.services import capture_payments, make_refund
from marketplace.saleor import ids, setup, transport
from marketplace.saleor.gateway import app_client
from tests.factories.shop import sold_listing
from tests.fakes.remote_engine import Remote, running
from tests.orders.world import World, make_world
from vendors.scoping import Crossing

pytestmark = pytest.mark.django_db
BY = Actor.system("test")
HALF = UUID("00000000-0000-4000-8000-000000000500")


@pytest.fixture
def world(settings: Any) -> World:
    """A shop with a refunded order, one under way and one paid on delivery."""
    settings.TEST_PAYMENTS = True
    world = make_world()
    refunded, sent = world.placed(rug=1, honey=2), world.placed(honey=3)
    capture_payments(order_id=refunded.pk)
    part = world.part(refunded, world.growers)
    line = part.lines.get()
    make_refund(
        vendor_order=part, lines={line.pk: 1}, include_shipping=False, reason="Cassé", by=BY
    )
    _send(world.part(sent, world.growers))
    world.placed(method="cod", rug=1)
    half = VariantContent(id=HALF, name="500 g", weight_grams=700, prices={"ma-mad": 17_000})
    sizes = {"variant_name": "250 g", "further_variants": [half.model_copy(update={"quantity": 3})]}
    sold_listing(world.weavers, quantity=4, **sizes)
    _work_off()
    return world


def _sizes() -> Listing:
    return ListingVariant.objects.crossing(Crossing.OPERATOR_COMMAND).get(pk=HALF).listing


def _work_off() -> None:
    """What the worker does until nothing is under way."""
    loops = worker_loops()
    while sum(loop() for loop in loops):
        pass


def _send(part: VendorOrder) -> None:
    confirm.confirm_vendor_order(vendor_order=part, by=BY)
    lines = {line.pk: line.quantity for line in part.lines.all()}
    ship.ship_parcel(vendor_order=part, lines=lines, tracking_number="T1", carrier="amana", by=BY)


@pytest.fixture
def remote(world: World, tmp_path: Path) -> Iterator[Remote]:
    with running(tmp_path) as found:
        yield found
        transport._pool().close()
        transport._pool.cache_clear()


@pytest.fixture
def other_engine(remote: Remote, settings: LazySettings) -> Remote:
    """The other engine is configured and set up; the shop has not moved yet."""
    settings.SALEOR_API_URL = remote.api_url
    settings.SALEOR_APP_TOKEN = remote.token
    setup.apply(by=BY)
    return remote


def tell(_words: str) -> None:
    """Nobody looks on."""


def test_a_shop_moves_whole_and_sells_at_its_new_engine(
    world: World, other_engine: Remote, client: Client
) -> None:
    # given
    before = _our_rows()
    assert closing.is_closed()

    # when
    found = services.move(by=BY, tell=tell)

    # then both engines hold the same, and our own rows are as they were
    assert found.differences == []
    assert [total for total in found.totals if not total.is_equal] == []
    assert found.changed_tables == []
    sums = {total.what: total.after for total in found.totals}
    assert sums["orders"] == 3
    assert sums["orders, refunded in MAD"] == 9_500
    assert sums["revenue of tiznit-weavers in MAD"] == 300_000
    assert sums["listings"] == 3
    # A size or colour moves with its product, its own price and its stock.
    offer = offers_for([HALF], "ma-mad")[HALF]
    assert (offer.amount_minor, offer.available) == (17_000, 3)
    moved = app_client().product_by_id(ids.global_id(ids.PRODUCT, _sizes().pk)).product
    assert moved is not None
    assert moved.product_variants is not None
    theirs = [edge.node.id for edge in moved.product_variants.edges]
    assert len(theirs) == 2
    assert ids.global_id(ids.VARIANT, HALF) in theirs
    assert _our_rows() == before

    # and the shop is open there: pages answer, and the next buyer gets the goods
    assert Move.objects.get().state == MoveState.DONE
    assert not closing.is_closed()
    there = app_client()
    for order in Order.objects.all():
        assert there.order_by_id(ids.global_id(ids.ORDER, order.pk)).order is not None
    listing = Listing.objects.within(world.growers.scope).get()
    assert client.get(f"/ma/fr/goods/{listing.slug}/").status_code == 200


def test_a_move_that_is_killed_goes_on_and_doubles_nothing(
    world: World, other_engine: Remote, monkeypatch: pytest.MonkeyPatch
) -> None:
    # given a move that dies each time it has noted something more
    noted = 0

    def dying(self: Course, step: str, rows: Any) -> None:
        nonlocal noted
        noted += 1
        if noted in died_at:
            raise KeyboardInterrupt
        keep(self, step, rows)

    keep = Course._note
    monkeypatch.setattr(Course, "_note", dying)
    died_at = {1, 3, 5, 8}

    # when it is run until it comes to its end
    runs = 0
    while Move.objects.filter(state=MoveState.DONE).count() == 0:
        runs += 1
        assert runs < 10
        try:
            found = services.move(by=BY, tell=tell)
        except KeyboardInterrupt:
            assert closing.is_closed()

    # then
    assert runs > 2
    assert found.is_equal
    assert {t.what: t.after for t in found.totals}["orders"] == 3


def test_while_a_payment_has_no_order_the_shop_cannot_move(
    world: World, remote: Remote, settings: LazySettings
) -> None:
    # given a buyer who has paid and not ordered yet
    world.paid(honey=1)
    _work_off()
    settings.SALEOR_API_URL = remote.api_url
    settings.SALEOR_APP_TOKEN = remote.token
    setup.apply(by=BY)

    # when, then
    with pytest.raises(CannotMove, match="1 payments have no order"):
        services.move(by=BY, tell=tell)
    assert Move.objects.count() == 0
    assert app_client().orders_updated_since("1970-01-01T00:00:00+00:00", None).orders.edges == []


def _our_rows() -> list[Any]:
    orders = Order.objects.order_by("pk").values_list("pk", "number", "total_minor")
    parts = VendorOrder.objects.crossing(Crossing.POLICY).order_by("pk")
    return [list(orders), list(parts.values_list("pk", "state"))]
