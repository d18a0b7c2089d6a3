"""Signing in, and where one goes from there."""

import pytest
from django.test import Client

from tests.factories import vendors as make
from vendors.models import User

pytestmark = pytest.mark.django_db
HOME = "/accounts/home/"


def client_of(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def test_somebody_with_one_cooperative_goes_straight_there() -> None:
    member = make.make_member(make.make_cooperative(make.make_programme()))

    answer = client_of(member).get(HOME)

    assert answer.status_code == 302
    assert answer["Location"] == "/portal/tamounte/"
    assert answer.cookies["twiza_language"].value == "ar"


def test_staff_go_to_their_programme_and_strangers_to_the_shop() -> None:
    coordinator = make.make_staff(make.make_programme())

    assert client_of(coordinator).get(HOME)["Location"] == "/staff/mourafaka/"
    assert client_of(make.make_user()).get(HOME)["Location"] == "/"


def test_somebody_with_several_places_chooses() -> None:
    programme = make.make_programme()
    person = make.make_member(make.make_cooperative(programme))
    make.grant_to(person, programme, "observer")

    page = client_of(person).get(HOME).content.decode()

    assert 'href="/portal/tamounte/"' in page
    assert 'href="/staff/mourafaka/"' in page


def test_the_anonymous_are_asked_to_sign_in() -> None:
    answer = Client().get(HOME)

    assert answer.status_code == 302
    assert answer["Location"] == "/accounts/login/?next=/accounts/home/"


@pytest.mark.parametrize("language", ["ar", "fr", "en"])
@pytest.mark.parametrize("path", ["/accounts/login/", "/accounts/password/reset/"])
def test_the_entrance_speaks_the_readers_language_in_our_design(path: str, language: str) -> None:
    client = Client()
    client.cookies["twiza_language"] = language

    page = client.get(path)

    assert page.status_code == 200
    assert f'lang="{language}"' in page.content.decode()
    assert "ui/twiza." in page.content.decode()
    assert "style=" not in page.content.decode()


def test_signing_in_with_a_wrong_password_says_so() -> None:
    User.objects.create_user("a@example.org", "the right password", name="A")

    page = Client().post("/accounts/login/", {"login": "a@example.org", "password": "wrong"})

    assert page.status_code == 200
    assert 'class="alert' in page.content.decode()


def test_signing_in_leads_to_ones_place() -> None:
    member = make.make_member(make.make_cooperative(make.make_programme()))
    member.set_password("the right password")
    member.save()

    answer = Client().post(
        "/accounts/login/", {"login": member.email, "password": "the right password"}
    )

    assert (answer.status_code, answer["Location"]) == (302, HOME)


@pytest.mark.parametrize(
    "path", ["/accounts/password/change/", "/accounts/2fa/", "/accounts/logout/"]
)
def test_the_pages_of_ones_account_are_in_our_design(path: str) -> None:
    user = User.objects.create_user("a@example.org", "the right password", name="A")

    page = client_of(user).get(path, follow=True)

    assert page.status_code == 200
    assert "ui/twiza." in page.content.decode()


def test_a_buyer_finds_their_account_from_the_shop_and_can_leave() -> None:
    client = client_of(make.make_user())

    shop = client.get("/ma/en/").content.decode()
    page = client.get("/accounts/home/?choose=1").content.decode()

    assert 'href="/ma/en/account/"' in shop
    assert 'action="/accounts/logout/"' in page
    assert 'href="/"' in page
    assert "/account/" in page


def test_the_entrance_offers_a_new_password_once_and_names_each_box_once() -> None:
    page = Client().get("/accounts/login/").content.decode()

    assert page.count('href="/accounts/password/reset/"') == 1
    assert "placeholder=" not in page


def test_opening_an_account_says_what_a_password_needs() -> None:
    client = Client()
    client.cookies["twiza_language"] = "ar"

    page = client.get("/accounts/signup/").content.decode()

    assert "<h1>إنشاء حساب</h1>" in page
    assert "عشرة أحرف على الأقل" in page
    assert 'href="/accounts/login/"' in page
