"""The demo's reviews, vouchers and free delivery, made by the rooms' own services."""

from uuid import uuid4

import pytest
from django.utils import timezone

from marketplace.demo.pictures import picture
from marketplace.demo.stages import offers, reviews
from marketplace.demo.stages.cooperatives import FIRST_SLUGS, by_slug
from marketplace.demo.world.listings import offers as demo_listings
from marketplace.demo.world.reviews import sayings
from marketplace.orders.free_delivery import free_from_by_market
from marketplace.orders.models import EvidenceKind, Parcel, Voucher, VoucherState
from marketplace.orders.services import ship
from marketplace.orders.services.record_delivery import record_delivery
from marketplace.reviews.models import Review
from tests.factories.vendors import make_cooperative, make_staff
from tests.orders.conftest import made_world, world
from tests.orders.world import BY, World
from vendors.scoping import CooperativeScope

__all__ = ["made_world", "world"]

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("language", ["ar", "fr", "en"])
def test_each_language_has_words_and_answers(language: str) -> None:
    found = sayings(language)
    assert {saying.language for saying in found} == {language}
    assert any(saying.answer for saying in found)
    assert min(saying.stars for saying in found) < max(saying.stars for saying in found)


def test_who_received_something_says_so_once(world: World) -> None:
    order = world.placed(honey=2)
    part = world.part(order, world.growers)
    parcel = ship.ship_parcel(vendor_order=part, lines={part.lines.get().pk: 2}, by=BY)
    record_delivery(
        parcel=Parcel.objects.within(part.cooperative.scope).get(pk=parcel.pk),
        kind=EvidenceKind.CARRIER_FILE, occurred_at=timezone.now(), by=BY,
    )  # fmt: skip
    begun_at = timezone.now()
    for _ in range(2):
        reviews.make(0, reviews.PRODUCTS, begun_at)
    review = Review.objects.within(CooperativeScope(part.cooperative_id)).get()
    saying = next(each for each in sayings("fr") if each.text == review.text)
    assert (review.stars, review.name, review.is_shown) == (saying.stars, "Salma", True)
    assert bool(review.answer) == bool(saying.answer)
    assert review.written_at <= begun_at


def test_a_buyers_picture_is_another_one_of_the_same_thing() -> None:
    listing_id = next(iter(demo_listings())).listing_id
    own, bought = picture(listing_id), picture(listing_id, at_home="a buyer")
    assert own is not None
    assert bought is not None
    assert own != bought
    assert bought == picture(listing_id, at_home="a buyer")
    assert picture(uuid4(), at_home="a buyer") is None


def test_the_offers_are_there_once(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    for slug in FIRST_SLUGS:
        make_cooperative(world.programme, slug)
    staff = {
        role: make_staff(world.programme, role) for role in ("finance_preparer", "finance_approver")
    }
    monkeypatch.setattr(offers, "_user", lambda role: staff[role])
    for _ in range(2):
        offers.make(0, 1, timezone.now())
    found = {row.code: row for row in Voucher.objects.all()}
    assert set(found) == {offers.OWN_CODE, offers.PROGRAMME_CODE}
    assert {row.state for row in found.values()} == {VoucherState.OPEN}
    assert found[offers.PROGRAMME_CODE].bearer == "programme"
    own = by_slug(["timzit-n-tidzi"])["timzit-n-tidzi"]
    assert free_from_by_market(own.scope) == offers.FREE["timzit-n-tidzi"]
