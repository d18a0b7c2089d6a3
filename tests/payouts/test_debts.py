"""A cooperative's balance below zero that no sale makes up for."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.db import connections
from django.utils import timezone

from marketplace.core.errors import Forbidden
from marketplace.core.models import AuditEntry
from marketplace.core.money import Money
from marketplace.payouts import services
from marketplace.payouts.balances.cooperative_balances import balances_of
from marketplace.payouts.balances.end_debt import DebtEnd, debt
from marketplace.payouts.book_checks import findings
from marketplace.payouts.errors import DebtChanged, ExplanationMissing
from marketplace.payouts.statements.lines import statements
from tests.payouts.world import (
    balances,
    make_cooperative,
    make_programme,
    make_user,
    sold_and_delivered,
)
from vendors.models import Cooperative, User

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_november")]


OWED = 8_800


@pytest.fixture
def approver(in_debt: Cooperative) -> User:
    return User.objects.get(email="approver@example.org")


@pytest.fixture
def in_debt() -> Cooperative:
    """A cooperative that was paid for a sale that was then refunded: it owes 88.00 MAD."""
    programme = make_programme()
    cooperative = make_cooperative(programme)
    preparer = make_user("preparer", programme, "finance_preparer").actor
    approver = make_user("approver", programme, "finance_approver").actor
    sale = sold_and_delivered(cooperative)
    run = services.prepare_run(programme=programme, by=preparer)
    services.approve_run(run=run, typed_total=OWED, by=approver)
    services.make_bank_file(run=run, by=approver)
    services.mark_sent(run=run, by=preparer)
    services.mark_settled(run=run, by=preparer)
    sale.refunded({0: 10_000})()
    assert debt(cooperative, "MAD") == OWED
    return cooperative


def end(cooperative: Cooperative, by: User, **told: Any) -> None:
    services.end_debt(
        cooperative=cooperative,
        amount=told.get("amount", Money(OWED, "MAD")),
        seen_minor=told.get("seen_minor", OWED),
        how=told.get("how", DebtEnd.BORNE),
        explanation=told.get("explanation", "left the programme"),
        by=by.actor,
    )


@pytest.mark.parametrize(
    ("how", "account"), [(DebtEnd.REPAID, "bank"), (DebtEnd.BORNE, "refund_cost")]
)
def test_a_debt_ends_at_zero_and_stands_on_the_statement(
    in_debt: Cooperative, approver: User, how: DebtEnd, account: str
) -> None:
    before = balances()

    end(in_debt, approver, how=how)

    after = balances()
    assert after.get(account, 0) - before.get(account, 0) == OWED
    assert balances_of(in_debt.scope).is_settled
    assert list(findings()) == []
    (statement,) = statements(in_debt.scope, timezone.localdate())
    assert (statement.closing_minor, statement.corrected_minor) == (0, OWED)
    assert list(statement.rows)[-1].number == "DT2026-00001 left the programme"
    audit = AuditEntry.objects.get(action="payout.end_debt")
    assert audit.details["amount_minor"] == OWED


def test_a_part_of_it_may_be_paid_back(in_debt: Cooperative, approver: User) -> None:
    end(in_debt, approver, amount=Money(3_000, "MAD"), how=DebtEnd.REPAID)
    assert debt(in_debt, "MAD") == OWED - 3_000

    end(in_debt, approver, amount=Money(OWED - 3_000, "MAD"), seen_minor=OWED - 3_000)
    assert balances_of(in_debt.scope).is_settled


def test_what_was_seen_has_to_be_what_is(in_debt: Cooperative, approver: User) -> None:
    end(in_debt, approver)

    # pressed again, and after a sale made up for a part of it
    with pytest.raises(DebtChanged):
        end(in_debt, approver)
    assert debt(in_debt, "MAD") == 0
    with pytest.raises(DebtChanged):
        end(in_debt, approver, seen_minor=0)


@pytest.mark.parametrize("amount", [0, -1, OWED + 1])
def test_no_more_than_the_debt_is_booked(in_debt: Cooperative, approver: User, amount: int) -> None:
    with pytest.raises(ValueError, match="MAD"):
        end(in_debt, approver, amount=Money(amount, "MAD"))
    assert debt(in_debt, "MAD") == OWED


def test_it_takes_a_reason_and_somebody_who_may_approve(
    in_debt: Cooperative, approver: User
) -> None:
    with pytest.raises(ExplanationMissing):
        end(in_debt, approver, explanation=" ")
    with pytest.raises(Forbidden):
        end(in_debt, User.objects.get(email="preparer@example.org"))
    assert debt(in_debt, "MAD") == OWED


@pytest.mark.django_db(transaction=True)
def test_two_people_at_once_end_it_once(in_debt: Cooperative, approver: User) -> None:
    other = make_user("other", in_debt.programme, "finance_approver")
    together = Barrier(2)

    def attempt(by: User) -> Callable[[], str]:
        def act() -> str:
            together.wait(timeout=30)
            try:
                end(in_debt, by)
            except DebtChanged:
                return "changed"
            finally:
                connections.close_all()
            return "ended"

        return act

    with ThreadPoolExecutor(2) as people:
        ended = [people.submit(attempt(by)) for by in (approver, other)]

    assert sorted(each.result() for each in ended) == ["changed", "ended"]
    assert balances_of(in_debt.scope).is_settled
