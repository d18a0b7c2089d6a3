"""The pages of proposed refunds, and what happens when people act on one at the same moment."""

from typing import Any

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse

from tests.factories import vendors as make
from tests.payments.refund_world import (
    Till,
    limit,
    paid_sale,
    part,
    proposals,
    refunds,
    set_limit,
    stand_in,
)
from tests.payments.world import Sale
from tests.signing_in import given_code
from tests.web.browsers import at_once, browser, twin
from vendors.models import User

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def till(monkeypatch: pytest.MonkeyPatch) -> Till:
    set_limit(monkeypatch)
    return stand_in(monkeypatch)


@pytest.fixture
def sale(settings: Any, till: Till) -> Sale:
    return paid_sale(settings)


def address(sale: Sale, name: str, **more: object) -> str:
    return reverse(f"staff:{name}", kwargs={"programme": sale.programme.slug, **more})


def refund_page(sale: Sale) -> str:
    return address(sale, "refund-order", vendor_order_id=part(sale).pk)


def form(sale: Sale, **changes: str) -> dict[str, str]:
    line = part(sale).lines.get()
    return {
        f"line-{line.pk}": "1", "reason": "Arrived torn", "confirmed": "on", "seen": "0", **changes
    }  # fmt: skip


def propose(sale: Sale, by: User) -> str:
    """Propose on the page; returns the address to confirm it."""
    answer = browser(by, "en").post(refund_page(sale), form(sale))
    proposal = proposals().get()
    assert answer["Location"] == address(sale, "refund-proposal", proposal_id=proposal.pk)
    return address(sale, "refund-proposal-confirm", proposal_id=proposal.pk)


def test_from_the_form_to_the_confirmation(sale: Sale, till: Till) -> None:
    one = make.make_staff(sale.programme)
    two = make.make_staff(sale.programme, "finance_approver")
    shown = browser(one, "en").get(refund_page(sale)).content.decode()
    assert "MAD 200.00" in shown.replace("\xa0", " ") or "200" in shown
    confirm = propose(sale, one)

    # The person who proposed it sees no button; another one does.
    page = confirm.removesuffix("confirm/")
    assert confirm not in browser(one, "en").get(page).content.decode()
    assert confirm in browser(two, "en").get(page).content.decode()
    overview = browser(two, "en").get(address(sale, "overview")).content.decode()
    assert address(sale, "refund-proposals") in overview
    listed = browser(two, "en").get(address(sale, "refund-proposals")).content.decode()
    assert "Arrived torn" in listed
    assert (refunds().count(), till.paid_back) == (0, [])

    answer = browser(two, "en").post(confirm)

    assert [str(m) for m in get_messages(answer.wsgi_request)] == ["The buyer has been refunded."]
    assert (refunds().get().state, till.paid_back) == ("made", [50_000])
    assert confirm not in browser(two, "en").get(page).content.decode()


def test_own_confirmation_is_refused_whatever_the_page_offers(sale: Sale, till: Till) -> None:
    one = make.make_staff(sale.programme)
    confirm = propose(sale, one)

    answer = browser(one, "en").post(confirm)

    assert [str(m) for m in get_messages(answer.wsgi_request)] == [
        "Another person must confirm this."
    ]
    assert (refunds().count(), till.paid_back) == (0, [])


def test_confirming_asks_for_a_recent_code(sale: Sale, till: Till) -> None:
    confirm = propose(sale, make.make_staff(sale.programme))
    two = make.make_staff(sale.programme, "finance_approver")
    client = given_code(browser(two, "en"), two, minutes_ago=60)

    assert client.post(confirm)["Location"].startswith("/accounts/2fa/reauthenticate/")
    assert till.paid_back == []


@pytest.mark.parametrize(
    ("role", "regions", "status"),
    [("observer", (), 403), ("regional", ("MA-09",), 403), ("finance_approver", ("MA-01",), 404)],
)
def test_who_may_not_confirm(
    sale: Sale, till: Till, role: str, regions: tuple[str, ...], status: int
) -> None:
    confirm = propose(sale, make.make_staff(sale.programme))
    client = browser(make.make_staff(sale.programme, role, regions=regions), "en")

    assert client.post(confirm).status_code == status
    assert client.post(confirm.replace("confirm/", "withdraw/")).status_code == status
    assert proposals().get().state == "open"


def test_what_was_typed_comes_back_when_another_proposal_waits(sale: Sale) -> None:
    one, two = make.make_staff(sale.programme), make.make_staff(sale.programme)
    propose(sale, one)

    answer = browser(two, "en").post(refund_page(sale), form(sale, reason="Came back by post"))

    shown = answer.content.decode()
    assert answer.status_code == 200
    assert "already waiting to be confirmed" in shown
    assert "Came back by post" in shown
    assert proposals().count() == 1


def test_withdrawn_it_can_be_proposed_again(sale: Sale, till: Till) -> None:
    one = make.make_staff(sale.programme)
    confirm = propose(sale, one)

    browser(one, "en").post(confirm.replace("confirm/", "withdraw/"))

    assert proposals().get().state == "withdrawn"
    two = make.make_staff(sale.programme, "finance_approver")
    browser(two, "en").post(confirm)
    assert till.paid_back == []
    assert browser(one, "en").post(refund_page(sale), form(sale)).status_code == 302
    assert proposals().filter(state="open").count() == 1


def test_two_who_confirm_at_once_refund_once(sale: Sale, till: Till) -> None:
    confirm = propose(sale, make.make_staff(sale.programme))
    people = [make.make_staff(sale.programme, "finance_approver") for _ in range(3)]
    clients = [browser(user, "en") for user in people]

    at_once([lambda c=client: c.post(confirm) for client in (*clients, twin(clients[0]))])

    assert till.paid_back == [50_000]
    assert refunds().count() == 1
    assert proposals().get().state == "confirmed"


def test_confirming_and_withdrawing_at_once_agree(sale: Sale, till: Till) -> None:
    confirm = propose(sale, make.make_staff(sale.programme))
    one, two = (
        browser(make.make_staff(sale.programme, "finance_approver"), "en") for _ in range(2)
    )

    at_once([
        lambda: one.post(confirm), lambda: two.post(confirm.replace("confirm/", "withdraw/"))
    ])  # fmt: skip

    assert (proposals().get().state, till.paid_back) in [
        ("confirmed", [50_000]),
        ("withdrawn", []),
    ]


def test_proposing_twice_at_once_makes_one_proposal(sale: Sale) -> None:
    client = browser(make.make_staff(sale.programme), "en")
    path, filled = refund_page(sale), form(sale)

    at_once([lambda c=c: c.post(path, filled) for c in (client, twin(client), twin(client))])

    assert proposals().count() == 1


def test_six_refunds_at_once_never_pass_the_limit(
    sale: Sale, till: Till, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of two parts of one order, by several persons: each alone is below the limit."""
    most = 9_000
    set_limit(monkeypatch, limit(most))
    weavers, growers = part(sale, "weavers"), part(sale)
    line = weavers.lines.get()
    wanted = [
        (weavers, {f"line-{line.pk}": "2", "reason": "x", "confirmed": "on", "seen": ""}),
        (weavers, {"include_shipping": "on", "reason": "x", "confirmed": "on", "seen": ""}),
        (growers, {"include_shipping": "on", "reason": "x", "confirmed": "on", "seen": ""}),
    ] * 2
    acts = []
    for order, filled in wanted:
        client = browser(make.make_staff(sale.programme), "en")
        path = address(sale, "refund-order", vendor_order_id=order.pk)
        acts.append(lambda c=client, p=path, f=filled: c.post(p, f))

    answers = at_once(acts)

    assert {answer.status_code for answer in answers} <= {200, 302}
    assert 0 < sum(till.paid_back) <= most
    assert sum(till.paid_back) == sum(refund.total_minor for refund in refunds())
