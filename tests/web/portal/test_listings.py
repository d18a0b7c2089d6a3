"""A member writes, photographs, prices and counts on a phone; others do not."""

from pathlib import Path

import pytest
from django.test import Client
from PIL import Image

from catalog.models import Listing, ListingPage, RevisionState
from catalog.services import return_revision, start_listing, submit_revision
from tests.factories.shop import BY, content, open_cooperative, open_shop, sold_listing
from tests.factories.vendors import make_cooperative, make_member, make_programme
from tests.web.portal.listing_forms import answers, photograph, the_revision, url
from vendors.models import Cooperative
from vendors.scoping import Crossing

pytestmark = pytest.mark.django_db


def test_a_manager_adds_a_listing_with_a_photograph(
    phone: Client, cooperative: Cooperative, media_folder: Path
) -> None:
    assert not list(media_folder.iterdir())
    # when the form is sent with a photograph and two languages
    answer = phone.post(url("listing-new", cooperative), answers(photos=[photograph()]))

    # then it waits for review, exactly as written
    revision = the_revision(cooperative)
    assert answer.status_code == 302
    assert answer.headers["Location"] == url("listing", cooperative, listing_id=revision.listing_id)
    assert revision.state == RevisionState.SUBMITTED
    proposed = revision.proposed
    assert proposed.texts["en"].name == "Thyme honey of the High Atlas"
    assert proposed.texts["ar"].name == "عسل الزعتر من الأطلس"
    assert proposed.prices == {"ma-mad": 9550, "eu-eur": 1200}
    assert (proposed.category_slug, proposed.hs_code) == ("honey", "040900")
    assert (proposed.weight_grams, proposed.quantity) == (400, 6)
    assert proposed.source_language == "en"
    # and the photograph is drawn anew, smaller, without what the phone had written into it
    photo = revision.listing.media.get()
    assert proposed.media == [photo.pk]
    with Image.open(photo.file) as picture:
        assert picture.size == (1600, 1200)
        assert dict(picture.getexif()) == {}
    shown = phone.get(url("listing-photo", cooperative, photo_id=photo.pk))
    assert shown.headers["Content-Type"] == "image/jpeg"
    assert b"".join(shown.streaming_content)[:3] == b"\xff\xd8\xff"  # type: ignore[attr-defined]
    photo.file.close()
    # but buyers do not see it
    assert phone.get(f"/media/photos/{photo.pk}.jpg").status_code == 404
    assert not ListingPage.objects.exists()


def test_an_incomplete_listing_is_kept_and_the_page_says_what_is_missing(
    phone: Client, cooperative: Cooperative
) -> None:
    answer = phone.post(
        url("listing-new", cooperative), answers(price_ma="", price_eu="", weight_grams="")
    )

    revision = the_revision(cooperative)
    assert revision.state == RevisionState.DRAFT
    assert answer.headers["Location"].endswith("/edit/?missing=1")
    page = phone.get(answer.headers["Location"]).content.decode()
    assert "Enter the weight of one item with its packaging, in grams." in page
    assert "Enter a price for at least one market." in page
    assert "Thyme honey of the High Atlas" in page
    label = page.partition('for="id_weight_grams">')[2].partition("</label>")[0]
    assert label == "Weight of one item with packaging, in grams"


@pytest.mark.parametrize(
    ("field", "value", "told"),
    [
        ("price_ma", "ninety", "Enter the amount in digits, for example 95.00."),
        ("price_ma", "1.234", "Enter the amount in digits, for example 95.00."),
        ("weight_grams", "-4", "At least 1."),
        ("name_en", "x" * 121, "At most 120 characters"),
    ],
)
def test_an_answer_that_cannot_be_read_is_told_at_its_field(
    phone: Client, cooperative: Cooperative, field: str, value: str, told: str
) -> None:
    if field == "price_ma" and value == "1.234":
        value = "12.345,678"
    answer = phone.post(url("listing-new", cooperative), answers(**{field: value}))

    assert answer.status_code == 422
    assert told in answer.content.decode()
    assert not Listing.objects.crossing(Crossing.DEMO_WORLD).exists()


def test_the_reviewers_remark_is_shown_and_the_form_keeps_the_answers(
    phone: Client, cooperative: Cooperative
) -> None:
    revision = start_listing(cooperative_id=cooperative.pk, content=content(), quantity=1, by=BY)
    submitted = submit_revision(revision=revision, by=BY)
    return_revision(revision=submitted, remark="A picture from behind, please.", by=BY)

    page = phone.get(url("listing", cooperative, listing_id=revision.listing_id))
    form = phone.get(url("listing-edit", cooperative, listing_id=revision.listing_id))

    assert "A picture from behind, please." in page.content.decode()
    assert "A picture from behind, please." in form.content.decode()
    assert 'value="95.00"' in form.content.decode()
    assert "Miel de thym du Haut Atlas" in form.content.decode()


def test_a_manager_corrects_the_stock_and_proposes_another_price(
    client: Client, settings: object
) -> None:
    # given a listing in the shop
    open_shop()
    cooperative = open_cooperative(make_programme())
    client.force_login(make_member(cooperative))
    revision = sold_listing(cooperative)
    listing_id = revision.listing_id

    # when the manager counts
    answer = client.post(
        url("listing-stock", cooperative, listing_id=listing_id), {"quantity": "٩"}
    )

    # then buyers see it at once
    assert answer.status_code == 302
    assert ListingPage.objects.get(pk=listing_id).quantity_available == 9
    # and when a new price is sent, they do not
    client.post(url("listing-edit", cooperative, listing_id=listing_id), answers(price_ma="99"))
    newest = revision.listing.revisions.order_by("-number").first()
    assert newest is not None
    assert newest.state == RevisionState.SUBMITTED
    assert newest.proposed.prices["ma-mad"] == 9900
    offers = ListingPage.objects.get(pk=listing_id).offers
    assert offers.get(channel_slug="ma-mad").amount_minor == 9500
    # and a pause takes it out of the shop until it is resumed
    client.post(url("listing-pause", cooperative, listing_id=listing_id))
    assert not ListingPage.objects.get(pk=listing_id).is_published
    client.post(url("listing-resume", cooperative, listing_id=listing_id))
    assert ListingPage.objects.get(pk=listing_id).is_published


PAGES = ("listing", "listing-edit", "listing-pause", "listing-remove")


def test_another_cooperatives_manager_sees_nothing(
    client: Client, cooperative: Cooperative
) -> None:
    revision = start_listing(cooperative_id=cooperative.pk, content=content(), quantity=1, by=BY)
    other = make_cooperative(cooperative.programme, "other")
    client.force_login(make_member(other))
    ids = {"listing_id": revision.listing_id}

    for name in PAGES:
        # neither under the owner's address nor under their own
        assert client.get(url(name, cooperative, **ids)).status_code == 404
        assert client.get(url(name, other, **ids)).status_code == 404
    for name in ("listing-edit", "listing-submit", "listing-stock", "listing-remove"):
        assert client.post(url(name, other, **ids), answers()).status_code == 404
    revision.refresh_from_db()
    assert revision.state == RevisionState.DRAFT


def test_an_accountant_reads_but_does_not_write(client: Client, cooperative: Cooperative) -> None:
    revision = start_listing(cooperative_id=cooperative.pk, content=content(), quantity=1, by=BY)
    client.force_login(make_member(cooperative, "accountant"))
    ids = {"listing_id": revision.listing_id}

    assert client.get(url("listings", cooperative)).status_code == 200
    page = client.get(url("listing", cooperative, **ids))
    assert page.status_code == 200
    assert url("listing-edit", cooperative, **ids) not in page.content.decode()
    assert client.get(url("listing-new", cooperative)).status_code == 403
    assert client.post(url("listing-stock", cooperative, **ids)).status_code == 403


@pytest.mark.parametrize("language", ["ar", "fr", "en"])
def test_the_pages_stand_in_three_languages(
    phone: Client, cooperative: Cooperative, language: str
) -> None:
    phone.cookies["twiza_language"] = language
    revision = start_listing(cooperative_id=cooperative.pk, content=content(), quantity=1, by=BY)

    names = {"ar": "عسل الزعتر من الأطلس", "fr": "Miel de thym du Haut Atlas"}
    for name in ("listings", "listing-new"):
        answer = phone.get(url(name, cooperative))
        assert answer.status_code == 200
        assert f'lang="{language}"' in answer.content.decode()
    shown = phone.get(url("listing", cooperative, listing_id=revision.listing_id))
    assert names.get(language, names["fr"]) in shown.content.decode()
    assert "style=" not in shown.content.decode()


def test_a_name_copied_from_the_shop_finds_its_listing(
    phone: Client, cooperative: Cooperative
) -> None:
    """The shop shows the spaces of a quantity so that the line does not break in them."""
    written = content("Amlou sans sucre, 250 g")
    revision = start_listing(cooperative_id=cooperative.pk, content=written, quantity=1, by=BY)
    address = url("listing", cooperative, listing_id=revision.listing_id)

    def is_found(text: str) -> bool:
        return address in phone.get(url("listings", cooperative), {"q": text}).content.decode()

    assert is_found(" Amlou sans sucre, 250\u00a0g")
    assert not is_found("Amlou sans sucre, 500\u00a0g")
