"""Every button that moves money, clicked twice: both clicks arrive at once, by one session."""

import re
import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
import time_machine
from django.conf import settings
from django.contrib.messages import get_messages
from django.db import connections
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from marketplace.core.models import AuditEntry
from marketplace.orders.models import Order
from marketplace.payments import services as payments
from marketplace.payments import sync
from marketplace.payments.models import Refund
from marketplace.payouts.book_checks import findings
from marketplace.payouts.models import BankFile, PayoutRun
from marketplace.payouts.runs.send import resume_sent_runs
from tests.factories import vendors as make
from tests.fakes.stripe import FakeStripe
from tests.payments.world import make_sale
from tests.payouts.killed.service import served
from tests.payouts.stripe_transfers import approved, cooperative_with_account
from tests.payouts.world import (
    balances,
    make_cooperative,
    make_programme,
    make_user,
    sold_and_delivered,
)
from tests.web.browsers import browser, twin
from tests.web.second_factor import with_code
from vendors.models import BankAccount
from vendors.scoping import Crossing

pytestmark = pytest.mark.django_db(transaction=True)
BASE = "/staff/mourafaka/payouts/"
RUN = f"{BASE}VR-2026-11-26/"
Said = tuple[int, list[str]]


@pytest.fixture(autouse=True)
def today() -> Iterator[None]:
    with time_machine.travel(datetime(2026, 11, 26, 9, tzinfo=UTC), tick=True):
        yield


def said(answer: HttpResponse) -> Said:
    told = [str(message) for message in get_messages(answer.wsgi_request)]  # type: ignore[attr-defined]
    return answer.status_code, told


def double_click(client: Client, address: str, data: dict[str, str] | None = None) -> list[Said]:
    """Post twice at once; returns what each click was told, in the order of their texts."""
    gate, answers = threading.Barrier(2), list[Said]()

    def click(each: Client) -> None:
        gate.wait()
        try:
            answers.append(said(each.post(address, data or {})))
        finally:
            connections.close_all()

    threads = [threading.Thread(target=click, args=(c,)) for c in (twin(client), twin(client))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(answers) == 2
    return answers


def acts(action: str) -> int:
    return AuditEntry.objects.filter(action=action).count()


@pytest.fixture
def people() -> tuple[Client, Client]:
    """A preparer and an approver; a cooperative waits for 88 dirhams."""
    programme = make_programme()
    sold_and_delivered(make_cooperative(programme))
    return (
        browser(make_user("preparer", programme, "finance_preparer"), "en"),
        browser(make_user("approver", programme, "finance_approver"), "en"),
    )


def test_prepare_approve_file_and_send_clicked_twice_pay_once(
    people: tuple[Client, Client],
) -> None:
    preparer, approver = people

    answers = double_click(preparer, f"{BASE}prepare/", {"currency": "MAD"})
    assert {status for status, _told in answers} == {302}
    assert (PayoutRun.objects.count(), acts("payout.prepare")) == (1, 1)
    assert balances()["in_run"] == -8_800

    answers = double_click(approver, f"{RUN}approve/", {"total": "88.00"})
    assert sorted(status for status, _told in answers) == [302, 422]
    assert (PayoutRun.objects.get().state, acts("payout.approve")) == ("approved", 1)

    answers = double_click(approver, f"{RUN}file/")
    assert {status for status, _told in answers} == {302}
    assert (BankFile.objects.count(), acts("payout.file")) == (3, 1)

    answers = double_click(preparer, f"{RUN}sent/")
    assert {status for status, _told in answers} == {302}
    assert (PayoutRun.objects.get().state, acts("payout.send")) == ("sent", 1)

    double_click(preparer, f"{RUN}settled/", {"confirmed": "on"})
    assert (PayoutRun.objects.get().state, acts("payout.settle")) == ("settled", 1)
    assert balances()["bank"] == -8_800
    assert "in_run" not in balances()
    assert list(findings()) == []


def test_paying_by_stripe_clicked_twice_makes_one_transfer_for_each(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    programme = make_programme(currency="EUR")
    preparer = make_user("preparer", programme, "finance_preparer")
    approver = make_user("approver", programme, "finance_approver")
    fake = FakeStripe()
    fake.fund(100_000, "eur")
    accounts = [fake.add_account(), fake.add_account()]
    for slug, account in zip(("alpes", "berry"), accounts, strict=True):
        cooperative_with_account(programme, slug, account)
    approved(programme, preparer, approver)
    monkeypatch.setattr(settings, "STRIPE_SECRET_KEY", "sk_test_fake")

    with served(fake) as address:
        monkeypatch.setattr(settings, "STRIPE_API_BASE", address)
        answers = double_click(browser(preparer, "en"), f"{RUN}pay/")
        # Where both clicks asked Stripe at the same moment the clock finishes what is open.
        resume_sent_runs()

    assert {status for status, _told in answers} == {302}
    transfers = fake.books.all_of("transfer")
    assert sorted((t["destination"], t["amount"]) for t in transfers) == [
        (account, 8_800) for account in sorted(accounts)
    ]
    assert (PayoutRun.objects.get().state, acts("payout.send")) == ("settled", 1)
    assert "in_run" not in balances("EUR")
    assert list(findings()) == []


def test_the_second_click_is_told_in_words(people: tuple[Client, Client]) -> None:
    preparer, approver = people
    preparer.post(f"{BASE}prepare/", {"currency": "MAD"})

    again = said(preparer.post(f"{BASE}prepare/", {"currency": "MAD"}))
    assert again[0] == 302
    assert again[1] != ["Prepared. Someone else must now approve it."]
    approver.post(f"{RUN}approve/", {"total": "88.00"})
    answer = approver.post(f"{RUN}approve/", {"total": "88.00"})
    assert "another step" in answer.content.decode()


def test_a_refund_clicked_twice_goes_back_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "TEST_PAYMENTS", True)
    monkeypatch.setattr("marketplace.payments.engine.refund", lambda _refund: True)
    sale = make_sale()
    sync.transaction_initialize(sale.pay_payload())
    sale.place()
    payments.capture_payments(order_id=sale.order_id)
    part = sale.part_of(Order.objects.get(pk=sale.order_id), sale.weavers)
    coordinator = browser(make.make_staff(sale.programme), "en")
    address = reverse(
        "staff:refund-order",
        kwargs={"programme": sale.programme.slug, "vendor_order_id": part.pk},
    )
    form = coordinator.get(address).content.decode()
    seen = re.search(r'name="seen" value="(\d+)"', form)
    assert seen is not None

    # One of three pieces: a second refund of one would be possible, and is not what was meant.
    told = {f"line-{part.lines.get().pk}": "1", "reason": "Broken", "confirmed": "on"}
    answers = double_click(coordinator, address, {**told, "seen": seen[1]})

    assert {status for status, _told in answers} == {302}
    assert sorted(message for _status, [message] in answers) == [
        "Another refund of this order was made after you opened the page, so nothing more was "
        "refunded. Check below before you refund again.",
        "The buyer has been refunded.",
    ]
    rows: Any = Refund.objects.crossing(Crossing.BUYER_ORDER)
    assert rows.count() == 1
    # Meant, with the page seen anew: it is made.
    coordinator.post(address, {**told, "seen": "1"})
    assert rows.count() == 2


def test_a_bank_account_confirmed_twice_is_confirmed_once() -> None:
    own = make.make_published(name="Tamounte")
    first, second = make.make_member(own), make.make_member(own, "accountant")
    path = f"/portal/{own.slug}/profile/bank-account/"
    account = {"holder_name": "COOP", "number": "011519000001205000534921", "bic": ""}
    with_code(browser(first, "en"), first).post(f"{path}change/", account)

    answers = double_click(with_code(browser(second, "en"), second), f"{path}confirm/")

    assert {status for status, _told in answers} == {302}
    assert ["Confirmed. The next payout goes to this account."] in [told for _s, told in answers]
    rows: Any = BankAccount.objects.within(own.scope)
    assert rows.get().confirmed_by == second
    assert acts("bank_account.confirmed") == 1


def test_a_bank_account_named_twice_waits_once() -> None:
    own = make.make_published(name="Tamounte")
    manager = make.make_member(own)
    path = f"/portal/{own.slug}/profile/bank-account/"
    account = {"holder_name": "COOP", "number": "011519000001205000534921", "bic": ""}

    answers = double_click(with_code(browser(manager, "en"), manager), f"{path}change/", account)

    assert {status for status, _told in answers} == {302}
    waiting: Any = BankAccount.objects.within(own.scope).filter(replaced_at=None)
    assert waiting.count() == 1


def test_staff_confirm_an_account_twice() -> None:
    own = make.make_published(name="Tamounte")
    manager = make.make_member(own)
    path = f"/portal/{own.slug}/profile/bank-account/"
    account = {"holder_name": "COOP", "number": "011519000001205000534921", "bic": ""}
    with_code(browser(manager, "en"), manager).post(f"{path}change/", account)
    coordinator = make.make_staff(own.programme)
    address = reverse(
        "staff:cooperative-account",
        kwargs={"programme": own.programme.slug, "slug": own.slug},
    )

    answers = double_click(with_code(browser(coordinator, "en"), coordinator), address)

    assert {status for status, _told in answers} == {302}
    assert acts("bank_account.confirmed") == 1
