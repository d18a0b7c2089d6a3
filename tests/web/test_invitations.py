"""The link of an invitation: who accepts it, what ends with it, and what opens nothing."""

import re
from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.core import mail
from django.test import Client
from django.utils import timezone

from marketplace.core.models import AuditEntry
from marketplace.core.worker import work_off
from tests.factories import vendors as make
from tests.web.browsers import browser
from vendors import services
from vendors.models import Cooperative, Invitation, Membership, Programme, StaffGrant, User
from vendors.services import Invited

pytestmark = pytest.mark.django_db
PRESIDENT = "president@a-cooperative.example"
INVITED = Invited(PRESIDENT, "Fadma", "fr")
PASSWORD = "quatre mots de passe"
ANSWERS = {"name": "Fadma Tichka", "password1": PASSWORD, "password2": PASSWORD}
GONE = 410


@pytest.fixture
def programme() -> Programme:
    return make.make_programme()


@pytest.fixture
def own(programme: Programme) -> Cooperative:
    return make.make_cooperative(programme)


@pytest.fixture
def coordinator(programme: Programme) -> User:
    return make.make_staff(programme)


def link_of(invitation: Invitation) -> str:
    """The path in the mail that was sent last to the invited address."""
    work_off()
    sent = [m for m in mail.outbox if invitation.email in m.to]
    found = re.search(r"/accounts/invitations/[\w-]+/", sent[-1].body)
    assert found is not None
    return found[0]


def invite(own: Cooperative, by: User, role: str = "manager") -> Invitation:
    return services.invite_member(cooperative=own, invited=INVITED, role=role, by=by.actor)


def memberships(own: Cooperative) -> list[tuple[str, str]]:
    found = Membership.objects.within(own.scope).select_related("user")
    return sorted((m.user.email, m.role) for m in found)


def test_a_stranger_with_the_presidents_address_has_nothing_and_loses_the_account(
    own: Cooperative, coordinator: User
) -> None:
    stranger = User.objects.create_user(PRESIDENT, "the stranger's", name="Stranger")
    EmailAddress.objects.create(user=stranger, email=PRESIDENT, verified=False, primary=True)
    RecoveryCodes.activate(stranger)
    session = browser(stranger)
    invitation = invite(own, coordinator)
    assert session.get(f"/portal/{own.slug}/").status_code == 404

    path = link_of(invitation)
    assert memberships(own) == []
    president = Client()
    assert "Fadma" in president.get(path).content.decode()
    answer = president.post(path, ANSWERS)

    assert answer.status_code == 302
    assert memberships(own) == [(PRESIDENT, "manager")]
    assert president.get(f"/portal/{own.slug}/").status_code == 200
    assert session.get(f"/portal/{own.slug}/").status_code == 302  # signed out
    wrong = {"login": PRESIDENT, "password": "the stranger's"}
    assert Client().post("/accounts/login/", wrong).status_code == 200
    right = {"login": PRESIDENT, "password": PASSWORD}
    assert Client().post("/accounts/login/", right).status_code == 302
    assert User.objects.get(email=PRESIDENT).name == "Fadma Tichka"


def test_the_strangers_own_session_accepts_only_with_the_link(
    own: Cooperative, coordinator: User
) -> None:
    stranger = User.objects.create_user(PRESIDENT, "the stranger's", name="Stranger")
    session = browser(stranger)
    invite(own, coordinator)
    for guess in ("", "x", "A" * 43, "../home"):
        session.post(f"/accounts/invitations/{guess}/", ANSWERS)
    assert memberships(own) == []


def test_looking_at_the_link_changes_nothing(own: Cooperative, coordinator: User) -> None:
    path = link_of(invite(own, coordinator))
    before = AuditEntry.objects.count()

    for _ in range(3):
        page = Client().get(path)
        assert page.status_code == 200
        assert Client().head(path).status_code == 200
    assert page["Referrer-Policy"] == "no-referrer"
    assert "no-store" in page["Cache-Control"]
    assert memberships(own) == []
    assert AuditEntry.objects.count() == before
    assert not User.objects.filter(email=PRESIDENT).exists()


def test_a_link_works_once(own: Cooperative, coordinator: User) -> None:
    path = link_of(invite(own, coordinator))
    assert Client().post(path, ANSWERS).status_code == 302
    membership = Membership.objects.within(own.scope).get()
    services.remove_member(membership=membership, by=coordinator.actor)

    for again in (Client().get(path), Client().post(path, ANSWERS)):
        assert again.status_code == GONE
    assert memberships(own) == []


def withdrawn(invitation: Invitation, by: User) -> None:
    services.withdraw_invitation(invitation=invitation, by=by.actor)


def expired(invitation: Invitation, _by: User) -> None:
    Invitation.objects.filter(pk=invitation.pk).update(expires_at=timezone.now())


def sent_again(invitation: Invitation, by: User) -> None:
    services.resend_invitation(invitation=invitation, by=by.actor)


def offered_anew(invitation: Invitation, by: User) -> None:
    assert invitation.cooperative is not None
    invite(invitation.cooperative, by)


@pytest.mark.parametrize("spoil", [withdrawn, expired, sent_again, offered_anew])
def test_a_dead_link_opens_nothing(own: Cooperative, coordinator: User, spoil: object) -> None:
    invitation = invite(own, coordinator)
    path = link_of(invitation)

    spoil(invitation, coordinator)  # type: ignore[operator]
    work_off()

    for answer in (Client().get(path), Client().post(path, ANSWERS)):
        assert answer.status_code == GONE
    assert memberships(own) == []


def test_a_link_that_was_sent_again_works(own: Cooperative, coordinator: User) -> None:
    invitation = invite(own, coordinator)
    first = link_of(invitation)
    expired(invitation, coordinator)
    sent_again(invitation, coordinator)
    second = link_of(invitation)

    assert first != second
    assert Client().post(second, ANSWERS).status_code == 302
    assert memberships(own) == [(PRESIDENT, "manager")]


def test_somebody_signed_in_with_another_account_is_told_so(
    own: Cooperative, coordinator: User
) -> None:
    path = link_of(invite(own, coordinator))
    other = browser(make.make_user())

    assert PRESIDENT in other.get(path).content.decode()
    assert "account/logout" not in other.get(path).content.decode()
    other.post(path, ANSWERS)
    assert memberships(own) == []


def test_an_account_of_ones_own_accepts_when_signed_in(own: Cooperative, coordinator: User) -> None:
    person = make.make_user(email=PRESIDENT, password=PASSWORD)
    path = link_of(invite(own, coordinator))

    assert f"/accounts/login/?next={path}" in Client().get(path).content.decode()
    Client().post(path, ANSWERS | {"password1": "another password", "password2": ""})
    assert memberships(own) == []
    assert browser(person).post(path).status_code == 302
    assert memberships(own) == [(PRESIDENT, "manager")]
    person.refresh_from_db()
    assert person.check_password(PASSWORD)


@pytest.mark.parametrize(
    "wrong",
    [
        {"password1": "short", "password2": "short"},
        {"password2": "something else entirely"},
        {"name": ""},
        {"password1": "", "password2": ""},
    ],
)
def test_what_is_mistyped_comes_back_and_nothing_begins(
    own: Cooperative, coordinator: User, wrong: dict[str, str]
) -> None:
    path = link_of(invite(own, coordinator))

    page = Client().post(path, ANSWERS | wrong)

    assert page.status_code == 200
    assert 'class="err"' in page.content.decode()
    assert memberships(own) == []
    assert Client().post(path, ANSWERS).status_code == 302


def test_the_token_is_kept_nowhere(own: Cooperative, coordinator: User) -> None:
    path = link_of(invite(own, coordinator))
    token = path.strip("/").split("/")[-1]

    assert token not in str(list(Invitation.objects.values()))
    assert token not in str(list(AuditEntry.objects.values()))


def test_offers_of_somebody_who_was_removed_are_worthless(
    own: Cooperative, coordinator: User
) -> None:
    manager = make.make_member(own)
    path = link_of(invite(own, manager))
    membership = Membership.objects.within(own.scope).get(user=manager)
    services.remove_member(membership=membership, by=coordinator.actor)

    assert Client().post(path, ANSWERS).status_code == GONE
    assert memberships(own) == []


def offer(programme: Programme, by: User, role: str) -> Invitation:
    return services.offer_role(
        programme=programme, invited=INVITED, role=role, region_codes=["MA-09"], by=by.actor
    )


@pytest.mark.parametrize("role", ["coordinator", "regional", "finance_approver"])
def test_an_accepted_role_that_can_lead_to_money_waits_for_a_second_person(
    programme: Programme, coordinator: User, role: str
) -> None:
    second = make.make_staff(programme)
    path = link_of(offer(programme, coordinator, role))
    told = {to for message in mail.outbox for to in message.to}
    assert told == {PRESIDENT, coordinator.email, second.email}
    newcomer = Client()
    newcomer.post(path, ANSWERS)
    assert newcomer.get(f"/staff/{programme.slug}/").status_code == 404

    grant = StaffGrant.objects.get(user__email=PRESIDENT)
    mail.outbox.clear()
    work_off()
    assert {to for m in mail.outbox for to in m.to} == {PRESIDENT, coordinator.email, second.email}
    mail.outbox.clear()
    people = f"/staff/{programme.slug}/people/"
    browser(coordinator).post(f"{people}{grant.pk}/confirm/")
    grant.refresh_from_db()
    assert grant.confirmed_by is None
    browser(second).post(f"{people}{grant.pk}/confirm/")
    grant.refresh_from_db()
    assert grant.confirmed_by == second
    work_off()
    assert {to for m in mail.outbox for to in m.to} == {PRESIDENT, coordinator.email, second.email}
    assert newcomer.get(f"/staff/{programme.slug}/").status_code == 404
    StaffGrant.objects.filter(pk=grant.pk).update(effective_at=timezone.now() - timedelta(1))
    # In office; a second factor is to be set up first.
    assert newcomer.get(f"/staff/{programme.slug}/").status_code == 302


def test_an_observer_begins_with_the_acceptance(programme: Programme, coordinator: User) -> None:
    path = link_of(offer(programme, coordinator, "observer"))
    newcomer = Client()
    newcomer.post(path, ANSWERS)
    assert newcomer.get(f"/staff/{programme.slug}/").status_code == 302


def test_a_revoked_role_takes_its_open_offer_along(programme: Programme, coordinator: User) -> None:
    person = make.make_user(email=PRESIDENT)
    grant = make.grant_to(person, programme, "finance_preparer")
    path = link_of(offer(programme, coordinator, "finance_preparer"))
    services.revoke_grant(grant=grant, by=coordinator.actor)

    assert browser(person).post(path).status_code == GONE
    assert not StaffGrant.objects.filter(user=person).exists()
