"""Pictures beside an imported table: from a ZIP, from addresses; nothing twice, no row lost."""

import csv
import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from catalog.models import Listing, ListingMedia, ListingRevision, ProductFile
from catalog.services import bulk, import_pictures
from catalog.services import import_review as review
from marketplace.core.private_files import read_private
from marketplace.long_jobs.services import running
from tests.catalog.picture_zips import locked, picture, zipped
from tests.core.https_server import Server, https_server
from tests.factories import vendors as make
from tests.web.browsers import browser
from vendors.models import Cooperative

pytestmark = pytest.mark.django_db
HEADING = "Référence;Désignation;Prix;Qté;Poids;Images\n"
TABLE = HEADING + "A1;Miel;120;10;650 g;miel.jpg\nA2;Savon;35;25;200 g;savon.jpg\n"


@pytest.fixture
def own() -> Cooperative:
    return make.make_published(name="Tamounte")


@pytest.fixture
def office(own: Cooperative) -> Client:
    return browser(make.make_member(own), "en")


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Server]:
    monkeypatch.setattr(import_pictures, "PAUSE_SECONDS", 0.0)
    with https_server(monkeypatch, tmp_path) as running_server:
        yield running_server


def send(client: Client, own: Cooperative, table: str, archive: bytes | None = None) -> Any:
    data = {"file": SimpleUploadedFile("Prix.csv", table.encode())}
    if archive is not None:
        data["pictures"] = SimpleUploadedFile("photos.zip", archive)
    return client.post(f"/portal/{own.slug}/imports/", data)


def run(client: Client, address: str) -> None:
    client.post(f"{address}start/")
    assert running.run_long_jobs() == 1


def revision(own: Cooperative, key: str) -> ListingRevision:
    rows = ListingRevision.objects.within(own.scope).select_related("listing")
    found: ListingRevision = rows.get(listing__import_key=key)
    return found


def photos(own: Cooperative) -> list[ListingMedia]:
    return list(ListingMedia.objects.within(own.scope))


def test_pictures_come_with_their_rows_and_go_when_it_is_undone(
    own: Cooperative, office: Client, django_capture_on_commit_callbacks: Any
) -> None:
    archive = zipped({"Photos/MIEL.JPG": picture(), "savon.png": picture("#fff", "PNG")})
    address = send(office, own, TABLE, archive)["Location"]
    page = office.get(address).text
    assert "2 pictures are in the ZIP" in page
    assert "photos.zip" in page

    run(office, address)
    found = revision(own, "A1")
    assert found.state == "submitted"
    (photo,) = found.listing.media.all()
    assert found.proposed.media == [photo.pk]
    with photo.file.open("rb") as file:
        assert file.read(2) == b"\xff\xd8"
    assert "2 pictures were taken" in office.get(address).text

    kept = [str(each.file.name) for each in photos(own)]
    with django_capture_on_commit_callbacks(execute=True):
        office.post(f"{address}undo/")
    assert photos(own) == []
    assert not any(default_storage.exists(name) for name in kept)
    run(office, address)
    assert [str(each.pk) for each in photos(own)].count(str(photo.pk)) == 1
    assert len(photos(own)) == 2


def test_a_picture_that_fails_makes_a_draft_that_says_so(own: Cooperative, office: Client) -> None:
    table = TABLE + "A3;Sel;12;5;1 kg;\n"
    archive = zipped({"miel.jpg": b"no picture", "A3.jpg": picture()})
    address = send(office, own, table, archive)["Location"]
    page = office.get(address).text
    assert "1 picture is missing" in page
    assert "savon.jpg" in page

    run(office, address)
    assert [revision(own, key).state for key in ("A1", "A2", "A3")] == [
        "draft", "draft", "submitted",
    ]  # fmt: skip
    assert len(revision(own, "A3").proposed.media) == 1
    failed = revision(own, "A1")
    assert "miel.jpg" in failed.remark
    listing = f"/portal/{own.slug}/listings/{failed.listing_id}/"
    assert "What the import could not take along" in office.get(listing).text
    page = office.get(address).text
    assert "1 picture could not be used" in page
    listed = office.get(f"{address}report.csv").getvalue().decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(listed)))
    assert [row["outcome"] for row in rows] == ["draft", "draft", "submitted"]
    assert "cannot be read" in rows[0]["notes"]
    assert "not in the ZIP" in rows[1]["notes"]


def test_the_zip_may_come_later_and_be_replaced(own: Cooperative, office: Client) -> None:
    address = send(office, own, TABLE)["Location"]
    assert "2 pictures are missing" in office.get(address).text
    files: dict[str, bytes] = {}
    for name in ("miel.jpg", "savon.jpg"):
        files[name] = picture()
        upload = SimpleUploadedFile("p.zip", zipped(files))
        assert office.post(f"{address}pictures/", {"pictures": upload})["Location"] == address
    assert "2 pictures are in the ZIP" in office.get(address).text
    file = ProductFile.objects.within(own.scope).get()
    assert b"".join(read_private(file.pictures_stored_at))[:2] == b"PK"
    office.post(f"{address}delete/")


@pytest.mark.parametrize(
    ("archive", "told"),
    [
        (b"%PDF", "no ZIP"),
        (b"", "This file is empty"),
        (locked(zipped({"a.jpg": picture()})), "password"),
    ],
)
def test_a_zip_that_is_refused_says_so_beside_its_field(
    own: Cooperative, office: Client, archive: bytes, told: str
) -> None:
    answer = send(office, own, TABLE, archive)
    assert answer.status_code == 422
    assert told in answer.text
    assert not ProductFile.objects.within(own.scope).exists()

    address = send(office, own, TABLE)["Location"]
    upload = SimpleUploadedFile("p.zip", archive)
    answer = office.post(f"{address}pictures/", {"pictures": upload})
    assert answer.status_code == 422
    assert told in answer.text
    assert "Choose a ZIP" in office.post(f"{address}pictures/").text


def test_what_of_the_zip_is_not_taken_is_listed(own: Cooperative, office: Client) -> None:
    archive = zipped({"../miel.jpg": picture(), "inner.zip": b"PK", "savon.jpg": picture()})
    address = send(office, own, TABLE, archive)["Location"]
    page = office.get(address).text
    assert "2 files of the ZIP are not taken" in page
    assert "its path leads out of the ZIP" in page
    assert "a ZIP inside the ZIP is not opened" in page


def test_pictures_are_fetched_from_the_addresses_of_a_shopify_table(
    own: Cooperative, office: Client, server: Server
) -> None:
    first, second = server.gives("/1.jpg", picture()), server.gives("/2.jpg", picture("#fff"))
    page = server.gives("/page.jpg", b"<!doctype html><title>Sign in</title>")
    table = (
        "Handle,Title,Option1 Value,Variant Price,Variant Grams,Variant Inventory Qty,Image Src\n"
        f"miel,Miel,650 g,120,650,10,{first}\nmiel,,,,,,{second}\nmiel,,900 g,130,900,4,\n"
        f"savon,Savon,,35,200,25,{page}\nsel,Sel,,12,1000,5,http://photos.example/3.jpg\n"
    )
    address = send(office, own, table)["Location"]
    shown = office.get(address).text
    assert "3 pictures are fetched from their addresses" in shown
    assert "1 picture is missing" in shown
    assert "A size or colour of the product in row 2" in shown
    assert server.asked == []

    run(office, address)
    assert len(revision(own, "miel").proposed.media) == 2
    assert revision(own, "miel").state == "submitted"
    assert revision(own, "savon").state == "draft"
    assert "shows a page" in revision(own, "savon").remark
    assert "https://" in revision(own, "sel").remark
    assert server.asked == ["/1.jpg", "/2.jpg", "/page.jpg"]


def test_variations_of_woocommerce_are_variants_of_their_product(
    own: Cooperative, office: Client
) -> None:
    table = (
        "ID,Type,SKU,Name,Regular price,Stock,Parent\n"
        "1,variable,T1,Tapis,,,\n2,variation,T1-R,Tapis - Rouge,900,2,T1\n3,simple,S1,Sel,12,3,\n"
        "4,variation,T1-B,Tapis - Bleu,950,2,T1\n"
    )
    address = send(office, own, table)["Location"]
    page = office.get(address).text
    assert "2 sizes or colours in their products’ listings" in page
    run(office, address)
    listings = Listing.objects.within(own.scope)
    assert sorted(listings.values_list("import_key", flat=True)) == ["S1", "T1"]
    rug = listings.get(import_key="T1")
    assert list(rug.variants.values_list("name", flat=True)) == ["Rouge", "Bleu"]


def test_a_silent_server_is_not_asked_for_every_row(
    own: Cooperative, office: Client, server: Server
) -> None:
    rows = [f"A{n};Miel {n};120;10;650 g;{server.gives(f'/{n}.jpg', b'', 503)}" for n in range(6)]
    address = send(office, own, HEADING + "\n".join(rows))["Location"]
    run(office, address)
    assert len(server.asked) == 2 * import_pictures.MOST_SILENCES
    assert {revision(own, f"A{n}").state for n in range(6)} == {"draft"}


def test_a_killed_worker_leaves_no_picture_twice(
    own: Cooperative, office: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Killed(BaseException):
        """What a signal does."""

    archive = zipped({"miel.jpg": picture(), "savon.jpg": picture("#fff")})
    address = send(office, own, TABLE, archive)["Location"]
    office.post(f"{address}start/")
    real = bulk.save_photos

    def then_die(rows: Any) -> None:
        real(rows)
        raise Killed

    with monkeypatch.context() as patched:
        # A signal leaves the files: nothing of ours runs any more.
        patched.setattr(bulk, "save_photos", then_die)
        patched.setattr(review, "undone_together", bulk.transaction.atomic)
        with pytest.raises(Killed):
            running.run_long_jobs()
    assert photos(own) == []
    left = default_storage.listdir("listings")

    assert running.run_long_jobs() == 1
    assert [revision(own, key).state for key in ("A1", "A2")] == ["submitted", "submitted"]
    assert len(photos(own)) == 2
    names = {str(photo.file.name).rpartition("/")[2] for photo in photos(own)}
    assert names == {f"{photo.pk}.jpg" for photo in photos(own)}
    assert default_storage.listdir("listings") == left
