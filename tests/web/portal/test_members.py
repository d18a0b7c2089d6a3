"""Members of a cooperative, as a manager invites and removes them."""

import re

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from marketplace.core.worker import work_off
from tests.factories import vendors as make
from tests.signing_in import enrol, given_code
from tests.web.browsers import browser
from vendors.models import Cooperative, Invitation, Membership, User

pytestmark = pytest.mark.django_db
WANTED = {"name": "Najat", "email": "najat@example.org", "role": "accountant", "language": "ar"}
PASSWORD = "quatre mots de passe"


@pytest.fixture
def own() -> Cooperative:
    return make.make_published(name="Tamounte")


@pytest.fixture
def manager(own: Cooperative) -> User:
    user = make.make_member(own)
    enrol(user)
    return user


@pytest.fixture
def path(own: Cooperative) -> str:
    return f"/portal/{own.slug}/members/"


def test_a_member_is_invited_accepts_works_and_is_removed(
    own: Cooperative, manager: User, path: str
) -> None:
    office = browser(manager)
    assert path in office.get(f"/portal/{own.slug}/profile/").content.decode()
    assert office.post(path, WANTED)["Location"] == path
    assert "najat@example.org" in office.get(path).content.decode()
    work_off()
    (sent,) = [m for m in mail.outbox if m.to == ["najat@example.org"]]
    assert sent.extra_headers["Content-Language"] == "ar"
    link = re.search(r"/accounts/invitations/[\w-]+/", sent.body)
    assert link is not None

    newcomer = Client()
    newcomer.post(link[0], {"name": "Najat", "password1": PASSWORD, "password2": PASSWORD})
    assert newcomer.get(f"/portal/{own.slug}/").status_code == 200
    assert newcomer.get(path).status_code == 403
    assert not office.get(path).context["invitations"]

    membership = Membership.objects.within(own.scope).get(user__email="najat@example.org")
    assert office.get(f"{path}{membership.pk}/remove/").status_code == 200
    office.post(f"{path}{membership.pk}/remove/")
    assert newcomer.get(f"/portal/{own.slug}/").status_code == 404


def test_inviting_and_removing_want_a_recent_code(
    own: Cooperative, manager: User, path: str
) -> None:
    tired = given_code(browser(manager), manager, minutes_ago=16)
    membership = Membership.objects.within(own.scope).get()

    for answer in (tired.post(path, WANTED), tired.post(f"{path}{membership.pk}/remove/")):
        assert answer["Location"].startswith("/accounts/2fa/reauthenticate/")
    assert not Invitation.objects.exists()
    assert Membership.objects.within(own.scope).exists()


def test_an_invitation_is_sent_again_and_withdrawn(manager: User, path: str) -> None:
    office = browser(manager)
    office.post(path, WANTED)
    invitation = Invitation.objects.get()
    Invitation.objects.update(expires_at=timezone.now())

    office.post(f"{path}invitations/{invitation.pk}/resend/")
    invitation.refresh_from_db()
    assert invitation.expires_at > timezone.now()
    office.post(f"{path}invitations/{invitation.pk}/withdraw/")
    invitation.refresh_from_db()
    assert invitation.withdrawn_at is not None
    assert office.post(f"{path}invitations/{invitation.pk}/resend/").status_code == 404


@pytest.mark.parametrize("wrong", [{"email": "nowhere"}, {"role": "president"}, {"name": ""}])
def test_what_is_mistyped_comes_back(manager: User, path: str, wrong: dict[str, str]) -> None:
    page = browser(manager).post(path, WANTED | wrong)

    assert page.status_code == 200
    assert 'class="err"' in page.content.decode()
    assert not Invitation.objects.exists()


def test_the_only_manager_stays_until_there_is_another(
    own: Cooperative, manager: User, path: str
) -> None:
    membership = Membership.objects.within(own.scope).get()
    office = browser(manager)

    office.post(f"{path}{membership.pk}/remove/")
    assert Membership.objects.within(own.scope).get() == membership
    make.make_member(own)
    office.post(f"{path}{membership.pk}/remove/")
    assert office.get(path).status_code == 404


@pytest.mark.parametrize("role", ["seller", "accountant"])
def test_only_managers_see_the_members(own: Cooperative, path: str, role: str) -> None:
    member = browser(make.make_member(own, role))

    assert member.get(path).status_code == 403
    assert member.post(path, WANTED).status_code == 403
