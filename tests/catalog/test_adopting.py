"""A store's own products become listings and go back: by rules, by a table, interrupted."""

import csv
import threading
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from django.db import connections

from catalog.adoption import adopting, stock
from catalog.adoption.csv_file import read_table, write_table
from catalog.adoption.planning import ADOPT, LEFT, REFUSED, UNCHANGED, Decision, Wishes, plan
from catalog.adoption.rules import parse_rules
from catalog.adoption.services import ADOPTED, WAITING, adopt_all, release_all
from catalog.adoption.store import store_products
from catalog.errors import ListingNotFound
from catalog.models import Adoption, Listing, ListingPage, ListingRevision, ListingVariant
from catalog.services import approve_revision, save_draft, submit_revision
from marketplace.core.actors import Actor
from marketplace.saleor.errors import EngineUnavailable
from marketplace.saleor.gateway import app_client
from tests.factories.shop import open_cooperative, open_shop
from tests.factories.store import Store
from tests.factories.vendors import make_programme
from tests.kept_worlds import kept
from vendors.models import Cooperative
from vendors.scoping import Crossing

pytestmark = pytest.mark.django_db(transaction=True)
BY = Actor.system("test")
RULE = "attribute:producer=coop tamounte -> tamounte"
CATEGORY = "category:huiles -> oils"


@pytest.fixture
def shop(transactional_db: None) -> None:
    """As it was opened for the first of these tests: nothing is rolled back here."""
    kept("shop", open_shop)


@pytest.fixture
def store(cooperative: Cooperative) -> Store:
    return Store()


def _cooperatives() -> Mapping[str, Cooperative]:
    rows = Cooperative.objects.crossing(Crossing.OPERATOR_COMMAND)
    return {row.slug: row for row in rows}


def _plan(*rules: str, table: str = "", weight: int = 0) -> dict[str, Decision]:
    cooperatives = _cooperatives()
    wishes = Wishes(
        rules=parse_rules(rules),
        category_rules=parse_rules([CATEGORY]),
        rows=read_table(table.encode()) if table else [],
        cooperatives=cooperatives,
    )
    products = store_products(app_client())
    decisions = plan(products, wishes, cooperatives=cooperatives, weight_grams=weight)
    return {made.slug: made for made in decisions}


def _apply(*rules: str, table: str = "", weight: int = 0) -> dict[str, Decision]:
    found = _plan(*rules, table=table, weight=weight)
    adopt_all(
        decisions=list(found.values()), cooperatives=_cooperatives(), by=BY, weight_grams=weight
    )
    return found


def _listing(slug: str) -> Listing:
    found: Listing = Listing.objects.crossing(Crossing.OPERATOR_COMMAND).get(slug=slug)
    return found


def test_a_product_becomes_a_listing_and_keeps_what_the_store_gave_it(store: Store) -> None:
    gid = store.product(external_reference="ERP-1", sizes=2)

    found = _apply(RULE)["argan"]

    assert (found.outcome, found.units, found.category) == (ADOPTED, 20, "oils")
    page = ListingPage.objects.get(slug="argan")
    assert (page.cooperative_slug, page.category_slug, page.is_published) == (
        "tamounte",
        "oils",
        True,
    )
    assert page.names == {"fr": "Produit argan"}
    assert page.descriptions == {"fr": "Pressée à froid\nThé & miel"}
    assert list(page.offers.values_list("amount_minor", "available", "on_hand")) == [
        (5000, 10, 10),
        (5000, 10, 10),
    ]
    assert store.levels(gid) == {"casablanca": [0, 0], "agadir": [0, 0], "tamounte": [10, 10]}
    product = store.client.product_by_id(gid).product
    assert product is not None
    assert product.external_reference == "ERP-1"
    assert product.category is not None
    assert product.category.slug == "huiles"
    skus = ListingVariant.objects.crossing(Crossing.OPERATOR_COMMAND).values_list("sku", flat=True)
    assert set(skus) == {"ARGAN-0", "ARGAN-1"}


def test_what_nobody_claims_stays_the_shops_own(store: Store) -> None:
    gid = store.product(producer="The shop")

    found = _apply(RULE)["argan"]

    assert (found.outcome, found.reason) == (LEFT, "")
    assert store.levels(gid) == {"casablanca": [7], "agadir": [3]}
    assert not ListingPage.objects.exists()


def test_a_plan_changes_nothing(store: Store) -> None:
    gid = store.product()

    found = _plan(RULE)["argan"]

    assert (found.outcome, found.units) == (ADOPT, 10)
    assert store.levels(gid) == {"casablanca": [7], "agadir": [3]}
    assert not Listing.objects.crossing(Crossing.OPERATOR_COMMAND).exists()


def test_a_product_that_two_rules_claim_is_refused(store: Store) -> None:
    open_cooperative(make_programme("other"), "tifaout")
    store.product()

    found = _apply(RULE, "sku:arg* -> tifaout")["argan"]

    assert found.outcome == REFUSED
    assert found.reason == f"Several rules apply: {RULE}; sku:arg* -> tifaout"


def test_the_table_decides_where_a_rule_speaks_too(store: Store) -> None:
    open_cooperative(make_programme("other"), "tifaout")
    store.product()

    found = _apply(RULE, table="slug;cooperative\nargan;tifaout\n")["argan"]

    assert (found.outcome, found.cooperative, found.line) == (ADOPTED, "tifaout", 2)


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"weight": None}, "It has no weight: set one in Saleor, or use --weight GRAMS."),
        ({"name": "a" * 121}, "Its name is longer than 120 characters."),
        (
            {"track_inventory": False},
            "The stock of a variant is not tracked: switch on “track inventory”.",
        ),
        ({"price": "0"}, "Its price is zero."),
    ],
)
def test_what_cannot_be_a_listing_is_refused_with_the_reason(
    store: Store, changes: dict[str, Any], reason: str
) -> None:
    store.product(**changes)

    found = _apply(RULE)["argan"]

    assert (found.outcome, found.reason) == (REFUSED, reason)


def test_a_weight_can_be_given_where_the_store_knows_none(store: Store) -> None:
    store.product(weight=None)

    assert _apply(RULE, weight=300)["argan"].outcome == ADOPTED
    assert ListingPage.objects.get().weight_grams == 300


def test_mistakes_in_the_table_are_told_with_their_lines(store: Store) -> None:
    store.product()
    store.product("cumin")
    table = (
        "slug,cooperative,category_slug\n"
        "argan,tamounte,\n"
        "argan,nobody,\n"
        "cumin,nobody,\n"
        "never-was,tamounte,\n"
    )

    found = _plan(table=table)

    told = {slug: (made.outcome, made.line, made.reason) for slug, made in found.items()}
    assert told == {
        "argan": (REFUSED, 2, "Lines 2, 3 of the table contradict each other."),
        "cumin": (REFUSED, 4, "There is no cooperative “nobody” here."),
        "never-was": (REFUSED, 5, "This product does not exist in the shop."),
    }


def test_a_listed_table_comes_back_filled_in(store: Store, tmp_path: Path) -> None:
    store.product()
    path = tmp_path / "products.csv"
    write_table([(p, "", "other") for p in store_products(app_client())], path)
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert (rows[0]["slug"], rows[0]["sku"], rows[0]["stock"]) == ("argan", "ARGAN-0", "10")
    assert rows[0]["attributes"] == "producer=Coop Tamounte"
    lines = [";".join(rows[0]), ";".join([*list(rows[0].values())[:-2], "tamounte", "honey"])]

    found = _apply(table="\ufeff" + "\r\n".join(lines) + "\r\n")["argan"]

    assert (found.outcome, found.category) == (ADOPTED, "honey")


def test_a_second_run_changes_nothing(store: Store) -> None:
    gid = store.product()
    _apply(RULE)

    found = _apply(RULE)["argan"]

    assert (found.outcome, found.units) == (UNCHANGED, 0)
    assert store.levels(gid) == {"casablanca": [0], "agadir": [0], "tamounte": [10]}
    assert ListingRevision.objects.crossing(Crossing.OPERATOR_COMMAND).count() == 1


@pytest.mark.parametrize("broken", ["_move", "_name_cooperative", "_complete"])
def test_an_interrupted_run_is_continued_by_the_next(
    store: Store, monkeypatch: pytest.MonkeyPatch, broken: str
) -> None:
    gid = store.product()
    whole = getattr(adopting, broken)

    def dies(*args: Any, **kwargs: Any) -> Any:
        if broken != "_complete":
            whole(*args, **kwargs)
        raise EngineUnavailable("killed")

    monkeypatch.setattr(adopting, broken, dies)
    decisions = _plan(RULE)
    with pytest.raises(EngineUnavailable):
        adopt_all(decisions=list(decisions.values()), cooperatives=_cooperatives(), by=BY)
    assert decisions["argan"].outcome == WAITING
    monkeypatch.undo()

    assert _apply(RULE)["argan"].outcome == ADOPTED
    assert store.levels(gid) == {"casablanca": [0], "agadir": [0], "tamounte": [10]}
    assert ListingPage.objects.get().is_published
    assert Adoption.objects.crossing(Crossing.OPERATOR_COMMAND).get().completed_at is not None


def test_two_runs_at_once_move_every_piece_once(store: Store) -> None:
    gids = [store.product(f"argan-{n}") for n in range(4)]
    failures: list[BaseException] = []

    def run() -> None:
        try:
            _apply(RULE)
        except BaseException as error:  # noqa: BLE001 -- told by the test
            failures.append(error)
        finally:
            connections.close_all()

    runs = [threading.Thread(target=run) for _ in range(2)]
    for each in runs:
        each.start()
    for each in runs:
        each.join()

    assert failures == []
    assert [store.levels(gid)["tamounte"] for gid in gids] == [[10]] * 4
    assert ListingPage.objects.count() == 4


def test_stock_that_comes_to_the_store_later_is_moved_by_the_next_run(store: Store) -> None:
    gid = store.product()
    _apply(RULE)
    product = next(iter(store_products(app_client())))
    move = stock.Move(product.variants[0].id, "", "", "", store.warehouses[0], 0)
    stock._write(store.client, move.variant, {}, {store.warehouses[0]: 5})

    found = _apply(RULE)["argan"]

    assert (found.outcome, found.units) == (ADOPTED, 5)
    assert store.levels(gid)["tamounte"] == [15]


def test_anothers_product_is_refused(store: Store) -> None:
    open_cooperative(make_programme("other"), "tifaout")
    store.product()
    _apply(RULE)

    found = _apply("sku:* -> tifaout")["argan"]

    assert (found.outcome, found.reason) == (REFUSED, "It belongs to tamounte.")


def test_a_released_product_is_the_shops_again_as_it_was(store: Store) -> None:
    gid = store.product()
    _apply(RULE)

    (made,) = release_all(slugs=["argan"], by=BY)

    assert made.outcome == "released"
    assert store.levels(gid) == {"casablanca": [7], "agadir": [3], "tamounte": [0]}
    assert not ListingPage.objects.exists()
    product = next(iter(store_products(app_client())))
    assert product.cooperative_page == ""
    assert _plan()["argan"].outcome == LEFT
    with pytest.raises(ListingNotFound):
        release_all(slugs=["argan"], by=BY)


def test_a_released_product_can_be_given_to_another_cooperative(store: Store) -> None:
    open_cooperative(make_programme("other"), "tifaout")
    gid = store.product()
    _apply(RULE)
    release_all(cooperative="tamounte", by=BY)

    found = _apply("sku:* -> tifaout")["argan"]

    assert found.outcome == ADOPTED
    assert ListingPage.objects.get().cooperative_slug == "tifaout"
    assert store.levels(gid) == {
        "casablanca": [0],
        "agadir": [0],
        "tamounte": [0],
        "tifaout": [10],
    }


def test_an_approved_change_is_written_and_the_stores_own_stays(store: Store) -> None:
    gid = store.product(sizes=2)
    _apply(RULE)
    listing = _listing("argan")
    content = listing.revisions.all()[0].proposed
    texts = {"fr": content.texts["fr"].model_copy(update={"name": "Huile d’argan"})}
    change = content.model_copy(update={"texts": texts, "prices": {"ma-mad": 6000}})

    _publish(save_draft(listing=listing, content=change, by=BY))

    product = store.client.product_by_id(gid).product
    assert product is not None
    assert product.name == "Huile d’argan"
    assert '"header"' in str(product.description).replace("'", '"')
    assert product.category is not None
    assert product.category.slug == "huiles"
    page = ListingPage.objects.get()
    assert page.names == {"fr": "Huile d’argan"}
    assert list(page.offers.values_list("amount_minor", flat=True)) == [6000, 6000]
    assert store.levels(gid)["tamounte"] == [10, 10]


def _publish(revision: ListingRevision) -> None:
    approve_revision(revision=submit_revision(revision=revision, by=BY), by=BY)
    revision.refresh_from_db()
    assert revision.state == "applied", revision.apply_error
