"""The whole way of an import: by whom, with every messy file, and never all rows at once."""

import gc
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from catalog.import_rows import ImportRow
from catalog.models import Listing, ListingRevision, ProductFile
from catalog.services import import_review as review
from catalog.services.import_outcomes import RowReport
from marketplace.core.models import AuditEntry
from marketplace.long_jobs.services import running
from tests.catalog.messy_files import cases
from tests.factories import vendors as make
from tests.web.browsers import browser
from vendors.models import Cooperative
from vendors.services import let_advisers_act

pytestmark = pytest.mark.django_db
TABLE = "Référence;Nom;Prix;Qté;Poids\nA1;Miel;120;10;650 g\nA2;Sel;12;;\n"


@pytest.fixture
def own() -> Cooperative:
    return make.make_published(name="Tamounte")


def send(client: Client, own: Cooperative, content: bytes, name: str = "table.csv") -> Any:
    upload = SimpleUploadedFile(name, content)
    return client.post(f"/portal/{own.slug}/imports/", {"file": upload})


def test_every_messy_file_ends_on_a_page_that_says_what_becomes_of_it(own: Cooperative) -> None:
    """Upload, columns, check, import: a refusal beside the field, or the rows that were told."""
    office = browser(make.make_member(own), "fr")
    for name, content, outcome in cases():
        answer = send(office, own, content, f"{name}.csv"[-60:])
        if isinstance(outcome, str) and content:
            assert answer.status_code in {302, 422}, name
        if answer.status_code == 422:
            assert "id_file" in answer.text, name
            continue
        assert answer.status_code == 302, name
        address = answer["Location"]
        assert office.get(address).status_code == 200, name
        file = ProductFile.objects.within(own.scope).latest("sent_at")
        told = dict(file.found["counts"])
        office.post(f"{address}start/")
        running.run_long_jobs()
        file.refresh_from_db()
        assert file.state in {"imported", "read"}, name
        assert sum(file.found["counts"].values()) == sum(told.values()), name
        made = Listing.objects.within(own.scope).filter(source=file)
        assert made.count() == sum(told.get(kind, 0) for kind in ("valid", "draft")), name
        made.delete()


def test_no_more_than_some_pages_of_rows_are_ever_held(
    own: Cooperative, monkeypatch: pytest.MonkeyPatch
) -> None:
    held: list[int] = []
    settle = review.ImportReport.settle

    def counted(report: Any) -> None:
        settle(report)
        rows = [each for each in gc.get_objects() if type(each) in (ImportRow, RowReport)]
        held.append(len(rows) - len(report.looked))

    rows = "".join(f"R{n};Miel {n};120;10;650 g\n" for n in range(600))
    office = browser(make.make_member(own), "en")
    monkeypatch.setattr(review.ImportReport, "settle", counted)
    address = send(office, own, f"Référence;Nom;Prix;Qté;Poids\n{rows}".encode())["Location"]
    office.post(f"{address}start/")
    running.run_long_jobs()

    assert Listing.objects.within(own.scope).count() == 600
    assert len(held) > 2 * 600 / review.PAGE
    assert max(held) <= 3 * review.PAGE


def test_an_adviser_imports_for_a_cooperative_and_everything_says_so(own: Cooperative) -> None:
    adviser = make.make_adviser(own)
    laptop = browser(adviser, "en")
    address = send(laptop, own, TABLE.encode())["Location"]
    laptop.post(f"{address}start/")
    assert running.run_long_jobs() == 1

    states = ListingRevision.objects.within(own.scope).values_list("state", flat=True)
    assert sorted(states) == ["draft", "submitted"]
    by = f"{adviser.name} for {own.legal_name}"
    member = browser(make.make_member(own), "en")
    for page in (address, f"/portal/{own.slug}/imports/"):
        assert by in member.get(page).text
    told = AuditEntry.objects.filter(action__in=("listings.submitted", "listings.started"))
    assert {(row.actor_id, row.acts_for) for row in told} == {(str(adviser.pk), str(own.pk))}
    assert told.count() == 2

    laptop.post(f"{address}undo/")
    undone = AuditEntry.objects.get(action="product_file.undone")
    assert (undone.actor_id, undone.acts_for) == (str(adviser.pk), str(own.pk))


def test_nobody_else_imports_for_a_cooperative(own: Cooperative) -> None:
    other = make.make_published("argan", name="Argan")
    clients = {
        "another's adviser": browser(make.make_adviser(other), "en"),
        "another's member": browser(make.make_member(other), "en"),
        "a stranger": browser(make.make_user(), "en"),
        "finance": browser(make.make_staff(own.programme, "finance_preparer"), "en"),
        "accountant": browser(make.make_member(own, "accountant"), "en"),
    }
    for who, client in clients.items():
        assert send(client, own, TABLE.encode()).status_code in {403, 404}, who
    assert not ProductFile.objects.within(own.scope).exists()


def test_an_adviser_whom_the_cooperative_stopped_finishes_no_import(own: Cooperative) -> None:
    manager = make.make_member(own)
    laptop = browser(make.make_adviser(own), "en")
    address = send(laptop, own, TABLE.encode())["Location"]
    laptop.post(f"{address}start/")
    let_advisers_act(cooperative=own, may_act=False, by=manager.actor)
    running.run_long_jobs()
    assert not Listing.objects.within(own.scope).exists()
    assert send(laptop, own, TABLE.encode()).status_code in {403, 404}
    assert ProductFile.objects.within(own.scope).count() == 1
