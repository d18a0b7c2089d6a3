"""From a proposal to the shop: what buyers see changes only with an approved revision."""

import pytest
from pytest_django import DjangoCaptureOnCommitCallbacks

from catalog.errors import InvalidListing, RemarkMissing, RevisionNotOpen
from catalog.models import ListingPage, RevisionState
from catalog.publishing import bulk, push
from catalog.queries import listing_page, offers_for
from catalog.services import (
    NewListing,
    apply_first_revisions,
    apply_revision,
    approve_revision,
    return_revision,
    save_draft,
    start_approved,
    start_listing,
    submit_revision,
)
from marketplace.core.models import DomainEvent
from marketplace.saleor import ids
from marketplace.saleor.errors import EngineUnavailable
from marketplace.saleor.gateway import app_client
from tests.factories.shop import BY, content, sold_listing
from vendors.models import Cooperative

pytestmark = pytest.mark.django_db


def test_an_approved_listing_comes_into_the_shop(
    cooperative: Cooperative,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    # given a proposal in two languages with two prices
    revision = start_listing(cooperative_id=cooperative.pk, content=content(), quantity=7, by=BY)
    submitted = submit_revision(revision=revision, by=BY)
    assert not ListingPage.objects.exists()

    # when staff approve it
    with django_capture_on_commit_callbacks(execute=True):
        approve_revision(revision=submitted, by=BY)

    # then the shop shows it in both languages, with its price in each market, and its stock
    revision.refresh_from_db()
    assert revision.apply_error == ""
    assert revision.state == RevisionState.APPLIED
    page = listing_page(revision.listing.slug, "ma")
    assert page is not None
    assert page.names == {"fr": "Miel de thym du Haut Atlas", "ar": "عسل الزعتر من الأطلس"}
    assert page.descriptions["fr"] == "Récolté en juillet.\nFiltré à froid."
    assert (page.taxonomy_slug, page.category_slug, page.hs_code) == (
        "honey-thyme",
        "honey",
        "040900",
    )
    assert page.quality_marks == ["organic"]
    assert page.cooperative_slug == "tamounte"
    assert (page.weight_grams, page.quantity_available) == (400, 7)
    variant = revision.listing.variants.get()
    offer = offers_for([variant.pk], "eu-eur")[variant.pk]
    assert (offer.amount_minor, offer.currency, offer.available) == (1200, "EUR", 7)
    assert listing_page(page.slug, "tn") is None


def test_the_published_listing_stays_as_it_was_until_the_next_approval(
    cooperative: Cooperative,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    # given a listing in the shop
    first = sold_listing(cooperative)
    # when its cooperative proposes another price and drops a market
    draft = save_draft(listing=first.listing, content=content(prices={"ma-mad": 9900}), by=BY)
    submitted = submit_revision(revision=draft, by=BY)
    # then the shop has not changed
    page = listing_page(first.listing.slug, "eu")
    assert page is not None
    # until staff approve
    with django_capture_on_commit_callbacks(execute=True):
        approve_revision(revision=submitted, by=BY)
    assert listing_page(first.listing.slug, "eu") is None
    variant = first.listing.variants.get()
    assert offers_for([variant.pk], "ma-mad")[variant.pk].amount_minor == 9900
    first.refresh_from_db()
    assert first.state == RevisionState.SUPERSEDED
    # and the stock was left alone
    assert offers_for([variant.pk], "ma-mad")[variant.pk].available == 5


def test_a_returned_proposal_keeps_the_remark_and_can_be_sent_again(
    cooperative: Cooperative,
) -> None:
    revision = start_listing(cooperative_id=cooperative.pk, content=content(), quantity=1, by=BY)
    submitted = submit_revision(revision=revision, by=BY)

    returned = return_revision(revision=submitted, remark="Une photo, s'il vous plaît.", by=BY)

    assert (returned.state, returned.remark) == ("returned", "Une photo, s'il vous plaît.")
    with pytest.raises(RevisionNotOpen):
        approve_revision(revision=returned, by=BY)
    again = save_draft(listing=revision.listing, content=content("Miel"), by=BY)
    assert again.pk == revision.pk
    assert submit_revision(revision=again, by=BY).state == RevisionState.SUBMITTED
    assert not ListingPage.objects.exists()


def test_a_proposal_is_sent_back_with_words(cooperative: Cooperative) -> None:
    revision = start_listing(cooperative_id=cooperative.pk, content=content(), quantity=1, by=BY)
    submitted = submit_revision(revision=revision, by=BY)

    with pytest.raises(RemarkMissing):
        return_revision(revision=submitted, remark="  ", by=BY)

    submitted.refresh_from_db()
    assert submitted.state == RevisionState.SUBMITTED


def test_an_incomplete_proposal_is_kept_but_not_submitted(cooperative: Cooperative) -> None:
    bare = content(prices={}, weight_grams=0, texts={}, category_slug="", taxonomy_slug="")
    revision = start_listing(cooperative_id=cooperative.pk, content=bare, quantity=0, by=BY)

    with pytest.raises(InvalidListing) as refused:
        submit_revision(revision=revision, by=BY)

    assert set(refused.value.errors) == {"name", "category", "weight", "prices"}
    revision.refresh_from_db()
    assert revision.state == RevisionState.DRAFT


def test_applying_after_a_kill_finds_what_was_made(
    cooperative: Cooperative,
    monkeypatch: pytest.MonkeyPatch,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    # given a run that was killed after the engine had made the product, before we noted its id
    revision = start_listing(cooperative_id=cooperative.pk, content=content(), quantity=3, by=BY)
    submitted = submit_revision(revision=revision, by=BY)
    with django_capture_on_commit_callbacks() as _not_run:
        approve_revision(revision=submitted, by=BY)
    with monkeypatch.context() as patched:
        patched.setattr(push.ids, "link", _die)
        with pytest.raises(KeyboardInterrupt):
            apply_revision(revision.pk)
    assert ids.find_global_id(ids.PRODUCT, revision.listing_id) is None

    # when the job takes it up again
    assert apply_revision(revision.pk) is True

    # then there is one product, one variant with the stock once, and it is shown
    products = app_client().products_page().products
    assert products is not None
    assert products.total_count == 1
    page = listing_page(revision.listing.slug, "ma")
    assert page is not None
    assert page.quantity_available == 3
    assert apply_revision(revision.pk) is False


def test_a_bulk_run_killed_after_the_engines_answer_goes_on(
    cooperative: Cooperative, monkeypatch: pytest.MonkeyPatch
) -> None:
    # given three listings whose making was killed before we noted the engine's ids
    wanted = [NewListing(content(f"Miel {n}"), 3) for n in range(3)]
    revisions = start_approved(cooperative=cooperative, listings=wanted, by=BY)
    with monkeypatch.context() as patched:
        patched.setattr(bulk.ids, "link_many", _die)
        with pytest.raises(KeyboardInterrupt):
            apply_first_revisions(revisions=revisions, by=BY)

    # when it is run again
    assert apply_first_revisions(revisions=revisions, by=BY) == {}

    # then each is in the shop once
    products = app_client().products_page().products
    assert products is not None
    assert products.total_count == 3
    assert sorted(page.names["fr"] for page in ListingPage.objects.all()) == [
        "Miel 0",
        "Miel 1",
        "Miel 2",
    ]
    states = {r.listing.revisions.get().state for r in revisions}
    assert states == {RevisionState.APPLIED}


def _die(*_arguments: object) -> None:
    raise KeyboardInterrupt


def test_what_the_engine_refuses_is_noted_and_tried_again(
    cooperative: Cooperative,
    monkeypatch: pytest.MonkeyPatch,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    revision = start_listing(cooperative_id=cooperative.pk, content=content(), quantity=3, by=BY)
    submitted = submit_revision(revision=revision, by=BY)

    with monkeypatch.context() as patched:
        patched.setattr("catalog.services.applying.write_product", _unavailable)
        with django_capture_on_commit_callbacks(execute=True):
            approve_revision(revision=submitted, by=BY)

    revision.refresh_from_db()
    assert revision.state == RevisionState.APPROVED
    assert revision.why_not_applied == str(EngineUnavailable("away"))
    assert not ListingPage.objects.exists()


def _unavailable(*_arguments: object) -> str:
    raise EngineUnavailable("away")


def test_others_hear_of_what_changed(cooperative: Cooperative) -> None:
    revision = sold_listing(cooperative)

    names = set(DomainEvent.objects.values_list("name", flat=True))

    assert {"ListingApproved", "ListingPagesChanged"} <= names
    event = DomainEvent.objects.filter(name="ListingPagesChanged").latest("id")
    assert event.payload["listing_ids"] == [str(revision.listing_id)]
