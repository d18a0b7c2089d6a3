"""The pages on which two colleagues reset a third one's second factor."""

import re

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client

from tests.factories import vendors as make
from tests.signing_in import enrol, given_code
from vendors.models import FactorReset, Programme, StaffGrant, User

pytestmark = pytest.mark.django_db
PEOPLE = "/staff/mourafaka/people/"


def client_of(user: User) -> Client:
    client = Client()
    client.force_login(user)
    client.cookies["twiza_language"] = "en"
    return client


@pytest.fixture
def programme() -> Programme:
    return make.make_programme()


@pytest.fixture
def lost(programme: Programme) -> User:
    return make.make_staff(programme, "finance_preparer")


@pytest.fixture
def amal(programme: Programme) -> Client:
    return client_of(make.make_staff(programme))


@pytest.fixture
def brahim(programme: Programme) -> Client:
    return client_of(make.make_staff(programme))


def page_of(user: User) -> str:
    return f"{PEOPLE}{StaffGrant.objects.get(user=user).pk}/reset-factor/"


def text_of(client: Client, path: str = PEOPLE) -> str:
    return client.get(path, follow=True).content.decode()


def test_one_proposes_another_confirms_and_a_new_phone_rests(
    lost: User, amal: Client, brahim: Client
) -> None:
    assert page_of(lost) in text_of(amal)
    amal.post(page_of(lost), {"reason": "Called <b>back</b>."})
    reset = FactorReset.objects.get()
    confirm = f"{PEOPLE}factor-resets/{reset.pk}/confirm/"

    # Who proposed it finds no button, and is refused all the same.
    assert confirm not in text_of(amal)
    assert "Another person must confirm this." in text_of_post(amal, confirm)
    assert "Called &lt;b&gt;back&lt;/b&gt;." in text_of(brahim)
    assert confirm in text_of(brahim)
    brahim.post(confirm)
    assert not Authenticator.objects.filter(user=lost).exists()
    assert "Second factors to reset" not in text_of(brahim)
    assert "already been decided" in text_of_post(brahim, confirm)

    # The next sign-in leads to the set-up; the new phone moves no money for a day.
    browser = client_of(lost)
    assert browser.get("/staff/mourafaka/payouts/")["Location"] == "/accounts/2fa/totp/activate/"
    new = enrol(lost)
    Authenticator.objects.filter(pk=new.pk).update(created_at=reset.proposed_at)
    answer = client_of(lost).post("/staff/mourafaka/payouts/prepare/")
    assert answer.status_code == 403


def text_of_post(client: Client, path: str) -> str:
    return client.post(path, follow=True).content.decode()


def test_a_code_of_the_last_minutes_is_asked_of_both(
    lost: User, amal: Client, brahim: Client
) -> None:
    first = User.objects.get(pk=amal.session["_auth_user_id"])
    given_code(amal, first, minutes_ago=60)
    answer = amal.post(page_of(lost), {"reason": "Called back."})
    assert answer["Location"].startswith("/accounts/2fa/reauthenticate/")
    assert not FactorReset.objects.exists()

    given_code(amal, first)
    amal.post(page_of(lost), {"reason": "Called back."})
    reset = FactorReset.objects.get()
    given_code(brahim, User.objects.get(pk=brahim.session["_auth_user_id"]), minutes_ago=60)
    answer = brahim.post(f"{PEOPLE}factor-resets/{reset.pk}/confirm/")
    assert answer["Location"].startswith("/accounts/2fa/reauthenticate/")
    assert Authenticator.objects.filter(user=lost).exists()


def test_without_a_reason_nothing_is_proposed(lost: User, amal: Client) -> None:
    for reason in ("", "   ", "a" * 301):
        page = amal.post(page_of(lost), {"reason": reason}).content.decode()
        assert re.search(r'aria-invalid="true"', page)
    assert not FactorReset.objects.exists()


def test_nobody_proposes_their_own_and_what_was_typed_stays(amal: Client) -> None:
    me = User.objects.get(pk=amal.session["_auth_user_id"])
    assert page_of(me) not in text_of(amal)
    page = amal.post(page_of(me), {"reason": "I ask."}).content.decode()
    assert "your own second factor" in page
    assert 'value="I ask."' in page
    assert not FactorReset.objects.exists()


def test_it_is_withdrawn(lost: User, amal: Client, brahim: Client) -> None:
    amal.post(page_of(lost), {"reason": "Called back."})
    reset = FactorReset.objects.get()
    assert "Nothing was reset" in text_of_post(
        brahim, f"{PEOPLE}factor-resets/{reset.pk}/withdraw/"
    )
    assert "already been decided" in text_of_post(
        brahim, f"{PEOPLE}factor-resets/{reset.pk}/confirm/"
    )
    assert Authenticator.objects.filter(user=lost).exists()


@pytest.mark.parametrize("role", ["regional", "finance_preparer", "observer"])
def test_other_roles_find_no_door(programme: Programme, lost: User, role: str) -> None:
    regions = ("MA-09",) if role == "regional" else ()
    client = client_of(make.make_staff(programme, role, regions=regions))
    assert client.get(page_of(lost)).status_code == 403
    assert client.post(page_of(lost), {"reason": "x"}).status_code == 403


def test_a_reset_of_another_programme_is_not_there(lost: User, amal: Client) -> None:
    amal.post(page_of(lost), {"reason": "Called back."})
    reset = FactorReset.objects.get()
    stranger = client_of(make.make_staff(make.make_programme("tawassol")))
    for act in ("confirm", "withdraw"):
        path = f"/staff/tawassol/people/factor-resets/{reset.pk}/{act}/"
        assert stranger.post(path).status_code == 404
    grant = StaffGrant.objects.get(user=lost)
    assert stranger.get(f"/staff/tawassol/people/{grant.pk}/reset-factor/").status_code == 404
