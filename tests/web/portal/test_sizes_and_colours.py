"""A product with sizes or colours from a table: one listing, until buyers choose among them."""

import io
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoCaptureOnCommitCallbacks

from catalog.content import VariantContent, errors_of
from catalog.models import Listing, ListingRevision
from catalog.queries import offers_for
from catalog.services import import_listings, save_draft
from marketplace.long_jobs.services import running
from marketplace.saleor import ids
from marketplace.saleor.gateway import app_client
from tests.factories.shop import BY, content, open_cooperative, open_shop
from tests.factories.vendors import make_adviser, make_member, make_programme, make_staff
from tests.web.browsers import browser
from tests.web.portal.listing_forms import answers, url
from vendors.models import Cooperative

pytestmark = pytest.mark.django_db
TABLE = (
    "Handle,Title,Option1 Value,Variant Price,Variant Grams,Variant Inventory Qty\n"
    "rug,Tapis,Rouge,900,4000,2\nrug,,Bleu,950,4200,1\nrug,,Vert,900,4000,0\n"
)
BLUE, GREEN = {"ma-mad": 95_000}, {"ma-mad": 90_000}


@pytest.fixture
def own() -> Cooperative:
    open_shop()
    return open_cooperative(make_programme())


@pytest.fixture
def office(own: Cooperative) -> Client:
    return browser(make_member(own), "en")


def imported(office: Client, own: Cooperative) -> Listing:
    upload = SimpleUploadedFile("produits.csv", TABLE.encode())
    address = office.post(f"/portal/{own.slug}/imports/", {"file": upload})["Location"]
    office.post(f"{address}start/")
    running.run_long_jobs()
    listing: Listing = Listing.objects.within(own.scope).get()
    return listing


def approve(own: Cooperative, capture: DjangoCaptureOnCommitCallbacks) -> str:
    """By the page of staff; what it showed."""
    revision = ListingRevision.objects.within(own.scope).get(state="submitted")
    staff = browser(make_staff(own.programme, "coordinator"), "en")
    facts = {"programme": own.programme.slug, "revision_id": revision.pk}
    shown = staff.get(reverse("staff:moderation-review", kwargs=facts)).text
    with capture(execute=True):
        staff.post(reverse("staff:moderation-approve", kwargs=facts))
    revision.refresh_from_db()
    assert revision.apply_error == ""
    return str(shown)


def sold(listing: Listing) -> list[tuple[str, int, int]]:
    """Name, price in dirhams' hundredths and stock of each variant, as buyers see them."""
    variants = list(listing.variants.all())
    offers = offers_for([variant.pk for variant in variants], "ma-mad")
    return [(v.name, offers[v.pk].amount_minor, offers[v.pk].available) for v in variants]


def test_a_table_of_shopify_becomes_one_listing_with_its_colours_in_the_shop(
    own: Cooperative,
    office: Client,
    client: Client,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    listing = imported(office, own)
    shown = approve(own, django_capture_on_commit_callbacks)
    assert "Bleu · MAD\u00a0950.00 · 4\u202f200 g" in shown
    assert "Rouge" in shown

    assert sold(listing) == [("Rouge", 90_000, 2), ("Bleu", 95_000, 1), ("Vert", 90_000, 0)]
    assert list(listing.variants.values_list("weight_grams", flat=True)) == [4000, 4200, 4000]
    page = client.get(f"/ma/fr/goods/{listing.slug}/").text
    assert all(name in page for name in ("Rouge", "Bleu", "Vert"))
    # Each is counted by itself.
    assert office.get(url("listing", own, listing_id=listing.pk)).text.count('name="variant"') == 3


def edited(office: Client, own: Cooperative, listing: Listing, **changes: Any) -> Any:
    sent = answers(name_en="Rug", price_ma="900", price_eu="", weight_grams="4000")
    for number, name in enumerate(("Rouge", "Bleu", "Vert")):
        sent[f"variant_name_{number}"] = name
    sent |= {"variant_price_1": "950", "variant_price_2": ""} | changes
    return office.post(url("listing-edit", own, listing_id=listing.pk), sent)


def test_their_names_and_prices_are_changed_in_the_listings_form(
    own: Cooperative,
    office: Client,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    listing = imported(office, own)
    approve(own, django_capture_on_commit_callbacks)
    form = office.get(url("listing-edit", own, listing_id=listing.pk)).text
    assert 'name="variant_price_1" value="950.00"' in form

    refused = edited(office, own, listing, variant_price_1="9x")
    assert refused.status_code == 422
    assert 'value="9x"' in refused.text
    field = refused.text.partition('id="id_variant_price_1"')[2].partition("id_variant_name_2")[0]
    assert "error" in field

    assert edited(office, own, listing, variant_price_1="980", variant_name_2="Olive").status_code
    assert sold(listing)[1] == ("Bleu", 95_000, 1)  # until it is approved
    approve(own, django_capture_on_commit_callbacks)
    # The name, too, is what buyers choose by; an empty price follows the first.
    assert sold(listing) == [("Rouge", 90_000, 2), ("Bleu", 98_000, 1), ("Olive", 90_000, 0)]


def test_a_form_without_them_keeps_them_and_what_cost_the_same_follows(
    own: Cooperative,
    office: Client,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    listing = imported(office, own)
    approve(own, django_capture_on_commit_callbacks)
    before = listing.revisions.get().proposed
    prices = {"ma-mad": 80_000, "eu-eur": 9_000}
    followed = before.variants_followed(prices, 4100)
    assert [each.prices for each in followed] == [prices | BLUE, prices]
    assert [each.weight_grams for each in followed] == [4200, 4100]


def test_an_operators_import_brings_them_to_the_shop_in_one_call(own: Cooperative) -> None:
    report = import_listings(file=io.BytesIO(TABLE.encode()), cooperative=own, by=BY)
    assert [row.outcome for row in report.rows] == ["imported", "joined", "joined"]
    listing = Listing.objects.within(own.scope).get()
    assert sold(listing) == [("Rouge", 90_000, 2), ("Bleu", 95_000, 1), ("Vert", 90_000, 0)]
    product = app_client().product_by_id(ids.global_id(ids.PRODUCT, listing.pk)).product
    assert product is not None
    assert product.product_variants is not None
    theirs = {edge.node.external_reference: edge.node.id for edge in product.product_variants.edges}
    ours = {str(v.pk): ids.global_id(ids.VARIANT, v.pk) for v in listing.variants.all()}
    assert theirs == ours
    # And again it is the same.
    again = import_listings(file=io.BytesIO(TABLE.encode()), cooperative=own, by=BY)
    assert [row.outcome for row in again.rows] == ["unchanged", "joined", "joined"]
    assert listing.variants.count() == 3


def test_a_listing_in_a_market_sells_its_sizes_there_only(own: Cooperative) -> None:
    further = VariantContent(
        id=uuid4(), name="500 g", weight_grams=700, prices={"ma-mad": 17_000, "eu-eur": 2_000}
    )
    whole = content(variant_name="250 g", further_variants=[further])
    assert errors_of(whole) == {}
    assert whole.variant(further.id).prices == further.prices
    only_here = whole.model_copy(update={"prices": {"ma-mad": 9500}})
    assert only_here.variant(further.id).prices == {"ma-mad": 17_000}


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"name": " 250 G "}, "a name of its own"),
        ({"name": ""}, "a name of its own"),
        ({"name": "x" * 61}, "60 characters"),
        ({"prices": {}}, "“500 g”: Enter a price"),
        ({"prices": {"ma-mad": 0}}, "more than zero"),
        ({"weight_grams": 0}, "weight of one item"),
        ({"quantity": -1}, "cannot be negative"),
    ],
)
def test_each_is_valid_by_itself(change: dict[str, Any], told: str) -> None:
    facts = {"id": uuid4(), "name": "500 g", "weight_grams": 700, "prices": {"ma-mad": 17_000}}
    further = VariantContent.model_validate(facts | change)
    found = errors_of(content(variant_name="250 g", further_variants=[further]))
    assert told in found["variants"]


def test_nobody_else_changes_their_prices(own: Cooperative, office: Client) -> None:
    listing = imported(office, own)
    other = open_cooperative(own.programme, "argan")
    stranger = browser(make_adviser(other), "en")
    assert edited(stranger, own, listing, variant_price_1="1").status_code in {403, 404}
    assert listing.revisions.get().proposed.further_variants[0].prices == BLUE
    # A field for a size that it does not have is no size.
    edited(office, own, listing, variant_name_9="Noir", variant_price_9="5", then="keep")
    assert len(listing.revisions.get().proposed.further_variants) == 2
    save_draft(listing=listing, content=listing.revisions.get().proposed, by=BY)
