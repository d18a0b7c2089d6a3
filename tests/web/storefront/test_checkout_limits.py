"""What one visitor may keep from others, and cash orders that a code confirms first."""

import re

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from catalog.models import ListingOffer
from marketplace.core import throttle
from marketplace.core.actors import Actor
from marketplace.core.client_address import TrustedProxies
from marketplace.core.throttle import Limit, Use
from marketplace.orders.errors import CashNotConfirmed
from marketplace.orders.models import (
    Basket,
    CashContact,
    CheckoutAttempt,
    Order,
    Parcel,
    ParcelState,
    PaymentStatus,
)
from marketplace.orders.services import checkout, erasure
from tests.factories.addresses import ADDRESS
from tests.orders.conftest import made_world, world
from tests.orders.world import World
from vendors.scoping import Crossing

__all__ = ["made_world", "world"]

pytestmark = pytest.mark.django_db
MOST = 6
STRANGER, OTHER = "203.0.113.66", "198.51.100.7"


@pytest.fixture
def limits(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    """Limits hold, and give nothing back while a test runs, however slow the machine."""
    settings.THROTTLES = True
    settings.TRUSTED_PROXIES = TrustedProxies(hops=1)
    real = throttle.limit_of

    def slow(name: str) -> Limit:
        known = real(name)
        return Limit(name, known.count, known.period * 1_000)

    monkeypatch.setattr(throttle, "limit_of", slow)


def visitor(of: str = STRANGER) -> Client:
    return Client(headers={"X-Forwarded-For": of, "Accept-Language": "fr"})


def reserve(client: Client, variant: object, quantity: int, **address: str) -> int:
    client.post("/ma/fr/basket/add/", {"variant": str(variant), "quantity": quantity})
    response = client.post("/ma/fr/checkout/", ADDRESS | address)
    if response.status_code == 429:
        assert int(response.headers["Retry-After"]) >= 1
        assert "Trop de tentatives" in response.content.decode()
        assert ADDRESS["line1"] in response.content.decode()  # what was typed comes back
    return response.status_code


def let_expire() -> None:
    """As if half an hour had passed: the engine keeps nothing any more."""
    from marketplace.embedded.models import Checkout

    Checkout.objects.all().delete()
    CheckoutAttempt.objects.update(reserved_until=timezone.now(), state="given_up")


def again_and_again(variant: object, quantity: int, of: str) -> int:
    """How often new visitors from one address may keep so many."""
    for done in range(MOST):
        if reserve(visitor(of), variant, quantity) == 429:
            return done
        let_expire()
    return MOST


@pytest.mark.usefixtures("limits")
def test_all_that_is_left_is_kept_for_an_address_a_few_times_only(world: World) -> None:
    assert again_and_again(world.rug, 5, STRANGER) == 4
    # Another network is not concerned, nor is another product.
    assert reserve(visitor(OTHER), world.rug, 5) == 302
    assert reserve(visitor(STRANGER), world.honey, 1) == 302


@pytest.mark.usefixtures("limits")
def test_one_jar_of_many_is_never_refused(world: World) -> None:
    assert again_and_again(world.honey, 1, STRANGER) == MOST


@pytest.mark.usefixtures("limits")
def test_one_basket_keeps_all_twice_and_corrections_cost_nothing(world: World) -> None:
    client = visitor()
    assert [reserve(client, world.rug, 0 if n else 5, city=f"City {n}") for n in range(4)] == (
        [302] * 4
    )
    let_expire()
    assert reserve(client, world.rug, 0) == 302
    let_expire()
    assert reserve(client, world.rug, 0) == 429


@pytest.mark.usefixtures("limits")
def test_who_buys_may_buy_again(world: World) -> None:
    ListingOffer.objects.filter(variant_id=world.rug).update(available=1)
    for _ in range(5):
        client = visitor()
        assert reserve(client, world.rug, 1, phone="0661223344") == 302
        attempt = CheckoutAttempt.objects.exclude(state="completed").get()
        paid = checkout.pay(attempt=attempt, method="card", data={"number": "4242424242424242"})
        assert paid.is_settled
        checkout.complete(attempt=attempt)
        ListingOffer.objects.filter(variant_id=world.rug).update(available=1)


@pytest.mark.usefixtures("limits")
def test_checkouts_of_one_basket_end(world: World) -> None:
    client = visitor()
    assert reserve(client, world.honey, 1) == 302
    basket = str(Basket.objects.get().pk)
    throttle.require(
        Use("checkout_visitor", basket, throttle.limit_of("checkout_visitor").count - 2)
    )
    assert [reserve(client, world.honey, 0) for _ in range(2)] == [302, 429]
    assert reserve(visitor(), world.honey, 1) == 302


@pytest.mark.usefixtures("limits")
def test_links_of_orders_cannot_be_tried_for_ever(world: World) -> None:
    most = throttle.limit_of("tracking_unknown").count
    throttle.require(Use("tracking_unknown", STRANGER, most - 1))
    tries = [visitor().get(f"/ma/fr/orders/unknown-{n}/").status_code for n in range(2)]
    assert tries == [404, 429]
    assert visitor(OTHER).get("/ma/fr/orders/unknown/").status_code == 404


# -- cash -------------------------------------------------------------------------------------


def to_payment(client: Client, world: World, rugs: int, **address: str) -> str:
    client.post("/ma/fr/basket/add/", {"variant": str(world.rug), "quantity": rugs})
    page = client.post("/ma/fr/checkout/", ADDRESS | address)["Location"]
    return client.post(page, {"option": "standard"})["Location"]


def mailed_code() -> str:
    found = re.search(r": (\d{6})\n", str(mail.outbox[-1].body))
    assert found is not None
    return found[1]


def test_a_small_first_cash_order_needs_no_code(client: Client, world: World) -> None:
    placed = client.post(to_payment(client, world, 1), {"method": "cod"})
    assert "/orders/" in placed["Location"]
    assert CashContact.objects.filter(order=Order.objects.get()).count() == 2


def test_a_large_cash_order_is_placed_by_the_code_from_the_mail(
    client: Client, world: World
) -> None:
    asked = client.post(to_payment(client, world, 2), {"method": "cod"})
    assert asked["Location"].endswith("/payment/code/")
    assert not Order.objects.exists()
    assert mail.outbox[-1].to == [ADDRESS["email"]]
    code = mailed_code()
    page = client.get(asked["Location"]).content.decode()
    assert ADDRESS["email"] in page
    assert code not in page

    wrong = client.post(asked["Location"], {"code": "000000" if code != "000000" else "111111"})
    assert wrong.status_code == 200
    assert "code n’est pas" in wrong.content.decode()
    placed = client.post(asked["Location"], {"code": f" {code[:3]} {code[3:]} "})
    assert "/orders/" in placed["Location"]
    assert Order.objects.get().payment_status == PaymentStatus.AUTHORIZED


def test_only_the_last_code_holds_and_for_its_own_checkout(client: Client, world: World) -> None:
    page = client.post(to_payment(client, world, 2), {"method": "cod"})["Location"]
    first = mailed_code()
    client.post(page, {"again": "1"})
    second = mailed_code()
    if first != second:
        assert client.post(page, {"code": first}).status_code == 200
    CheckoutAttempt.objects.update(cash_code_until=timezone.now())
    assert client.post(page, {"code": second}).status_code == 200
    assert not Order.objects.exists()


def test_the_service_itself_refuses_without_a_code(world: World) -> None:
    attempt = world.begun(rug=2)
    with pytest.raises(CashNotConfirmed):
        checkout.pay(attempt=attempt, method="cod", data={})


def test_a_confirmed_address_is_not_another(client: Client, world: World) -> None:
    page = client.post(to_payment(client, world, 2), {"method": "cod"})["Location"]
    checkout.confirm(attempt=CheckoutAttempt.objects.get(), code=mailed_code())
    changed = to_payment(client, world, 0, email="other@example.org")
    again = client.post(changed, {"method": "cod"})
    assert again["Location"] == page
    assert mail.outbox[-1].to == ["other@example.org"]


@pytest.mark.parametrize(
    "same", [{"email": "other@example.org"}, {"phone": "06 98 76 54 32"}], ids=["phone", "email"]
)
def test_who_left_a_parcel_at_the_door_confirms_the_next_order(
    same: dict[str, str], client: Client, world: World
) -> None:
    client.post(to_payment(client, world, 1), {"method": "cod"})
    order = Order.objects.get()
    row = order.vendor_orders.crossing(Crossing.BUYER_ORDER).get()
    Parcel.objects.create(vendor_order=row, number=1, state=ParcelState.RETURNED)

    asked = client.post(to_payment(client, world, 1, **same), {"method": "cod"})
    assert asked["Location"].endswith("/payment/code/")

    # Once an order was paid at the door since, none is asked for any more.
    later = Client()
    client.post(asked["Location"], {"code": mailed_code()})
    paid = Order.objects.exclude(pk=order.pk).get()
    Order.objects.filter(pk=paid.pk).update(payment_status=PaymentStatus.PAID)
    placed = later.post(to_payment(later, world, 1, **same), {"method": "cod"})
    assert "/orders/" in placed["Location"]


def test_a_buyer_who_is_forgotten_has_no_history(client: Client, world: World) -> None:
    client.post(to_payment(client, world, 1), {"method": "cod"})
    order = Order.objects.get()
    erasure.erase_buyer(order=order, by=Actor.system("test"))
    assert not CashContact.objects.exists()


@pytest.mark.usefixtures("limits")
def test_cash_orders_of_one_buyer_end_for_the_day(world: World) -> None:
    made = 0
    for _ in range(8):
        client = visitor()
        client.post("/ma/fr/basket/add/", {"variant": str(world.honey), "quantity": 1})
        page = client.post("/ma/fr/checkout/", ADDRESS)["Location"]
        answer = client.post(
            client.post(page, {"option": "standard"})["Location"], {"method": "cod"}
        )
        made += answer.status_code == 302
    assert made == 5
    assert answer.status_code == 429


@pytest.mark.usefixtures("limits")
def test_codes_and_tries_end(world: World) -> None:
    client = visitor()
    page = client.post(to_payment(client, world, 2), {"method": "cod"})["Location"]
    code = mailed_code()
    for _ in range(7):
        client.post(page, {"again": "1"})
    assert len(mail.outbox) == 5
    wrong = "000000" if mailed_code() != "000000" else "111111"
    tries = [client.post(page, {"code": wrong}).status_code for _ in range(11)]
    assert (tries[9], tries[10]) == (200, 429)
    assert client.post(page, {"code": code}).status_code == 429
