"""While a shop moves it sells from neither engine, and its pages can still be read."""

import pytest
from django.conf import LazySettings
from django.test import Client

from marketplace.core.actors import Actor
from marketplace.moving import closing
from marketplace.moving.errors import CannotMove
from marketplace.moving.models import Move, MoveState
from marketplace.saleor import ids, instances
from tests.factories.shop import open_cooperative, open_shop, sold_listing
from tests.factories.vendors import make_programme

pytestmark = pytest.mark.django_db

BY = Actor.system("test")
OTHER_ENGINE = "https://saleor.example/graphql/"


@pytest.fixture
def goods(db: None) -> str:
    """A shop with a listing at the embedded engine; its slug."""
    open_shop()
    return sold_listing(open_cooperative(make_programme())).listing.slug


def test_a_shop_at_its_engine_is_open(goods: str) -> None:
    assert closing.home() == instances.current()
    assert not closing.is_closed()


def test_another_engine_closes_the_shop_until_it_has_moved(
    goods: str, settings: LazySettings, client: Client
) -> None:
    # given a shop in the embedded engine
    old = instances.current()

    # when a Saleor is configured
    settings.SALEOR_API_URL = OTHER_ENGINE
    new = instances.current()

    # then nothing can be bought or changed, the worker rests, and pages can be read
    assert closing.is_closed()
    assert closing.while_at_home(lambda: 7)() == 0
    for language, words in (
        ("ar", "المتجر مغلق للصيانة"),
        ("fr", "La boutique est fermée pour maintenance"),
    ):
        refused = client.post(f"/ma/{language}/checkout/")
        assert refused.status_code == 503
        assert refused.headers["Retry-After"] == "600"
        assert words in refused.content.decode()
    assert client.post("/portal/").status_code == 503
    assert client.get(f"/ma/ar/goods/{goods}/").status_code == 200

    # and when the move is done, it is open there, and closed at the old engine
    Move.objects.create(source=old, target=new, state=MoveState.DONE, is_open=None)
    assert not closing.is_closed()
    assert closing.while_at_home(lambda: 7)() == 7
    settings.SALEOR_API_URL = ""
    assert closing.is_closed()


def test_a_shop_closed_beforehand_only_begins_no_checkout(goods: str, client: Client) -> None:
    closing.close(by=BY)
    assert client.post("/ma/ar/checkout/").status_code == 503
    assert client.post("/ma/ar/basket/add/").status_code != 503
    assert closing.while_at_home(lambda: 7)() == 7

    closing.reopen(by=BY)
    assert not closing.is_closed()
    with pytest.raises(CannotMove):
        closing.reopen(by=BY)


def test_a_shop_without_goods_is_at_no_engine(settings: LazySettings) -> None:
    instances.current()
    ids.link(ids.CHANNEL, ids.of_slug(ids.CHANNEL, "ma-mad"), "Q2hhbm5lbDox")
    settings.SALEOR_API_URL = OTHER_ENGINE
    assert closing.home() is None
    assert not closing.is_closed()
