"""The table of a cooperative's products: downloaded, sent to another, downloaded there."""

import io
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from catalog.models import Listing, ListingRevision, ProductFile
from marketplace.core.workbooks import read_workbook
from marketplace.long_jobs.services import running
from tests.factories import vendors as make
from tests.web.browsers import browser
from vendors.models import Cooperative

pytestmark = pytest.mark.django_db
TABLE = """Référence;Nom en français;Nom en anglais;Descriptif;Prix;Qté;Poids;Matières
A1;Miel de thym;=Thyme honey;doux;120,00;10;650 g;
;Savon noir;;;35;25;;laine, poil de lapin
"""


def download(own: Cooperative, client: Client, ending: str = "csv") -> bytes:
    answer: Any = client.get(f"/portal/{own.slug}/listings/products.{ending}")
    assert answer.status_code == 200
    return b"".join(answer.streaming_content)


def send(own: Cooperative, client: Client, content: bytes) -> ProductFile:
    upload = SimpleUploadedFile("Produits.csv", content)
    address = client.post(f"/portal/{own.slug}/imports/", {"file": upload})["Location"]
    client.post(f"{address}start/")
    running.run_long_jobs()
    found: ProductFile = ProductFile.objects.within(own.scope).latest("sent_at")
    return found


@pytest.mark.parametrize("language", ["ar", "fr", "en"])
def test_products_come_back_the_same_and_are_never_made_twice(language: str) -> None:
    own, other = make.make_published(name="Tamounte"), make.make_published("argan", name="Argan")
    office = browser(make.make_member(own), language)
    there = browser(make.make_member(other), language)
    send(own, office, TABLE.encode())
    # One is made by hand: no file knows it.
    Listing.objects.within(own.scope).filter(import_key="A1").update(import_key="")

    first = download(own, office)
    file = send(other, there, first)

    assert file.found["counts"] == {"submitted": 1, "draft": 1}
    assert download(other, there) == first
    books = [read_workbook(download(*of, "xlsx")) for of in ((own, office), (other, there))]
    assert list(books[0].rows) == list(books[1].rows)
    again = send(own, office, first)
    assert again.found["counts"] == {"unchanged": 2}
    assert ListingRevision.objects.within(own.scope).count() == 2


def test_the_list_leads_to_it_and_no_stranger_reads_it() -> None:
    own = make.make_published(name="Tamounte")
    office = browser(make.make_member(own), "en")
    page = f"/portal/{own.slug}/listings/"
    assert "products.csv" not in office.get(page).text
    send(own, office, TABLE.encode())
    assert f"{page}products.xlsx" in office.get(page).text
    stranger = browser(make.make_member(make.make_published("argan", name="Argan")), "en")
    reader = browser(make.make_member(own, "accountant"), "en")
    assert stranger.get(f"{page}products.csv").status_code == 404
    heading = io.BytesIO(download(own, reader)).readline()
    assert heading.startswith("\ufeffkey,name_ar".encode())
