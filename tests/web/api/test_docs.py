"""The page on the API says what is so: its examples are run, its numbers compared."""

import json
import re
from pathlib import Path
from uuid import uuid4

import pytest

from catalog.services.revisions import first_draft
from marketplace.demo.stages.cooperatives import FIRST_SLUGS
from marketplace.demo.stages.listings import content_of, offers_of
from marketplace.web.api import document_shape, errors, limits, paging
from search.indexing.index import reindex
from tests.factories.listings import listing_page
from tests.factories.vendors import grant_to, make_member, make_published
from tests.web.api.asking import ask, data
from vendors.models import User

pytestmark = pytest.mark.django_db

PAGE = (Path(__file__).resolve().parents[3] / "docs/developer/api.md").read_text()
EXAMPLES = re.findall(r"```graphql\n(.*?)```", PAGE, re.DOTALL)

(COOPERATIVE,) = set(re.findall(r'cooperative(?:\(slug)?: "([^"]+)"', PAGE))
OIL = offers_of(COOPERATIVE)[0].taxonomy_slug
LISTINGS = set(re.findall(r'listing\(slug: "([^"]+)"', PAGE))


@pytest.fixture
def person() -> User:
    """A manager of the demo's first cooperative who also coordinates the programme."""
    timzit = make_published(COOPERATIVE)
    prices = {"ma": 9500, "eu": 900}
    for slug in LISTINGS:
        listing_page(OIL, slug=slug, cooperative_slug=COOPERATIVE, prices=prices)
    listing_page(slug="miel-de-thym", cooperative_slug=COOPERATIVE, prices=prices)
    reindex()
    manager = make_member(timzit)
    grant_to(manager, timzit.programme, "coordinator")
    return manager


@pytest.mark.parametrize("number", range(len(EXAMPLES)))
def test_an_example_is_answered(number: int, person: User) -> None:
    found = data(EXAMPLES[number], person)
    assert None not in found.values()


def test_the_examples_name_what_the_demo_has() -> None:
    slugs = {
        first_draft(
            cooperative_id=uuid4(),
            content=content_of(COOPERATIVE, offer),
            quantity=offer.quantity,
            listing_id=offer.listing_id,
        ).listing.slug
        for offer in offers_of(COOPERATIVE)
    }
    assert LISTINGS
    assert slugs >= LISTINGS
    assert COOPERATIVE in FIRST_SLUGS


def test_the_first_request_is_answered() -> None:
    found = re.search(r"-d '(\{.*\})'", PAGE)
    assert found is not None
    body = json.loads(found[1])
    assert len(data(body["query"], **body["variables"])["sectors"]) == 18


def test_the_shop_is_found_in_another_language(person: User) -> None:
    search = next(example for example in EXAMPLES if "search(" in example)
    assert data(search)["search"]["hits"][0]["listing"]["slug"] == "miel-de-thym"


def test_the_numbers_are_those_of_the_code() -> None:
    rows = {
        "TOO_DEEP": document_shape.DEEPEST,
        "TOO_MANY_ALIASES": document_shape.MOST_ALIASES,
        "TOO_COSTLY": limits.HIGHEST_COST,
        "BAD_PAGE_SIZE": paging.MOST,
    }
    table = {line.rsplit("|", 2)[1]: line for line in PAGE.splitlines() if line.startswith("| ")}
    for code, number in rows.items():
        assert str(number) in table[f" `{code}` "]
    assert f"{limits.LONGEST_BODY} bytes" in PAGE
    longest = document_shape.LONGEST_DOCUMENT
    assert f"{longest} characters, {document_shape.MOST_TOKENS} tokens" in PAGE
    fields = document_shape.MOST_FIELDS, document_shape.MOST_FIELDS_WRITTEN_OUT
    assert "{}; {} with each fragment".format(*fields) in PAGE
    shape = (
        document_shape.MOST_FRAGMENTS,
        document_shape.MOST_SPREADS,
        document_shape.MOST_DIRECTIVES,
        document_shape.MOST_OPERATIONS,
    )
    assert "| {}, {}, {}, {} |".format(*shape) in PAGE
    assert f"{document_shape.DEEPEST_BRACKETS} brackets" in PAGE
    assert f"| {document_shape.MOST_VALUES}, {document_shape.DEEPEST_VALUE} levels" in PAGE
    assert f"once more for each {limits.COST_OF_ONE} of its cost" in PAGE
    assert f"{limits.FIELD_WITH_ARGUMENTS} more" in PAGE
    assert f"cost {limits.ABOUT_THE_SCHEMA}" in PAGE


def test_every_code_is_explained() -> None:
    codes = {
        value.code.upper()
        for value in vars(errors).values()
        if isinstance(value, type) and value.__module__ == errors.__name__
    }
    assert [code for code in sorted(codes - {"BAD_REQUEST"}) if f"`{code}`" not in PAGE] == []


def test_a_stranger_is_told_to_sign_in() -> None:
    members = next(example for example in EXAMPLES if "vendorOrders(cooperative" in example)
    found = ask(members)
    assert {error["extensions"]["code"] for error in found["errors"]} == {"UNAUTHENTICATED"}
