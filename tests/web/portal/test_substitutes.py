"""A member offers another product with a refusal; the buyer takes or leaves it on her order."""

from uuid import UUID, uuid4

import lxml.html
import pytest
from django.test import Client

from marketplace.core.worker import work_off
from marketplace.orders.models import Basket, Order, PriceOffer, VendorOrder
from marketplace.orders.services.tracking_links import issue_link
from tests.orders.conftest import made_world, world
from tests.orders.world import World
from tests.payments.refusing import bought, line_of, settle
from tests.payments.substituting import soap_of
from vendors.models import User
from vendors.policy import MemberAccess
from vendors.scoping import Crossing

__all__ = ["made_world", "world"]

pytestmark = pytest.mark.django_db


@pytest.fixture
def soap(world: World) -> UUID:
    return soap_of(world)


@pytest.fixture
def part(world: World, soap: UUID) -> VendorOrder:
    settle(world.other_manager)
    return bought(world, honey=5)


def as_user(user: User) -> Client:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    client.cookies["twiza_language"] = "fr"
    return client


def page(part: VendorOrder) -> str:
    return f"/portal/{part.cooperative.slug}/orders/{part.pk}/refuse/"


def typed(part: VendorOrder, soap: UUID | str, **more: str) -> dict[str, str]:
    line = line_of(part).pk
    return {
        f"line-{line}": "2", f"reason-{line}": "sold_out", "note": "", f"instead-{line}": str(soap),
        f"instead-quantity-{line}": more.pop("quantity", ""),
        f"instead-price-{line}": more.pop("price", ""),
        "key": str(uuid4()), **more,
    }  # fmt: skip


def text(answer: object) -> str:
    return str(lxml.html.fromstring(answer.content.decode()).text_content())  # type: ignore[attr-defined]


def offers() -> list[PriceOffer]:
    return list(PriceOffer.objects.crossing(Crossing.POLICY))


def offered(world: World, part: VendorOrder, soap: UUID) -> tuple[PriceOffer, str]:
    """The offer, and the page of the order that it belongs to."""
    by = as_user(world.other_manager)
    by.post(page(part), typed(part, soap, quantity="2", price="45", confirmed="yes"))
    (offer,) = offers()
    return offer, f"/ma/fr/orders/{issue_link(order=part.order)}/"


def test_what_the_buyer_is_offered_is_shown_before_it_is_sent(
    world: World, part: VendorOrder, soap: UUID
) -> None:
    by = as_user(world.other_manager)
    form = lxml.html.fromstring(by.get(page(part)).content.decode())
    line = line_of(part).pk
    choices = form.xpath(f"//select[@name='instead-{line}']/option/@value")
    assert choices == ["", str(soap)]

    given = typed(part, soap, quantity="2", price="45")
    asked = by.post(page(part), given)

    assert "90,00" in text(asked)
    assert offers() == []
    back = lxml.html.fromstring(by.post(page(part), {**given, "change": "yes"}).content.decode())
    assert back.xpath(f"//input[@name='instead-price-{line}']/@value") == ["45"]
    assert back.xpath(f"//select[@name='instead-{line}']/option[@selected]/@value") == [str(soap)]
    assert back.xpath(f"//details[@open]//select[@name='instead-{line}']")

    for _ in range(2):
        by.post(page(part), {**given, "confirmed": "yes"})
    (offer,) = offers()
    assert (offer.quantity, offer.unit_minor) == (2, 4_500)
    shown = text(by.get(page(part).removesuffix("refuse/")))
    assert "2 × Savon" in shown


@pytest.mark.parametrize(
    ("field", "value", "where", "words"),
    [
        ("price", "95,01", "instead-price", "Au maximum"),
        ("price", "zwei", "instead-price", "en chiffres"),
        ("quantity", "11", "instead-quantity", "en stock"),
        ("quantity", "0", "instead-quantity", "1"),
        ("soap", "x", "instead", "Choisissez"),
        ("line", "0", "line", "combien"),
    ],
)
def test_a_wrong_field_is_said_beside_it(
    world: World, part: VendorOrder, soap: UUID, field: str, value: str, where: str, words: str
) -> None:
    by, line = as_user(world.other_manager), line_of(part).pk
    given = typed(part, soap, quantity="2", price="45", confirmed="yes")
    named = {"soap": f"instead-{line}", "line": f"line-{line}"}
    given[named.get(field, f"instead-{field}-{line}")] = value

    answer = lxml.html.fromstring(by.post(page(part), given).content.decode())

    (error,) = answer.xpath(f"//*[@id='id_{where}-{line}_error']")
    assert words in error.text_content()
    assert answer.xpath(f"//details[@open]//select[@name='instead-{line}']")
    assert offers() == []
    assert line_of(part).quantity_refused == 0


def test_who_may_not_offer_prices_refuses_without(
    world: World, part: VendorOrder, soap: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    allows = MemberAccess.allows
    monkeypatch.setattr(
        MemberAccess, "allows", lambda own, what: what != "price:offer" and allows(own, what)
    )
    by = as_user(world.other_manager)
    assert "instead-" not in by.get(page(part)).content.decode()

    by.post(page(part), typed(part, soap, quantity="1", confirmed="yes"))

    assert line_of(part).quantity_refused == 2
    assert offers() == []


def test_the_buyer_takes_it_to_the_checkout(world: World, part: VendorOrder, soap: UUID) -> None:
    offer, order_page = offered(world, part, soap)
    work_off()
    client = Client()
    shown = text(client.get(order_page))
    assert "2 × Savon" in shown
    assert "90,00" in shown
    assert "Prendre à la place" in shown

    for _ in range(2):
        taken = client.post(f"{order_page}instead/{offer.pk}/")
        assert taken["Location"] == "/ma/fr/checkout/offer/"
    asked = text(client.get(taken["Location"]))
    assert "90,00" in asked
    assert "Offerte" in asked
    assert Basket.objects.get(price_offer=offer).lines.get().quantity == 2
    assert Order.objects.count() == 1


def test_the_buyer_leaves_it(world: World, part: VendorOrder, soap: UUID) -> None:
    offer, order_page = offered(world, part, soap)
    client = Client()

    left = text(client.post(f"{order_page}instead/{offer.pk}/decline/", follow=True))

    assert "Prendre à la place" not in left
    again = text(client.post(f"{order_page}instead/{offer.pk}/", follow=True))
    assert "ne peut plus être commandée" in again
    assert not Basket.objects.filter(price_offer=offer).exists()


def test_another_orders_link_takes_and_leaves_nothing(
    world: World, part: VendorOrder, soap: UUID
) -> None:
    offer, _page = offered(world, part, soap)
    other = bought(world, honey=1).order
    own = f"/ma/fr/orders/{issue_link(order=other)}/"

    for path in (f"{own}instead/{offer.pk}/", f"{own}instead/{offer.pk}/decline/"):
        assert Client().post(path).status_code == 404
        assert Client().get(path).status_code == 405
    assert offers()[0].state == "open"
    assert not Basket.objects.filter(price_offer=offer).exists()
