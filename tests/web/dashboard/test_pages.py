"""Pages in Saleor's Dashboard: framed there alone, shown to its tokens alone."""

import time
from collections.abc import Callable, Iterator
from typing import Any

import jwt
import pytest
from django.test import Client, override_settings
from django.utils import timezone

from catalog.models import Listing
from marketplace.orders.models import EvidenceKind, Order
from marketplace.orders.services import record_delivery, ship
from marketplace.saleor import ids, instances
from marketplace.saleor.manifest import manifest
from tests.fakes.signing import Signer
from tests.orders.conftest import made_world, world
from tests.orders.world import World
from vendors.scoping import Crossing

__all__ = ["made_world", "world"]

pytestmark = pytest.mark.django_db

DASHBOARD = "https://dashboard.example"
ORDER, PRODUCT, OVERVIEW = "/dashboard/order/", "/dashboard/product/", "/dashboard/"
FRAMES = (ORDER, PRODUCT, OVERVIEW)
Token = Callable[..., str]


@pytest.fixture
def signer(world: World) -> Signer:
    """A key which the engine publishes beside the one that it signs webhooks with."""
    signer = Signer()
    instance = instances.current()
    instance.jwks = {"keys": [*instance.jwks["keys"], *signer.jwks["keys"]]}
    instance.save()
    return signer


@pytest.fixture
def token(signer: Signer) -> Token:
    """A token as Saleor makes it for a person and an App; claims may be changed or left out."""

    def made(by: Signer = signer, **changed: Any) -> str:
        instance = instances.current()
        now = int(time.time())
        claims = {
            "iat": now,
            "exp": now + 300,
            "owner": "saleor",
            "iss": f"http://{instance.domain}/graphql/",
            "type": "thirdparty",
            "email": "staff@example.org",
            "app": instance.app_id,
            "permissions": [],
            "user_permissions": ["MANAGE_ORDERS", "MANAGE_PRODUCTS"],
        } | changed
        claims = {name: value for name, value in claims.items() if value is not None}
        return jwt.encode(claims, by.private, algorithm="RS256", headers={"kid": by.kid})

    return made


@pytest.fixture
def framed() -> Iterator[None]:
    with override_settings(DASHBOARD_ORIGIN=DASHBOARD):
        yield


def content(page: str, token: str = "", **asked: str) -> Any:
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    return Client().get(f"{page}content/", {"locale": "en"} | asked, headers=headers)


def order_id(order: Order) -> str:
    return ids.global_id(ids.ORDER, order.pk)


@pytest.mark.parametrize("page", FRAMES)
def test_the_registered_dashboard_alone_may_frame_a_page(framed: None, page: str) -> None:
    answer = Client().get(page)

    assert answer.status_code == 200
    assert "X-Frame-Options" not in answer.headers
    assert f"frame-ancestors {DASHBOARD}" in answer.headers["Content-Security-Policy"]
    assert f'data-origin="{DASHBOARD}"' in answer.content.decode()


@pytest.mark.parametrize("page", FRAMES)
def test_without_a_configured_dashboard_nobody_frames_anything(page: str) -> None:
    answer = Client().get(page)

    assert answer.headers["X-Frame-Options"] == "DENY"
    assert "frame-ancestors 'none'" in answer.headers["Content-Security-Policy"]


@pytest.mark.parametrize("page", ["/", "/accounts/login/", "/saleor/manifest", f"{ORDER}content/"])
def test_every_other_page_stays_out_of_frames(framed: None, page: str) -> None:
    answer = Client().get(page)

    assert answer.headers["X-Frame-Options"] == "DENY"
    assert "frame-ancestors 'none'" in answer.headers["Content-Security-Policy"]


def test_a_frame_holds_nothing_of_an_order(framed: None, world: World) -> None:
    order = world.placed(rug=1)

    shown = Client().get(ORDER, {"orderId": order_id(order)}).content.decode()

    assert order.number not in shown
    assert world.weavers.legal_name not in shown


def test_an_order_shows_each_cooperatives_part(token: Token, world: World) -> None:
    order = world.placed(rug=1, honey=2)
    part = world.part(order, world.weavers)
    parcel = ship.ship_parcel(
        vendor_order=part,
        lines={line.pk: line.quantity for line in part.lines.all()},
        tracking_number="RR77",
        by=world.manager.actor,
    )
    record_delivery.record_delivery(
        parcel=parcel,
        kind=EvidenceKind.STAFF,
        occurred_at=timezone.now(),
        reference="call",
        by=world.coordinator.actor,
    )

    answer = content(ORDER, token(), orderId=order_id(order))

    shown = answer.content.decode()
    assert answer.status_code == 200
    assert order.number in shown
    for number in (f"{order.number}-1", f"{order.number}-2"):
        assert number in shown
    assert world.weavers.legal_name in shown
    assert world.growers.legal_name in shown
    assert "RR77" in shown
    assert "delivered" in shown
    assert "none yet" in shown  # parcels of the other part
    # Nobody's personal data: the Dashboard has it on its own page.
    assert order.name not in shown
    assert order.email not in shown


def test_a_product_shows_whose_it_is_and_its_proposals(token: Token, world: World) -> None:
    listing = Listing.objects.crossing(Crossing.POLICY).get(cooperative=world.weavers)

    answer = content(PRODUCT, token(), productId=ids.global_id(ids.PRODUCT, listing.pk))

    shown = answer.content.decode()
    assert answer.status_code == 200
    assert world.weavers.legal_name in shown
    assert "in the shop" in shown
    assert "Version 1" in shown


def test_the_overview_counts_what_waits(token: Token, world: World) -> None:
    world.placed(rug=1, honey=1)

    answer = content(OVERVIEW, token())

    assert answer.status_code == 200
    assert "Orders to send" in answer.content.decode()
    assert "/staff/mourafaka/" in answer.content.decode()


@pytest.mark.parametrize(("locale", "word"), [("fr", "Livraison"), ("ar", "التوصيل")])
def test_the_dashboards_language_is_spoken(
    token: Token, world: World, locale: str, word: str
) -> None:
    order = world.placed(rug=1)

    answer = content(ORDER, token(), orderId=order_id(order), locale=locale)

    assert answer.headers["Content-Language"] == locale
    assert word in answer.content.decode()


@pytest.mark.parametrize(
    ("page", "asked"),
    [(ORDER, {"orderId": "T3JkZXI6MQ=="}), (ORDER, {}), (PRODUCT, {"productId": "x" * 5000})],
)
def test_what_is_not_ours_is_said_to_be_not_ours(
    token: Token, page: str, asked: dict[str, str]
) -> None:
    answer = content(page, token(), **asked)

    assert answer.status_code == 404
    assert "Not a" in answer.content.decode()


@pytest.mark.parametrize(
    "changed",
    [
        {"exp": int(time.time()) - 3600},
        {"exp": None},
        {"app": "QXBwOjk5OTk="},
        {"app": None},
        {"app": ""},
        {"type": "access"},
        {"type": "refresh"},
        {"owner": "somebody"},
        {"iss": "https://other-shop.example/graphql/"},
        {"user_permissions": None},
        {"user_permissions": "MANAGE_ORDERS"},
    ],
)
def test_a_token_that_is_not_for_us_now_is_refused(
    token: Token, world: World, changed: dict[str, Any]
) -> None:
    order = world.placed(rug=1)

    answer = content(ORDER, token(**changed), orderId=order_id(order))

    assert answer.status_code == 401
    assert order.number not in answer.content.decode()


def test_a_token_of_another_saleor_is_refused(token: Token) -> None:
    assert content(ORDER, token(by=Signer())).status_code == 401
    assert content(ORDER, token(by=Signer("key-2"))).status_code == 401


def test_an_unsigned_or_symmetric_token_is_refused(token: Token, signer: Signer) -> None:
    claims = jwt.decode(token(), options={"verify_signature": False})
    unsigned = jwt.encode(claims, "", algorithm="none", headers={"kid": signer.kid})
    shared = jwt.encode(claims, "x" * 64, algorithm="HS256", headers={"kid": signer.kid})

    assert content(ORDER, unsigned).status_code == 401
    assert content(ORDER, shared).status_code == 401


@pytest.mark.parametrize("page", FRAMES)
def test_without_a_token_nothing_is_shown(page: str, world: World) -> None:
    assert content(page).status_code == 401


def test_a_person_without_the_permission_is_refused(token: Token, world: World) -> None:
    order = world.placed(rug=1)
    products = token(user_permissions=["MANAGE_PRODUCTS"])

    assert content(ORDER, products, orderId=order_id(order)).status_code == 403
    assert content(OVERVIEW, products).status_code == 403
    assert content(PRODUCT, token(user_permissions=["MANAGE_ORDERS"])).status_code == 403


def test_a_session_of_ours_opens_nothing_here(world: World) -> None:
    client = Client()
    client.force_login(world.coordinator, backend="django.contrib.auth.backends.ModelBackend")

    assert client.get(f"{ORDER}content/").status_code == 401


def test_nothing_can_be_changed_here(token: Token, world: World) -> None:
    headers = {"Authorization": f"Bearer {token()}"}

    assert Client().post(f"{ORDER}content/", {}, headers=headers).status_code == 405


def test_extensions_are_in_the_manifest_where_a_dashboard_is_known(framed: None) -> None:
    found = manifest()

    assert found["appUrl"] == "http://localhost:8000/dashboard"
    by_mount = {entry["mount"]: entry for entry in found["extensions"]}
    assert by_mount["ORDER_DETAILS_MORE_ACTIONS"]["url"] == "http://localhost:8000/dashboard/order/"
    assert by_mount["ORDER_DETAILS_WIDGETS"]["options"] == {"widgetTarget": {"method": "GET"}}
    assert by_mount["NAVIGATION_ORDERS"]["url"] == "/"
    asked = {code for entry in found["extensions"] for code in entry["permissions"]}
    assert asked <= set(found["permissions"])


def test_without_a_dashboard_the_manifest_has_none() -> None:
    assert manifest()["extensions"] == []
