"""Staff and their second factor: set up, asked for, rested, lost."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from tests.factories import vendors as make
from tests.signing_in import enrol, given_code
from tests.web.browsers import browser
from tests.web.entrance import (
    PASSWORD,
    fresh,
    is_signed_in,
    phone_code,
    set_up_phone,
    sign_in,
    sign_in_with_code,
)
from vendors.models import Programme, User
from vendors.safeguards import safeguard

pytestmark = pytest.mark.django_db(transaction=True)
HOME, GRANTS = "/staff/mourafaka/", "/staff/mourafaka/people/"
SET_UP, ASKED = "/accounts/2fa/totp/activate/", "/accounts/2fa/reauthenticate/"
STEP = {"name": "Nadia", "email": "nadia@example.org", "role": "observer", "language": "fr"}


@pytest.fixture(autouse=True)
def no_counts() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def programme() -> Programme:
    return make.make_programme()


@pytest.fixture
def coordinator(programme: Programme) -> User:
    user = make.make_staff(programme)
    user.set_password(PASSWORD)
    user.save()
    return user


def without_factor(user: User) -> User:
    Authenticator.objects.filter(user=user).delete()
    return user


def test_staff_without_a_second_factor_are_led_to_set_it_up(coordinator: User) -> None:
    client = fresh()
    sign_in(client, without_factor(coordinator).email)
    assert client.get(HOME).headers["Location"] == SET_UP

    set_up_phone(client)

    assert client.get(HOME).status_code == 200
    assert [coordinator.email] in [sent.to for sent in mail.outbox]


def test_the_code_that_set_a_phone_up_is_not_taken_again(coordinator: User) -> None:
    client = fresh()
    sign_in(client, without_factor(coordinator).email)
    set_up_phone(client)
    other = fresh()
    sign_in(other, coordinator.email)
    other.post("/accounts/2fa/authenticate/", {"code": phone_code(coordinator)})
    assert not is_signed_in(other)


def test_a_session_that_gave_no_factor_opens_no_page_of_staff(coordinator: User) -> None:
    client = Client()
    client.force_login(coordinator, backend="django.contrib.auth.backends.ModelBackend")
    session = client.session
    session["account_authentication_methods"] = []
    session.save()
    assert client.get(HOME).headers["Location"].startswith(ASKED)


def test_the_api_tells_staff_nothing_without_the_factor(coordinator: User) -> None:
    client = Client()
    client.force_login(without_factor(coordinator))
    query = {"query": '{ programme(slug: "mourafaka") { name } }'}
    answer = client.post("/api/graphql/", query, content_type="application/json")
    assert answer.json()["errors"][0]["extensions"]["code"] == "SECOND_FACTOR_REQUIRED"


def test_a_new_phone_rests_a_day_before_it_moves_money(coordinator: User) -> None:
    client = fresh("en")
    sign_in(client, without_factor(coordinator).email)
    set_up_phone(client)
    assert "wait for a day" in client.get(GRANTS).content.decode()
    refused = client.post(GRANTS, STEP)
    assert refused.status_code == 403
    assert "Nothing was changed" in refused.content.decode()

    rest = safeguard("factor_rest") + timedelta(minutes=1)
    with time_machine.travel(timezone.now() + rest):
        later = fresh()
        sign_in_with_code(later, coordinator)
        assert later.post(GRANTS, STEP).status_code == 302


def test_an_added_phone_does_not_borrow_the_age_of_the_old_one(coordinator: User) -> None:
    """Whoever adds a factor to an open session moves no money with it."""
    old = enrol(coordinator)
    client = fresh()
    client.force_login(coordinator, backend="django.contrib.auth.backends.ModelBackend")
    new = Authenticator.objects.create(user=coordinator, type="webauthn", data={"name": "new"})
    for factor, status in ((new, 302), (old, 302)):
        session = given_code(client, coordinator).session
        session["account_authentication_methods"][0]["id"] = factor.pk
        session.save()
        answer = client.post(GRANTS, STEP)
        asked = answer.headers.get("Location", "").startswith(ASKED)
        assert (answer.status_code, asked) == (status, factor is new)


def test_an_old_code_is_asked_for_again_and_the_form_comes_back(coordinator: User) -> None:
    client = fresh("en")
    sign_in_with_code(client, coordinator)
    with time_machine.travel(timezone.now() + timedelta(minutes=16)):
        asked = client.post(GRANTS, STEP)
        assert asked.headers["Location"] == f"{ASKED}?next=%2Fstaff%2Fmourafaka%2Fpeople%2F"
        wrong = client.post(asked.headers["Location"], {"code": "000000"})
        assert wrong.status_code == 200
        given = {"code": phone_code(coordinator), "next": GRANTS}
        assert client.post(asked.headers["Location"], given).headers["Location"] == GRANTS
        answer = client.get(GRANTS)  # carried out, or shown again with what was typed
        page = answer if answer.status_code == 200 else client.get(GRANTS)
    assert STEP["email"] in page.content.decode()


def test_a_code_is_taken_once_whatever_the_process(coordinator: User) -> None:
    code = phone_code(coordinator)
    for client, taken in ((fresh(), True), (fresh(), False)):
        cache.clear()  # another process has another cache
        sign_in(client, coordinator.email)
        client.post("/accounts/2fa/authenticate/", {"code": code})
        assert is_signed_in(client) is taken


def test_secrets_are_not_in_clear_in_the_database(coordinator: User) -> None:
    client = fresh()
    sign_in(client, without_factor(coordinator).email)
    given = set_up_phone(client)
    for factor in Authenticator.objects.filter(user=coordinator):
        assert given["secret"] not in str(factor.data)
        assert str(factor.data.get("secret", factor.data.get("seed"))).startswith("fernet:")


def test_her_phone_is_lost_and_replaced(programme: Programme, coordinator: User) -> None:
    """A recovery code signs in and replaces the phone; money waits for the new one to rest."""
    at_home = fresh()
    sign_in(at_home, without_factor(coordinator).email)
    recovery = set_up_phone(at_home)["recovery"]
    with time_machine.travel(timezone.now() + timedelta(days=3)) as travelling:
        client = fresh()
        sign_in(client, coordinator.email)
        client.post("/accounts/2fa/authenticate/", {"code": recovery})
        assert client.get(HOME).status_code == 200
        assert client.post(GRANTS, STEP).headers["Location"].startswith(ASKED)

        client.post("/accounts/2fa/totp/deactivate/")
        set_up_phone(client)
        assert client.post(GRANTS, STEP).status_code == 403
        again = fresh()
        sign_in(again, coordinator.email)
        again.post("/accounts/2fa/authenticate/", {"code": recovery})
        assert not is_signed_in(again)

        travelling.shift(safeguard("factor_rest") + timedelta(minutes=1))
        new_day = fresh()
        sign_in_with_code(new_day, coordinator)
        assert new_day.post(GRANTS, STEP).status_code == 302


@pytest.mark.parametrize(
    ("language", "said"),
    [("en", "Use a passkey"), ("fr", "Utiliser une clé d’accès"), ("ar", "استعمال مفتاح دخول")],
)
def test_a_passkey_has_one_name_on_every_page(coordinator: User, language: str, said: str) -> None:
    Authenticator.objects.create(user=coordinator, type="webauthn", data={"name": "phone"})
    client = browser(coordinator, language)

    assert f">{said}</a>" in client.get(ASKED).content.decode()
