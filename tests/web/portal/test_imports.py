"""Importing a file of products in the portal: columns, check, import, stopping, undoing."""

import csv
import io
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from openpyxl import Workbook

from catalog.errors import UnreadableFile
from catalog.import_report import COLUMNS
from catalog.models import Listing, ListingRevision, ProductFile
from catalog.product_file_content import content_of, forget_content, purge
from catalog.services import save_draft
from marketplace.core.private_files import read_private
from marketplace.long_jobs.models import LongJob
from marketplace.long_jobs.services import running
from tests.factories import vendors as make
from tests.web.browsers import browser
from tests.web.portal.stopping import run_and_stop
from vendors.models import Cooperative

pytestmark = pytest.mark.django_db
TABLE = """Désignation;Prix (DH);Qté;Poids;Remarque
Miel de thym;120,00;10;650 g;bon
Savon noir;35;25;;
;12;1;1 kg;
Amlou;1,500,3;4;300 g;
"""


@pytest.fixture
def own() -> Cooperative:
    return make.make_published(name="Tamounte")


@pytest.fixture
def office(own: Cooperative) -> Client:
    return browser(make.make_member(own), "en")


def send(client: Client, own: Cooperative, content: bytes | str, name: str = "Prix.csv") -> Any:
    data = content.encode() if isinstance(content, str) else content
    upload = SimpleUploadedFile(name, data)
    return client.post(f"/portal/{own.slug}/imports/", {"file": upload})


def sent(client: Client, own: Cooperative, content: bytes | str) -> tuple[ProductFile, str]:
    address = send(client, own, content)["Location"]
    return ProductFile.objects.within(own.scope).get(), address


def listings(own: Cooperative) -> dict[str, str]:
    rows = ListingRevision.objects.within(own.scope).select_related("listing")
    return {row.proposed.texts["fr"].name: row.state for row in rows}


def test_a_table_is_read_checked_imported_and_undone(own: Cooperative, office: Client) -> None:
    assert f"/portal/{own.slug}/imports/" in office.get(f"/portal/{own.slug}/listings/").text
    file, address = sent(office, own, TABLE)
    assert file.columns == ["name", "price_ma-mad", "quantity", "weight", ""]
    assert file.found["counts"] == {"valid": 1, "draft": 1, "skipped": 2}
    assert listings(own) == {}
    page = office.get(address).text
    assert "1 row can be sent for review" in page
    assert "2 rows cannot be used" in page
    assert "Remarque" in page
    assert "1,500,3" in page

    assert office.post(f"{address}start/")["Location"] == address
    assert office.get(address)["Refresh"] == "3"
    assert running.run_long_jobs() == 1
    assert listings(own) == {"Miel de thym": "submitted", "Savon noir": "draft"}
    file.refresh_from_db()
    assert (file.state, file.job.state, file.is_under_way) == ("imported", "done", False)
    assert file.found["counts"] == {"submitted": 1, "draft": 1, "skipped": 2}
    page = office.get(address).text
    assert "1 product waits for review" in page
    assert "What the columns are" not in page

    assert "2 products that the import made are deleted" in office.get(f"{address}undo/").text
    assert len(listings(own)) == 2
    office.post(f"{address}undo/")
    assert listings(own) == {}
    # and it can be imported once more
    office.post(f"{address}start/")
    running.run_long_jobs()
    assert len(listings(own)) == 2


def test_what_was_changed_or_decided_meanwhile_stays(own: Cooperative, office: Client) -> None:
    file, address = sent(office, own, "Nom;Prix\nMiel;120\nSavon;35\nSel;12\n")
    office.post(f"{address}start/")
    running.run_long_jobs()
    miel, savon, _sel = Listing.objects.within(own.scope).order_by("import_key")
    revision = miel.revisions.get()
    save_draft(listing=miel, content=revision.proposed, by=file.sent_by.actor)
    ListingRevision.objects.within(own.scope).filter(listing=savon).update(state="applied")

    office.post(f"{address}undo/")

    left = Listing.objects.within(own.scope).order_by("import_key")
    assert [row.pk for row in left] == [miel.pk, savon.pk]


def test_the_columns_are_corrected_and_remembered(own: Cooperative, office: Client) -> None:
    table = "Quoi;Combien;Prix\nMiel;3;120\nSavon;4;35\n"
    file, address = sent(office, own, table)
    assert file.columns == ["", "", "price"]
    assert "No column is the name of a product yet" in office.get(address).text
    assert "Import these rows" not in office.get(address).text

    twice = office.post(f"{address}columns/", {"column_0": "name", "column_1": "name"})
    assert twice.status_code == 422
    assert "Another column is this already" in twice.text
    none = office.post(f"{address}columns/", {"column_2": "price"})
    assert "Choose which column is the name" in none.text
    strange = office.post(f"{address}columns/", {"column_0": "password", "column_1": "name"})
    assert strange.status_code == 422

    chosen = {"column_0": "name", "column_1": "quantity", "column_2": "price"}
    assert office.post(f"{address}columns/", chosen)["Location"] == address
    file.refresh_from_db()
    assert file.columns == ["name", "quantity", "price"]
    assert file.found["counts"] == {"draft": 2}

    again = send(office, own, table)["Location"]
    assert "2 drafts that lack something" in office.get(again).text


def test_a_spreadsheet_with_names_in_three_languages(own: Cooperative, office: Client) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["الاسم بالعربية", "Nom en français", "Name in English", "الثمن بالدرهم", "Stock"])
    sheet.append(["عسل الزعتر", "Miel de thym", "Thyme honey", 120.5, 10])
    content = io.BytesIO()
    book.save(content)
    file, address = sent(office, own, content.getvalue())
    assert file.how == "Sheet"

    office.post(f"{address}start/")
    running.run_long_jobs()

    proposed = ListingRevision.objects.within(own.scope).get().proposed
    assert {lang: text.name for lang, text in proposed.texts.items()} == {
        "ar": "عسل الزعتر",
        "fr": "Miel de thym",
        "en": "Thyme honey",
    }
    assert proposed.prices == {"ma-mad": 12050}


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "This file is empty"),
        (b"%PDF-1.7", "a document or a picture"),
        ('name;price\n"Miel;12\n', "Line 2: a quotation mark"),
    ],
)
def test_what_cannot_be_read_is_said_beside_the_field(
    own: Cooperative, office: Client, content: bytes | str, told: str
) -> None:
    answer = send(office, own, content)
    assert answer.status_code == 422
    assert told in answer.text
    assert not ProductFile.objects.within(own.scope).exists()


def test_started_twice_it_runs_once(own: Cooperative, office: Client) -> None:
    _file, address = sent(office, own, TABLE)
    office.post(f"{address}start/")
    assert (
        "Another import for this cooperative is running"
        in office.post(f"{address}start/", follow=True).text
    )
    assert LongJob.objects.count() == 1
    # While it runs neither its columns nor the file can be changed.
    office.post(f"{address}columns/", {"column_0": "name"})
    office.post(f"{address}delete/")
    office.post(f"{address}undo/")
    running.run_long_jobs()
    assert len(listings(own)) == 2


def test_a_stopped_import_keeps_what_is_done_and_goes_on(
    own: Cooperative, office: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = "".join(f"Miel {number};120;3;1 kg\n" for number in range(120))
    file, address = sent(office, own, "Nom;Prix;Qté;Poids\n" + rows)
    office.post(f"{address}start/")
    run_and_stop(monkeypatch, lambda: office.post(f"{address}cancel/"))
    file.refresh_from_db()
    assert (file.state, file.job.state) == ("asked", "cancelled")
    assert file.found["counts"] == {"submitted": 50, "waiting": 70}
    assert "Go on with the import" in office.get(address).text

    office.post(f"{address}start/")
    running.run_long_jobs()
    file.refresh_from_db()
    assert file.found["counts"] == {"submitted": 70, "unchanged": 50}
    assert len(listings(own)) == 120


def test_the_list_of_all_rows_opens_in_a_spreadsheet(own: Cooperative, office: Client) -> None:
    table = 'Nom;Prix\n"=HYPERLINK(""http://evil.example"")";12\nMiel;;\n'
    _file, address = sent(office, own, table)
    answer = office.get(f"{address}report.csv")
    text = answer.getvalue().decode("utf-8-sig")
    assert text.startswith("row,line")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert tuple(rows[0]) == COLUMNS
    assert not rows[0]["name"].startswith("=")
    assert rows[1]["outcome"] == "draft"


def test_no_other_cooperative_reaches_it(own: Cooperative, office: Client) -> None:
    _file, address = sent(office, own, TABLE)
    other = make.make_published("argan", name="Argan")
    stranger = browser(make.make_member(other), "en")
    reader = browser(make.make_member(own, "accountant"), "en")
    theirs = address.replace(f"/{own.slug}/", f"/{other.slug}/")
    for path in ("", "report.csv", "undo/", "delete/"):
        assert stranger.get(f"{address}{path}").status_code == 404
        assert stranger.get(f"{theirs}{path}").status_code == 404
        assert reader.get(f"{address}{path}").status_code in {403, 404}
    for act in ("start", "cancel", "undo", "delete", "columns"):
        assert stranger.post(f"{theirs}{act}/").status_code == 404
    assert not LongJob.objects.exists()


def test_who_left_the_cooperative_imports_nothing_more(own: Cooperative, office: Client) -> None:
    file, address = sent(office, own, TABLE)
    office.post(f"{address}start/")
    file.sent_by.memberships.all().delete()
    running.run_long_jobs()
    file.refresh_from_db()
    assert file.job.failure == "rights"
    assert listings(own) == {}


def test_a_file_is_encrypted_deleted_and_forgotten(
    own: Cooperative,
    office: Client,
    monkeypatch: pytest.MonkeyPatch,
    django_capture_on_commit_callbacks: Any,
) -> None:
    file, address = sent(office, own, TABLE)
    assert content_of(file).read().decode() == TABLE
    assert list(read_private(file.stored_at))
    assert "can then no longer be undone" in office.get(f"{address}delete/").text
    with django_capture_on_commit_callbacks(execute=True):
        office.post(f"{address}delete/")
    with pytest.raises(UnreadableFile):
        content_of(file)

    file, address = sent(office, own, TABLE)
    forget_content(file)
    assert "Send it again" in office.get(f"{address}report.csv", follow=True).text
    purge()
    assert ProductFile.objects.within(own.scope).exists()
    monkeypatch.setattr("catalog.product_file_content.DAYS_KEPT", -1)
    purge()
    assert not ProductFile.objects.within(own.scope).exists()
