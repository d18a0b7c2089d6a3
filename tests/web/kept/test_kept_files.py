"""Files chosen in a form that was not saved: shown again, sent again, deleted with it."""

import io
import re
import zlib
from datetime import timedelta

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from PIL import Image

from catalog.models import ListingMedia, ListingRevision
from marketplace.web.kept.jobs import purge
from marketplace.web.kept.models import KeptFile, KeptForm
from tests.factories.vendors import make_member
from tests.web.kept.browsing import browser, end_session, open_form, picture, post, sign_in, text_of
from tests.web.kept.every_form import posted_forms
from vendors.models import Cooperative, User
from vendors.scoping import Crossing

pytestmark = pytest.mark.django_db


def test_a_refused_field_loses_no_photograph(manager: User, cooperative: Cooperative) -> None:
    page = f"/portal/{cooperative.slug}/listings/new/"
    client = browser(manager)
    form = open_form(client, page)
    answer = post(
        client, form, name_en="Rug", weight_grams="much",
        photos=[picture("one.jpg"), picture("two.jpg", "red")],
    )  # fmt: skip
    html = answer.content.decode()
    assert answer.status_code == 422
    assert "one.jpg" in html
    thumbnail = re.search(r'src="(/accounts/kept/files/[^"]+)"', html)
    assert thumbnail
    assert client.get(thumbnail[1])["Content-Type"] == "image/jpeg"
    assert browser(make_member(cooperative)).get(thumbnail[1]).status_code == 404

    again = posted_forms(page, answer.content)[-1]
    one, _two = KeptFile.objects.all()
    post(
        client, again, name_en="Rug", weight_grams="900", then="keep",
        photos=[picture("three.jpg", "blue")], kept_leave_out=str(one.pk),
    )  # fmt: skip
    assert ListingMedia.objects.crossing(Crossing.SCHEDULED_JOB).count() == 2
    assert not KeptFile.objects.exists()


def test_photographs_outlive_an_expired_session(manager: User, cooperative: Cooperative) -> None:
    page = f"/portal/{cooperative.slug}/listings/new/"
    client = browser(manager)
    form = open_form(client, page)
    end_session(client)
    post(client, form, name_en="Rug", photos=[picture("one.jpg"), picture("two.jpg", "red")])
    html = text_of(sign_in(client, manager), page)
    assert "one.jpg" in html
    post(client, posted_forms(page, html.encode())[-1], name_en="Rug", then="keep")
    revision = ListingRevision.objects.crossing(Crossing.SCHEDULED_JOB).get()
    assert len(revision.proposed.media) == 2


def huge_png() -> bytes:
    """The head of a picture with more pixels than anybody decodes."""
    content = io.BytesIO()
    Image.new("1", (1, 1)).save(content, "PNG")
    head = bytearray(content.getvalue()[:33])
    head[16:24] = (60_000).to_bytes(4, "big") * 2
    head[29:33] = zlib.crc32(head[12:29]).to_bytes(4, "big")
    return bytes(head)


@pytest.mark.parametrize("content", [b"Ten rugs, two of them red.", huge_png()])
def test_a_file_that_is_no_picture_is_shown_by_its_name(
    manager: User, cooperative: Cooperative, content: bytes
) -> None:
    client = browser(manager)
    form = open_form(client, f"/portal/{cooperative.slug}/listings/new/")
    note = SimpleUploadedFile("note.jpg", content, "image/jpeg")

    html = post(client, form, weight_grams="much", photos=[note]).content.decode()

    (shown,) = re.findall(r'<label><input type="checkbox" name="kept_leave_out".*?</label>', html)
    assert "<bdi>note.jpg</bdi>" in shown
    assert 'class="i l"' in shown
    assert "<img" not in shown


def test_after_its_time_it_is_deleted_with_its_files(
    manager: User, cooperative: Cooperative
) -> None:
    client = browser(manager)
    form = open_form(client, f"/portal/{cooperative.slug}/listings/new/")
    post(client, form, weight_grams="much", photos=[picture("one.jpg")])
    file = KeptFile.objects.get()
    assert default_storage.exists(file.stored_at)
    KeptForm.objects.update(expires_at=timezone.now() - timedelta(minutes=1))
    purge()
    assert not KeptForm.objects.exists()
    assert not default_storage.exists(file.stored_at)
