"""Photographs of an approved revision stand at the engine as the cooperative put them."""

import io
from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image
from pytest_django import DjangoCaptureOnCommitCallbacks

from catalog.models import ListingRevision
from catalog.photos import add_photo
from catalog.services import approve_revision, save_draft, start_listing, submit_revision
from marketplace.saleor import ids
from marketplace.saleor.gateway import app_client
from tests.factories.shop import BY, content
from vendors.models import Cooperative

pytestmark = pytest.mark.django_db


def photograph(colour: str) -> SimpleUploadedFile:
    taken = io.BytesIO()
    Image.new("RGB", (640, 480), colour).save(taken, "JPEG")
    return SimpleUploadedFile(f"{colour}.jpg", taken.getvalue(), "image/jpeg")


def at_the_engine(revision: ListingRevision) -> list[UUID]:
    """Our photographs of the product, in the engine's order."""
    product = app_client().product_by_id(ids.global_id(ids.PRODUCT, revision.listing_id)).product
    assert product is not None
    rows = sorted(product.media or [], key=lambda row: row.sort_order or 0)
    ours = ids.our_ids(ids.MEDIA, [row.id for row in rows])
    return [ours[row.id] for row in rows]


def test_another_main_photograph_comes_first_once_it_is_approved(
    cooperative: Cooperative, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    def approved(draft: ListingRevision) -> ListingRevision:
        submitted = submit_revision(revision=draft, by=BY)
        with django_capture_on_commit_callbacks(execute=True):
            approve_revision(revision=submitted, by=BY)
        draft.refresh_from_db()
        assert draft.apply_error == ""
        return draft

    # given a product in the shop with three photographs
    draft = start_listing(cooperative_id=cooperative.pk, content=content(), quantity=3, by=BY)
    listing = draft.listing
    first, second, third = (
        add_photo(listing=listing, upload=photograph(colour), by=BY).pk
        for colour in ("red", "green", "blue")
    )
    draft = save_draft(listing=listing, content=content(media=[first, second, third]), by=BY)
    assert at_the_engine(approved(draft)) == [first, second, third]

    # when its cooperative makes the last one the main one and leaves one out
    changed = save_draft(listing=listing, content=content(media=[third, first]), by=BY)
    assert at_the_engine(draft) == [first, second, third]

    # then the engine has them so as soon as it is approved, and approving again changes nothing
    assert at_the_engine(approved(changed)) == [third, first]
    again = save_draft(listing=listing, content=content(media=[third, first]), by=BY)
    assert at_the_engine(approved(again)) == [third, first]
