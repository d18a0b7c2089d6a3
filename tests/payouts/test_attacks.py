"""Attempts on a payout, each with what it left: nothing."""

from collections.abc import Callable

import pytest
from django.db import DatabaseError, connection, transaction

from marketplace.core.models import AuditEntry
from marketplace.payouts import services
from marketplace.payouts.errors import SamePerson, WrongState
from marketplace.payouts.models import BankFile, PayoutLine, PayoutRun, RunState
from tests.concurrency import at_once
from tests.payouts.world import (
    RIBS,
    balances,
    make_cooperative,
    make_programme,
    make_user,
    sold_and_delivered,
)
from vendors.models import Programme, StaffGrant, User

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def programme() -> Programme:
    found = make_programme()
    sold_and_delivered(make_cooperative(found))
    return found


@pytest.fixture
def preparer(programme: Programme) -> User:
    return make_user("preparer", programme, "finance_preparer")


@pytest.fixture
def run(programme: Programme, preparer: User) -> PayoutRun:
    return services.prepare_run(programme=programme, by=preparer.actor)


def approving(run: PayoutRun, by: User) -> Callable[[], object]:
    return lambda: services.approve_run(run=run, typed_total=run.total_minor, by=by.actor)


def test_two_approvers_at_once_approve_once(programme: Programme, run: PayoutRun) -> None:
    people = [make_user(f"approver{n}", programme, "finance_approver") for n in range(2)]
    raised = at_once(*(approving(run, person) for person in people))
    assert [type(error) for error in raised] == [WrongState]
    assert AuditEntry.objects.filter(action="payout.approve").count() == 1
    run.refresh_from_db()
    assert run.approved_by in people


def test_a_double_click_approves_and_files_once(programme: Programme, run: PayoutRun) -> None:
    approver = make_user("approver", programme, "finance_approver")
    raised = at_once(approving(run, approver), approving(run, approver))
    assert [type(error) for error in raised] == [WrongState]
    filing = lambda: services.make_bank_file(run=run, by=approver.actor)  # noqa: E731
    assert at_once(filing, filing) == []
    assert BankFile.objects.count() == 3
    assert AuditEntry.objects.filter(action="payout.file").count() == 1


def test_the_preparer_does_not_approve_with_both_roles(
    programme: Programme, run: PayoutRun, preparer: User
) -> None:
    grant = StaffGrant.objects.get(user=preparer)
    grant.pk, grant.role = None, "finance_approver"
    grant.save(force_insert=True)
    with pytest.raises(SamePerson):
        approving(run, preparer)()
    run.refresh_from_db()
    assert (run.state, run.approved_by) == (RunState.PREPARED, None)
    with pytest.raises(DatabaseError), transaction.atomic():
        PayoutRun.objects.filter(pk=run.pk).update(approved_by=preparer, state="approved")


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE payouts_payoutrun SET total_minor = total_minor + 1",
        "UPDATE payouts_payoutrun SET lines_hash = repeat('0', 64)",
        "UPDATE payouts_payoutrun SET provider = 'manual'",
        "UPDATE payouts_payoutline SET amount_minor = amount_minor + 1",
        "UPDATE payouts_payoutline SET account_number = 'x'",
        "UPDATE payouts_payoutline SET destination = 'acct_thief'",
        "DELETE FROM payouts_payoutline",
        "UPDATE payouts_payoutrun SET prepared_by_id = NULL",
    ],
)
def test_what_was_prepared_cannot_be_rewritten(run: PayoutRun, change: str) -> None:
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(change)
    assert balances()["in_run"] == -8_800


def test_accounts_and_files_lie_encrypted(programme: Programme, run: PayoutRun) -> None:
    approver = make_user("approver", programme, "finance_approver")
    approving(run, approver)()
    services.make_bank_file(run=run, by=approver.actor)
    for table, column in (
        ("vendors_bankaccount", "number"),
        ("vendors_programme", "debtor_account"),
        ("payouts_payoutline", "account_number"),
        ("payouts_bankfile", "content"),
    ):
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {column} FROM {table}")
            kept = [row[0] for row in cursor.fetchall()]
        assert kept
        assert [text for text in kept if any(rib in text for rib in RIBS)] == []
        assert [text for text in kept if text.startswith("gAAAA")] == kept
    assert PayoutLine.objects.within(run.programme.cooperatives.get().scope).get().account_number
