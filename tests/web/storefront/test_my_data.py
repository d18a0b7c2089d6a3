"""A buyer sees, takes away and erases what the shop holds, behind a link mailed to them."""

import json
import re

import pytest
from django.core import mail
from django.test import Client

from marketplace.personal_data.models import DataLink, Erasure
from marketplace.personal_data.services.carry_out import carry_out_erasures
from tests.factories.vendors import make_user
from tests.orders.conftest import made_world, world
from tests.orders.world import World
from tests.personal_data.erasing import EMAIL, bought, delivered

__all__ = ["made_world", "world"]

pytestmark = pytest.mark.django_db


def mailed_link(email: str = EMAIL, language: str = "fr") -> str:
    mail.outbox.clear()
    page = Client().post(f"/ma/{language}/my-data/", {"email": email})
    assert page.status_code == 200
    (sent,) = mail.outbox
    assert sent.to == [email]
    found = re.search(r"/ma/\w\w/my-data/[\w-]+/", sent.body)
    assert found
    return found[0]


def test_a_guest_sees_keeps_and_erases(world: World) -> None:
    order = delivered(world)
    path = mailed_link()
    page = Client().get(path)
    html = page.content.decode()
    assert "no-store" in page["Cache-Control"]
    for said in (order.number, "Zenobia Quartz", "99 ruelle des Sureaux", "730 jours", "loi 09-08"):
        assert said in html
    assert "10 ans" in html
    file = Client().get(f"{path}file/")
    assert file["Content-Disposition"] == 'attachment; filename="my-data.json"'
    assert json.loads(file.content)["orders"][0]["number"] == order.number

    unsure = Client().post(f"{path}erase/", follow=True)
    assert "Cochez la case" in unsure.content.decode()
    assert not Erasure.objects.exists()
    sure = Client().post(f"{path}erase/", {"sure": "yes"}, follow=True)
    assert "en cours d’effacement" in sure.content.decode()
    carry_out_erasures()

    order.refresh_from_db()
    assert order.email == ""
    assert Client().get(path).status_code == 404
    assert "effacées" in mail.outbox[-1].subject


def test_an_open_order_is_named_with_its_day_instead_of_the_button(world: World) -> None:
    order = bought(world)
    path = mailed_link(language="ar")
    html = Client().get(path).content.decode()
    assert "غير ممكن بعد" in html
    assert order.number in html
    assert "erase/" not in html
    Client().post(f"{path}erase/", {"sure": "yes"})
    assert not Erasure.objects.exists()


def test_whoever_asks_learns_nothing_of_an_address(world: World) -> None:
    delivered(world)
    mail.outbox.clear()
    known, unknown = (
        Client().post("/ma/fr/my-data/", {"email": email}).content.decode()
        for email in (EMAIL, "nobody@example.org")
    )
    assert len(known) == len(unknown)
    assert known.count("Consultez vos e-mails") == unknown.count("Consultez vos e-mails") == 1
    assert len(mail.outbox) == 2
    assert Client().get("/ma/fr/my-data/AAAAAAAAAAAAAAAAAAAAAA/").status_code == 404
    assert Client().post("/ma/fr/my-data/", {"email": "none"}).status_code == 422


def test_links_of_one_address_are_limited(settings: object) -> None:
    settings.THROTTLES = True  # type: ignore[attr-defined]
    statuses = [
        Client().post("/ma/fr/my-data/", {"email": "often@example.org"}).status_code
        for _time in range(6)
    ]
    assert statuses == [200] * 5 + [429]


def test_who_is_signed_in_sees_at_once_and_erases_by_mail_only(world: World) -> None:
    delivered(world)
    client = Client()
    client.force_login(make_user(email=EMAIL), backend="django.contrib.auth.backends.ModelBackend")
    opened = client.get("/ma/fr/account/data/")
    html = client.get(opened["Location"]).content.decode()
    assert "Zenobia Quartz" in html
    assert 'name="sure"' not in html
    client.post(f"{opened['Location']}erase/", {"sure": "yes"})
    assert not Erasure.objects.exists()
    assert 'name="sure"' in Client().get(mailed_link()).content.decode()
    assert Client().get("/ma/fr/account/data/").status_code == 302


def test_an_expired_link_opens_nothing(world: World) -> None:
    path = mailed_link()
    DataLink.objects.update(expires_at="2020-01-01T00:00:00Z")
    assert Client().get(path).status_code == 404
