"""Photographs of a listing: refused, replaced, taken from the gallery, on a full disk."""

from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, TestCase

from catalog.models import ListingRevision, RevisionState
from tests.fakes.full_disk import fail_at
from tests.web.portal.listing_forms import answers, photograph, the_revision, url
from vendors.models import Cooperative
from vendors.scoping import Crossing

pytestmark = pytest.mark.django_db


def test_a_refused_photograph_is_named_and_all_else_is_kept(
    phone: Client, cooperative: Cooperative, media_folder: Path
) -> None:
    script = SimpleUploadedFile("<b>photo.jpg", b"<svg onload='alert(1)'/>", "image/jpeg")
    empty = SimpleUploadedFile("empty.jpg", b"", "image/jpeg")

    answer = phone.post(
        url("listing-new", cooperative),
        answers(photos=[photograph(), script, empty, photograph()]),
        follow=True,
    )

    # the page is the form again, with what was typed, and says which and why
    revision = the_revision(cooperative)
    page = answer.content.decode()
    ids = {"listing_id": revision.listing_id}
    assert answer.redirect_chain == [(url("listing-edit", cooperative, **ids), 302)]
    assert "Thyme honey of the High Atlas" in page
    beside = page.partition('id="photos-error"')[2].partition("</div>")[0]
    assert page.count("This photo cannot be read.") == 2
    assert beside.count("This photo cannot be read.") == 2
    assert "&lt;b&gt;photo.jpg" in beside
    assert "empty.jpg" in beside
    assert "All else is saved. Choose other photos here, or go on without them." in beside
    field = page.partition('id="id_photos"')[2].partition(">")[0]
    assert 'aria-invalid="true"' in field
    assert "photos-error" in field
    # nothing is sent for review without the photographs that were meant to be there
    assert revision.state == RevisionState.DRAFT
    assert len(revision.proposed.media) == len(list(media_folder.rglob("*.jpg"))) == 2
    for photo_id in revision.proposed.media:
        assert url("listing-photo", cooperative, photo_id=photo_id) in page


def test_the_reasons_of_a_refused_photograph_are_told_once_and_of_their_listing_only(
    phone: Client, cooperative: Cooperative
) -> None:
    for _number in range(2):
        phone.post(url("listing-new", cooperative), answers(photos=[photograph((40, 30))]))
    rows = ListingRevision.objects.crossing(Crossing.PUBLIC_STOREFRONT)
    own, other = (
        url("listing-edit", cooperative, listing_id=listing_id)
        for listing_id in rows.values_list("listing_id", flat=True)
    )
    wrong = [SimpleUploadedFile(f"{n}.jpg", b"no picture", "image/jpeg") for n in range(30)]
    phone.post(own, answers(photos=wrong))

    told = [phone.get(page).content.decode() for page in (other, own, own)]

    assert ["0.jpg" in page for page in told] == [False, True, False]
    assert ["photos-error" in page for page in told] == [False, True, False]
    assert "19.jpg" in told[1]
    assert "20.jpg" not in told[1]


@pytest.mark.parametrize("at", ["os.open", "os.fsync", "os.replace"])
def test_a_full_disk_keeps_the_text_in_the_form_and_no_file(
    at: str,
    phone: Client,
    cooperative: Cooperative,
    media_folder: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The second photograph finds no space: the first one goes, too."""
    fail_at(monkeypatch, media_folder, at, number=2)

    answer = phone.post(
        url("listing-new", cooperative), answers(photos=[photograph(), photograph()])
    )

    page = answer.content.decode()
    assert answer.status_code == 507
    assert "There is no space left on our disk" in page
    assert 'value="Thyme honey of the High Atlas"' in page
    assert "Harvested in July." in page
    assert [path for path in media_folder.rglob("*") if path.is_file()] == []
    assert not ListingRevision.objects.crossing(Crossing.PUBLIC_STOREFRONT).exists()
    # and when there is space again, it is saved
    monkeypatch.undo()
    phone.post(url("listing-new", cooperative), answers(photos=[photograph(), photograph()]))
    assert len(the_revision(cooperative).proposed.media) == 2


def test_photographs_can_be_replaced_as_often_as_one_likes(
    phone: Client, cooperative: Cooperative, media_folder: Path
) -> None:
    phone.post(
        url("listing-new", cooperative), answers(photos=[photograph((40, 30)) for _ in range(8)])
    )
    revision = the_revision(cooperative)
    edit = url("listing-edit", cooperative, listing_id=revision.listing_id)

    # a ninth has no room
    page = phone.post(edit, answers(photos=[photograph((40, 30))]), follow=True).content.decode()
    assert "A listing can have at most eight photos." in page
    assert len(the_revision(cooperative).proposed.media) == 8
    # until another leaves; what no revision names is deleted
    out = the_revision(cooperative).proposed.media[:3]
    with TestCase.captureOnCommitCallbacks(execute=True):
        phone.post(
            edit, answers(photos=[photograph((40, 30)), photograph((40, 30))], leave_out=out)
        )
    kept = the_revision(cooperative).proposed.media
    assert len(kept) == 7
    assert not {*out} & {*kept}
    assert {path.stem for path in media_folder.rglob("*.jpg")} == {str(pk) for pk in kept}


def test_a_photograph_can_come_from_the_gallery(phone: Client, cooperative: Cooperative) -> None:
    page = phone.get(url("listing-new", cooperative)).content.decode()

    field = page.partition('id="id_photos"')[2].partition(">")[0]
    # with this attribute a phone offers its camera only
    assert "capture" not in field
    assert "image/*" in field
    assert "multiple" in field


def test_the_main_photograph_comes_first(phone: Client, cooperative: Cooperative) -> None:
    phone.post(
        url("listing-new", cooperative), answers(photos=[photograph((40, 30)) for _ in range(3)])
    )
    revision = the_revision(cooperative)
    first, second, third = revision.proposed.media
    edit = url("listing-edit", cooperative, listing_id=revision.listing_id)
    assert phone.get(edit).content.decode().count('name="main_photo"') == 3

    phone.post(edit, answers(main_photo=str(third)))
    assert the_revision(cooperative).proposed.media == [third, first, second]

    # what is no photograph of this listing changes nothing, nor does one that is left out
    phone.post(edit, answers(main_photo="x"))
    phone.post(edit, answers(main_photo=str(third), leave_out=[third]))
    assert the_revision(cooperative).proposed.media == [first, second]
