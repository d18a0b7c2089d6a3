"""A buyer reviews behind the order's link; everybody reads, and reports."""

import json
from datetime import timedelta
from io import BytesIO
from typing import Any

import lxml.html
import pytest
import time_machine
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from PIL import Image

from marketplace.core.worker import work_off
from marketplace.orders.models import VendorOrderLine
from marketplace.orders.services.tracking_links import issue_link
from marketplace.reviews.models import NoReviewMail, Review
from marketplace.reviews.services import ask_for_reviews, show_review
from tests.orders.conftest import made_world, world
from tests.orders.world import World
from tests.reviews.writing import five, honey_of, now, of_another_buyer, order_of, page_of, reviewed
from vendors.models import Cooperative
from vendors.scoping import Crossing

__all__ = ["made_world", "world"]

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _published(world: World) -> None:
    rows = Cooperative.objects.crossing(Crossing.POLICY).filter(pk=world.growers.pk)
    rows.update(published_at=timezone.now())


@pytest.fixture
def line(world: World) -> VendorOrderLine:
    return honey_of(world)


@pytest.fixture
def token(line: VendorOrderLine) -> str:
    return issue_link(order=order_of(line))


def own(token: str, more: str = "") -> str:
    return f"/ma/fr/orders/{token}/reviews/{more}"


def photograph() -> SimpleUploadedFile:
    picture, exif = BytesIO(), Image.Exif()
    exif[0x010F] = "A camera that knows its owner"
    Image.new("RGB", (300, 200), "gold").save(picture, "JPEG", exif=exif)
    return SimpleUploadedFile("miel.jpg", picture.getvalue(), content_type="image/jpeg")


def filled(**changes: Any) -> dict[str, Any]:
    return {
        "stars": "4", "text": "Très bon miel", "name": "Salma", "language": "fr", **changes,
    }  # fmt: skip


def read(path: str) -> str:
    return Client().get(path).content.decode()


def one() -> Review:
    return Review.objects.crossing(Crossing.POLICY).get()


def things(path: str) -> list[dict[str, Any]]:
    tree = lxml.html.fromstring(read(path))
    texts = tree.xpath("//script[@type='application/ld+json']/text()")
    found = [json.loads(text) for text in texts]
    return [each for thing in found for each in (thing if isinstance(thing, list) else [thing])]


def test_from_the_order_to_the_review_on_the_listing(
    world: World, line: VendorOrderLine, token: str
) -> None:
    assert own(token) in read(f"/ma/fr/orders/{token}/")
    write = own(token, f"{line.pk}/")
    assert write in read(own(token))
    form = Client().get(write)
    assert form["Referrer-Policy"] == "no-referrer"
    assert 'value="Salma"' in form.content.decode()

    answer = Client().post(write, filled(photos=[photograph()]))

    assert answer["Location"] == own(token)
    row = one()
    listing = f"/ma/fr/goods/{page_of(line).slug}/"
    shown = read(listing)
    assert "Très bon miel" in shown
    assert "★★★★☆" in shown
    assert "aggregateRating" not in shown
    photo = row.photos.get()
    assert f"{photo.address}-160.webp" not in shown
    assert Client().get(f"{photo.address}-160.webp").status_code == 404
    show_review(review=row, version=row.version, with_photos=True, by=world.coordinator)
    assert f"{photo.address}-160.webp" in read(listing)
    picture = Client().get(f"{photo.address}-160.webp")
    assert picture["Content-Type"] == "image/webp"
    assert b"camera" not in b"".join(picture)
    with photo.file.open("rb") as kept:
        assert b"camera" not in kept.read()
    # In another language it is marked; the cooperative's page has it too.
    assert "النص الأصلي: الفرنسية" in read(listing.replace("/fr/", "/ar/"))
    assert "Très bon miel" in read(f"/ma/fr/cooperatives/{world.growers.slug}/reviews/")

    changed = Client().get(write).content.decode()
    assert "Très bon miel" in changed
    Client().post(write, filled(text="Moins bon à la fin", stars="2"))
    assert (now(row).stars, now(row).photos.count(), now(row).shows_photos) == (2, 1, True)
    Client().post(write, filled(removes_photos="on"))
    assert now(row).photos.count() == 0

    Client().post(own(token, f"{line.pk}/withdraw/"))
    assert "Moins bon" not in read(listing)
    assert now(row).state == "withdrawn"


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"stars": ""}, "Choisissez une à cinq étoiles."),
        ({"stars": "6"}, "6"),
        ({"text": "x" * 2001}, "2000"),
        ({"photos": [SimpleUploadedFile("a.jpg", b"no picture")]}, "a.jpg"),
        ({"photos": [SimpleUploadedFile(f"{n}.jpg", b"x") for n in range(5)]}, "Quatre photos"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(
    changes: dict[str, Any], told: str, line: VendorOrderLine, token: str
) -> None:
    answer = Client().post(own(token, f"{line.pk}/"), filled(**changes))
    content = answer.content.decode().replace("\u202f", "").replace("\xa0", " ")
    assert answer.status_code == 422
    assert told in content
    assert 'value="Salma"' in content
    assert Review.objects.crossing(Crossing.POLICY).count() == 0


def test_anothers_link_reviews_nothing(line: VendorOrderLine, token: str) -> None:
    row = reviewed(line)
    other = of_another_buyer(line, "driss@example.org")
    stranger = issue_link(order=order_of(other))
    for path in (f"{line.pk}/", f"{line.pk}/withdraw/"):
        assert Client().post(own(stranger, path), filled()).status_code == 404
        assert Client().post(own("A" * 22, path), filled()).status_code == 404
    assert Client().get(own(stranger, f"{line.pk}/")).status_code == 404
    assert (now(row).state, now(row).text) == ("shown", "Très bon")
    assert Review.objects.crossing(Crossing.POLICY).count() == 1


def test_hostile_words_are_shown_and_not_run(line: VendorOrderLine) -> None:
    reviewed(line, 1, '<script>alert(1)</script>{{ 7 }} " onfocus=x', name="<b>Salma")
    page = read(f"/ma/fr/goods/{page_of(line).slug}/reviews/")
    assert "<script>alert" not in page
    assert "&lt;script&gt;" in page
    assert "<b>Salma" not in page


def test_from_five_on_the_score_is_on_the_page_the_card_and_for_programs(world: World) -> None:
    rows = five(world, 5, 5, 5, 5, 1)
    listing = f"/ma/fr/goods/{page_of(rows[0].line).slug}/"
    page = page_of(rows[0].line)
    assert page.score is not None
    text = f"{page.score // 10 / 10}".replace(".", ",")
    for path in (listing, f"{listing}reviews/", f"/ma/fr/cooperatives/{world.growers.slug}/"):
        assert f'class="num">{text}<' in read(path), path
    product = next(thing for thing in things(listing) if thing["@type"] == "Product")
    rating = product["aggregateRating"]
    assert (rating["ratingValue"], rating["reviewCount"]) == (text.replace(",", "."), 5)
    assert len(product["review"]) == 3
    assert {each["author"]["name"] for each in product["review"]} == {"Un acheteur"}


def test_the_list_has_pages(world: World, line: VendorOrderLine) -> None:
    for n in range(11):
        reviewed(of_another_buyer(line, f"b{n}@example.org"), 5, f"Avis numéro {n}.")
    path = f"/ma/fr/goods/{page_of(line).slug}/reviews/"
    assert "Avis numéro 10." in read(path)
    assert "Avis numéro 0." not in read(path)
    assert "Avis numéro 0." in read(f"{path}?page=2")
    assert "noindex" in Client().get(path)["X-Robots-Tag"]
    assert Client().get(f"{path}?page=nonsense").status_code == 200


def test_anybody_reports_once(line: VendorOrderLine) -> None:
    row = reviewed(line)
    path = f"/ma/fr/reviews/{row.pk}/report/"
    assert path in read(f"/ma/fr/goods/{page_of(line).slug}/")
    assert Client().post(path, {"reason": ""}).status_code == 422
    first = Client().post(path, {"reason": "false", "text": "Je connais"})
    assert first["Location"] == f"/ma/fr/goods/{page_of(line).slug}/reviews/"
    again = Client().post(path, {"reason": "false"})
    assert again.status_code == 422
    assert "déjà signalé" in again.content.decode()
    assert row.reports.count() == 1


def test_asked_once_by_mail_and_not_who_does_not_want_it(
    world: World, line: VendorOrderLine, token: str
) -> None:
    other = of_another_buyer(line, "driss@example.org")
    Client().post(own(issue_link(order=order_of(other)), "mails/"), {"no": "1"})
    assert NoReviewMail.objects.get().email == "driss@example.org"
    work_off()
    mail.outbox.clear()
    assert ask_for_reviews() == 0
    with time_machine.travel(timezone.now() + timedelta(days=5), tick=False):
        assert [ask_for_reviews(), ask_for_reviews()] == [1, 0]
        (asked,) = mail.outbox
        assert asked.to == ["salma@example.org"]
        assert "/reviews/" in asked.body
        assert "Miel" in asked.body
        Client().post(own(issue_link(order=order_of(other)), "mails/"), {"again": "1"})
        assert ask_for_reviews() == 1
    with time_machine.travel(timezone.now() + timedelta(days=40), tick=False):
        assert ask_for_reviews() == 0
