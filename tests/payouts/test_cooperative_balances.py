"""Where each cooperative's money is, and why a payout prepared now would not pay it."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
import time_machine

from marketplace.payouts import services
from marketplace.payouts.balances.cooperative_balances import (
    CooperativeBalances,
    CurrencyBalance,
    balances_of,
    balances_of_all,
    filtered_by,
)
from marketplace.payouts.models import LineState, PayoutLine
from tests.payouts.world import (
    RIBS,
    SaleOf,
    make_cooperative,
    make_programme,
    make_user,
    sold_and_delivered,
)
from vendors.models import Cooperative, CooperativeStatus, Programme, User
from vendors.queries import cooperative_rows
from vendors.scoping import ProgrammeScope

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def today() -> Iterator[None]:
    with time_machine.travel(datetime(2026, 11, 26, 9, tzinfo=UTC), tick=True):
        yield


@pytest.fixture
def programme() -> Programme:
    return make_programme()


@pytest.fixture
def preparer(programme: Programme) -> User:
    return make_user("preparer", programme, "finance_preparer")


def balance(cooperative: Cooperative) -> CurrencyBalance:
    (found,) = balances_of(cooperative.scope).balances
    return found


def slugs(programme: Programme, **narrowed: Any) -> list[str]:
    found = balances_by_cooperative(ProgrammeScope(programme.pk), **narrowed)
    return [stand.cooperative.slug for stand in found]


def balances_by_cooperative(
    scope: ProgrammeScope, *, text: str = "", only: str = ""
) -> list[CooperativeBalances]:
    """As the list of balances asks for them."""
    rows = cooperative_rows(scope, text=text).select_related("programme").order_by("slug")
    if only:
        rows = rows.filter(pk__in=filtered_by(scope, only))
    return balances_of_all(scope, list(rows))


def test_a_sale_is_held_then_payable_then_being_paid_then_paid(
    programme: Programme, preparer: User
) -> None:
    tifawine = make_cooperative(programme)
    approver = make_user("approver", programme, "finance_approver")
    sale = SaleOf(tifawine)
    assert balance(tifawine) == CurrencyBalance("MAD")

    sale.placed()()
    sale.captured()()
    assert balance(tifawine) == CurrencyBalance("MAD", held_minor=10_000)
    sale.delivered()()
    assert balance(tifawine) == CurrencyBalance("MAD", released_minor=8_800, payable_minor=8_800)

    run = services.prepare_run(programme=programme, by=preparer.actor)
    assert balance(tifawine) == CurrencyBalance("MAD", in_run_minor=8_800)
    services.approve_run(run=run, typed_total=8_800, by=approver.actor)
    services.make_bank_file(run=run, by=approver.actor)
    services.mark_sent(run=run, by=preparer.actor)
    services.mark_settled(run=run, by=preparer.actor)
    assert balance(tifawine) == CurrencyBalance("MAD", paid_minor=8_800)
    assert balances_of(tifawine.scope).is_settled


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"rib": None}, "no_account"),
        ({"legal_name_latin": "تعاونية"}, "name_not_latin"),
    ],
)
def test_the_reason_is_the_one_that_a_run_gives(
    programme: Programme, preparer: User, fields: dict[str, Any], reason: str
) -> None:
    cooperative = make_cooperative(programme, "waits", rib=fields.get("rib", RIBS[0]))
    cooperative.legal_name_latin = fields.get("legal_name_latin", "Cooperative Waits")
    cooperative.save()
    sold_and_delivered(cooperative)
    sold_and_delivered(make_cooperative(programme, "paid"))

    seen = balance(cooperative)

    assert (seen.payable_minor, seen.waiting_minor, seen.reason) == (0, 8_800, reason)
    services.prepare_run(programme=programme, by=preparer.actor)
    line = PayoutLine.objects.within(cooperative.scope).get()
    assert (line.state, line.reason) == (LineState.HELD, reason)


def test_a_hold_and_its_reason_are_told_and_a_small_sum_waits_until_it_leaves(
    programme: Programme,
) -> None:
    handler = make_user("handler", programme, "finance_approver")
    held, small = make_cooperative(programme, "held"), make_cooperative(programme, "small")
    sold_and_delivered(held)
    sold_and_delivered(small, totals=(2_000,))

    services.place_hold(cooperative=held, reason="Contrat à signer", by=handler.actor)

    stand = balances_of(held.scope)
    assert stand.hold is not None
    assert stand.hold.reason == "Contrat à signer"
    assert (stand.balances[0].reason, stand.balances[0].payable_minor) == ("on_hold", 0)
    assert balance(small).reason == "below_minimum"
    small.status = CooperativeStatus.LEFT
    small.save()
    assert (balance(small).reason, balance(small).waiting_minor) == ("", 0)


def test_the_list_is_narrowed_and_stays_in_the_programme(programme: Programme) -> None:
    handler = make_user("handler", programme, "finance_approver")
    rich, held, below, empty = (
        make_cooperative(programme, slug) for slug in ("rich", "held", "below", "empty")
    )
    sold_and_delivered(make_cooperative(make_programme("other"), "stranger"))
    sold_and_delivered(rich)
    waiting = SaleOf(held)
    waiting.placed()()
    waiting.captured()()
    services.place_hold(cooperative=empty, reason="?", by=handler.actor)
    paid = SaleOf(below)
    for act in (paid.placed(), paid.captured(), paid.delivered()):
        act()
    preparer = make_user("preparer", programme, "finance_preparer")
    run = services.prepare_run(programme=programme, by=preparer.actor)
    services.approve_run(run=run, typed_total=run.total_minor, by=handler.actor)
    paid.refunded({0: 10_000})()

    assert slugs(programme) == ["below", "empty", "held", "rich"]
    assert slugs(programme, text="nobody") == []
    assert slugs(programme, text="rich") == ["rich"]
    assert slugs(programme, only="negative") == ["below"]
    assert slugs(programme, only="held") == ["held"]
    assert slugs(programme, only="in_run") == ["below", "rich"]
    assert slugs(programme, only="on_hold") == ["empty"]
    assert slugs(programme, only="available") == []
    assert balance(below).why == "negative balance after refunds"
    region = ProgrammeScope(programme.pk, ("MA-01",))
    assert balances_by_cooperative(region) == []


def test_a_page_costs_the_same_however_many_there_are(
    programme: Programme, django_assert_max_num_queries: Any
) -> None:
    for n in range(8):
        sold_and_delivered(make_cooperative(programme, f"coop-{n}"))
    with django_assert_max_num_queries(14):
        assert len(balances_by_cooperative(ProgrammeScope(programme.pk))) == 8


def test_another_currency_is_shown_while_something_is_in_it(programme: Programme) -> None:
    cooperative = make_cooperative(programme)
    sale = SaleOf(cooperative, currency="EUR")
    sale.placed()()
    sale.captured()()
    shown = [(p.currency, p.held_minor) for p in balances_of(cooperative.scope).balances]
    assert shown == [("MAD", 0), ("EUR", 10_000)]

    sale.refunded({0: 10_000}, shipping=3_000)()
    assert [p.currency for p in balances_of(cooperative.scope).balances] == ["MAD"]
