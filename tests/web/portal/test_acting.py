"""An adviser acts for a cooperative: what is shown, recorded and mailed, and what stays closed."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from catalog.models import RevisionState
from catalog.services import approve_revision
from marketplace.core.models import AuditEntry
from marketplace.core.worker import work_off
from tests.factories import vendors as make
from tests.web.browsers import browser
from tests.web.portal.listing_forms import answers, photograph, the_revision, url
from vendors.acting_mails import tell_of_acts
from vendors.errors import SamePersonTwice
from vendors.models import Cooperative, StaffGrant, User
from vendors.services import grant_role, let_advisers_act, revoke_grant

pytestmark = pytest.mark.django_db


@pytest.fixture
def adviser(cooperative: Cooperative) -> User:
    return make.make_adviser(cooperative)


@pytest.fixture
def laptop(adviser: User) -> Client:
    return browser(adviser, "en")


def home(cooperative: Cooperative) -> str:
    return f"/portal/{cooperative.slug}/"


def test_what_an_adviser_lists_says_by_whom_for_whom(
    laptop: Client, phone: Client, adviser: User, cooperative: Cooperative, media_folder: Path
) -> None:
    assert media_folder.exists()
    sent = laptop.post(url("listing-new", cooperative), answers(photos=[photograph()]))

    revision = the_revision(cooperative)
    assert sent.status_code == 302
    assert revision.state == RevisionState.SUBMITTED
    told = AuditEntry.objects.get(action="revision.submitted")
    assert (told.actor_id, told.acts_for) == (str(adviser.pk), str(cooperative.pk))
    by = f"{adviser.name} for {cooperative.legal_name}"
    for page in (
        url("listing", cooperative, listing_id=revision.listing_id),
        url("adviser", cooperative),
    ):
        shown = phone.get(page).content.decode()
        assert by in shown
        assert "Product sent for review" in shown
    # the banner is the adviser's, not the member's
    assert "Stop acting" in laptop.get(home(cooperative)).content.decode()
    assert "Stop acting" not in phone.get(home(cooperative)).content.decode()


def test_a_member_who_acts_for_herself_is_nobodys_adviser(
    phone: Client, cooperative: Cooperative, media_folder: Path
) -> None:
    assert media_folder.exists()
    phone.post(url("listing-new", cooperative), answers(photos=[photograph()]))

    assert set(AuditEntry.objects.values_list("acts_for", flat=True)) == {""}
    assert "Nothing yet" in phone.get(url("adviser", cooperative)).content.decode()


@pytest.mark.parametrize(
    "page",
    [
        "money",
        "money-statements",
        "money-invoices",
        "bank-account",
        "bank-account-change",
        "vouchers",
        "members",
    ],
)
def test_money_and_members_stay_closed(laptop: Client, cooperative: Cooperative, page: str) -> None:
    assert laptop.get(url(page, cooperative)).status_code == 403
    assert url(page, cooperative) not in laptop.get(home(cooperative)).content.decode()


def test_an_adviser_gives_a_second_factor(cooperative: Cooperative, adviser: User) -> None:
    client = browser(adviser)
    session = client.session
    session.pop("account_authentication_methods", None)
    session.save()

    asked = client.get(home(cooperative))

    assert asked.status_code == 302
    assert "reauthenticate" in asked["Location"]


def test_acting_ends_at_once_with_the_role(
    laptop: Client, adviser: User, cooperative: Cooperative
) -> None:
    grant = StaffGrant.objects.get(user=adviser)
    assert laptop.get(home(cooperative)).status_code == 200

    revoke_grant(grant=grant, by=make.make_staff(cooperative.programme).actor)

    assert laptop.get(home(cooperative)).status_code == 404
    assert laptop.post(url("listing-new", cooperative), answers()).status_code == 404


def test_a_manager_switches_acting_off_and_on(
    laptop: Client, phone: Client, cooperative: Cooperative, adviser: User
) -> None:
    office = f"/staff/{cooperative.programme.slug}/cooperatives/by-name/{cooperative.slug}/"
    assert home(cooperative) in laptop.get(office).content.decode()

    phone.post(url("adviser-acting", cooperative), {"may_act": "no"})
    assert laptop.get(home(cooperative)).status_code == 404
    # the page of the programme is still read, but nothing is done in the cooperative's name
    assert "switched off" in laptop.get(office).content.decode()
    questions = f"/staff/{cooperative.programme.slug}/reviews/"
    assert laptop.get(questions).status_code == 200

    phone.post(url("adviser-acting", cooperative), {"may_act": "yes"})
    assert laptop.get(home(cooperative)).status_code == 200
    assert laptop.post(url("adviser-acting", cooperative), {"may_act": "no"}).status_code == 403
    acts = AuditEntry.objects.filter(action="cooperative.advisers_may_act")
    assert [entry.details["may_act"] for entry in acts.order_by("pk")] == [False, True]


def test_nobody_approves_what_they_submitted_for_a_cooperative(
    laptop: Client, adviser: User, cooperative: Cooperative, media_folder: Path
) -> None:
    assert media_folder.exists()
    laptop.post(url("listing-new", cooperative), answers(photos=[photograph()]))

    with pytest.raises(SamePersonTwice):
        approve_revision(revision=the_revision(cooperative), by=adviser.actor)


def test_managers_are_mailed_once_of_what_reached_others(
    laptop: Client, manager: User, cooperative: Cooperative, media_folder: Path
) -> None:
    assert media_folder.exists()
    laptop.post(url("listing-new", cooperative), answers(photos=[photograph()]))
    work_off()
    mail.outbox.clear()

    tell_of_acts()
    tell_of_acts()
    work_off()

    (sent,) = [message for message in mail.outbox if message.to == [manager.email]]
    assert cooperative.legal_name in sent.body
    assert url("adviser", cooperative) in sent.body


def test_managers_are_told_who_advises_them(cooperative: Cooperative, manager: User) -> None:
    person = make.make_user("Rachid")
    grant_role(
        programme=cooperative.programme, user=person, role="adviser", cooperative=cooperative,
        from_on=timezone.localdate() - timedelta(days=1),
        by=make.make_staff(cooperative.programme).actor,
    )  # fmt: skip
    work_off()

    sent = [message for message in mail.outbox if message.to == [manager.email]]
    assert any("Rachid" in message.body for message in sent)


def test_switched_to_what_it_is_nothing_is_written(cooperative: Cooperative, manager: User) -> None:
    let_advisers_act(cooperative=cooperative, may_act=True, by=manager.actor)
    assert not AuditEntry.objects.filter(action="cooperative.advisers_may_act").exists()
