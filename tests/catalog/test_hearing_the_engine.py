"""Webhooks doubled, out of order, late or never: the shop shows what the engine has."""

from datetime import timedelta

import pytest
from django.utils import timezone

from catalog.handlers import on_cooperative_changed, on_product_changed
from catalog.models import Listing, ListingPage
from catalog.read_model.projection import project
from catalog.read_model.sweeps import quick_sweep, rolling_sweep
from marketplace.core.models import DomainEvent
from marketplace.saleor import ids
from marketplace.saleor.client import LanguageCodeEnum, ProductInput, StockInput, TranslationInput
from marketplace.saleor.gateway import app_client
from marketplace.saleor.models import SweepRun
from marketplace.saleor.sweeps import UNDER_WAY
from marketplace.saleor.webhooks.events import read_event
from tests.factories.shop import BY, sold_listing
from vendors.models import Cooperative
from vendors.scoping import Crossing
from vendors.services import pause_cooperative

pytestmark = pytest.mark.django_db


@pytest.fixture
def listing(cooperative: Cooperative) -> Listing:
    found: Listing = sold_listing(cooperative).listing
    return found


def product_id(listing: Listing) -> str:
    return ids.global_id(ids.PRODUCT, listing.pk)


def variant_id(listing: Listing) -> str:
    return ids.global_id(ids.VARIANT, listing.variants.get().pk)


def shown(listing: Listing) -> ListingPage:
    return ListingPage.objects.get(pk=listing.pk)


def sell_all_but(listing: Listing, quantity: int) -> None:
    warehouse = ids.global_id(ids.WAREHOUSE, listing.cooperative_id)
    app_client().update_variant_stocks(
        variant_id(listing), [StockInput(warehouse=warehouse, quantity=quantity)]
    )


def rename(listing: Listing, name: str) -> None:
    app_client().update_product(product_id(listing), ProductInput(name=name))


def translate(listing: Listing, name: str) -> None:
    text = TranslationInput(name=name)
    app_client().translate_product(product_id(listing), LanguageCodeEnum.AR, text)


def told() -> int:
    return DomainEvent.objects.filter(name="ListingPagesChanged").count()


def test_every_kind_of_hint_leads_to_the_product(listing: Listing) -> None:
    product, variant = {"id": product_id(listing)}, variant_id(listing)
    hints = [
        {"product": product},
        {"productVariant": {"id": variant, "product": product}},
        {"productVariant": {"id": variant, "product": None}},
        {"productMedia": {"id": "x", "productId": product_id(listing)}},
        {"translation": {"translatableContent": {"productId": product_id(listing)}}},
    ]
    for quantity, hint in enumerate(hints):
        sell_all_but(listing, quantity)
        on_product_changed(read_event("product_updated", hint))
        assert shown(listing).quantity_available == quantity, hint


def test_a_hint_of_something_else_changes_nothing(listing: Listing) -> None:
    before = told()
    on_product_changed(
        read_event("product_updated", {"translation": {"__typename": "CategoryTranslation"}})
    )
    on_product_changed(read_event("product_updated", {"product": {"id": "UHJvZHVjdDo5OTk5"}}))
    assert told() == before


def test_doubled_and_late_hints_change_nothing_more(listing: Listing) -> None:
    # given a first change whose hint is late, and a second one
    rename(listing, "First")
    rename(listing, "Second")
    hint = {"product": {"id": product_id(listing), "updatedAt": "2020-01-01T00:00:00+00:00"}}

    # when the hints come in any order and twice
    on_product_changed(read_event("product_updated", hint))
    count = told()
    on_product_changed(read_event("product_updated", hint))
    on_product_changed(read_event("product_updated", hint))

    # then the shop shows the second, and was told once
    assert shown(listing).names["fr"] == "Second"
    assert told() == count


def test_an_answer_older_than_what_is_known_is_left_out(listing: Listing) -> None:
    old = app_client().product_by_id(product_id(listing)).product
    assert old is not None
    rename(listing, "Newer")
    on_product_changed(read_event("product_updated", {"product": {"id": product_id(listing)}}))

    assert project(old) is False

    assert shown(listing).names["fr"] == "Newer"


def test_the_quick_sweep_finds_a_change_that_nobody_told(listing: Listing) -> None:
    rename(listing, "Nobody told")

    assert quick_sweep() == 1
    assert shown(listing).names["fr"] == "Nobody told"
    assert quick_sweep() == 0
    assert SweepRun.objects.filter(name="catalog.quick").count() == 2


def test_the_quick_sweep_leaves_a_young_change_to_its_webhook(listing: Listing) -> None:
    rename(listing, "Told in a moment")

    assert quick_sweep(young=UNDER_WAY) == 0
    assert shown(listing).names["fr"] != "Told in a moment"
    assert quick_sweep() == 1


def test_the_rolling_sweep_leaves_a_young_change_to_its_webhook(listing: Listing) -> None:
    rename(listing, "Told in a moment")

    assert rolling_sweep(young=UNDER_WAY) == 0
    assert shown(listing).names["fr"] != "Told in a moment"
    assert rolling_sweep() == 1


def test_a_webhook_that_comes_while_the_rolling_sweep_waits_is_no_repair(
    listing: Listing, monkeypatch: pytest.MonkeyPatch
) -> None:
    sell_all_but(listing, 1)
    hint = {"product": {"id": product_id(listing)}}

    def meanwhile(_seconds: float) -> None:
        on_product_changed(read_event("product_updated", hint))

    monkeypatch.setattr("catalog.read_model.sweeps.time.sleep", meanwhile)

    assert rolling_sweep(patience=timedelta(seconds=10)) == 0
    assert shown(listing).quantity_available == 1


def test_a_change_of_the_cooperative_is_no_repair_of_its_listings(
    listing: Listing, cooperative: Cooperative
) -> None:
    quick_sweep()
    before = told()
    changed = {"cooperative_id": str(cooperative.pk)}
    on_cooperative_changed(changed)
    assert told() == before  # nothing that its listings show is another

    rows = Cooperative.objects.crossing(Crossing.DEMO_WORLD).filter(pk=cooperative.pk)
    rows.update(place_name="Elsewhere")
    on_cooperative_changed(changed)

    assert (told(), shown(listing).place_names["fr"]) == (before + 1, "Elsewhere")
    assert (quick_sweep(), rolling_sweep()) == (0, 0)
    assert told() == before + 1


def test_the_rolling_sweep_finds_stock_and_translations(listing: Listing) -> None:
    # given changes that do not touch the product's own date
    sell_all_but(listing, 1)
    translate(listing, "اسم جديد")
    SweepRun.objects.create(
        name="catalog.quick", started_at=timezone.now(), seen_until=timezone.now() + timedelta(1)
    )
    assert quick_sweep() == 0

    assert rolling_sweep() == 1

    assert shown(listing).quantity_available == 1
    assert shown(listing).names["ar"] == "اسم جديد"
    assert rolling_sweep() == 0


def test_a_product_deleted_at_the_engine_leaves_the_shop(listing: Listing) -> None:
    app_client().delete_product(product_id(listing))

    rolling_sweep()

    assert not ListingPage.objects.exists()


def test_the_read_model_can_be_dropped_and_rebuilt(listing: Listing) -> None:
    before = shown(listing)
    ListingPage.objects.all().delete()

    rolling_sweep()

    after = shown(listing)
    assert after.content_hash == before.content_hash
    assert after.offers.count() == 2


def test_a_paused_cooperatives_listings_are_hidden(
    listing: Listing, cooperative: Cooperative
) -> None:
    pause_cooperative(cooperative=cooperative, reason="Holidays", by=BY)
    on_cooperative_changed({"cooperative_id": str(cooperative.pk)})
    assert not shown(listing).is_published

    Cooperative.objects.crossing(Crossing.DEMO_WORLD).filter(pk=cooperative.pk).update(
        status="active"
    )
    on_cooperative_changed({"cooperative_id": str(cooperative.pk)})
    assert shown(listing).is_published
