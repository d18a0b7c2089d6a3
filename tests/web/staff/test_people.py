"""Staff and members as staff see them: offered, invited, confirmed, revoked, advisers."""

import re

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from marketplace.core.actors import Actor
from marketplace.core.worker import work_off
from tests.factories import vendors as make
from tests.signing_in import enrol
from tests.web.browsers import browser
from vendors import services
from vendors.models import Cooperative, Invitation, Membership, Programme, StaffGrant, User
from vendors.policy import staff_access

pytestmark = pytest.mark.django_db
BY = Actor.system("test")


def test_a_new_person_is_invited_and_has_nothing_before(
    own: Cooperative, coordinator: Client
) -> None:
    path = "/staff/mourafaka/cooperatives/by-name/near/"
    wanted = {"name": "Fadma", "email": "Fadma@example.org", "role": "manager", "language": "ar"}
    assert coordinator.post(f"{path}members/", wanted | {"email": "no address"}).status_code == 200
    coordinator.post(f"{path}members/", wanted)

    assert not User.objects.filter(email="fadma@example.org").exists()
    assert Membership.objects.within(own.scope).count() == 0
    invitation = Invitation.objects.get(cooperative=own)
    assert (invitation.email, invitation.member_role) == ("fadma@example.org", "manager")
    assert "fadma@example.org" in coordinator.get(path).content.decode()
    coordinator.post(f"{path}invitations/{invitation.pk}/resend/")
    coordinator.post(f"{path}invitations/{invitation.pk}/withdraw/")
    invitation.refresh_from_db()
    assert invitation.withdrawn_at is not None
    assert "fadma@example.org" not in coordinator.get(path).content.decode()


def test_staff_remove_a_member_and_are_asked_first(own: Cooperative, coordinator: Client) -> None:
    member = make.make_member(own)
    membership = Membership.objects.within(own.scope).get()
    path = f"/staff/mourafaka/cooperatives/by-name/near/members/{membership.pk}/remove/"

    assert coordinator.get(path).status_code == 200
    assert browser(member).get("/portal/near/").status_code == 200
    coordinator.post(path)
    assert browser(member).get("/portal/near/").status_code == 404


def test_the_only_manager_is_told_why_they_cannot_remove_themselves(
    programme: Programme, own: Cooperative
) -> None:
    both = make.make_staff(programme)
    membership = Membership.objects.create(cooperative=own, user=both, role="manager")
    path = f"/staff/mourafaka/cooperatives/by-name/near/members/{membership.pk}/remove/"

    answer = browser(both, "en").post(path, follow=True)

    assert "This is the only manager." in answer.content.decode()
    assert Membership.objects.within(own.scope).get() == membership


def test_somebody_who_is_a_member_is_not_invited_again(
    own: Cooperative, coordinator: Client
) -> None:
    member = make.make_member(own)
    wanted = {"name": "F", "email": member.email, "role": "seller", "language": "fr"}
    path = "/staff/mourafaka/cooperatives/by-name/near/members/"

    page = coordinator.post(path, wanted)

    assert page.status_code == 200
    assert 'class="err"' in page.content.decode()
    assert not Invitation.objects.exists()


def test_a_role_is_offered_sent_again_and_withdrawn(
    programme: Programme, coordinator: Client
) -> None:
    people = "/staff/mourafaka/people/"
    wanted = {"name": "Said", "email": "said@example.org", "role": "observer", "language": "fr"}
    coordinator.post(people, wanted)

    offer = Invitation.objects.get(programme=programme)
    assert not User.objects.filter(email="said@example.org").exists()
    assert "said@example.org" in coordinator.get(people).content.decode()
    coordinator.post(f"{people}offers/{offer.pk}/resend/")
    coordinator.post(f"{people}offers/{offer.pk}/withdraw/")
    offer.refresh_from_db()
    assert offer.withdrawn_at is not None
    assert "said@example.org" not in coordinator.get(people).content.decode()


def test_an_offer_of_another_programme_cannot_be_touched(coordinator: Client) -> None:
    offer = services.offer_role(
        programme=make.make_programme("tahwissa"),
        invited=services.Invited("said@example.org", "Said", "fr"),
        role="observer",
        by=BY,
    )
    for act in ("resend", "withdraw"):
        answer = coordinator.post(f"/staff/mourafaka/people/offers/{offer.pk}/{act}/")
        assert answer.status_code == 404
    offer.refresh_from_db()
    assert offer.withdrawn_at is None


def test_a_role_is_confirmed_by_another(programme: Programme, coordinator: Client) -> None:
    proposer = User.objects.get(pk=coordinator.session["_auth_user_id"])
    said = make.make_user()
    grant = services.grant_role(
        programme=programme, user=said, role="finance_approver", by=proposer.actor
    )
    path = f"/staff/mourafaka/people/{grant.pk}/confirm/"

    coordinator.post(path)
    grant.refresh_from_db()
    assert grant.confirmed_by is None
    StaffGrant.objects.filter(pk=grant.pk).update(granted_at=timezone.now())
    browser(make.make_staff(programme)).post(path)
    grant.refresh_from_db()
    assert grant.confirmed_by is not None
    assert browser(said).get("/staff/mourafaka/").status_code == 404


def test_a_coordinator_leaves_once_a_successor_is_in_office(
    programme: Programme, coordinator: Client
) -> None:
    own = StaffGrant.objects.get(programme=programme)
    waiting = services.grant_role(
        programme=programme, user=make.make_user(), role="regional", region_codes=["MA-09"],
        by=own.user.actor,
    )  # fmt: skip
    path = f"/staff/mourafaka/people/{own.pk}/revoke/"

    page = coordinator.post(path, follow=True)
    assert "successeur" in page.content.decode()
    assert coordinator.get("/staff/mourafaka/people/").status_code == 200

    successor = make.make_staff(programme)
    coordinator.post(path)
    assert coordinator.get("/staff/mourafaka/people/").status_code == 404
    # What the coordinator had proposed can be decided.
    browser(successor).post(f"/staff/mourafaka/people/{waiting.pk}/confirm/")
    waiting.refresh_from_db()
    assert waiting.confirmed_by == successor


def test_an_adviser_sees_the_page_of_their_cooperative_and_little_else(
    programme: Programme, own: Cooperative, coordinator: Client
) -> None:
    other = make.make_published("other")
    member = make.make_member(own)
    path = "/staff/mourafaka/cooperatives/by-name/near/"
    today = timezone.localdate().isoformat()
    wanted = {"name": "A", "email": "adviser@example.org", "language": "fr", "from_on": today}
    assert coordinator.post(f"{path}advisers/", wanted | {"to_on": today}).status_code == 200
    coordinator.post(f"{path}advisers/", wanted)
    adviser = make.make_user(email="adviser@example.org")
    work_off()
    link = re.search(r"/accounts/invitations/[\w-]+/", mail.outbox[-1].body)
    assert link is not None
    advisers_browser = browser(adviser)
    advisers_browser.post(link[0])

    assert advisers_browser.get(path).status_code == 302  # to set up a second factor
    enrol(adviser)
    advisers_browser = browser(adviser)
    page = advisers_browser.get(path).content.decode()
    assert own.legal_name in page
    assert member.email not in page
    listed = advisers_browser.get("/staff/mourafaka/cooperatives/").content.decode()
    assert "by-name/near/" in listed
    assert f"by-name/{other.slug}/" not in listed
    assert advisers_browser.get("/accounts/home/")["Location"] == "/staff/mourafaka/advising/"
    for closed, status in (("", 403), ("people/", 403), ("cooperatives/by-name/other/", 404)):
        assert advisers_browser.get(f"/staff/mourafaka/{closed}").status_code == status

    grant = StaffGrant.objects.get(user=adviser)
    assert "adviser@example.org" in coordinator.get(f"{path}advisers/").content.decode()
    coordinator.post(f"{path}advisers/{grant.pk}/end/")
    assert advisers_browser.get(path).status_code == 404
    # It stays known who advised, and when.
    assert "adviser@example.org" in coordinator.get(f"{path}advisers/").content.decode()


def test_an_adviser_without_regions_is_sent_back(coordinator: Client) -> None:
    answer = coordinator.post(
        "/staff/mourafaka/people/",
        {"name": "Said", "email": "said@example.org", "role": "regional", "language": "fr"},
    )

    assert answer.status_code == 200
    assert not User.objects.filter(email="said@example.org").exists()


def test_a_role_of_another_programme_cannot_be_touched(coordinator: Client) -> None:
    other = make.make_programme("tahwissa")
    person = make.make_staff(other, "finance_approver")
    grant = StaffGrant.objects.get(user=person)

    for act in ("confirm", "revoke"):
        answer = coordinator.post(f"/staff/mourafaka/people/{grant.pk}/{act}/")
        assert answer.status_code == 404
    assert staff_access(person, other.slug, "payout:read")


def test_taking_a_role_back_asks_first(programme: Programme, coordinator: Client) -> None:
    person = make.make_staff(programme, "observer")
    grant = StaffGrant.objects.get(user=person)
    path = f"/staff/mourafaka/people/{grant.pk}/revoke/"

    assert coordinator.get(path).status_code == 200
    assert browser(person).get("/staff/mourafaka/").status_code == 200
    coordinator.post(path)
    assert browser(person).get("/staff/mourafaka/").status_code == 404
