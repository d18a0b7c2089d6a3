"""From nothing to the first approved payout, by the steps of docs/operator/first-steps.md."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from io import StringIO

import pytest
import time_machine
from django.core.cache import cache
from django.core.management import call_command
from django.test import Client

from marketplace.payouts.models import PayoutRun
from tests.payouts.world import make_cooperative, sold_and_delivered
from tests.web.entrance import PASSWORD, fresh, set_up_phone, sign_in, sign_in_with_code
from vendors import services
from vendors.models import Programme, StaffGrant, User

pytestmark = pytest.mark.django_db(transaction=True)
FIRST, SECOND = "amal@example.org", "brahim@example.org"
PREPARER, APPROVER = "chafia@example.org", "driss@example.org"


@pytest.fixture(autouse=True)
def no_counts() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


def command(*words: str, **options: object) -> dict[str, str]:
    out = StringIO()
    call_command("programme", *words, json=True, stdout=out, **options)
    found: dict[str, str] = json.loads(out.getvalue())
    return found


def person(email: str) -> User:
    return User.objects.get(email=email)


def come_in(email: str, link: str) -> Client:
    """Open the link, choose a password, sign in, set the phone up."""
    client = fresh()
    where = client.get(link.removeprefix("http://localhost:8000"), follow=True).redirect_chain[-1]
    client.post(where[0], {"password1": PASSWORD, "password2": PASSWORD})
    sign_in(client, email)
    set_up_phone(client)
    return client


def give_role(email: str, role: str) -> None:
    """One coordinator offers it, its owner accepts by the link, the other coordinator confirms."""
    invitation = services.offer_role(
        programme=Programme.objects.get(),
        invited=services.Invited(email, email, "fr"),
        role=role,
        by=person(FIRST).actor,
    )
    token = services.issue_token(invitation)
    assert token is not None
    services.accept_invitation(token=token, user=None, name=email, password=PASSWORD)
    client = fresh()
    sign_in(client, email)
    set_up_phone(client)
    grant = StaffGrant.objects.get(user__email=email)
    services.confirm_grant(grant=grant, by=person(SECOND).actor)


def test_from_nothing_to_the_first_approved_payout() -> None:
    with time_machine.travel(datetime(2026, 11, 25, 8, tzinfo=UTC), tick=True) as travelling:
        command("create", "mourafaka", name="Mourafaka", payer="Office")
        links = command("appoint", "mourafaka", FIRST, SECOND, print_links=True)
        for email, link in links.items():
            assert come_in(email, link).get("/staff/mourafaka/").status_code == 200
        travelling.shift(timedelta(hours=25))

        give_role(PREPARER, "finance_preparer")
        give_role(APPROVER, "finance_approver")
        programme = Programme.objects.get()
        sold_and_delivered(make_cooperative(programme))
        early = fresh()
        sign_in_with_code(early, person(PREPARER), steps=1)
        refused = early.post("/staff/mourafaka/payouts/prepare/", {"currency": "MAD"})
        assert refused.status_code in {403, 404}
        assert not PayoutRun.objects.exists()
        travelling.shift(timedelta(hours=25))

        preparer, approver = fresh(), fresh()
        sign_in_with_code(preparer, person(PREPARER))
        sign_in_with_code(approver, person(APPROVER))
        preparer.post("/staff/mourafaka/payouts/prepare/", {"currency": "MAD"})
        run = PayoutRun.objects.get()
        page = f"/staff/mourafaka/payouts/{run.reference}/"
        total = f"{run.total_minor / 100:.2f}".replace(".", ",")
        approver.post(f"{page}approve/", {"total": total})

    run.refresh_from_db()
    assert run.state == "approved"
