"""A stranger's wrong passwords lock nobody else out, and are counted by all processes."""

import re

import pytest
from allauth.account.models import EmailAddress
from django.conf import settings
from django.core import mail
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from marketplace.core import throttle
from marketplace.core.client_address import TrustedProxies
from marketplace.core.throttle import Limit
from tests.factories.vendors import make_user
from vendors.models import User

pytestmark = pytest.mark.django_db
PASSWORD = "a-long-enough-word"
STRANGER, OTHER, OWNERS = "203.0.113.66", "203.0.113.67", "198.51.100.7"


@pytest.fixture(autouse=True)
def behind_a_proxy(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    """Limits hold, and give nothing back while a test runs, however slow the machine."""
    settings.THROTTLES = True
    settings.TRUSTED_PROXIES = TrustedProxies(hops=1)
    real = throttle.limit_of

    def slow(name: str) -> Limit:
        known = real(name)
        return Limit(name, known.count, known.period * 1_000)

    monkeypatch.setattr(throttle, "limit_of", slow)


def leave(client: Client) -> None:
    """The session ends, the browser keeps its other cookies."""
    del client.cookies[settings.SESSION_COOKIE_NAME]


@pytest.fixture
def owner() -> User:
    user = make_user("Fatima")
    user.set_password(PASSWORD)
    user.save()
    EmailAddress.objects.update_or_create(
        user=user, email=user.email, defaults={"verified": True, "primary": True}
    )
    return user


def sign_in(
    email: str, password: str, of: str, *, client: Client | None = None, spoofed: str = ""
) -> int:
    told = f"{spoofed}, {of}" if spoofed else of
    found = (client or Client()).post(
        reverse("account_login"),
        {"login": email, "password": password},
        headers={"X-Forwarded-For": told, "Accept-Language": "fr"},
    )
    return int(found.status_code)


def test_a_stranger_locks_out_nobody_behind_the_same_proxy(owner: User) -> None:
    tries = [sign_in(owner.email, "wrong-word-here", STRANGER) for _ in range(12)]
    assert tries[0] == 200
    assert tries[-1] == 429
    assert sign_in(owner.email, PASSWORD, OWNERS) == 302
    other = make_user("Hassan")
    other.set_password(PASSWORD)
    other.save()
    assert sign_in(other.email, PASSWORD, STRANGER) == 302


def test_forwarded_addresses_that_are_typed_change_nothing(owner: User) -> None:
    tries = [
        sign_in(owner.email, "wrong-word-here", STRANGER, spoofed=f"10.1.1.{n}") for n in range(12)
    ]
    assert tries[-1] == 429
    assert sign_in(owner.email, PASSWORD, STRANGER, spoofed=OWNERS) == 429


def test_an_account_tried_from_everywhere_is_paused_and_its_owner_comes_in(owner: User) -> None:
    known = Client()
    assert sign_in(owner.email, PASSWORD, OWNERS, client=known) == 302
    leave(known)
    tries = [sign_in(owner.email, "wrong-word-here", f"203.0.113.{n}") for n in range(35)]
    assert tries[29:31] == [200, 429]
    # From a new browser the right password is refused too, with the way in that remains.
    page = Client().post(
        reverse("account_login"),
        {"login": owner.email, "password": PASSWORD},
        headers={"X-Forwarded-For": OWNERS, "Accept-Language": "fr"},
    )
    assert page.status_code == 429
    assert int(page.headers["Retry-After"]) >= 60
    assert reverse("account_request_login_code") in page.content.decode()
    assert "Trop de tentatives" in page.content.decode()
    # The browser that she used before is not bound by what strangers do.
    assert sign_in(owner.email, PASSWORD, OWNERS, client=known) == 302


def test_a_known_browser_guesses_no_more_than_another(owner: User) -> None:
    known = Client()
    sign_in(owner.email, PASSWORD, OWNERS, client=known)
    leave(known)
    tries = [sign_in(owner.email, "wrong-word-here", OWNERS, client=known) for _ in range(12)]
    assert tries[9:11] == [200, 429]
    # Nor is it known to another account.
    victim = make_user("Hassan")
    tries = [sign_in(victim.email, "wrong-word-here", OTHER, client=known) for _ in range(12)]
    assert tries[-1] == 429


def test_one_address_for_many_accounts_is_limited_late(owner: User) -> None:
    """A mobile network shares an address: forty people who mistype their passwords may."""
    tries = [sign_in(f"person{n // 2}@example.org", "wrong-word", STRANGER) for n in range(101)]
    assert set(tries[:100]) == {200}
    assert tries[100] == 429
    assert sign_in(owner.email, PASSWORD, OWNERS) == 302


def test_a_right_password_is_not_counted(owner: User) -> None:
    tries = [sign_in(owner.email, PASSWORD, OWNERS) for _ in range(14)]
    assert set(tries) == {302}


def ask_for_code(client: Client, email: str, of: str = OWNERS) -> int:
    found = client.post(
        reverse("account_request_login_code"),
        {"email": email},
        headers={"X-Forwarded-For": of, "Accept-Language": "fr"},
    )
    return int(found.status_code)


def test_a_code_by_mail_lets_the_owner_in(owner: User) -> None:
    for n in range(31):
        sign_in(owner.email, "wrong-word-here", f"203.0.113.{n}")
    client = Client()
    assert ask_for_code(client, owner.email) == 302
    code = re.search(r": (\S{6,})", mail.outbox[-1].body)
    assert code is not None
    assert mail.outbox[-1].to == [owner.email]
    found = client.post(reverse("account_confirm_login_code"), {"code": code[1]})
    assert found.status_code == 302
    assert client.session["_auth_user_id"] == str(owner.pk)


def test_a_code_is_sent_to_proven_addresses_only() -> None:
    """Else the owner of an address would prove it for the stranger who signed up with it."""
    stranger_made = make_user("Nobody")
    EmailAddress.objects.filter(user=stranger_made).update(verified=False)
    client = Client()
    assert ask_for_code(client, stranger_made.email) == 302
    assert all("code" not in str(message.subject).lower() for message in mail.outbox)
    assert not EmailAddress.objects.filter(user=stranger_made, verified=True).exists()


def test_codes_for_one_address_end(owner: User) -> None:
    tries = [ask_for_code(Client(), owner.email, f"203.0.113.{n}") for n in range(22)]
    assert tries[:20] == [302] * 20
    assert tries[-1] == 200
    assert len(mail.outbox) == 20
