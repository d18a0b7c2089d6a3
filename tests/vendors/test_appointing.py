"""The operator appoints the first two coordinators, and no third."""

import json
from io import StringIO

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.core import mail
from django.core.management import CommandError, call_command
from django.test import Client

from marketplace.core.errors import Forbidden
from marketplace.core.models import AuditEntry
from tests.factories import vendors as make
from vendors import services
from vendors.models import Programme, StaffGrant, User
from vendors.policy import programmes_of

pytestmark = pytest.mark.django_db
TWO = ("amal@example.org", "brahim@example.org")


def appoint(*emails: str, **options: object) -> dict[str, str]:
    out = StringIO()
    call_command("programme", "appoint", "mourafaka", *emails, json=True, stdout=out, **options)
    found: dict[str, str] = json.loads(out.getvalue())
    return found


@pytest.fixture(autouse=True)
def programme() -> Programme:
    return make.make_programme()


def in_office() -> list[str]:
    return sorted(u.email for u in User.objects.all() if programmes_of(u))


def prove(email: str) -> None:
    own = {"user": User.objects.get(email=email), "email": email}
    EmailAddress.objects.update_or_create(**own, defaults={"verified": True, "primary": True})


def test_two_persons_get_a_link_and_are_in_office_once_they_used_it() -> None:
    assert appoint(*TWO) == dict.fromkeys(TWO, "mailed")
    assert [sent.to for sent in mail.outbox] == [[email] for email in TWO]
    assert all("/accounts/password/reset/key/" in sent.body for sent in mail.outbox)
    assert in_office() == []
    for email in TWO:
        prove(email)
    assert in_office() == list(TWO)
    assert AuditEntry.objects.filter(action="programme.appointed").count() == 2


def test_the_command_closes_itself() -> None:
    appoint(*TWO)
    for email in TWO:
        prove(email)
    with pytest.raises(CommandError, match="closed"):
        appoint("carla@example.org", "dris@example.org")
    with pytest.raises(CommandError, match="closed"):
        appoint(TWO[0], "carla@example.org")
    assert in_office() == list(TWO)


def test_it_is_closed_where_somebody_else_brought_a_coordinator_in(programme: Programme) -> None:
    make.make_staff(programme)
    with pytest.raises(CommandError, match="closed"):
        appoint(*TWO)
    assert not StaffGrant.objects.filter(user__email__in=TWO).exists()


def test_a_mistyped_address_is_replaced_until_its_owner_came() -> None:
    appoint("amal@exanple.org", TWO[1])
    prove(TWO[1])
    assert appoint(*TWO) == {TWO[0]: "mailed", TWO[1]: "in office"}
    assert not StaffGrant.objects.filter(user__email="amal@exanple.org").exists()


@pytest.mark.parametrize(
    "emails", [(), ("a@example.org",), ("a@example.org", "A@example.org"), ("a@example.org", "b")]
)
def test_two_different_addresses_are_needed(emails: tuple[str, ...]) -> None:
    with pytest.raises(CommandError, match="Two different"):
        appoint(*emails)
    assert not StaffGrant.objects.exists()


def test_without_a_mail_server_the_links_are_printed_on_request() -> None:
    printed = appoint(*TWO, print_links=True)
    assert mail.outbox == []
    assert all("/accounts/password/reset/key/" in link for link in printed.values())


def test_a_mail_server_that_does_not_answer_is_said(settings: pytest.FixtureRequest) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"  # type: ignore[attr-defined]
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9  # type: ignore[attr-defined]
    with pytest.raises(CommandError, match="--print-links"):
        appoint(*TWO)


def test_a_lost_phone_is_removed_by_a_logged_command_that_tells_its_owner() -> None:
    user = make.make_staff(Programme.objects.get())
    browser = Client()
    browser.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    assert browser.get("/accounts/sessions/").status_code == 200

    call_command("reset_factor", user.email, stdout=StringIO())

    assert browser.get("/accounts/sessions/").status_code == 302
    assert not Authenticator.objects.filter(user=user).exists()
    assert AuditEntry.objects.filter(action="account.factor_reset").count() == 1
    assert [sent.to for sent in mail.outbox] == [[user.email]]
    with pytest.raises(Forbidden):
        services.reset_factor(user=user, by=user.actor)
