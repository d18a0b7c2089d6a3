"""The check of a large table: by the worker, with progress; it can be stopped and begun again."""

import csv
import io
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from openpyxl import Workbook

from catalog import import_job
from catalog.models import Listing, ProductFile
from catalog.services import checking
from catalog.services import import_review as review
from marketplace.long_jobs.models import LongJob
from marketplace.long_jobs.services import cancel_job, running
from tests.catalog.picture_zips import picture, zipped
from tests.factories import vendors as make
from tests.web.browsers import browser
from tests.web.portal.stopping import run_and_stop
from vendors.models import Cooperative

pytestmark = pytest.mark.django_db
ROWS = 130
TABLE = "Référence;Nom;Prix;Qté;Poids\n" + "".join(
    f"R{number};Miel {number};120;10;650 g\n" for number in range(ROWS)
)


@pytest.fixture
def own() -> Cooperative:
    return make.make_published(name="Tamounte")


@pytest.fixture
def office(own: Cooperative) -> Client:
    return browser(make.make_member(own), "en")


@pytest.fixture(autouse=True)
def few_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checking, "CHECKED_AT_ONCE", 100)


def send(client: Client, own: Cooperative, content: str | bytes, **more: bytes) -> Any:
    data = content.encode() if isinstance(content, str) else content
    files = {"file": SimpleUploadedFile("Prix.csv", data)}
    files |= {name: SimpleUploadedFile(f"{name}.zip", each) for name, each in more.items()}
    return client.post(f"/portal/{own.slug}/imports/", files)


def sent(client: Client, own: Cooperative, content: str | bytes) -> tuple[ProductFile, str]:
    address = send(client, own, content)["Location"]
    return ProductFile.objects.within(own.scope).latest("sent_at"), address


def test_the_worker_checks_a_large_table_and_then_it_is_imported(
    own: Cooperative, office: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    file, address = sent(office, own, TABLE)
    assert (file.rows, file.state, file.found) == (ROWS, "checking", {})
    answer = office.get(address)
    assert answer["Refresh"] == "3"
    assert "The rows are being checked" in answer.text
    # Nothing is imported, changed or deleted meanwhile.
    for act in ("start", "undo", "delete"):
        office.post(f"{address}{act}/")
    office.post(f"{address}columns/", {"column_1": "name"})
    assert LongJob.objects.count() == ProductFile.objects.within(own.scope).count() == 1

    seen: list[tuple[int, int]] = []
    monkeypatch.setattr(running, "PROGRESS_SECONDS", 0.0)
    wanted = running._Teller._is_wanted
    monkeypatch.setattr(
        running._Teller,
        "_is_wanted",
        lambda teller, done, total: seen.append((done, total)) or wanted(teller, done, total),
    )
    assert running.run_long_jobs() == 1
    assert seen == [(50, ROWS), (100, ROWS), (130, ROWS)]
    file.refresh_from_db()
    assert (file.state, file.found["counts"]) == ("read", {"valid": ROWS})
    page = office.get(address)
    assert not page.has_header("Refresh")
    assert f"{ROWS} rows can be sent for review" in page.text

    # The list of all rows is the one that the worker wrote: nobody waits for it again.
    monkeypatch.setattr("catalog.services.outcome_lists.check_pages", None)
    text = office.get(f"{address}report.csv").getvalue().decode("utf-8-sig")
    assert len(list(csv.DictReader(io.StringIO(text)))) == ROWS
    office.post(f"{address}start/")
    assert running.run_long_jobs() == 1
    assert Listing.objects.within(own.scope).count() == ROWS


def test_a_stopped_check_says_so_and_is_begun_again_with_other_columns(
    own: Cooperative, office: Client
) -> None:
    file, address = sent(office, own, TABLE)
    assert (
        "Check the rows again when you like" in office.post(f"{address}cancel/", follow=True).text
    )
    assert running.run_long_jobs() == 0
    page = office.get(address)
    assert "The rows were not checked to the end" in page.text
    assert "Import these rows" not in page.text
    assert not page.has_header("Refresh")
    assert "No row can be imported" in office.post(f"{address}start/", follow=True).text

    office.post(f"{address}columns/", {"column_0": "key", "column_1": "name"})
    assert "The rows are being checked" in office.get(address).text
    assert running.run_long_jobs() == 1
    file.refresh_from_db()
    assert (file.state, file.found["counts"]) == ("read", {"draft": ROWS})


def test_a_check_that_was_stopped_at_its_last_row_does_not_speak_for_other_columns(
    own: Cooperative, office: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Stopped and asked again by a phone while the first worker has all but written its answer."""
    file, address = sent(office, own, TABLE)
    note = checking.note_checked

    def late(**facts: Any) -> None:
        monkeypatch.undo()
        cancel_job(job=LongJob.objects.get(), by=file.sent_by.actor)
        monkeypatch.setattr(checking, "CHECKED_AT_ONCE", 100)
        office.post(f"{address}columns/", {"column_1": "name"})
        note(**facts)

    monkeypatch.setattr(import_job, "note_checked", late)
    running.run_long_jobs()
    file.refresh_from_db()
    assert (file.state, file.found) == ("checking", {})
    running.run_long_jobs()
    file.refresh_from_db()
    assert (file.state, file.found["counts"]) == ("read", {"draft": ROWS})


def test_a_check_that_fails_says_why(
    own: Cooperative, office: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    file, address = sent(office, own, TABLE)
    monkeypatch.setattr(import_job, "check", lambda *_args, **_more: 1 // 0)
    running.run_long_jobs()
    page = office.get(address).text
    assert "The check has stopped" in page
    assert "Something went wrong on our side" in page
    file.refresh_from_db()
    assert file.state == "checking"
    assert "Delete the file" in page


def test_after_an_import_was_stopped_another_check_loses_neither_its_products_nor_its_undoing(
    own: Cooperative, office: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    file, address = sent(office, own, TABLE)
    running.run_long_jobs()
    office.post(f"{address}start/")
    run_and_stop(monkeypatch, lambda: office.post(f"{address}cancel/"))
    assert Listing.objects.within(own.scope).count() == 50
    names = dict(enumerate(("key", "name", "price", "quantity", "weight")))
    office.post(f"{address}columns/", {f"column_{at}": name for at, name in names.items()})
    running.run_long_jobs()
    file.refresh_from_db()
    assert file.found["counts"] == {"valid": 80, "unchanged": 50}
    assert "Undo the import" in office.get(address).text
    office.post(f"{address}start/")
    running.run_long_jobs()
    assert Listing.objects.within(own.scope).count() == ROWS
    office.post(f"{address}undo/")
    assert not Listing.objects.within(own.scope).exists()


def test_the_list_after_a_stopped_import_comes_a_page_at_a_time_in_the_readers_language(
    own: Cooperative, office: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    _file, address = sent(office, own, TABLE)
    running.run_long_jobs()
    office.post(f"{address}start/")
    run_and_stop(monkeypatch, lambda: office.post(f"{address}cancel/"))
    answer = browser(make.make_member(own), "fr").get(f"{address}report.csv")
    pieces = list(answer.streaming_content)
    assert len(pieces) > ROWS / review.PAGE
    assert max(piece.count(b"\n") for piece in pieces) <= review.PAGE + 1
    rows = list(csv.DictReader(io.StringIO(b"".join(pieces).decode("utf-8-sig"))))
    assert [row["outcome"] for row in rows] == ["unchanged"] * 50 + ["valid"] * 80
    assert {row["reason"] for row in rows} == {"Déjà importé.", ""}


def test_pictures_beside_a_large_table_are_looked_for_by_the_worker(
    own: Cooperative, office: Client
) -> None:
    answer = send(office, own, TABLE, pictures=zipped({"R7.jpg": picture()}))
    file = ProductFile.objects.within(own.scope).get()
    assert file.state == "checking"
    running.run_long_jobs()
    file.refresh_from_db()
    assert file.found["pictures"] == {"found": 1}
    upload = SimpleUploadedFile("photos.zip", zipped({"R7.jpg": picture(), "R8.jpg": picture()}))
    office.post(f"{answer['Location']}pictures/", {"pictures": upload})
    file.refresh_from_db()
    assert file.state == "checking"
    running.run_long_jobs()
    file.refresh_from_db()
    assert file.found["pictures"] == {"found": 2}


def test_too_many_rows_are_refused_beside_the_field_before_any_is_understood(
    own: Cooperative, office: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(review, "read_rows", None)
    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    for number in range(20_010):
        sheet.append([f"Nom {number}" if number else "Nom"])
    content = io.BytesIO()
    book.save(content)
    for table in ("Nom\n" + "Miel\n" * 20_010, content.getvalue()):
        answer = send(office, own, table)
        assert answer.status_code == 422
        assert "at most 20,000 rows" in answer.text
    assert not ProductFile.objects.within(own.scope).exists()
    assert not LongJob.objects.exists()
