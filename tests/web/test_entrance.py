"""The entrance tells nobody which addresses are known, and lets in only who proved theirs."""

import re
from collections.abc import Callable, Iterator

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib.auth import hashers
from django.core import mail
from django.core.cache import cache
from django.http import HttpResponse
from django.test import Client

from tests.factories import vendors as make
from tests.signing_in import enrol
from tests.web.entrance import (
    PASSWORD,
    RESET,
    fresh,
    is_signed_in,
    last_mail,
    mailed_code,
    mailed_link,
    set_new_password,
    sign_in,
    sign_up,
)
from vendors.models import FormerContact, User
from vendors.scoping import Crossing

pytestmark = pytest.mark.django_db
VERIFY = "/accounts/confirm-email/"
TOKEN = re.compile(r"[A-Za-z0-9]{64}")
KNOWN, UNKNOWN = "known@example.org", "unknown@example.org"


@pytest.fixture(autouse=True)
def no_counts() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def hashed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Each password that was hashed or compared."""
    done: list[str] = []
    hasher = hashers.MD5PasswordHasher  # that of the tests
    encode = hasher.encode

    def counted(self: object, password: str, *args: object, **kwargs: object) -> str:
        done.append(password)
        return str(encode(self, password, *args, **kwargs))  # type: ignore[arg-type]

    monkeypatch.setattr(hasher, "encode", counted)
    return done


Ask = Callable[[Client, str], HttpResponse]


def ask_password(client: Client, email: str) -> HttpResponse:
    return client.post(RESET, {"email": email})  # type: ignore[return-value]


def wrong_password(client: Client, email: str) -> HttpResponse:
    return sign_in(client, email, "a wrong password")


@pytest.mark.parametrize("ask", [sign_up, ask_password, wrong_password])
@pytest.mark.parametrize("kind", ["proven", "unproven", "without a password"])
def test_an_address_that_is_known_gets_the_same_page_after_the_same_work(
    ask: Ask, kind: str, hashed: list[str]
) -> None:
    password = None if kind == "without a password" else PASSWORD
    user = User.objects.create_user(KNOWN, password, name="Known")
    if kind == "proven":
        make.prove(user)
    found = {}
    for email in (KNOWN, UNKNOWN):
        hashed.clear()
        mail.outbox.clear()
        client = fresh()
        answer = ask(client, email)
        where = answer.headers.get("Location", "")
        after = client.get(where) if where else answer
        page = after.content.decode().replace(email, "…")
        lines = TOKEN.sub("", page).splitlines()
        found[email] = (
            answer.status_code, where, after.status_code, lines, len(hashed), len(mail.outbox),
        )  # fmt: skip

    assert found[KNOWN] == found[UNKNOWN]
    if ask is not ask_password:
        assert found[KNOWN][4] > 0


def test_there_is_no_session_before_the_code_of_the_mail(mailoutbox: list[object]) -> None:
    client = fresh()
    assert sign_up(client, UNKNOWN).headers["Location"] == VERIFY
    assert not is_signed_in(client)
    assert client.post(VERIFY, {"code": "WRONG1"}).status_code == 200
    assert not is_signed_in(client)

    client.post(VERIFY, {"code": mailed_code(UNKNOWN)})

    assert is_signed_in(client)
    assert EmailAddress.objects.get(email=UNKNOWN).verified


def test_who_signs_up_with_anothers_address_gets_in_by_nothing_that_they_know() -> None:
    stranger = fresh()
    sign_up(stranger, KNOWN, "the stranger's password")
    for given in ({"code": ""}, {"code": "000000"}, {"action": "resend"}):
        stranger.post(VERIFY, given)
    assert not is_signed_in(stranger)
    again = fresh()
    sign_in(again, KNOWN, "the stranger's password")
    again.post(VERIFY, {"code": "000000"})
    assert not is_signed_in(again)


def test_an_unproven_account_is_taken_over_by_who_proves_the_address() -> None:
    """Prepared by a stranger in an earlier version: a password, a session, an app, an address."""
    user = User.objects.create_user(KNOWN, "the stranger's password", name="Stranger")
    enrol(user)
    EmailAddress.objects.create(user=user, email="stranger@example.org", verified=False)
    stranger = Client()
    stranger.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    pending = fresh()
    sign_in(pending, KNOWN, "the stranger's password")

    ask_password(fresh(), KNOWN)
    set_new_password(KNOWN, "the owner's password")

    assert not is_signed_in(stranger)
    assert not Authenticator.objects.filter(user=user).exists()
    pending.post(VERIFY, {"code": "000000"})
    assert not is_signed_in(pending)
    again = sign_in(fresh(), KNOWN, "the stranger's password")
    assert again.status_code == 200
    owner = fresh()
    sign_in(owner, KNOWN, "the owner's password")
    assert is_signed_in(owner)
    assert [row.email for row in EmailAddress.objects.filter(user=user)] == [KNOWN]


def test_the_link_for_a_new_password_goes_only_to_the_address_it_proves() -> None:
    user = User.objects.create_user(KNOWN, PASSWORD, name="Known")
    EmailAddress.objects.create(user=user, email="stranger@example.org", verified=False)

    ask_password(fresh(), "stranger@example.org")

    assert "/password/reset/key/" not in last_mail("stranger@example.org")


def test_a_new_address_is_proven_first_and_the_old_one_is_told() -> None:
    cooperative = make.make_cooperative(make.make_programme())
    member = make.make_member(cooperative)
    member.set_password(PASSWORD)
    member.save()
    old = member.email
    client = fresh()
    sign_in(client, old)
    for act in ("action_primary", "action_send", "action_remove"):
        client.post("/accounts/email/", {"email": "new@example.org", act: "1"})
    client.post("/accounts/email/", {"email": "new@example.org", "action_add": "1"})
    assert User.objects.get(pk=member.pk).email == old

    client.post(VERIFY, {"code": mailed_code("new@example.org")})

    assert User.objects.get(pk=member.pk).email == "new@example.org"
    assert "new@example.org" in last_mail(old)
    contacts = FormerContact.objects.crossing(Crossing.POLICY).filter(cooperative=cooperative)
    assert [contact.email for contact in contacts] == [old]


def test_an_unproven_address_never_becomes_the_account() -> None:
    user = User.objects.create_user(KNOWN, PASSWORD, name="Known")
    EmailAddress.objects.create(user=user, email="president@coop.example", verified=False)
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    session = client.session
    session["account_authentication_methods"] = []
    session.save()

    client.post("/accounts/email/", {"email": "president@coop.example", "action_primary": ""})

    assert User.objects.get(pk=user.pk).email == KNOWN


def test_the_link_of_the_mail_leads_to_our_page() -> None:
    make.make_user(email=KNOWN, password=PASSWORD)
    ask_password(fresh(), KNOWN)
    page = fresh().get(mailed_link(KNOWN), follow=True)
    assert page.status_code == 200
    assert "ui/twiza." in page.content.decode()


def test_a_wrong_password_is_said_once() -> None:
    make.make_user(email=KNOWN, password=PASSWORD)
    page = wrong_password(fresh("en"), KNOWN).content.decode()
    assert page.count('class="alert bad"') == 1
