"""Staff look at the cooperatives' money, and let one of them leave."""

from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest
import time_machine
from django.test import Client

from marketplace.core.models import AuditEntry
from marketplace.core.money import Money
from marketplace.ledger.chart import AccountCode
from marketplace.payouts import services
from tests.payouts.world import make_cooperative, make_programme, make_user, sold_and_delivered
from tests.web.browsers import browser
from vendors.models import Cooperative, CooperativeStatus, Membership, Programme

pytestmark = pytest.mark.django_db
MONEY = "/staff/mourafaka/payouts/cooperatives/"
LEAVE = "/staff/mourafaka/cooperatives/by-name/tifawine/leave/"


@pytest.fixture(autouse=True)
def today() -> Iterator[None]:
    with time_machine.travel(datetime(2026, 11, 26, 9, tzinfo=UTC), tick=True):
        yield


@pytest.fixture
def programme() -> Programme:
    return make_programme()


@pytest.fixture
def tifawine(programme: Programme) -> Cooperative:
    found = make_cooperative(programme, "tifawine")
    sold_and_delivered(found)
    return found


def staff(programme: Programme, role: str) -> Client:
    return browser(make_user(role, programme, role))


def test_finance_reads_where_the_money_is_and_why_it_waits(
    programme: Programme, tifawine: Cooperative
) -> None:
    handler = make_user("handler", programme, "finance_approver")
    client = browser(handler)

    listed = client.get(MONEY).content.decode()
    assert f'href="{MONEY}tifawine/"' in listed
    assert "88,00\u00a0DH" in listed

    services.place_hold(cooperative=tifawine, reason="Contrat à signer", by=handler.actor)
    html = client.get(f"{MONEY}tifawine/").content.decode()
    assert "Contrat à signer" in html
    assert "suspendu par le programme" in html.lower()
    assert client.get(MONEY, {"only": "on_hold"}).content.decode().count("tifawine/") == 1
    assert client.get(MONEY, {"only": "negative"}).content.decode().count("tifawine/") == 0


def test_the_cooperative_reads_why_its_payouts_are_held(
    programme: Programme, tifawine: Cooperative
) -> None:
    handler = make_user("handler", programme, "finance_approver")
    services.place_hold(cooperative=tifawine, reason="Contrat à signer", by=handler.actor)
    manager = make_user("manager")
    Membership.objects.create(user=manager, cooperative=tifawine, role="manager")
    preparer = make_user("preparer", programme, "finance_preparer")
    sold_and_delivered(make_cooperative(programme, "paid"))
    run = services.prepare_run(programme=programme, by=preparer.actor)
    services.approve_run(run=run, typed_total=run.total_minor, by=handler.actor)
    line = run.lines.get(state="held")

    client = browser(manager)
    for address in ("/portal/tifawine/money/", f"/portal/tifawine/money/payments/{line.pk}/"):
        html = client.get(address).content.decode()
        assert "Contrat à signer" in html, address
        assert "compte bancaire confirmé" not in html


def test_it_leaves_only_after_a_reason_and_a_tick(
    programme: Programme, tifawine: Cooperative
) -> None:
    client = staff(programme, "coordinator")
    asked = client.get(LEAVE).content.decode()
    assert "88,00\u00a0DH" in asked

    for told in ({}, {"reason": "Fusion"}, {"confirmed": "on"}):
        assert client.post(LEAVE, told).status_code == 200
    tifawine.refresh_from_db()
    assert tifawine.status == CooperativeStatus.ACTIVE

    answer = client.post(LEAVE, {"reason": "Fusion", "confirmed": "on"})
    assert answer.status_code == 302
    tifawine.refresh_from_db()
    assert tifawine.status == CooperativeStatus.LEFT
    client.post(LEAVE, {"reason": "Fusion", "confirmed": "on"})
    assert AuditEntry.objects.filter(action="cooperative.left").count() == 1


def test_a_preparer_lets_nobody_leave(programme: Programme, tifawine: Cooperative) -> None:
    client = staff(programme, "finance_preparer")
    assert client.post(LEAVE, {"reason": "x", "confirmed": "on"}).status_code == 403
    tifawine.refresh_from_db()
    assert tifawine.status == CooperativeStatus.ACTIVE


def test_an_approver_ends_a_balance_below_zero(programme: Programme) -> None:
    # given a cooperative that owes 88.00 after a refund
    cooperative = make_cooperative(programme, "tifawine")
    services.bring_in_balances(
        programme=programme,
        on=date(2026, 1, 1),
        balances=[(AccountCode.RELEASED, Money(8_800, "MAD"), cooperative.pk)],
        source="former books",
        by=make_user("keeper", programme, "finance_approver").actor,
    )
    page, owes = f"{MONEY}tifawine/", f"{MONEY}tifawine/debt/MAD/"
    preparer = staff(programme, "finance_preparer")
    assert owes not in preparer.get(page).content.decode()
    client = staff(programme, "finance_approver")
    assert owes in client.get(page).content.decode()
    assert "88,00" in client.get(owes).content.decode()
    told = {"seen": "8800", "how": "borne", "amount": "88,00", "explanation": "Convention finie"}

    # what cannot be booked is said, and what was typed stays
    refused = client.post(owes, told | {"amount": "88,01"})
    assert refused.status_code == 422
    assert "Convention finie" in refused.content.decode()
    assert client.post(owes, told | {"seen": "1", "amount": "0,01"}).status_code == 422
    assert client.post(owes, told | {"how": "gift"}).status_code == 422

    assert client.post(owes, told, follow=True).status_code == 200
    assert client.post(owes, told).status_code == 422
    assert client.get(owes).status_code == 302
    assert preparer.post(owes, told).status_code == 403
