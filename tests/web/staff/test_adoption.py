"""Staff give products of the store to a cooperative by hand, and take one back."""

from typing import Any

import pytest
from django.test import Client

from catalog.adoption import services
from catalog.adoption.planning import Decision
from catalog.models import ListingPage
from marketplace.long_jobs.models import JobState, LongJob
from marketplace.long_jobs.services import run_long_jobs
from marketplace.saleor.client import SaleorClient
from tests.factories.shop import open_cooperative, open_shop
from tests.factories.store import Store
from tests.factories.vendors import grant_to, make_programme, make_shop_administrator, make_staff
from tests.kept_worlds import kept
from vendors.models import Cooperative

pytestmark = pytest.mark.django_db(transaction=True)
HERE = "/staff/mourafaka/adoption/"


@pytest.fixture
def cooperative() -> Cooperative:
    kept("shop", open_shop)
    return open_cooperative(make_programme())


@pytest.fixture
def store(cooperative: Cooperative) -> Store:
    return Store()


@pytest.fixture
def administrator(client: Client, cooperative: Cooperative) -> Client:
    """Administers the shop, and coordinates the programme."""
    person = make_shop_administrator()
    grant_to(person, cooperative.programme, "coordinator")
    client.force_login(person)
    return client


def give(client: Client, answers: dict[str, Any]) -> str:
    """Assign products, and what the page of the work says when the worker has done it."""
    client.cookies["twiza_language"] = "en"
    page = client.post(f"{HERE}give/", answers)["Location"]
    assert "/tasks/" in page
    assert run_long_jobs() == 1
    return client.get(page).content.decode()


def test_what_the_engine_or_the_rules_refuse_is_told_beside_what_was_assigned(
    administrator: Client, store: Store
) -> None:
    good, priceless = store.product(), store.product("noyer", price="")
    answers = {"products": [good, priceless], "cooperative": "tamounte", "category": "oils"}

    told = give(administrator, answers)

    assert "1 product was assigned." in told
    assert "Produit noyer: " in told
    assert ListingPage.objects.count() == 1


def test_interrupted_it_goes_on_where_it_was(
    administrator: Client, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    gids = [store.product(), store.product("noyer"), store.product("sesame")]
    answers = {"products": gids, "cooperative": "tamounte", "category": "oils"}
    page = administrator.post(f"{HERE}give/", answers)["Location"]
    real, calls = services.adopt, list[str]()

    def killed_at_the_second(decision: Decision, *args: Any, **facts: Any) -> int:
        calls.append(decision.gid)
        if len(calls) == 2:
            raise KeyboardInterrupt
        return real(decision, *args, **facts)

    monkeypatch.setattr(services, "adopt", killed_at_the_second)
    with pytest.raises(KeyboardInterrupt):
        run_long_jobs()
    assert run_long_jobs() == 1

    assert ListingPage.objects.count() == 3
    assert LongJob.objects.get().state == JobState.DONE
    assert administrator.get(page).status_code == 200


def test_a_product_is_chosen_shown_given_and_given_back(
    administrator: Client, store: Store
) -> None:
    gid = store.product()
    answers = {"products": [gid], "cooperative": "tamounte", "category": "oils"}
    assert "Produit argan" in administrator.get(HERE).content.decode()

    shown = administrator.post(f"{HERE}confirm/", answers)
    assert shown.status_code == 200
    assert not ListingPage.objects.exists()
    told = give(administrator, answers)

    assert "1 product was assigned." in told
    assert f'href="{HERE}given/"' in told
    page = ListingPage.objects.get()
    assert (page.cooperative_slug, page.category_slug) == ("tamounte", "oils")
    assert "Produit argan" not in administrator.get(HERE).content.decode()
    assert "argan" in administrator.get(f"{HERE}given/").content.decode()
    back = administrator.post(f"{HERE}given/{page.listing_id}/release/")
    assert back.status_code == 302
    assert not ListingPage.objects.exists()
    assert store.levels(gid)["casablanca"] == [7]


def test_only_products_that_nobody_has_are_read_whole(
    administrator: Client, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    given, free = store.product(), store.product("noyer")
    answers = {"products": [given], "cooperative": "tamounte", "category": "oils"}
    give(administrator, answers)
    read: list[str] = []
    ask = SaleorClient.store_products_by_ids

    def recorded(client: SaleorClient, wanted: list[str]) -> object:
        read.extend(wanted)
        return ask(client, wanted)

    monkeypatch.setattr(SaleorClient, "store_products_by_ids", recorded)
    page = administrator.get(HERE).content.decode()
    assert (given in page, free in page) == (False, True)
    assert read == [free]


def test_without_a_product_the_form_says_so(administrator: Client, store: Store) -> None:
    answered = administrator.post(f"{HERE}confirm/", {"cooperative": "tamounte"})

    assert answered.status_code == 422


def test_another_programmes_cooperative_cannot_be_chosen(
    administrator: Client, store: Store
) -> None:
    open_cooperative(make_programme("other"), "tifaout")
    gid = store.product()

    answered = administrator.post(f"{HERE}give/", {"products": [gid], "cooperative": "tifaout"})

    assert answered.status_code == 422
    assert not ListingPage.objects.exists()


def test_the_shops_products_are_no_programmes_to_give(
    client: Client, cooperative: Cooperative, store: Store
) -> None:
    gid = store.product()
    answers = {"products": [gid], "cooperative": "tamounte", "category": "oils"}
    for role, regions in (("regional", ("MA-09",)), ("coordinator", ())):
        client.force_login(make_staff(cooperative.programme, role, regions=regions))
        assert client.get(HERE).status_code == 403
        assert client.post(f"{HERE}give/", answers).status_code == 403
    assert not ListingPage.objects.exists()


def test_without_a_role_in_the_programme_the_shops_products_are_given_too(
    client: Client, cooperative: Cooperative, store: Store
) -> None:
    client.force_login(make_shop_administrator())
    answers = {"products": [store.product()], "cooperative": "tamounte", "category": "oils"}

    assert f'href="{HERE}"' in give(client, answers)
    assert ListingPage.objects.count() == 1
    assert client.get(f"{HERE}given/").status_code == 404


def test_an_observer_may_not_enter(client: Client, cooperative: Cooperative) -> None:
    client.force_login(make_staff(cooperative.programme, "observer"))

    assert client.get(HERE).status_code == 403
