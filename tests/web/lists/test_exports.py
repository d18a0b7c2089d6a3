"""A list as a file: what is filtered, all of it, as long as the person may see it."""

import csv
import io
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest
from django.http import QueryDict
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation
from openpyxl import load_workbook

from marketplace.core.models import AuditEntry
from marketplace.core.money import Money
from marketplace.long_jobs.models import Failure, JobState, LongJob
from marketplace.long_jobs.services import run_long_jobs
from marketplace.web.lists.asked import Asked, read
from marketplace.web.lists.declared import RowList
from marketplace.web.lists.files import headings, rows_of, write_file
from marketplace.web.staff.lists.registry import LISTS
from tests.factories.vendors import make_staff
from tests.rules.access_regions import HERE, THERE, marks
from tests.rules.access_walk import signed_in, world
from tests.rules.access_world import AccessWorld
from tests.web.lists.opening import who_opens
from vendors.models import StaffGrant

__all__ = ["world"]

pytestmark = pytest.mark.django_db

EXPORTED = {name: declared for name, declared in LISTS.items() if declared.in_files}
every_list = pytest.mark.parametrize("declared", EXPORTED.values(), ids=list(EXPORTED))


def nothing(_done: int, _total: int) -> None:
    """Nobody waits for it."""


def written(asked: Asked, ending: str) -> bytes:
    target = io.BytesIO()
    write_file(asked, ending, target, nothing)
    return target.getvalue()


def csv_rows(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def sheet_rows(content: bytes) -> list[list[Any]]:
    sheet = load_workbook(io.BytesIO(content)).active
    assert sheet is not None
    return [list(row) for row in sheet.iter_rows(values_only=True)]


def everything(declared: RowList, world: AccessWorld) -> Asked:
    """The whole list with all columns."""
    data = QueryDict(mutable=True)
    data.setlist("col", [column.key for column in declared.columns])
    return read(declared, who_opens(world, declared), data)


def the_same(value: Any, text: str, cell: Any) -> bool:
    """Whether a value is what the two files hold of it: numbers as numbers, days as days."""
    if isinstance(value, Money):
        return Decimal(text) == value.decimal == Decimal(str(cell))
    if isinstance(value, datetime):
        return text == f"{value:%Y-%m-%d %H:%M}" and cell == value
    if isinstance(value, date):
        return text == value.isoformat() and cell.date() == value
    if isinstance(value, int):
        return text == str(value) and cell == value
    return str(value) == text.removeprefix("'") and text == str("" if cell is None else cell)


@every_list
@pytest.mark.parametrize("language", ["ar", "fr", "en"])
def test_the_files_hold_the_rows_of_the_list(
    world: AccessWorld, declared: RowList, language: str
) -> None:
    with translation.override(language), timezone.override(world.shop.programme.time_zone):
        asked = everything(declared, world)
        assert not asked.is_refused
        names, plain = headings(asked), list(rows_of(asked, nothing))
        assert len(plain) == len(declared.dressed(asked.rows(), asked.access))
        table, sheet = csv_rows(written(asked, "csv")), sheet_rows(written(asked, "xlsx"))
    assert table[0] == list(sheet[0]) == names
    assert len(table) == len(sheet) == len(plain) + 1
    for row, texts, cells in zip(plain, table[1:], sheet[1:], strict=True):
        for value, text, cell in zip(row, texts, cells, strict=True):
            assert the_same(value, text, cell), (value, text, cell)


def start(client: Client, name: str, query: str = "", ending: str = "csv") -> Any:
    path = reverse(f"staff:{name}-export", kwargs={"programme": "mourafaka"})
    return client.post(f"{path}?{query}", {"ending": ending})


def fetched(client: Client) -> Any:
    job = LongJob.objects.get()
    own = {"programme": "mourafaka", "job_id": job.pk}
    return client.get(reverse("staff:job-file", kwargs=own))


def test_what_is_filtered_is_exported_by_a_job_and_noted(world: AccessWorld) -> None:
    client = signed_in(world.people["coordinator"])
    query = f"q={world.mine.number}&col=number&col=total"
    answer = start(client, "orders", query)
    job = LongJob.objects.get()
    assert answer.status_code == 302
    assert answer["Location"].endswith(f"{job.pk}/")
    run_long_jobs()
    rows = csv_rows(fetched(client).getvalue())
    total = Money(world.mine.total_minor, world.mine.currency)
    assert rows[1:] == [[world.mine.number, str(total.decimal), total.currency]]
    entry = AuditEntry.objects.get(action="long_job.ask")
    assert entry.details["parameters"] == {"list": "orders", "ending": "csv", "query": query}


@pytest.mark.parametrize("query", ["", f"region={HERE}", "sort=-total&col=cooperative&col=number"])
def test_a_role_in_a_region_exports_that_region_only(world: AccessWorld, query: str) -> None:
    client = signed_in(make_staff(world.shop.programme, "regional", regions=(HERE,)))
    start(client, "orders", query)
    run_long_jobs()
    text = fetched(client).getvalue().decode("utf-8-sig")
    assert world.mine.number in text
    assert [word for word in marks(world) if word in text] == []


def test_another_region_in_the_address_starts_nothing(world: AccessWorld) -> None:
    client = signed_in(make_staff(world.shop.programme, "regional", regions=(HERE,)))
    answer = start(client, "orders", f"region={THERE}")
    assert answer.status_code == 302
    assert not LongJob.objects.exists()


def test_rights_count_when_the_job_runs(world: AccessWorld) -> None:
    """Whoever lost a region meanwhile gets the rest, or nothing of what they asked for."""
    user = make_staff(world.shop.programme, "regional", regions=(HERE, THERE))
    client = signed_in(user)
    start(client, "orders", f"region={THERE}")
    start(client, "orders")
    StaffGrant.objects.filter(user=user).update(region_codes=[HERE])
    run_long_jobs()
    run_long_jobs()
    narrowed, whole = LongJob.objects.order_by("asked_at")
    assert (narrowed.state, narrowed.failure) == (JobState.FAILED, Failure.TOLD)
    own = {"programme": "mourafaka", "job_id": whole.pk}
    text = client.get(reverse("staff:job-file", kwargs=own)).getvalue().decode("utf-8-sig")
    assert world.mine.number in text
    assert world.theirs.number not in text


def test_whoever_lost_the_role_gets_nothing(world: AccessWorld) -> None:
    user = make_staff(world.shop.programme, "observer")
    start(signed_in(user), "orders")
    StaffGrant.objects.filter(user=user).delete()
    run_long_jobs()
    assert LongJob.objects.get().failure == Failure.RIGHTS


@pytest.mark.parametrize("ending", ["", "exe", "../x", "CSV"])
def test_other_files_there_are_none(world: AccessWorld, ending: str) -> None:
    client = signed_in(world.people["coordinator"])
    assert start(client, "orders", ending=ending).status_code == 404
    assert not LongJob.objects.exists()


def test_a_search_that_may_name_a_person_is_not_kept(world: AccessWorld) -> None:
    client = signed_in(world.people["preparer"])
    start(client, "bank-entries", "q=Amina")
    assert not LongJob.objects.exists()
    start(client, "bank-entries")
    assert LongJob.objects.get().parameters["query"] == ""


def test_text_that_would_be_a_formula_is_none(world: AccessWorld) -> None:
    cooperative = world.shop.weavers
    cooperative.legal_name = '=HYPERLINK("http://example.org";"click")'
    cooperative.save(update_fields=["legal_name"])
    asked = everything(LISTS["cooperatives"], world)
    quoted = f"'{cooperative.legal_name}"
    assert quoted in {row[0] for row in csv_rows(written(asked, "csv"))}
    assert quoted in {row[0] for row in sheet_rows(written(asked, "xlsx"))}
