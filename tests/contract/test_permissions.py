"""Who may do what: nobody, a customer, the App, an App with less, staff."""

import uuid

import pytest

from tests.contract.engine import Engine, Refused
from tests.contract.world import Market

pytestmark = [pytest.mark.contract, pytest.mark.django_db]

CREATE_APP = """
mutation($input: AppInput!) {
  appCreate(input: $input) { authToken app { id permissions { code } } errors { field code } }
}"""
DENIED_TO_BUYERS = {
    "apps": "{ apps(first: 1) { totalCount } }",
    "warehouses": "{ warehouses(first: 1) { totalCount } }",
    "zones": "{ shippingZones(first: 1) { totalCount } }",
    "customers": "{ customers(first: 1) { totalCount } }",
    "channels": "{ channels { slug } }",
    "taxes": "{ taxConfigurations(first: 1) { totalCount } }",
    "create a product": 'mutation { productCreate(input: {productType: "x"}) { errors { code } } }',
    "create a channel": 'mutation { channelCreate(input: {name: "a", slug: "a",'
    ' currencyCode: "MAD", defaultCountry: MA}) { errors { code } } }',
    "change settings": "mutation { shopSettingsUpdate(input: {}) { errors { code } } }",
    "install an App": 'mutation { appInstall(input: {appName: "a", manifestUrl: "http://a"})'
    " { errors { code } } }",
    "write a page": 'mutation { pageCreate(input: {pageType: "x"}) { errors { code } } }',
}


@pytest.mark.parametrize("what", DENIED_TO_BUYERS)
def test_nobody_is_denied(bare_engine: Engine, what: str) -> None:
    with pytest.raises(Refused) as refusal:
        bare_engine.buyer(DENIED_TO_BUYERS[what])
    assert refusal.value.codes == ["PermissionDenied"]


def test_a_customer_is_denied_the_same(bare_engine: Engine) -> None:
    # given a registered customer
    hers = bare_engine.customer(f"buyer-{uuid.uuid4().hex[:6]}@example.org")
    for what, query in DENIED_TO_BUYERS.items():
        # when she tries what only staff may
        with pytest.raises(Refused) as refusal:
            bare_engine.ask(query, token=hers)
        # then she is denied
        assert refusal.value.codes == ["PermissionDenied"], what


def test_stock_figures_are_not_for_buyers(engine: Engine, market: Market) -> None:
    product = market.add_product(market.cooperatives[0])
    query = "query($id: ID!, $c: String!) { product(id: $id, channel: $c) { variants {%s} } }"
    seen = engine.buyer(query % "quantityAvailable", id=product.id, c=market.channel_slug)
    assert seen["product"]["variants"] == [{"quantityAvailable": 10}]
    with pytest.raises(Refused) as refusal:
        engine.buyer(query % "stocks { quantity }", id=product.id, c=market.channel_slug)
    assert refusal.value.codes == ["PermissionDenied"]


def test_an_app_does_only_what_it_was_granted(engine: Engine, market: Market) -> None:
    # given an App that may write pages and nothing else
    made = engine.done(CREATE_APP, input={"name": "Pages", "permissions": ["MANAGE_PAGES"]})
    token = made["authToken"]
    assert made["app"]["permissions"] == [{"code": "MANAGE_PAGES"}]
    # then it writes a page
    page = market.cooperatives[0].page
    changed = engine.ask("UpdatePage", token=token, id=page, input={"title": "Nouveau nom"})
    assert changed["pageUpdate"]["errors"] == []
    # but no product, and nothing changes
    product = market.add_product(market.cooperatives[0])
    with pytest.raises(Refused) as refusal:
        engine.ask("UpdateProduct", token=token, id=product.id, input={"name": "Volé"})
    assert refusal.value.codes == ["PermissionDenied"]
    assert engine.as_app("ProductById", id=product.id)["product"]["name"] == "Huile d'argan"


def test_private_metadata_is_for_those_who_manage_the_kind(engine: Engine, market: Market) -> None:
    # given an App that may write pages and nothing else
    made = engine.done(CREATE_APP, input={"name": "Pages", "permissions": ["MANAGE_PAGES"]})
    # then it reads a page's private keys, not the channel's
    page = "query($id: ID!) { page(id: $id) { privateMetadata { key } } }"
    asked = engine.ask(page, token=made["authToken"], id=market.cooperatives[0].page)
    assert asked == {"page": {"privateMetadata": []}}
    channel = "query($slug: String!) { channel(slug: $slug) { privateMetadata { key } } }"
    with pytest.raises(Refused) as refusal:
        engine.ask(channel, token=made["authToken"], slug=market.channel_slug)
    assert refusal.value.codes == ["PermissionDenied"]


def test_an_app_makes_no_apps(engine: Engine) -> None:
    # given an App that may manage apps
    made = engine.done(CREATE_APP, input={"name": "Apps", "permissions": ["MANAGE_APPS"]})
    # when it makes another that may manage orders
    fields = {"name": "More", "permissions": ["MANAGE_ORDERS"]}
    with pytest.raises(Refused) as refusal:
        engine.ask(CREATE_APP, token=made["authToken"], input=fields)
    # then it is refused: only staff does that
    assert refusal.value.codes == ["PermissionDenied"]


def test_an_unknown_token_is_nobody(engine: Engine) -> None:
    with pytest.raises(Refused) as refusal:
        engine.ask("ShopSetup", token="A" * 30)
    assert "PermissionDenied" in refusal.value.codes


def test_metadata_public_and_private(engine: Engine, market: Market) -> None:
    product = market.add_product(market.cooperatives[0])
    engine.as_app("UpdateMetadata", id=product.id, input=[{"key": "gi", "value": "yes"}])
    engine.as_app("UpdatePrivateMetadata", id=product.id, input=[{"key": "cost", "value": "3"}])
    # buyers read what is public
    query = "query($id: ID!, $c: String!) { product(id: $id, channel: $c) { %s } }"
    asked = {"id": product.id, "c": market.channel_slug}
    public = engine.buyer(query % "metadata { key value }", **asked)
    assert public["product"]["metadata"] == [{"key": "gi", "value": "yes"}]
    # what is private they do not, and cannot write either
    with pytest.raises(Refused):
        engine.buyer(query % "privateMetadata { key }", **asked)
    with pytest.raises(Refused) as refusal:
        engine.buyer("UpdateMetadata", id=product.id, input=[{"key": "gi", "value": "no"}])
    assert refusal.value.codes == ["PermissionDenied"]
