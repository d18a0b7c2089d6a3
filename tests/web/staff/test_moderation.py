"""Staff read proposals beside what buyers see, send them back or approve them."""

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoCaptureOnCommitCallbacks

from catalog.models import ListingPage, ListingRevision, RevisionState
from catalog.photos import save_photo
from catalog.services import save_draft, start_listing, submit_revision
from tests.factories.shop import BY, content, open_cooperative, open_shop, sold_listing
from tests.factories.vendors import make_cooperative, make_programme, make_staff
from vendors.models import Cooperative, Programme

pytestmark = pytest.mark.django_db


@pytest.fixture
def programme() -> Programme:
    return make_programme()


@pytest.fixture
def cooperative(programme: Programme) -> Cooperative:
    return make_cooperative(programme)


def submitted(cooperative: Cooperative) -> ListingRevision:
    revision = start_listing(cooperative_id=cooperative.pk, content=content(), quantity=3, by=BY)
    return submit_revision(revision=revision, by=BY)


def url(name: str, programme: Programme, **kwargs: object) -> str:
    return reverse(f"staff:{name}", kwargs={"programme": programme.slug, **kwargs})


def sign_in(client: Client, programme: Programme, role: str = "coordinator", **how: object) -> None:
    client.force_login(make_staff(programme, role, **how))  # type: ignore[arg-type]
    client.cookies["twiza_language"] = "en"


def test_the_queue_shows_what_waits(
    client: Client, programme: Programme, cooperative: Cooperative
) -> None:
    waiting = submitted(cooperative)
    start_listing(cooperative_id=cooperative.pk, content=content("Draft"), quantity=3, by=BY)
    sign_in(client, programme)

    page = client.get(url("moderation", programme)).content.decode()

    assert page.count(url("moderation-review", programme, revision_id=waiting.pk)) == 1
    assert url("moderation-review", programme, revision_id=waiting.pk) in page
    assert "Draft" not in page


def test_a_change_of_photographs_alone_lists_no_field(client: Client, programme: Programme) -> None:
    open_shop()
    cooperative = open_cooperative(programme)
    shown = sold_listing(cooperative)
    kept = shown.listing.revisions.latest("number")
    photo = save_photo(listing=shown.listing, content=b"jpeg", by=BY)
    change = kept.proposed.model_copy(update={"media": [*kept.proposed.media, photo.pk]})
    draft = save_draft(listing=shown.listing, content=change, by=BY)
    revision = submit_revision(revision=draft, by=BY)
    sign_in(client, programme)

    page = client.get(url("moderation-review", programme, revision_id=revision.pk))
    text = page.content.decode()

    assert "Only photos change." in text
    assert 'data-l="Proposed"' not in text
    assert "Miel de thym du Haut Atlas" in text.partition("What stays as it is")[2]


def test_staff_send_back_with_a_remark(
    client: Client, programme: Programme, cooperative: Cooperative
) -> None:
    revision = submitted(cooperative)
    sign_in(client, programme)
    back = url("moderation-return", programme, revision_id=revision.pk)

    # without words nothing happens
    assert client.post(back, {"remark": " "}).status_code == 422
    revision.refresh_from_db()
    assert revision.state == RevisionState.SUBMITTED

    # with words it goes back
    assert client.post(back, {"remark": "A picture, please."}).status_code == 302
    revision.refresh_from_db()
    assert (revision.state, revision.remark) == ("returned", "A picture, please.")
    assert revision.decided_by is not None


def test_staff_compare_and_approve(
    client: Client,
    programme: Programme,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    # given a listing in the shop, and a change of its price and name
    open_shop()
    cooperative = open_cooperative(programme)
    shown = sold_listing(cooperative)
    change = content("Miel de thym, nouvelle récolte", prices={"ma-mad": 9900, "eu-eur": 1200})
    draft = save_draft(listing=shown.listing, content=change, by=BY)
    revision = submit_revision(revision=draft, by=BY)
    sign_in(client, programme)

    # then the reviewer sees both
    page = client.get(url("moderation-review", programme, revision_id=revision.pk))
    text = page.content.decode()
    assert "Miel de thym du Haut Atlas" in text
    assert "Miel de thym, nouvelle récolte" in text
    assert "MAD\u00a095.00" in text
    assert "MAD\u00a099.00" in text
    assert text.count(">changed<") == 2
    assert text.partition("What stays as it is")[0].count('data-l="Proposed"') == 2

    # and approving brings it into the shop
    with django_capture_on_commit_callbacks(execute=True):
        client.post(url("moderation-approve", programme, revision_id=revision.pk))
    assert ListingPage.objects.get(pk=shown.listing_id).names["fr"] == change.texts["fr"].name
    # a second approval finds it decided
    answer = client.post(url("moderation-approve", programme, revision_id=revision.pk), follow=True)
    assert "Someone has already decided this." in answer.content.decode()


def test_staff_of_another_programme_or_region_see_nothing(
    client: Client, programme: Programme, cooperative: Cooperative
) -> None:
    revision = submitted(cooperative)
    second = make_programme("second")
    sign_in(client, second)
    for name in ("moderation-review", "moderation-approve", "moderation-return"):
        address = url(name, second, revision_id=revision.pk)
        send = client.get if name == "moderation-review" else client.post
        assert send(address).status_code == 404
        assert send(url(name, programme, revision_id=revision.pk)).status_code == 404

    sign_in(client, programme, "regional", regions=("MA-01",))
    assert "Nothing to review" in client.get(url("moderation", programme)).content.decode()
    assert (
        client.get(url("moderation-review", programme, revision_id=revision.pk)).status_code == 404
    )
    revision.refresh_from_db()
    assert revision.state == RevisionState.SUBMITTED


@pytest.mark.parametrize("role", ["finance_preparer", "finance_approver", "observer"])
def test_other_roles_may_not_moderate(
    client: Client, programme: Programme, cooperative: Cooperative, role: str
) -> None:
    revision = submitted(cooperative)
    sign_in(client, programme, role)

    assert client.get(url("moderation", programme)).status_code == 403
    approve = url("moderation-approve", programme, revision_id=revision.pk)
    assert client.post(approve).status_code == 403
    revision.refresh_from_db()
    assert revision.state == RevisionState.SUBMITTED
