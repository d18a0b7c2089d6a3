"""Staff give products of the store to a cooperative by hand, and take one back."""

import pytest
from django.test import Client

from catalog.models import ListingPage
from tests.factories.shop import open_cooperative, open_shop
from tests.factories.store import Store
from tests.factories.vendors import make_programme, make_staff
from vendors.models import Cooperative

pytestmark = pytest.mark.django_db(transaction=True)
HERE = "/staff/mourafaka/adoption/"


@pytest.fixture
def cooperative() -> Cooperative:
    open_shop()
    return open_cooperative(make_programme())


@pytest.fixture
def store(cooperative: Cooperative) -> Store:
    return Store()


@pytest.fixture
def coordinator(client: Client, cooperative: Cooperative) -> Client:
    client.force_login(make_staff(cooperative.programme))
    return client


def test_a_product_is_chosen_shown_given_and_given_back(coordinator: Client, store: Store) -> None:
    gid = store.product()
    answers = {"products": [gid], "cooperative": "tamounte", "category": "oils"}
    assert "Produit argan" in coordinator.get(HERE).content.decode()

    shown = coordinator.post(f"{HERE}confirm/", answers)
    assert shown.status_code == 200
    assert not ListingPage.objects.exists()
    given = coordinator.post(f"{HERE}give/", answers)

    assert (given.status_code, given["Location"]) == (302, f"{HERE}given/")
    page = ListingPage.objects.get()
    assert (page.cooperative_slug, page.category_slug) == ("tamounte", "oils")
    assert "Produit argan" not in coordinator.get(HERE).content.decode()
    assert "argan" in coordinator.get(f"{HERE}given/").content.decode()
    back = coordinator.post(f"{HERE}given/{page.listing_id}/release/")
    assert back.status_code == 302
    assert not ListingPage.objects.exists()
    assert store.levels(gid)["casablanca"] == [7]


def test_without_a_product_the_form_says_so(coordinator: Client, store: Store) -> None:
    answered = coordinator.post(f"{HERE}confirm/", {"cooperative": "tamounte"})

    assert answered.status_code == 422


def test_another_programmes_cooperative_cannot_be_chosen(coordinator: Client, store: Store) -> None:
    open_cooperative(make_programme("other"), "tifaout")
    gid = store.product()

    answered = coordinator.post(f"{HERE}give/", {"products": [gid], "cooperative": "tifaout"})

    assert answered.status_code == 422
    assert not ListingPage.objects.exists()


def test_an_adviser_gives_to_cooperatives_of_their_regions_only(
    client: Client, cooperative: Cooperative, store: Store
) -> None:
    client.force_login(make_staff(cooperative.programme, "regional", regions=("MA-01",)))
    gid = store.product()

    answered = client.post(f"{HERE}give/", {"products": [gid], "cooperative": "tamounte"})

    assert answered.status_code == 422
    assert not ListingPage.objects.exists()


def test_an_observer_may_not_enter(client: Client, cooperative: Cooperative) -> None:
    client.force_login(make_staff(cooperative.programme, "observer"))

    assert client.get(HERE).status_code == 403
