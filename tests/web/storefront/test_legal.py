"""Legal texts in the shop: in the footer, by programme, and accepted with an order."""

import pytest
from django.test import Client
from django.utils import timezone

from marketplace.core.actors import Actor
from marketplace.legal.models import Acceptance, LegalText, TextKind
from marketplace.legal.services import publish_text, set_contact
from marketplace.orders.models import CheckoutAttempt, Order
from marketplace.orders.services.tracking_links import issue_link
from tests.factories.addresses import ADDRESS
from tests.factories.vendors import make_programme, make_published
from tests.orders.conftest import made_world, world
from tests.orders.world import World
from vendors.models import Cooperative, Programme
from vendors.services import set_seller_identifier

__all__ = ["made_world", "world"]

pytestmark = pytest.mark.django_db
BY = Actor("user", "1", "Leïla")


def publish(programme: Programme, market: str, words: str) -> LegalText:
    return publish_text(
        programme=programme,
        market=market,
        kind="terms",
        texts={"ar": f"{words} ar", "fr": f"{words} fr", "en": f"{words} en"},
        valid_from=timezone.localdate(),
        reviewed_by="Me Alaoui",
        by=BY,
    )


def page(path: str) -> str:
    response = Client().get(path)
    assert response.status_code == 200
    return response.content.decode()


def test_every_text_is_in_the_footer_and_says_that_it_is_a_standard_one() -> None:
    make_published()
    home = page("/ma/fr/about/delivery/")
    for kind in TextKind.values:
        path = f"/ma/fr/legal/{kind}/"
        assert f'href="{path}"' in home
        assert "Texte standard, pas encore approuvé" in page(path)
    assert Client().get("/ma/fr/legal/nothing/").status_code == 404


def test_an_approved_text_is_shown_with_its_version_in_its_market_only() -> None:
    programme = make_published().programme
    publish(programme, "ma", "## Approuvé")
    shown = page("/ma/ar/legal/terms/")
    assert "<h3>Approuvé ar</h3>" in shown
    assert "Me Alaoui" in shown
    assert "نص عام لم يُصادق عليه بعد" not in shown
    assert "نص عام لم يُصادق عليه بعد" in page("/tn/ar/legal/terms/")


def test_the_contact_page_names_address_telephone_and_hours() -> None:
    programme = make_published().programme
    set_contact(
        programme=programme,
        values={"email": "contact@example.org", "phone": "+212537000000", "address": "1 rue X"},
        hours={"ar": "من الاثنين إلى الجمعة"},
        by=BY,
    )
    shown = page("/ma/ar/about/contact/")
    for said in ("contact@example.org", "tel:+212537000000", "1 rue X", "من الاثنين إلى الجمعة"):
        assert said in shown
    assert "من الاثنين" not in page("/ma/fr/about/contact/")


def test_two_programmes_are_told_apart() -> None:
    first = make_published().programme
    second = make_published("other", programme=make_programme("second-programme")).programme
    publish(first, "", "premier")
    publish(second, "", "deuxième")
    assert "premier fr" in page(f"/ma/fr/legal/terms/?programme={first.slug}")
    assert "deuxième fr" in page(f"/ma/fr/legal/terms/?programme={second.slug}")
    assert Client().get("/ma/fr/legal/terms/?programme=third").status_code == 404


def ordered(client: Client, world: World) -> CheckoutAttempt:
    for variant, quantity in ((world.rug, 1), (world.honey, 2)):
        client.post("/ma/fr/basket/add/", {"variant": str(variant), "quantity": quantity})
    client.post("/ma/fr/checkout/", ADDRESS)
    attempt = CheckoutAttempt.objects.get()
    client.post(f"/ma/fr/checkout/{attempt.pk}/delivery/", {"option": attempt.delivery_option})
    return attempt


def test_an_order_says_which_versions_it_accepted_and_keeps_them(
    client: Client, world: World
) -> None:
    publish(world.programme, "ma", "avant")
    attempt = ordered(client, world)
    asked = client.get(f"/ma/fr/checkout/{attempt.pk}/payment/").content.decode()
    assert "En commandant, vous acceptez les" in asked
    assert not Acceptance.objects.exists()
    path = f"/ma/fr/checkout/{attempt.pk}/payment/"
    chosen = client.post(path, {"method": "card"})
    assert Acceptance.objects.filter(order_id=attempt.order_id).count() == 3
    assert "/card/" in chosen["Location"]
    client.post(path, {"method": "cod"})
    order = Order.objects.get()
    assert Acceptance.objects.filter(order_id=order.pk).count() == 3
    publish(world.programme, "ma", "après")

    token = issue_link(order=order)
    shown = page(f"/ma/fr/orders/{token}/")

    assert "Accepté avec cette commande" in shown
    terms = Acceptance.objects.get(order_id=order.pk, text__kind="terms").text
    assert f"/ma/fr/legal/versions/{terms.pk}/" in shown
    assert "avant fr" in page(f"/ma/fr/legal/versions/{terms.pk}/")


def test_a_cooperative_is_named_with_its_register_numbers_and_address(world: World) -> None:
    set_seller_identifier(
        cooperative=world.weavers, kind="ice", value="001999888000077", source="card",
        valid_from=timezone.localdate(), by=BY,
    )  # fmt: skip
    Cooperative.objects.within(world.weavers.scope).update(
        status="active", published_at=timezone.now()
    )
    shown = page(f"/ma/fr/cooperatives/{world.weavers.slug}/")
    assert "Vendu par" in shown
    assert world.weavers.legal_name in shown
    assert "001999888000077" in shown
    assert world.weavers.address_line in shown
