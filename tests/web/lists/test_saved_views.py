"""Saved views: kept under a name, one's own alone, renamed and deleted."""

import pytest
from django.test import Client

from marketplace.core.models import AuditEntry
from marketplace.web.lists.models import LONGEST_NAME, SavedView
from marketplace.web.lists.saved_views import MOST_VIEWS
from tests.factories.vendors import grant_to, make_programme, make_staff
from tests.web.browsers import browser
from vendors.models import Programme, User

pytestmark = pytest.mark.django_db

LIST = "/staff/mourafaka/orders/"
VIEWS = f"{LIST}views/"


@pytest.fixture
def programme() -> Programme:
    return make_programme()


@pytest.fixture
def owner(programme: Programme) -> User:
    return make_staff(programme)


@pytest.fixture
def client(owner: User) -> Client:
    return browser(owner, "en")


@pytest.fixture
def view(owner: User, programme: Programme) -> SavedView:
    return SavedView.objects.create(
        owner=owner, programme=programme, list_name="orders", name="Late", query="state=open"
    )


def test_what_the_list_shows_is_saved_and_found_above_it(client: Client, owner: User) -> None:
    query = "state=placed&sort=total&col=number&col=total"
    answer = client.post(f"{VIEWS}?{query}&page=3&utm=x", {"name": "  New ones  "})

    assert answer.status_code == 302
    assert answer["Location"] == f"{LIST}?{query}"
    saved = SavedView.objects.get()
    assert (saved.owner, saved.name, saved.query) == (owner, "New ones", query)
    html = client.get(f"{LIST}?{query}").content.decode()
    assert 'aria-current="true"><bdi>New ones</bdi>' in html
    entry = AuditEntry.objects.get(action="saved_view.saved")
    assert entry.details == {"list": "orders"}


def test_the_same_view_sent_twice_is_kept_once(client: Client) -> None:
    for _time in range(2):
        assert client.post(f"{VIEWS}?state=open", {"name": "Late"}).status_code == 302
    assert SavedView.objects.count() == 1


@pytest.mark.parametrize("name", ["", "LATE", "x" * (LONGEST_NAME + 1)])
def test_a_name_that_cannot_be_is_refused_and_kept(
    client: Client, view: SavedView, name: str
) -> None:
    answer = client.post(f"{VIEWS}?state=placed", {"name": name})

    assert answer.status_code == 422
    html = answer.content.decode()
    assert 'id="id_name_error"' in html
    assert f'value="{name}"' in html or not name
    assert SavedView.objects.get() == view


def test_no_more_are_kept_than_a_person_can_see(
    client: Client, owner: User, programme: Programme
) -> None:
    SavedView.objects.bulk_create(
        SavedView(owner=owner, programme=programme, list_name="orders", name=f"v{number}")
        for number in range(MOST_VIEWS)
    )
    answer = client.post(f"{VIEWS}?state=placed", {"name": "one more"})
    assert answer.status_code == 422
    assert "You have 20 saved views" in answer.content.decode()
    assert SavedView.objects.count() == MOST_VIEWS


def test_what_cannot_be_read_is_not_saved(client: Client) -> None:
    answer = client.post(f"{VIEWS}?state=zz", {"name": "bad"})
    assert answer["Location"] == f"{LIST}?state=zz"
    assert not SavedView.objects.exists()


def test_its_owner_renames_and_deletes_it(client: Client, view: SavedView) -> None:
    asked = client.get(f"{VIEWS}?change={view.pk}").content.decode()
    assert "Delete this view?" in asked
    client.post(f"{VIEWS}rename/", {"view": view.pk, "name": "Very late"})
    view.refresh_from_db()
    assert view.name == "Very late"
    client.post(f"{VIEWS}delete/", {"view": view.pk})
    assert not SavedView.objects.exists()


@pytest.mark.parametrize("whose", ["colleague", "elsewhere", "other list"])
def test_nobody_reads_or_changes_anothers(
    programme: Programme, owner: User, view: SavedView, whose: str
) -> None:
    other = owner
    path = VIEWS
    if whose == "colleague":
        other = make_staff(programme, "observer")
    elif whose == "elsewhere":
        grant_to(owner, make_programme("tawassol"), "coordinator")
        path = "/staff/tawassol/orders/views/"
    else:
        path = "/staff/mourafaka/papers/invoices/views/"
    client = browser(other, "en")

    assert "Late" not in client.get(path.removesuffix("views/")).content.decode()
    assert "Late" not in client.get(path).content.decode()
    assert client.get(f"{path}?change={view.pk}").status_code == 404
    for act in ("rename/", "delete/"):
        sent = {"view": view.pk, "name": "Taken"}
        assert client.post(f"{path}{act}", sent).status_code == 404
    view.refresh_from_db()
    assert view.name == "Late"


@pytest.mark.parametrize("view_id", ["", "x", "1" * 500, "00000000-0000-0000-0000-000000000001"])
def test_a_view_that_is_none_is_not_found(client: Client, view_id: str) -> None:
    for act in ("rename/", "delete/"):
        assert client.post(f"{VIEWS}{act}", {"view": view_id, "name": "x"}).status_code == 404
