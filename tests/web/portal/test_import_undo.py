"""Undoing an import: what it refuses, and two people at once."""

import threading
import time
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from catalog.models import Listing, ListingRevision, ProductFile
from catalog.services import approve_revision, propose
from catalog.services.undoing import undo_import
from marketplace.core.models import AuditEntry
from marketplace.long_jobs.services import running
from tests.concurrency import at_once
from tests.factories import vendors as make
from tests.factories.shop import BY
from tests.web.browsers import browser
from tests.web.kept.every_form import posted_forms
from tests.web.portal.stopping import run_and_stop
from vendors.models import Cooperative

pytestmark = pytest.mark.django_db
HEADING = "Nom;Prix;Qté;Poids\n"
TABLE = HEADING + "Miel;120;3;1 kg\nSavon;35;4;100 g\n"
PATIENCE = 20
NOTHING = {
    "en": "There is nothing to undo",
    "fr": "Il n’y a rien à annuler",
    "ar": "لا شيء يمكن إلغاؤه",
}


@pytest.fixture
def own() -> Cooperative:
    return make.make_published(name="Tamounte")


@pytest.fixture
def office(own: Cooperative) -> Client:
    return browser(make.make_member(own), "en")


def sent(client: Client, own: Cooperative, table: str = TABLE) -> tuple[ProductFile, str]:
    upload = SimpleUploadedFile("Prix.csv", table.encode())
    address = client.post(f"/portal/{own.slug}/imports/", {"file": upload})["Location"]
    return ProductFile.objects.within(own.scope).get(), address


def imported(client: Client, own: Cooperative, table: str = TABLE) -> tuple[ProductFile, str]:
    file, address = sent(client, own, table)
    client.post(f"{address}start/")
    running.run_long_jobs()
    file.refresh_from_db()
    return file, address


def names(own: Cooperative) -> list[str]:
    rows = ListingRevision.objects.within(own.scope)
    return sorted(row.proposed.texts["fr"].name for row in rows)


def undone() -> int:
    return AuditEntry.objects.filter(action="product_file.undone").count()


@pytest.mark.parametrize("language", ["en", "fr", "ar"])
def test_a_file_that_was_never_imported_cannot_be_undone(own: Cooperative, language: str) -> None:
    client = browser(make.make_member(own), language)
    file, address = sent(client, own)

    asked = client.get(f"{address}undo/", follow=True)
    answer = client.post(f"{address}undo/", follow=True)

    assert NOTHING[language] in asked.text
    assert NOTHING[language] in answer.text
    file.refresh_from_db()
    assert (file.state, undone()) == ("read", 0)


def test_while_it_is_checked_or_imported_nothing_is_undone(
    own: Cooperative, office: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    file, address = sent(office, own, HEADING + "".join(f"Miel {n};9;3;1 kg\n" for n in range(60)))
    office.post(f"{address}start/")
    told = office.post(f"{address}undo/", follow=True).text
    assert "Wait until it has finished" in told
    file.refresh_from_db()
    assert (file.state, undone()) == ("asked", 0)

    run_and_stop(monkeypatch, lambda: office.post(f"{address}cancel/"))
    assert "Undo the import" in office.get(address).text
    assert "Undone." in office.post(f"{address}undo/", follow=True).text
    assert not Listing.objects.within(own.scope).exists()


def test_a_check_that_was_stopped_is_not_an_import_to_undo(
    own: Cooperative, office: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("catalog.services.checking.CHECKED_AT_ONCE", 1)
    file, address = sent(office, own)
    assert file.state == "checking"
    assert "Wait until it has finished" in office.post(f"{address}undo/", follow=True).text
    office.post(f"{address}cancel/")

    assert NOTHING["en"] in office.post(f"{address}undo/", follow=True).text

    file.refresh_from_db()
    assert (file.state, undone()) == ("checking", 0)


def test_undone_twice_it_is_said_and_recorded_once(own: Cooperative, office: Client) -> None:
    file, address = imported(office, own)
    assert "Undone." in office.post(f"{address}undo/", follow=True).text

    again = office.post(f"{address}undo/", follow=True).text

    assert NOTHING["en"] in again
    assert "Undone." not in again
    assert undone() == 1
    file.refresh_from_db()
    assert file.state == "undone"


def test_an_import_of_which_all_was_approved_stays_imported(
    own: Cooperative, office: Client
) -> None:
    file, address = imported(office, own)
    ListingRevision.objects.within(own.scope).update(state="applied")

    assert "Undo the import" not in office.get(address).text
    assert NOTHING["en"] in office.post(f"{address}undo/", follow=True).text

    file.refresh_from_db()
    assert (file.state, undone()) == ("imported", 0)


def test_the_page_asks_once_whether_there_is_something_to_undo(
    own: Cooperative, office: Client
) -> None:
    _file, address = imported(office, own)

    with CaptureQueriesContext(connection) as asked:
        assert "Undo the import" in office.get(address).text

    about = [row["sql"] for row in asked if '"catalog_listing"' in row["sql"]]
    assert len(about) == 1
    assert "LIMIT 1" in about[0]
    assert "COUNT(" not in about[0]


@pytest.mark.django_db(transaction=True)
def test_a_draft_saved_or_approved_during_the_undoing_stays(own: Cooperative) -> None:
    office = browser(make.make_member(own), "en")
    file, address = imported(office, own, TABLE + "Sel;12;3;1 kg\n")
    saved, approved, _rest = ListingRevision.objects.within(own.scope).order_by("listing__slug")
    began = threading.Event()

    def save() -> None:
        with transaction.atomic():
            better = saved.proposed.model_copy(update={"net_quantity": "350 g"})
            propose(
                cooperative_id=own.pk,
                listing=saved.listing,
                content=better,
                quantity=3,
                photos=[],
                by=file.sent_by.actor,
            )
            approve_revision(revision=approved, by=BY)
            began.set()
            wait_for_a_lock()

    def undo() -> None:
        assert began.wait(PATIENCE)
        office.post(f"{address}undo/")

    assert at_once(save, undo) == []

    left = Listing.objects.within(own.scope).values_list("pk", flat=True)
    assert set(left) == {saved.listing_id, approved.listing_id}
    entry = AuditEntry.objects.get(action="product_file.undone")
    assert entry.details == {"listings": 1}


@pytest.mark.django_db(transaction=True)
def test_who_saves_a_draft_that_was_just_undone_is_told_that_it_is_gone(own: Cooperative) -> None:
    office = browser(make.make_member(own), "en")
    file, _address = imported(office, own)
    listing = Listing.objects.within(own.scope).order_by("slug")[0]
    page = f"/portal/{own.slug}/listings/{listing.pk}/edit/"
    form = posted_forms(page, office.get(page).content)[-1]
    data: dict[str, Any] = dict(form.hidden)
    for name, value in form.values():
        data.setdefault(name, []).append(value)
    began, answers = threading.Event(), []

    def undo() -> None:
        with transaction.atomic():
            undo_import(file=file, by=file.sent_by.actor)
            began.set()
            wait_for_a_lock()

    def save() -> None:
        assert began.wait(PATIENCE)
        answers.append(office.post(form.action, data).status_code)

    assert at_once(undo, save) == []

    assert answers == [404]
    assert names(own) == []


def wait_for_a_lock() -> None:
    """Until another connection waits for the end of this one's transaction."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT count(*) FROM pg_locks waits JOIN pg_locks ours USING (transactionid) "
                "WHERE NOT waits.granted AND ours.granted AND ours.pid = pg_backend_pid()"
            )
            if cursor.fetchone() != (0,):
                return
        time.sleep(0.02)
    raise AssertionError("nobody waits")
